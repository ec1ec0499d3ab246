"""What lies in the repository: names, lengths, and nothing that belongs to one machine."""

import json
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LONGEST = 400
FORBIDDEN_STEMS = re.compile(r"^_?(utils?|helpers?|common|misc|managers?)$")
# A registry's host in a lock file would tie the project to it.
ADDRESS_OF_A_DOWNLOAD = re.compile(r"https?://[^\s\"']+\.(whl|tgz|tar\.gz|zip)\b|\"resolved\":")
REMAINDERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (PROJECT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def _faults(path: Path, text: str) -> list[str]:
    found = []
    if FORBIDDEN_STEMS.match(path.stem):
        found.append("the name says nothing")
    is_ours = path.suffix in {".py", ".css", ".js", ".mjs"} and "jsqr" not in path.parts
    if is_ours and "migrations" not in path.parts and text.count("\n") > LONGEST:
        found.append(f"longer than {LONGEST} lines")
    if path.name in {"package-lock.json"} or path.parent.name == "requirements":
        found += ["says where to download"] * bool(ADDRESS_OF_A_DOWNLOAD.search(text))
    if is_ours and path != Path(__file__) and REMAINDERS.search(text):
        found.append("something is left to do")
    return found


def test_files_are_in_order() -> None:
    faults = []
    for path in _files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = ""
        faults += [f"{path.relative_to(PROJECT)}: {fault}" for fault in _faults(path, text)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("src/tessere/utils.py", "", "says nothing"),
        ("src/tessere/domains/passes/helpers/x/common.py", "", "says nothing"),
        ("src/tessere/domains/passes/steps.py", "x = 1\n" * 401, "longer"),
        ("package-lock.json", '{"resolved": "x"}', "download"),
        ("requirements/run.txt", "https://example.org/a-1.whl", "download"),
        ("src/tessere/ui/x.js", "// TO" + "DO", "left to do"),
    ],
)
def test_a_wrong_file_is_found_out(name: str, text: str, fault: str) -> None:
    (found,) = _faults(PROJECT / name, text)
    assert fault in found


def test_lock_file_of_node_is_whole() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text())
    assert all("integrity" in each for name, each in lock["packages"].items() if name)
