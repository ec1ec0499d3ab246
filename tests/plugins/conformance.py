"""`@pytest.mark.conformance("S1-74", …)`: the rows of docs/conformance.md that a test proves."""

import re
from functools import cache
from pathlib import Path

import pytest

LIST = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
_ROW = re.compile(r"^\| ((?:S1|S2|L)-\d+) \|(?: [EI] \|)? (.+?) \| .+ \|$", re.MULTILINE)


@cache
def rows() -> dict[str, str]:
    """Requirement by row id, in the order of the list."""
    return dict(_ROW.findall(LIST.read_text(encoding="utf-8")))


def proved_rows(item: pytest.Item) -> list[str]:
    """The rows that a test claims to prove."""
    return [row for marker in item.iter_markers("conformance") for row in marker.args]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "conformance(*rows): proves rows of docs/conformance.md")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A row that does not exist proves nothing."""
    unknown = [
        f"{item.nodeid}: {row}" for item in items for row in proved_rows(item) if row not in rows()
    ]
    if unknown:
        raise pytest.UsageError("No such row in docs/conformance.md:\n" + "\n".join(unknown))
