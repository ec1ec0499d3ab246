"""Every template of the project: French typography, translation marks, nothing inline."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tessere"
TEMPLATES = sorted(SOURCE.rglob("*.html"))
SHOWN_ATTRIBUTES = {"alt", "aria-label", "label", "placeholder", "title"}

COMMENTS = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
BLOCKS = re.compile(r"\{% blocktranslate.*?%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
CLASS_NAMES = re.compile(r"\{% block (?:body_class|width) %\}.*?\{% endblock %\}", re.DOTALL)
STRINGS = re.compile(r'(?:\{% translate |_\()"((?:[^"\\]|\\.)*)"')
TEMPLATE_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ENTITIES = re.compile(r"&#?\w+;")

TYPOGRAPHY = (
    ("a plain or no-break space before : ; ! ?", re.compile(r"[ \u00a0][:;!?](?!\w)")),
    ("no narrow space before : ; ! ?", re.compile(r"[A-Za-zÀ-ÿ»)][;!?](?!\w)|[a-zà-ÿ»)]:(?=\s|$)")),
    ("a straight apostrophe", re.compile(r"\w'\w")),
    ("guillemets without narrow spaces", re.compile(r"«(?!\u202f)|(?<!\u202f)»")),
    ("straight quotes", re.compile(r'"')),
    ("n° without a no-break space", re.compile(r"[Nn]°(?!\u00a0)")),
    ("€ without a no-break space", re.compile(r"(?<=[\d}]) ?€")),
    ("three dots", re.compile(r"\.\.\.")),
)
INLINE = (
    ("an inline style", re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE)),
    ("an inline handler", re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)),
    ("an inline script", re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)),
    ("a javascript: address", re.compile(r"javascript:", re.IGNORECASE)),
    ("an address on another host", re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE)),
)


class _Visible(HTMLParser):
    """Collects what a reader meets: text between tags, and attributes that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]


def translated_strings(source: str) -> list[str]:
    """What is marked for translation, without tags, placeholders and markup."""
    bare = COMMENTS.sub("", source)
    blocks = [re.sub(r"<[^>]+>", "", TEMPLATE_TAGS.sub("1", text)) for text in BLOCKS.findall(bare)]
    return [ENTITIES.sub("", text.strip()) for text in (*blocks, *STRINGS.findall(bare))]


def unmarked_text(source: str) -> list[str]:
    """Words that a reader would meet untranslated."""
    bare = CLASS_NAMES.sub("", BLOCKS.sub("", COMMENTS.sub("", source)))
    parser = _Visible()
    parser.feed(TEMPLATE_TAGS.sub("", bare))
    parser.close()
    texts = (ENTITIES.sub("", piece).strip() for piece in parser.pieces)
    return [text for text in texts if re.search(r"[A-Za-zÀ-ÿ]{2}", text)]


def typography_faults(text: str) -> list[str]:
    """What a French compositor would correct in this text."""
    return [fault for fault, pattern in TYPOGRAPHY if pattern.search(text)]


def inline_faults(source: str) -> list[str]:
    """What the content security policy would refuse."""
    return [fault for fault, pattern in INLINE if pattern.search(source)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_is_clean(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    faults = [
        f"{fault}: {text}"
        for text in translated_strings(source)
        for fault in typography_faults(text)
    ]
    faults += [f"not marked for translation: {text}" for text in unmarked_text(source)]
    faults += inline_faults(COMMENTS.sub("", source))
    assert not faults


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
    "source",
    [
        "<p>Bonjour</p>",
        '<img alt="Plan">',
        "{% if x %}<b>Oui</b>{% endif %}",
        "<p>{{ x }} euros</p>",
    ],
)
def test_unmarked_words_are_found(source: str) -> None:
    assert unmarked_text(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color:red">',
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x">',
        '<script src="https://elsewhere.example/x.js"></script>',
    ],
)
def test_inline_code_is_found(source: str) -> None:
    assert inline_faults(source)
