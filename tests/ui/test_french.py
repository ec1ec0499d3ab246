"""Every text that is marked for translation, in pages, mails and code: typeset as French is."""

from pathlib import Path

import pytest

from tests.ui.french import (
    SOURCE,
    grammar_faults,
    marked_in_code,
    marked_in_template,
    typography_faults,
)

TEMPLATES = sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")])
MODULES = sorted(SOURCE.rglob("*.py"))


def texts_of(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    return list(marked_in_code(source) if path.suffix == ".py" else marked_in_template(source))


SPEAKING = [path for path in (*TEMPLATES, *MODULES) if texts_of(path)]


@pytest.mark.conformance("S1-152")
@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: str(path.relative_to(SOURCE)))
def test_texts_are_good_french(path: Path) -> None:
    faults = [
        f"{fault}: {text}"
        for text in texts_of(path)
        for fault in (*typography_faults(text), *grammar_faults(text))
    ]
    assert not faults


def test_mails_and_code_are_looked_at() -> None:
    names = {path.name for path in SPEAKING}
    assert {"accepted_partner.txt", "listing.py", "types.py", "spaces.py"} <= names


@pytest.mark.parametrize(
    "text",
    [
        "Mot de passe oublié ?",
        "Mot de passe oublié\u00a0?",
        "Respecté:",
        "Oui!",
        "l'accueil",
        "« Mes bons »",
        "le lot n° 3",
        "N° Opération",
        "9 €",
        'le "bon"',
        "Attendez...",
    ],
)
def test_typography_is_really_checked(text: str) -> None:
    assert typography_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mot de passe oublié\u202f?",
        "à 14:32:07, l’heure avance\u202f: voyez",
        "«\u202fMes bons\u202f»",
        "N°\u00a0Opération",
        "9,00\u00a0€",
    ],
)
def test_good_typography_passes(text: str) -> None:
    assert not typography_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le pass de {{ name }}",
        "Il reste %(left)s de %(benefit)s.",
        "à l’accueil de <strong>{{ partner }}</strong>",
        "Vous avez payé {{ sum }} à {{ partner }}",
        "{{ sum }} ont été payés",
        "<strong>{{ sum }}</strong> reviendront",
        "%(held)s sont réservés",
    ],
)
def test_what_a_name_or_a_sum_makes_wrong_is_found(text: str) -> None:
    assert grammar_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bon de {{ sum }} pour {{ name }}",
        "La somme de {{ sum }} est revenue",
        "le {{ day }} à {{ hour }}",
        "Il reste {{ sum }} à {{ person }}",
    ],
)
def test_good_grammar_passes(text: str) -> None:
    assert not grammar_faults(text)
