from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes.types import InvalidVoucherAmount
from tessere.foundation.money import InvalidAmount, parse_euros
from tessere.gate.forms import CommandForm, as_error
from tessere.portals.beneficiary.passes.options import PurseOption


class EurosField(forms.CharField):
    """An amount as people write it; gives cents."""

    widget = forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off", "spellcheck": "false"}
    )

    def clean(self, value: Any) -> int:
        """Cents, or an error that says how to write an amount."""
        text = super().clean(value)
        try:
            return parse_euros(text)
        except InvalidAmount as error:
            raise forms.ValidationError(as_error(InvalidVoucherAmount())) from error


class PurseForm(forms.Form):
    """First step of a bon: on which e-coupon."""

    purse = forms.ChoiceField(
        label=_("Sur quel e.coupon ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un e.coupon."),
            "invalid_choice": _("Choisissez un des e.coupons de la liste."),
        },
    )

    def __init__(self, *args: Any, options: list[PurseOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {str(one.purse.id): one for one in options}
        self.fields["purse"].choices = [one.choice for one in options]  # type: ignore[attr-defined]

    def clean_purse(self) -> PurseOption:
        """The purse itself, if it can be chosen."""
        chosen = self.options[self.cleaned_data["purse"]]
        if chosen.reason:
            words = gettext("%(benefit)s : %(reason)s. Choisissez un autre e.coupon. (%(code)s)")
            facts = {
                "benefit": chosen.purse.benefit.name,
                "reason": chosen.reason,
                "code": chosen.short_code,
            }
            raise forms.ValidationError(words % facts)
        return chosen


class PlaceForm(CommandForm):
    """Second step of a bon: for which structure. Its key goes with it to the creation."""

    purse = forms.IntegerField(widget=forms.HiddenInput)
    partner = forms.ChoiceField(
        label=_("Chez quel partenaire ?"),
        help_text=_("Le bon ne servira que chez ce partenaire."),
        error_messages={
            "required": _("Choisissez un partenaire."),
            "invalid_choice": _("Choisissez un partenaire de la liste."),
        },
    )

    def __init__(self, *args: Any, partners: list[PartnerRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(one.id): one for one in partners}
        self.fields["partner"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisissez dans la liste")),
            *(
                (str(one.id), f"{one.name}, {one.place.street}, {one.place.town}")
                for one in partners
            ),
        ]

    def clean_partner(self) -> PartnerRecord:
        """The structure itself."""
        return self.partners[self.cleaned_data["partner"]]


class VoucherForm(CommandForm):
    """Last step of a bon: its value, judged by the service so that a repeated key is known."""

    purse = forms.IntegerField(widget=forms.HiddenInput)
    partner = forms.IntegerField(widget=forms.HiddenInput)
    amount = EurosField(
        label=_("Valeur du bon"),
        max_length=20,
        error_messages={"required": _("Écrivez la valeur du bon.")},
    )
