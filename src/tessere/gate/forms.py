"""What forms of every portal have in common: a key, refusals shown as errors, the way on."""

from uuid import uuid4

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url

from tessere.foundation.errors import Refusal


class CommandForm(forms.Form):
    """A form that makes something happen once: its key is drawn when the page is shown."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def start_again(self, **values: str) -> None:
        """Show the form with a fresh key after a refusal, which used none up."""
        self.data = {**dict(self.data.items()), "key": str(uuid4()), **values}


def show_refusal(form: forms.Form, refusal: Refusal, *, field: str | None = None) -> None:
    """Put a refusal among the errors of a form: what it is, what to do, the code to quote."""
    form.add_error(field, f"{refusal.words()} {refusal.step()} ({refusal.short_code})")


class SeeOther(HttpResponseRedirect):
    """After a POST: look there, by GET."""

    status_code = 303


def see_other(to: str, **arguments: object) -> SeeOther:
    """Lead on after a POST, to a path or a named page."""
    return SeeOther(resolve_url(to, **arguments))
