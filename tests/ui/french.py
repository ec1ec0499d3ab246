"""What a French compositor, and a French teacher, would correct in a text of ours."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tessere"

_COMMENTS = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
_BLOCKS = re.compile(r"\{% blocktranslate.*?%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
_STRINGS = re.compile(r'(?:\{% translate |_\()"((?:[^"\\]|\\.)*)"')
_MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
_PLACES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|%\(\w+\)[sd]|<[^>]+>", re.DOTALL)
_ENTITIES = re.compile(r"&#?\w+;")

_TYPOGRAPHY = (
    ("a plain or no-break space before : ; ! ?", re.compile(r"[ \u00a0][:;!?](?!\w)")),
    ("no narrow space before : ; ! ?", re.compile(r"[A-Za-zÀ-ÿ»)][;!?](?!\w)|[a-zà-ÿ»)]:(?=\s|$)")),
    ("a straight apostrophe", re.compile(r"\w'\w")),
    ("guillemets without narrow spaces", re.compile(r"«(?!\u202f)|(?<!\u202f)»")),
    ("straight quotes", re.compile(r'"')),
    ("n° without a no-break space", re.compile(r"[Nn]°(?!\u00a0)")),
    ("€ without a no-break space", re.compile(r"(?<=[\d}]) ?€")),
    ("three dots", re.compile(r"\.\.\.")),
)
# Whether a name takes an elision (d’Idris, de Hassan) or a contraction (au Petit Théâtre) cannot
# be told from its letters: no name stands behind these words. Sums, dates and numbers may.
_NO_NAME = "sum|left|value|day|date|when|hour|time|days|count|number|misses"
_GRAMMAR = (
    (
        "a name that may need an elision",
        re.compile(
            rf"\b(?:de|que|lorsque|jusque)[ \u00a0](?:<\w+>)?(?:\{{\{{|%\()(?! ?(?:{_NO_NAME})\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "a structure's name that may need a contraction",
        re.compile(r"\b[àÀ][ \u00a0](?:<\w+>)?(?:\{\{ ?|%\()(?:partner|structure)\b"),
    ),
    (
        "a verb that agrees with a sum: singular below 2 €",
        re.compile(
            r"(?:\{\{ ?|%\()(?:sum|value|held|left|amount)(?: ?\}\}|\)s)(?:</\w+>)? "
            r"(?:sont|seront|ont|étaient|reviennent|reviendront|attendent)\b"
        ),
    ),
)


def marked_in_template(source: str) -> list[str]:
    """What a template marks for translation."""
    bare = _COMMENTS.sub("", source)
    return [text.strip() for text in (*_BLOCKS.findall(bare), *_STRINGS.findall(bare))]


def marked_in_code(source: str) -> Iterator[str]:
    """What a module marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _MARKS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def typography_faults(text: str) -> list[str]:
    """What a compositor would correct in this text, whatever stands in its places."""
    shown = _ENTITIES.sub("", _PLACES.sub(lambda place: "" if place[0][0] == "<" else "1", text))
    return [fault for fault, pattern in _TYPOGRAPHY if pattern.search(shown)]


def grammar_faults(text: str) -> list[str]:
    """What some name or sum would make wrong in this text."""
    return [fault for fault, pattern in _GRAMMAR if pattern.search(text)]
