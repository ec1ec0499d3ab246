"""The summary of errors leads to each field."""

from django import forms

from tessere.ui.fields import render_form_errors

EVIL = "<script>alert(1)</script>"


class Sample(forms.Form):
    name = forms.CharField(label="Nom")
    kind = forms.ChoiceField(label="Genre", widget=forms.RadioSelect, choices=[("a", "A")])
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError(f"Ensemble {EVIL}")


class Alone(forms.Form):
    def clean(self) -> None:
        raise forms.ValidationError("Adresse ou mot de passe inconnus.")


def test_a_form_without_error_has_no_summary() -> None:
    assert render_form_errors(Sample()) == ""


def test_entries_lead_to_the_controls() -> None:
    page = render_form_errors(Sample({}))
    assert '<a href="#id_name">Nom\u202f:' in page
    assert '<a href="#id_kind_0">Genre\u202f:' in page
    assert "#id_key" not in page
    assert "3 champs sont à revoir, rien n’est enregistré." in page
    assert 'role="alert" tabindex="-1" id="erreurs"' in page
    assert EVIL not in page


def test_one_field_is_said_in_the_singular() -> None:
    page = render_form_errors(Sample({"kind": "a", "key": "1"}))
    assert "Un champ est à revoir, rien n’est enregistré." in page


def test_a_single_general_error_is_the_title() -> None:
    page = render_form_errors(Alone({}))
    assert "<strong>Adresse ou mot de passe inconnus.</strong>" in page
    assert "<p>" not in page


def test_the_title_can_be_given_and_is_escaped() -> None:
    assert EVIL not in render_form_errors(Sample({}), title=EVIL)
