from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tessere.domains.branding.types import ContactRecord
from tessere.domains.notifications.types import Message

_LONGEST = 4_000
_MISSING = {"required": _("Ce champ est obligatoire.")}


class MessageForm(forms.Form):
    """What somebody writes to a service of the tenant."""

    point = forms.TypedChoiceField(
        label=_("Service"), coerce=int, widget=forms.RadioSelect, error_messages=_MISSING
    )
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=_MISSING,
    )
    email = forms.EmailField(
        label=_("Votre adresse email"),
        max_length=254,
        help_text=_("La réponse y arrivera. Exemple : prenom@exemple.fr"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            **_MISSING,
            "invalid": _("Cette adresse n’est pas complète. Exemple : prenom@exemple.fr"),
        },
    )
    text = forms.CharField(
        label=_("Votre message"),
        max_length=_LONGEST,
        help_text=_("N’écrivez ni mot de passe, ni IBAN."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=_MISSING,
    )

    def __init__(self, *args: Any, points: Sequence[ContactRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(place), point.name) for place, point in enumerate(points)]
        self.fields["point"].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.initial.setdefault("point", "0")

    def message(self) -> Message:
        """What was written, as plain values; the name fits a subject."""
        typed = self.cleaned_data
        name = " ".join(typed["name"].split())
        return Message(point=typed["point"], name=name, email=typed["email"], text=typed["text"])
