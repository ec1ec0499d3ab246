from django import forms


class SeenForm(forms.Form):
    """The instant of the newest notice that the page showed."""

    until = forms.DateTimeField()
