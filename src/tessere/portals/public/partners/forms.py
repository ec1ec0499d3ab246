from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tessere.domains.partners.types import Address, NewPartner

_MISSING = {"required": _("Ce champ est obligatoire.")}


class _OneLineField(forms.CharField):
    def to_python(self, value: Any) -> str:
        # These texts become subjects of mails and lines of documents.
        return " ".join((super().to_python(value) or "").split())


class _AddressField(forms.EmailField):
    def to_python(self, value: Any) -> str:
        # Addresses are kept in lower case, which for some letters is longer.
        return (super().to_python(value) or "").lower()


def _text(label: Any, length: int, autocomplete: str, **options: Any) -> forms.CharField:
    attrs = {"autocomplete": autocomplete, **options.pop("attrs", {})}
    return _OneLineField(
        label=label,
        max_length=length,
        widget=forms.TextInput(attrs=attrs),
        error_messages=_MISSING,
        **options,
    )


class RegisterForm(forms.Form):
    """What a structure says of itself to become a partner."""

    legal_name = _text(_("Raison sociale"), 140, "organization")
    siret = _text(
        _("N° Siret"),
        20,
        "off",
        help_text=_("14 chiffres, avec ou sans espaces."),
        attrs={"inputmode": "numeric"},
    )
    street = _text(_("N° et libellé de voie"), 120, "address-line1")
    complement = _text(
        _("Complément d’adresse (bâtiment, chez, etc.)"), 120, "address-line2", required=False
    )
    postcode = forms.RegexField(
        r"^[0-9]{5}\Z",
        strip=True,
        label=_("Code postal"),
        help_text=_("5 chiffres."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        error_messages={**_MISSING, "invalid": _("Un code postal a 5 chiffres.")},
    )
    town = _text(_("Ville"), 80, "address-level2")
    first_name = _text(_("Prénom"), 80, "given-name")
    last_name = _text(_("Nom"), 80, "family-name")
    email = _AddressField(
        label=_("Adresse email"),
        max_length=254,
        help_text=_(
            "Exemple : prenom@exemple.fr. Elle sera votre identifiant. Nous y envoyons"
            " un lien d’activation."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            **_MISSING,
            "invalid": _("Cette adresse n’est pas complète. Exemple : prenom@exemple.fr"),
        },
    )

    def new_partner(self) -> NewPartner:
        """The structure, as plain values."""
        typed = self.cleaned_data
        return NewPartner(
            legal_name=typed["legal_name"],
            siret=typed["siret"],
            administrative_email=typed["email"],
            head_office=Address(
                street=typed["street"],
                complement=typed["complement"],
                postcode=typed["postcode"],
                town=typed["town"],
            ),
        )


class DirectoryForm(forms.Form):
    """What a resident looks for; nothing that is typed here is an error."""

    q = forms.CharField(
        label=_("Que cherchez-vous ?"),
        help_text=_("Un nom, une activité, une commune ou un code postal."),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    theme = forms.ChoiceField(label=_("Thématique"), required=False)

    def __init__(self, data: Any, *, themes: list[str]) -> None:
        super().__init__(data)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Toutes")), *((name, name) for name in themes)]

    def looked_for(self) -> tuple[str, str]:
        """The words and the theme, as far as they make sense."""
        self.is_valid()
        words = self.data.get("q", "").replace("\x00", " ").strip()
        return words, self.cleaned_data.get("theme", "")
