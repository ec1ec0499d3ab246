"""What a real LibreOffice Calc reads in the files of OPÉRATIONS; it must be installed (`soffice`).

Each kind of file is opened without a screen and saved as a workbook of Calc's own, in which a cell
says what it was taken for. Prints the rows, and fails where a number, a date, an amount, an accent
or a text that looks like a formula is not what was exported.

    python -m benchmarks.libreoffice
"""

import datetime as dt
import io
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from openpyxl import load_workbook

from benchmarks.installation import installation

REFERENCE = '=HYPERLINK("http://example.org";"À payer")'
CENTS = (900, 1_005, 1)
# A semicolon, a double quote, UTF-8, from line 1; then the language, fr-FR: what Calc proposes to
# somebody who opens such a file on a French computer.
_CSV = "--infilter=CSV:59,34,76,1,,1036,false,true"


def _files() -> dict[str, bytes]:
    from django.db import transaction

    from tessere.domains.redemptions.models import Redemption
    from tests.factories.world import make_world
    from tests.portals.partner.stories import make_exports, pay, taken
    from tests.portals.people import signed_in

    world, found = make_world(), {}
    for cents in CENTS:
        pay(world, cents)
    with world.inside(), transaction.atomic():
        Redemption.objects.update(partner_reference=REFERENCE)
    client = signed_in(world, world.partner_email)
    for kind in ("csv", "xlsx"):
        client.post(
            "/partner/operations/export/", {"key": str(uuid4()), "file": f"operations.{kind}"}
        )
        make_exports(world)
        answer: Any = client.get("/partner/exports/")
        newest = answer.context_data["rows"][0]
        found[kind] = taken(client.get(f"/partner/exports/{newest.id}/"))
    return found


def _opened(kind: str, content: bytes) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"operations.{kind}"
        source.write_bytes(content)
        out = Path(folder) / "out"
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *([_CSV] if kind == "csv" else []),
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        saved = (out / "operations.xlsx").read_bytes()
    sheet = load_workbook(io.BytesIO(saved)).active
    assert sheet is not None
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def _check(kind: str, rows: list[tuple[Any, ...]]) -> None:
    heading, *lines = rows
    assert len(lines) == len(CENTS), lines
    for line in lines:
        row = dict(zip(heading, line, strict=True))
        number, barcode = str(row["N°\u00a0Opération"]), str(row["Code-barres"]).strip()
        assert len(number) == 9 and len(barcode) == 13 and barcode.isdigit(), row
        assert row["E.coupon"] == "Théâtre", row
        assert isinstance(row["Date de l’opération"], dt.datetime), row
        assert isinstance(row["Montant"], int | float), row
        assert str(row["Réf. Interne"]).lstrip("'") == REFERENCE, row
    assert sorted(round(float(line[heading.index("Montant")]) * 100) for line in lines) == sorted(
        CENTS
    )
    print(f"{kind}: {heading}\n{lines[0]}")


def main() -> None:
    """Export, open, compare."""
    with installation():
        files = _files()
    for kind, content in files.items():
        _check(kind, _opened(kind, content))


if __name__ == "__main__":
    main()
