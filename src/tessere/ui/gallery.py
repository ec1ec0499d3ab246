"""Sample content for the gallery. Invented people and places."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tessere.ui import assets, drawing
from tessere.ui.paging import paginate
from tessere.ui.types import Account, Bell, Brand, Choice, Contact, Link, MenuItem

_NAMES = {
    "marvigny": ("Pass Horizon", "Ville de Marvigny", "CCAS de Marvigny"),
    "sorbier": ("Pass Sorbier", "Agglomération du Sorbier", "Maison de l’agglomération"),
}
_PORTAL = (
    (gettext_lazy("Accueil"), "home"),
    (gettext_lazy("Opérations"), "list"),
    (gettext_lazy("Remboursements"), "coins"),
    (gettext_lazy("Conventions"), "pen"),
    (gettext_lazy("Ma structure"), "shop"),
    (gettext_lazy("Mes exports"), "download"),
)


def _benefits() -> list[tuple[str, Choice]]:
    theatre = Choice(
        label=_("Théâtre"),
        more=_("spectacles, ateliers, stages"),
        side="42,00\u00a0€",
        icon="theatre",
        tone="coral",
    )
    camp = Choice(
        label=_("Vacances"),
        more=_("il ne reste rien"),
        side="0,00\u00a0€",
        icon="camp",
        tone="mint",
        disabled=True,
    )
    return [("theatre", theatre), ("camp", camp)]


def _rules() -> list[tuple[str, str]]:
    return [
        ("length", _("12 caractères au minimum")),
        ("upper", _("1 majuscule")),
        ("lower", _("1 minuscule")),
        ("digit", _("1 chiffre")),
        ("special", _("1 signe")),
    ]


class SampleForm(forms.Form):
    """One field of each kind."""

    trade_name = forms.CharField(
        label=gettext_lazy("Nom commercial"),
        help_text=gettext_lazy("Celui que le public connaît."),
        max_length=80,
    )
    postcode = forms.CharField(
        label=gettext_lazy("Code postal"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Numéro du bon"),
        help_text=gettext_lazy("9 lettres et chiffres."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "13"}),
    )
    amount = forms.CharField(
        label=gettext_lazy("Montant"),
        help_text=gettext_lazy("Jusqu’à 42,00\u00a0€."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Thématique"),
        required=False,
        choices=[("theatre", gettext_lazy("Théâtre")), ("tennis", gettext_lazy("Tennis"))],
    )
    benefit = forms.ChoiceField(
        label=gettext_lazy("Avec quel e.coupon\u202f?"),
        widget=forms.RadioSelect,
        choices=_benefits,
    )
    password = forms.CharField(
        label=gettext_lazy("Nouveau mot de passe"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    terms = forms.BooleanField(label=gettext_lazy("J’accepte les conditions de 2026"))

    def clean_postcode(self) -> str:
        """Five digits, so that the gallery shows an error."""
        postcode: str = self.cleaned_data["postcode"]
        if len(postcode) != 5:
            raise forms.ValidationError(_("Un code postal a 5 chiffres."))
        return postcode


def _brand(palette: str) -> Brand:
    name, authority, service = _NAMES[palette]
    return Brand(
        name=name,
        authority=authority,
        slogan=_("Sortir, jouer, apprendre."),
        logo_url=static(f"ui/marks/{palette}.svg"),
        stylesheet_url=reverse("ui:gallery_theme", args=[palette]),
        home_url=reverse("ui:gallery_palette", args=[palette]),
        contact=Contact(
            name=service,
            address=_("1, place de la Halle\n99210 Marvigny"),
            phones=("01\u00a099\u00a000\u00a012\u00a034",),
            email=f"contact@{palette}.example",
            hours=_("Du lundi au vendredi, de 8\u00a0h\u00a030 à 17\u00a0h"),
        ),
        links=(
            Link(label=_("Aide et contact"), url="#aide", icon="help"),
            Link(label=_("Conditions générales"), url="#conditions"),
            Link(label=_("Vos données"), url="#donnees"),
            Link(label=_("Accessibilité\u202f: partiellement conforme"), url="#accessibilite"),
        ),
    )


def context(palette: str, query: Mapping[str, str]) -> dict[str, Any]:
    """What the gallery's templates show."""
    now = timezone.now()
    filled = SampleForm(
        {
            "trade_name": _("Compagnie des Trois-Ponts"),
            "postcode": "9921",
            "number": "7M6 ETZ WF0",
            "amount": "9,00",
            "theme": "theatre",
            "benefit": "theatre",
            "terms": "on",
        }
    )
    return {
        "brand": _brand(palette),
        "rules": _rules(),
        "account": Account(
            name=_("Compagnie des Trois-Ponts"),
            role_label=_("Profil administrateur"),
            initials="TP",
            sign_out_url="#sortie",
            links=(Link(label=_("Mon compte"), url="#compte", icon="person"),),
        ),
        "menu": [
            MenuItem(label=str(label), url=f"#{symbol}", icon=symbol, current=symbol == "home")
            for label, symbol in _PORTAL
        ],
        "bell": Bell(unread=3, url="#nouveautes"),
        "palette": palette,
        "form": filled,
        "blank": SampleForm(auto_id="blank_%s"),
        "page": paginate(128, query),
        "now": now,
        "paid_at": now - dt.timedelta(seconds=12),
        "numbers": ("7M6ETZWF0", "GPPR4N5JJ", "QCGZXZV2J", "HZQ6CT9W0", "2HP90MZ8E", "KTR9CR06R"),
        "tones": drawing.TONES,
        "icons": sorted(assets.icon_names()),
        "pages": ("work", "task", "gate", "receipt", "error", "accepted", "refused"),
    }
