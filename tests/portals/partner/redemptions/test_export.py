"""EXPORTER: the file of a search, listed in MES EXPORTS, taken from there by administrators."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from tessere.domains.audit.models import AuditEvent
from tessere.domains.exports import steps
from tessere.domains.redemptions.models import Redemption
from tessere.foundation.codes import ean13_check_digit
from tests.factories.world import NOON, World
from tests.portals.partner.stories import pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
EXPORT = "/partner/operations/export/"
EXPORTS = "/partner/exports/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def export(client: Client, kind: str = "csv", **typed: str) -> Any:
    return client.post(EXPORT, {"key": str(uuid4()), "kind": kind, **typed})


def newest_path(client: Client) -> str:
    rows = client.get(EXPORTS).context_data["rows"]
    return f"{EXPORTS}{rows[0].id}/"


def exported_csv(client: Client, **typed: str) -> list[dict[str, str]]:
    assert export(client, **typed).status_code == 303
    text = client.get(newest_path(client)).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.conformance("S1-101")
def test_barcodes_are_ean_13_and_text_in_both_files(world: World, client: Client) -> None:
    for _ in range(20):
        pay(world, 100)
    with world.inside():
        barcodes = list(
            Redemption.objects.order_by("-accepted_at", "-pk").values_list("barcode", flat=True)
        )
    assert len(barcodes) == len(set(barcodes)) == 20
    for barcode in barcodes:
        assert len(barcode) == 13 and barcode.isdigit()
        assert barcode[-1] == ean13_check_digit(barcode[:12])
    assert [row["Code-barres"] for row in exported_csv(client)] == barcodes
    export(client, "xlsx")
    sheet = load_workbook(io.BytesIO(client.get(newest_path(client)).content)).active
    heading, *cells = next(sheet.iter_cols(min_col=2, max_col=2))
    assert heading.value == "Code-barres"
    assert [cell.value for cell in cells] == barcodes
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_file_has_the_columns_of_the_page(world: World, client: Client) -> None:
    number = pay(world, 1_250)
    client.post(f"/partner/operations/{number}/cancel/", {"key": str(uuid4())})
    [row] = exported_csv(client)
    assert list(row.values())[:1] == [number]
    assert [*row.values()][2:] == [
        f"Pass {world.host.partition('.')[0]}",
        "Théâtre",
        "Code partenaire",
        "Lina BESNARD",
        "16/06/2026",
        "12,50",
        "",
        "Annulée",
    ]


def test_only_what_was_searched_is_exported(world: World, client: Client) -> None:
    numbers = [pay(world, 100) for _ in range(12)]
    page = client.get(f"/partner/operations/?number={numbers[3]}").content.decode()
    assert f'name="number" value="{numbers[3]}" id="id_export_number"' in page
    [row] = exported_csv(client, number=numbers[3])
    assert numbers[3] in row.values()
    assert len(exported_csv(client)) == 12


@time_machine.travel(NOON, tick=False)
def test_the_file_waits_in_mes_exports(world: World) -> None:
    client = signed_in(world, world.partner_email)
    pay(world)
    answer = export(client)
    assert answer.status_code == 303 and answer["Location"] == EXPORTS
    words = read(client.get(EXPORTS))
    assert "Le fichier « Liste des coupons.csv » est prêt." in words
    for heading in ("Nom du fichier", "Date d’importation"):
        assert heading in words
    assert "Liste des coupons.csv 16/06/2026 à 12:00:00 1 Ko Télécharger" in words


def test_a_double_click_makes_one_file(world: World, client: Client) -> None:
    pay(world)
    key = str(uuid4())
    for _ in range(2):
        assert export(client, key=key).status_code == 303
    assert len(client.get(EXPORTS).context_data["rows"]) == 1
    reused = export(client, "xlsx", key=key)
    assert reused.status_code == 422 and "EXP-02" in read(reused)


def test_too_long_a_list_is_refused_plainly(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "MOST_ROWS", 1)
    for _ in range(2):
        pay(world, 100)
    answer = export(client)
    words = read(answer)
    assert answer.status_code == 409 and "EXP-01" in words and "plus étroite" in words


@pytest.mark.parametrize("typed", [{"kind": "exe"}, {"key": "1"}, {"kind": ""}])
def test_a_form_that_is_not_ours_is_refused(client: Client, typed: dict[str, str]) -> None:
    assert client.post(EXPORT, {"key": str(uuid4()), "kind": "csv", **typed}).status_code == 400


def test_a_cashier_has_neither_button_nor_files(world: World, client: Client) -> None:
    pay(world)
    export(client)
    path = newest_path(client)
    cashier = signed_in(world, world.cashier_email)
    assert "Exporter" not in read(cashier.get("/partner/operations/"))
    assert export(cashier).status_code == 403
    for closed in (EXPORTS, path):
        assert cashier.get(closed).status_code == 403


def test_a_download_is_a_file_and_is_written_down(world: World, client: Client) -> None:
    pay(world)
    export(client, "xlsx")
    path = newest_path(client)
    answer = client.get(path)
    assert answer["Content-Disposition"] == 'attachment; filename="Liste des coupons.xlsx"'
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    with world.inside():
        [event] = AuditEvent.objects.filter(event="exports.downloaded")
    assert (event.user_id, event.on_behalf_of) == (
        world.partner_user_id,
        f"partner:{world.partner_id}",
    )


@pytest.mark.parametrize("export_id", ["0", "999999999", "9" * 30])
def test_no_such_file(client: Client, export_id: str) -> None:
    answer = client.get(f"{EXPORTS}{export_id}/")
    assert answer.status_code == 404 and "EXP-03" in read(answer)
