"""What the two towns are made of. Every name is invented."""

from dataclasses import dataclass

from tessere.ui.theme import MARVIGNY, SORBIER, Palette

FIRST_NAMES = [
    "Lina",
    "Yanis",
    "Inès",
    "Oscar",
    "Maëlle",
    "Noé",
    "Jules",
    "Rose",
    "Aminata",
    "Élodie",
    "Malo",
    "Zélie",
    "Ousmane",
    "Capucine",
    "Idris",
    "Nolwenn",
    "Tiago",
    "Apolline",
    "Samir",
    "Léonie",
    "Gaspard",
    "Fatou",
    "Corentin",
    "Jade",
    "Ismaël",
    "Clémence",
    "Ewen",
    "Salomé",
    "Basile",
    "Noor",
    "Héloïse",
    "Anatole",
    "Maïwenn",
    "Célestin",
    "Yasmine",
    "Loïc",
    "Agathe",
    "Mathis",
    "Zoé",
    "Amadou",
]
LAST_NAMES = [
    "Besnardel",
    "Corvelin",
    "Tabarine",
    "Fontanelle-Brun",
    "Marcillard",
    "Delauney-Roc",
    "Lemaîtrel",
    "Keïtal",
    "Vasserond",
    "Brévonne",
    "Tardivelle",
    "Ormesson-Pré",
    "Galvadier",
    "Quintrec",
    "Sauvajolle",
    "Perrochon-Lys",
    "Malinvaux",
    "Duvernoix",
    "Castelrou",
    "Hazebrouel",
    "Nivernaud",
    "Rochambelle",
    "Szymanelle",
    "Abdelkadour",
    "Trévarez",
    "Guilvinec-Mor",
    "Lanvaux",
    "Montbrisel",
    "Echalard",
    "Vérandier",
    "Coudrayne",
    "Jossigné",
    "Plantevert",
    "Ribérolle",
    "Soulacroix",
    "Thiérachelle",
]
STREETS = [
    "rue des Lavandières",
    "place du Vieux-Marché",
    "quai Neuf",
    "rue de la Tannerie",
    "allée des Charmes",
    "avenue de la Fontaine",
    "rue du Pont-Rouge",
    "impasse des Tilleuls",
    "boulevard des Remparts",
    "rue de l’Écluse",
    "chemin des Vergers",
    "rue du Moulin-Blanc",
]


@dataclass(frozen=True, kw_only=True)
class Coupon:
    """An e-coupon: its theme, its amount and how much one visit costs, in cents."""

    name: str
    theme: str
    icon: str
    tile: str
    amount_cents: int
    usual_cents: tuple[int, ...]


COUPONS = (
    Coupon(
        name="Théâtre",
        theme="Culture",
        icon="theatre",
        tile="coral",
        amount_cents=6000,
        usual_cents=(700, 900, 1250),
    ),
    Coupon(
        name="Musique",
        theme="Culture",
        icon="theatre",
        tile="coral",
        amount_cents=5000,
        usual_cents=(800, 1500),
    ),
    Coupon(
        name="Tennis",
        theme="Sports",
        icon="ball",
        tile="mint",
        amount_cents=4000,
        usual_cents=(100, 400, 1000),
    ),
    Coupon(
        name="Piscine",
        theme="Sports",
        icon="ball",
        tile="mint",
        amount_cents=3000,
        usual_cents=(250, 500),
    ),
    Coupon(
        name="Judo",
        theme="Sports",
        icon="ball",
        tile="mint",
        amount_cents=4500,
        usual_cents=(600, 1200),
    ),
    Coupon(
        name="Livres",
        theme="Lecture",
        icon="book",
        tile="lime",
        amount_cents=2500,
        usual_cents=(450, 790, 1590),
    ),
    Coupon(
        name="Jeux et bandes dessinées",
        theme="Lecture",
        icon="book",
        tile="lime",
        amount_cents=2000,
        usual_cents=(390, 1190),
    ),
    Coupon(
        name="Ateliers numériques",
        theme="Numérique",
        icon="screen",
        tile="sky",
        amount_cents=4000,
        usual_cents=(500, 1000),
    ),
)

PARTNER_KINDS = {
    "Théâtre": ("Compagnie", "Théâtre", "Troupe"),
    "Musique": ("École de musique", "Chœur", "Atelier musical"),
    "Tennis": ("Tennis-club",),
    "Piscine": ("Piscine", "Club nautique"),
    "Judo": ("Judo-club", "Dojo"),
    "Livres": ("Librairie",),
    "Jeux et bandes dessinées": ("Boutique", "Ludothèque"),
    "Ateliers numériques": ("Espace numérique", "Fabrique"),
}
PARTNER_NAMES = [
    "des Trois-Ponts",
    "de la Belle Page",
    "des Deux-Rives",
    "du Quai Neuf",
    "des Tanneries",
    "du Vieux-Marché",
    "de l’Écluse",
    "des Charmes",
    "du Moulin-Blanc",
    "de la Fontaine",
    "du Pont-Rouge",
    "des Remparts",
    "de la Grande-Ourse",
    "du Petit-Bois",
    "des Hauts-Vergers",
    "de l’Arbre-Creux",
    "des Quatre-Saisons",
]


@dataclass(frozen=True, kw_only=True)
class Town:
    """One tenant of the demonstration."""

    slug: str
    town: str
    postcode: str
    authority: str
    siren: str
    programme: str
    slogan: str
    palette: Palette
    phones: tuple[str, ...]
    partners: int
    people: int
    redemptions: int
    seed: int


TOWNS = (
    Town(
        slug="marvigny",
        town="Marvigny",
        postcode="99210",
        authority="Ville de Marvigny",
        siren="219992104",
        programme="Pass Horizon",
        slogan="Sortir, bouger, apprendre",
        palette=MARVIGNY,
        phones=("01 99 00 12 34", "01 99 00 12 35"),
        partners=40,
        people=350,
        redemptions=3500,
        seed=20,
    ),
    Town(
        slug="sorbier",
        town="Sorbier-sur-Lie",
        postcode="99340",
        authority="Agglomération de Sorbier",
        siren="249993403",
        programme="Pass Sorbier",
        slogan="La culture près de chez vous",
        palette=SORBIER,
        phones=("02 99 00 45 67",),
        partners=20,
        people=150,
        redemptions=1500,
        seed=36,
    ),
)
