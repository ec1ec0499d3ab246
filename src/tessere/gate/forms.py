"""What forms of every portal have in common: a key, refusals shown as errors, the way on."""

from uuid import uuid4

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


class KeyMissing(Refusal):
    """A form came without the key that makes it happen once."""

    code = "gate.key_missing"
    short_code = "TES-05"
    message = _("Ce formulaire est arrivé incomplet. Rien n’a été enregistré.")
    next_step = _("Relisez ce qui est écrit et recommencez.")
    status = 400


class CommandForm(forms.Form):
    """A form that makes something happen once: its key is drawn when the page is shown."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def full_clean(self) -> None:
        """Say plainly that the key is missing or broken, and give the next try a good one."""
        super().full_clean()
        if self.is_bound and "key" in self.errors:
            del self.errors["key"]
            self.start_again()
            show_refusal(self, KeyMissing())

    def start_again(self, **values: str) -> None:
        """Show the form with a fresh key after a refusal, which used none up."""
        self.data = {**dict(self.data.items()), "key": str(uuid4()), **values}


def as_error(refusal: Refusal) -> str:
    """A refusal as an error of a form: what it is, what to do, the code to quote."""
    return f"{refusal.words()} {refusal.step()} ({refusal.short_code})"


def show_refusal(form: forms.Form, refusal: Refusal, *, field: str | None = None) -> None:
    """Put a refusal among the errors of a form."""
    form.add_error(field, as_error(refusal))


class SeeOther(HttpResponseRedirect):
    """After a POST: look there, by GET."""

    status_code = 303


def see_other(to: str, **arguments: object) -> SeeOther:
    """Lead on after a POST, to a path or a named page."""
    return SeeOther(resolve_url(to, **arguments))
