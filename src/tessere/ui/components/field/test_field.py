"""A field ties label, hint, control and error together."""

import re

import pytest
from django import forms

from tessere.ui.fields import render_field
from tessere.ui.types import Choice

EVIL = "<script>alert(1)</script>"


class Sample(forms.Form):
    name = forms.CharField(label="Nom", help_text="Le vôtre.", min_length=3)
    nickname = forms.CharField(label="Surnom", required=False)
    amount = forms.CharField(label="Montant", widget=forms.TextInput(attrs={"class": "mine"}))
    password = forms.CharField(
        label="Mot de passe",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    terms = forms.BooleanField(label="J’accepte")
    kind = forms.ChoiceField(
        label="Genre",
        widget=forms.RadioSelect,
        choices=[
            ("a", Choice(label="A", more="le premier")),
            ("b", Choice(label="B", disabled=True)),
        ],
    )
    key = forms.CharField(widget=forms.HiddenInput)


def test_label_hint_and_control_are_tied() -> None:
    page = render_field(Sample()["name"])
    assert '<label class="label" for="id_name">Nom\u00a0*</label>' in page
    assert '<span class="hint" id="id_name_helptext">Le vôtre.</span>' in page
    assert 'aria-describedby="id_name_helptext"' in page
    assert 'class="input"' in page
    assert 'aria-invalid="false"' in page


def test_an_error_is_below_and_tied() -> None:
    page = render_field(Sample({"name": "ab"})["name"])
    assert "field--error" in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert page.index("<input") < page.index('<div id="id_name_error">')


def test_marks_of_required_and_optional_fields() -> None:
    form = Sample()
    assert "*" not in render_field(form["name"], star=False)
    assert "(facultatif)" in render_field(form["nickname"], optional=True)
    assert "(facultatif)" not in render_field(form["name"], optional=True)


def test_looks_keep_the_classes_of_the_widget() -> None:
    page = render_field(Sample()["amount"], look="amount")
    assert 'class="input input--amount mine"' in page
    assert "suffix__unit" in page


def test_an_unknown_look_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="look"):
        render_field(Sample()["name"], look="pretty")


def test_password_has_its_eye_and_its_rules() -> None:
    page = render_field(Sample()["password"], rules="regles")
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert re.search(r'<button[^>]* data-eye="id_password"[^>]* aria-pressed="false" hidden>', page)
    assert 'aria-describedby="regles"' in page
    assert 'data-rules="regles"' in page
    assert "value=" not in page


def test_check_box_is_inside_its_label() -> None:
    page = render_field(Sample()["terms"])
    assert re.search(r'<label class="check" for="id_terms"><input type="checkbox"', page)


def test_radio_options_are_tiles_in_a_fieldset() -> None:
    page = render_field(Sample({"kind": "a"})["kind"])
    assert page.startswith("<fieldset")
    assert '<legend class="legend">Genre' in page
    assert re.search(r'value="a" id="id_kind_0" checked required', page)
    assert re.search(r'value="b" id="id_kind_1" disabled', page)
    assert "<small>le premier</small>" in page


def test_a_disabled_option_is_never_checked() -> None:
    page = render_field(Sample({"kind": "b"})["kind"])
    assert "checked" not in page


def test_hidden_fields_are_only_their_control() -> None:
    assert render_field(Sample()["key"]).startswith('<input type="hidden"')


def test_everything_is_escaped() -> None:
    class Evil(forms.Form):
        text = forms.CharField(label=EVIL, help_text=EVIL, validators=[])
        kind = forms.ChoiceField(
            label=EVIL,
            widget=forms.RadioSelect,
            choices=[(EVIL, Choice(label=EVIL, more=EVIL, side=EVIL))],
        )

        def clean_text(self) -> str:
            raise forms.ValidationError(EVIL)

    form = Evil({"text": EVIL, "kind": EVIL})
    page = render_field(form["text"]) + render_field(form["kind"])
    page += render_field(form["text"], label=EVIL, hint=EVIL)
    assert EVIL not in page
    assert "&lt;script&gt;" in page
