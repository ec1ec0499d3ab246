import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tessere.domains.exports.types import FileKind
from tessere.domains.redemptions.types import (
    MOST_OF_A_REFERENCE,
    STATUS_WORDS,
    Listing,
    RedemptionStatus,
    Search,
)
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


class _Words(forms.CharField):
    """Words to look for: whatever is typed is looked for, nothing is an error."""

    def to_python(self, value: Any) -> str:
        """The words, without the one character that no text of ours holds."""
        return super().to_python(str(value or "").replace("\x00", " ")) or ""


class _Day(forms.DateField):
    """A day as it is written in France."""

    default_error_messages = {"invalid": _("Écrivez la date ainsi : 31/12/2026.")}

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d"],
            widget=forms.DateInput(
                format="%d/%m/%Y",
                attrs={
                    "inputmode": "numeric",
                    "placeholder": _("jj/mm/aaaa"),
                    "autocomplete": "off",
                },
            ),
        )


class SearchForm(forms.Form):
    """What OPÉRATIONS is searched for, all of it together."""

    q = _Words(
        label=_("Recherche"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": _("N°\u00a0coupon, Bénéficiaire, …"),
            }
        ),
    )
    status = forms.ChoiceField(
        label=_("Statuts"), choices=[("", _("Tous")), *STATUS_WORDS.items()], required=False
    )
    start = _Day(_("Début"))
    end = _Day(_("Fin"))

    def clean(self) -> dict[str, Any]:
        """A search ends no earlier than it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("start"), cleaned.get("end")
        if first and last and first > last:
            self.add_error("end", _("La fin est avant le début."))
        return cleaned

    def search(self) -> Search:
        """What is looked for."""
        cleaned = self.cleaned_data
        return Search(
            words=cleaned["q"],
            statuses=(RedemptionStatus(cleaned["status"]),) if cleaned["status"] else (),
            first_day=cleaned["start"],
            last_day=cleaned["end"],
        )

    def asked(self) -> dict[str, str]:
        """What was filled in, as it was typed: for the addresses and forms of the same search."""
        return {name: self.data[name] for name in SearchForm.base_fields if self.data.get(name)}


class ExportForm(SearchForm, CommandForm):
    """The search whose whole result becomes a file, and the kind of file."""

    file = forms.ChoiceField(
        choices=[(f"{listing}.{kind}", listing) for listing in Listing for kind in FileKind]
    )

    def wish(self) -> dict[str, Any]:
        """What is listed, and the kind of file."""
        listing, _dot, kind = self.cleaned_data["file"].partition(".")
        return {"listing": Listing(listing), "kind": FileKind(kind)}


class SinceForm(forms.Form):
    """The instant at which an open list was made."""

    since = forms.DateTimeField()


class ReferenceForm(forms.Form):
    """The structure's own reference for one operation or for many."""

    reference = forms.CharField(
        label=_("Référence interne"),
        help_text=_(
            "Pour vous seulement : le bénéficiaire ne la voit pas. 140 caractères au plus."
        ),
        required=False,
        max_length=MOST_OF_A_REFERENCE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
