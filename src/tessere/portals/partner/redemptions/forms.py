import re

from django import forms
from django.utils.translation import gettext_lazy as _

from tessere.domains.exports.types import FileKind
from tessere.gate.forms import CommandForm

_SCANNED = re.compile(r"https?://[^/]+/partner/voucher/([0-9A-Za-z]{9})/([0-9A-Za-z]{6})/?")


class AcceptForm(CommandForm):
    """The number of a bon, typed; or what its QR code holds, read by the page or by a hand scanner.

    Gives `number` as it was typed and `proof`, empty when it was typed.
    """

    number = forms.CharField(
        label=_("Numéro du bon"),
        help_text=_("9 lettres et chiffres. Majuscules et espaces sont sans importance."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": None,
            }
        ),
        error_messages={"required": _("Écrivez le numéro du bon.")},
    )
    proof = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=20)

    def clean(self) -> dict[str, str]:
        """Take the address of a QR code apart."""
        cleaned = super().clean() or self.cleaned_data
        scanned = _SCANNED.fullmatch(cleaned.get("number", ""))
        if scanned:
            cleaned["number"], cleaned["proof"] = scanned.groups()
        return cleaned


class CancelForm(CommandForm):
    """Nothing but the key: the page says what will be cancelled."""


class SearchForm(forms.Form):
    """What OPÉRATIONS is searched for; nothing that is typed here is an error."""

    number = forms.CharField(
        label=_("N° d’opération"),
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ExportForm(CommandForm):
    """The search whose whole result becomes a file, and the kind of file."""

    number = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.TypedChoiceField(
        choices=[(kind.value, kind.name) for kind in FileKind], coerce=FileKind
    )
