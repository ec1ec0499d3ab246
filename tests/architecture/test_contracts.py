"""Contracts on imports: kept by the real tree, and each seen to fail on a tree that breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
STOREYS = ("config", "portals", "gate", "processes", "domains", "ui", "adapters", "foundation")
PORTALS = ("public", "partner", "beneficiary")
ROOM_MODULES = ("services", "steps", "queries", "types", "models", "rules", "tasks")


def _rooms() -> list[str]:
    folder = PROJECT / "src" / "tessere" / "domains"
    return sorted(path.name for path in folder.iterdir() if (path / "__init__.py").exists())


def _write(root: Path, module: str, text: str = "") -> None:
    """A module, and the packages that it lies in."""
    path = root.joinpath(*module.split("."))
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(root).parents:
        (root / folder / "__init__.py").touch()
    path.with_suffix(".py").write_text(text)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small package that keeps every contract."""
    for storey in STOREYS:
        _write(tmp_path, f"tessere.{storey}.__init__")
    for portal in PORTALS:
        _write(tmp_path, f"tessere.portals.{portal}.base")
    for room in _rooms():
        for module in ROOM_MODULES:
            _write(tmp_path, f"tessere.domains.{room}.{module}")
    _write(tmp_path, "tessere.portals.partner.base", "from tessere.domains.passes import services")
    _write(tmp_path, "tessere.config.schedule", "from tessere.domains.passes import tasks")
    _write(tmp_path, "tessere.domains.passes.steps", "from tessere.domains.ledger import steps")
    _write(tmp_path, "tessere.adapters.mail", "import smtplib")
    return tmp_path


def _lint(*folders: Path) -> tuple[int, str]:
    done = subprocess.run(
        [LINT, "--config", PROJECT / ".importlinter", "--no-cache"],
        cwd=folders[0],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, folders)), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def test_real_tree_keeps_every_contract() -> None:
    code, said = _lint(PROJECT / "src", PROJECT)
    assert code == 0, said


def test_sample_tree_keeps_every_contract(tree: Path) -> None:
    code, said = _lint(tree, PROJECT)
    assert code == 0, said


@pytest.mark.parametrize(
    ("module", "text", "contract"),
    [
        ("tessere.foundation.money", "import tessere.adapters.mail", "Storeys"),
        ("tessere.adapters.pdf", "import tessere.domains.passes.types", "Storeys"),
        ("tessere.domains.passes.rules", "import tessere.ui", "Storeys"),
        ("tessere.ui.views", "import tessere.domains.passes.types", "Storeys"),
        ("tessere.gate.door", "import tessere.portals.partner.base", "Storeys"),
        ("tessere.helpers.misc", "", "Storeys"),
        ("tessere.domains.ledger.rules", "import tessere.domains.passes.types", "Rooms"),
        ("tessere.domains.cellar.types", "", "Rooms"),
        ("tessere.portals.public.views", "import tessere.portals.partner.base", "Portals never"),
        ("tessere.portals.partner.views", "import tessere.domains.passes.models", "Portals enter"),
        ("tessere.portals.partner.views", "import tessere.domains.passes.steps", "Portals enter"),
        ("tessere.portals.partner.views", "import tessere.domains.passes.tasks", "Portals enter"),
        ("tessere.domains.passes.rules", "import tessere.domains.ledger.services", "Portals enter"),
        ("tessere.domains.passes.rules", "import tessere.domains.ledger.models", "Portals enter"),
        ("tessere.processes.erase", "import tessere.domains.passes.services", "Portals enter"),
        ("tessere.config.schedule", "import tessere.domains.passes.steps", "Portals enter"),
        ("tessere.domains.passes.rules", "import smtplib", "Only adapters"),
        ("tessere.portals.public.views", "import subprocess", "Only adapters"),
        ("tessere.domains.passes.rules", "from tessere.domains.passes import steps", "No cycles"),
    ],
)
def test_a_broken_tree_is_found_out(tree: Path, module: str, text: str, contract: str) -> None:
    _write(tree, module, text)
    if contract == "No cycles":
        _write(tree, "tessere.domains.passes.steps", "from tessere.domains.passes import rules")
    code, said = _lint(tree, PROJECT)
    assert code == 1, said
    broken = said.partition("Broken contracts")[2]
    assert contract in broken, said
