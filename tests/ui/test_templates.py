"""Every template of the project: words marked for translation, nothing inline."""

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
TEMPLATE_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ENTITIES = re.compile(r"&#?\w+;")

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


def unmarked_text(source: str) -> list[str]:
    """Words that a reader would meet untranslated."""
    bare = CLASS_NAMES.sub("", BLOCKS.sub("", COMMENTS.sub("", source)))
    parser = _Visible()
    parser.feed(TEMPLATE_TAGS.sub("", bare))
    parser.close()
    texts = (ENTITIES.sub("", piece).strip() for piece in parser.pieces)
    return [text for text in texts if re.search(r"[A-Za-zÀ-ÿ]{2}", text)]


def inline_faults(source: str) -> list[str]:
    """What the content security policy would refuse."""
    return [fault for fault, pattern in INLINE if pattern.search(source)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_is_clean(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    faults = [f"not marked for translation: {text}" for text in unmarked_text(source)]
    faults += inline_faults(COMMENTS.sub("", source))
    assert not faults


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
