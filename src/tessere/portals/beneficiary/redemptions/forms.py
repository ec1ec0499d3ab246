from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tessere.domains.passes.queries import amount_refusal
from tessere.foundation.money import format_euros
from tessere.gate.forms import CommandForm, show_refusal
from tessere.portals.beneficiary.passes.forms import EurosField, PurseForm


class PayeeForm(forms.Form):
    """Step 1: the code of the structure, typed, or read by the page's camera."""

    purse = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(
        label=gettext_lazy("Tapez le code partenaire"),
        help_text=gettext_lazy("9 chiffres, écrits sous le QR code."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Tapez les 9 chiffres du code partenaire.")},
    )


class AmountForm(PurseForm, CommandForm):
    """Step 2: which e-coupon, how much. Its key goes with it to the payment."""

    amount = EurosField(
        label=gettext_lazy("Montant"),
        max_length=20,
        error_messages={"required": gettext_lazy("Écrivez le montant à payer.")},
    )

    def clean(self) -> dict[str, Any]:
        """Whether the purse holds the amount; what it holds is said with every refused amount."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("purse")
        if chosen is None:
            return cleaned
        if "amount" not in cleaned:
            left = format_euros(chosen.purse.available_cents)
            words = _("Il reste %(left)s sur l’e.coupon %(benefit)s.")
            self.add_error("amount", words % {"left": left, "benefit": chosen.purse.benefit.name})
            return cleaned
        refusal = amount_refusal(purse=chosen.purse, amount_cents=cleaned["amount"])
        if refusal is not None:
            show_refusal(self, refusal, field="amount")
        return cleaned


class PayForm(CommandForm):
    """Step 3: what was agreed to. The service judges it, so that a repeated key is recognised."""

    purse = forms.IntegerField(widget=forms.HiddenInput)
    amount = EurosField(widget=forms.HiddenInput, max_length=20)
