"""Every front door of a room says what the name does not, and is called with names only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAINS = Path(__file__).resolve().parents[2] / "src" / "tessere" / "domains"
# What a service that moves value must say: what a number counts, which rows it locks in which
# order, which refusals to expect, and where the rule comes from.
SECTIONS = ("Units:", "Locks:", "Errors:", "Source:")
# Whoever moves value names the command by a key, or is handed commands that bear one each.
KEYS = {"key", "requests"}
LONGEST = 70

Door = ast.FunctionDef | ast.AsyncFunctionDef


def _doors() -> Iterator[tuple[str, Door]]:
    for path in sorted([*DOMAINS.glob("*/services.py"), *DOMAINS.glob("*/services/*.py")]):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, Door) and not node.name.startswith("_"):
                yield f"{path.relative_to(DOMAINS)}:{node.lineno} {node.name}", node


def _faults(node: Door) -> list[str]:
    documentation = ast.get_docstring(node) or ""
    moves_value = bool(KEYS & {argument.arg for argument in node.args.kwonlyargs})
    wanted = SECTIONS if moves_value else ()
    found = [f"the docstring lacks {section}" for section in wanted if section not in documentation]
    if not documentation:
        found.append("no docstring")
    if node.args.args or node.args.posonlyargs or node.args.vararg:
        found.append("arguments must be keyword-only")
    if (node.end_lineno or 0) - node.lineno >= LONGEST:
        found.append(f"longer than {LONGEST} lines")
    return found


def test_doors_are_documented() -> None:
    faults = [f"{name}: {fault}" for name, node in _doors() for fault in _faults(node)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def pay(*, key): 'Pays. Units: cents. Locks: none. Errors: none.'", "Source:"),
        ("def accept(*, requests): 'Pays.'", "Units:"),
        ("def show(*, actor): ...", "no docstring"),
        ("def show(actor): 'Shows.'", "keyword-only"),
        ("def show(*, actor):\n 'Shows.'\n" + " x = 1\n" * LONGEST, "longer"),
    ],
)
def test_a_poor_door_is_found_out(source: str, fault: str) -> None:
    (node,) = ast.parse(source).body
    assert isinstance(node, Door)
    assert any(fault in found for found in _faults(node))
