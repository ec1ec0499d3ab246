"""The partners' guide: the nine headings of its summary, in their order, in our words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tessere.ui.printing import GuideChapter


def _chapter(picture: str, title: Any, alt: Any, steps: Sequence[Any], note: Any) -> GuideChapter:
    return GuideChapter(picture=picture, title=title, alt=alt, steps=steps, note=note)


GUIDE = (
    _chapter(
        "sign-in",
        _("Connexion partenaire"),
        _("Page de connexion : adresse email, mot de passe, bouton Se connecter, et la règle."),
        (
            _("Ouvrez « Partenaire » depuis l’accueil du site et entrez votre adresse email."),
            _("Entrez votre mot de passe. Celui de l’année dernière reste bon."),
            _("Touchez « Se connecter ». Oublié ? Un mail vous permet d’en choisir un autre."),
        ),
        _(
            "Nouveau partenaire ? Le mail d’activation que vous recevez vous fait choisir "
            "un mot de passe : 12 caractères, dont une majuscule, une minuscule, un "
            "chiffre et un caractère spécial."
        ),
    ),
    _chapter(
        "structure",
        _("Onglet « Ma structure »"),
        _("Onglet Ma structure : le code, les informations contractuelles et l’IBAN abrégé."),
        (
            _("Votre code partenaire a 9 chiffres. Il ne change pas."),
            _(
                "Vérifiez les adresses : sans adresse d’activité, c’est celle du siège qui "
                "est montrée."
            ),
            _("Vérifiez la fin de l’IBAN sur lequel nous vous payons."),
        ),
        _("Une information est fausse ? Écrivez-nous, nous la corrigeons avec vous."),
    ),
    _chapter(
        "users",
        _("Ajouter un utilisateur"),
        _(
            "Trois utilisateurs d’une structure : un profil administrateur, deux profils "
            "utilisateur."
        ),
        (
            _("Chaque personne a son compte : un mot de passe ne se prête pas."),
            _("Le profil administrateur accepte, annule et suit les remboursements."),
            _("Le profil utilisateur accepte les e.coupons au comptoir."),
        ),
        _(
            "Pour ouvrir ou fermer un compte de votre structure, adressez-vous à un point "
            "de contact."
        ),
    ),
    _chapter(
        "app",
        _("Télécharger l’application"),
        _("Un téléphone propose d’ajouter le pass à l’écran d’accueil ; sur l’autre, il y est."),
        (
            _("Il n’y a rien à chercher dans un magasin : l’application est ce site."),
            _("Ouvrez-le sur votre téléphone et ajoutez-le à l’écran d’accueil."),
            _("Votre QR code s’y ouvre aussi sans connexion."),
        ),
        _("Les gestes pour iPhone et Android sont dans « Installer sur mon téléphone »."),
    ),
    _chapter(
        "accept",
        _("Effectuer une transaction"),
        _("Accueil du partenaire : à gauche le numéro d’un bon à valider, à droite le QR code."),
        (
            _(
                "Avec votre QR code : le bénéficiaire le scanne ou tape votre code, puis le "
                "montant. Demandez à voir l’écran « Payé »."
            ),
            _(
                "Avec un bon d’échange : scannez son QR code, ou tapez son numéro et touchez "
                "« Valider »."
            ),
        ),
        _(
            "Touchez « Imprimer » pour l’affiche à poser à l’accueil de votre structure, "
            "et « Plein écran » pour montrer le code sur un téléphone."
        ),
    ),
    _chapter(
        "operations",
        _("Suivre mes opérations"),
        _("Onglet Opérations : filtres par statut et par dates, et une liste avec les montants."),
        (
            _("La cloche « Nouveautés » compte ce qui s’est passé depuis votre visite."),
            _("Choisissez un statut, des dates ou un numéro, puis touchez « Rechercher »."),
            _("Ouvrez une opération pour la relire, ou pour l’annuler si c’était une erreur."),
        ),
        _("Une opération déjà mise en remboursement ne s’annule plus ici : appelez-nous."),
    ),
    _chapter(
        "reimbursements",
        _("Remboursement d’une opération"),
        _("Prochain remboursement : 472,85 €, en trois étapes, accepté, lot du 30, versé."),
        (
            _("Vous n’avez rien à faire : ce qui est accepté est remboursé le 30 du mois."),
            _("La somme arrive sur votre compte dans la semaine qui suit."),
            _("L’onglet « Remboursements » dit ce qui attend et ce qui est en route."),
        ),
        _("Une somme manque ? Notez le numéro de l’opération et écrivez-nous."),
    ),
    _chapter(
        "agreements",
        _("Mes conventions"),
        _("Onglet Conventions : trois conventions, deux acceptées et une demandée."),
        (
            _("Chaque convention dit les e.coupons que vous pouvez accepter."),
            _(
                "Son statut et ses dates sont à droite. Seule une convention acceptée permet "
                "d’encaisser."
            ),
        ),
        _("Pour un autre e.coupon, demandez une nouvelle convention à un point de contact."),
    ),
    _chapter(
        "exports",
        _("Mes exports"),
        _("Onglet Mes exports : deux fichiers d’opérations, chacun avec un bouton Télécharger."),
        (
            _(
                "Depuis « Opérations », touchez « Exporter » : le fichier a les lignes que "
                "vous voyez."
            ),
            _("« Autres fichiers » donne aussi la liste des bénéficiaires et leurs sommes."),
            _("Le fichier vous attend dans « Mes exports », prêt pour un tableur."),
        ),
        _("Un fichier contient des noms : ne le transmettez qu’à ceux qui en ont besoin."),
    ),
)
