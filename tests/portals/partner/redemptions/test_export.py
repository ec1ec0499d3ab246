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
from tessere.domains.redemptions.models import Redemption
from tessere.foundation.codes import ean13_check_digit
from tests.factories.world import NOON, World
from tests.portals.partner.stories import make_exports, pay, taken
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
EXPORT = "/partner/operations/export/"
EXPORTS = "/partner/exports/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def export(client: Client, kind: str = "csv", **typed: str) -> Any:
    return client.post(EXPORT, {"key": str(uuid4()), "file": f"operations.{kind}", **typed})


def newest_path(world: World, client: Client) -> str:
    make_exports(world)
    rows = client.get(EXPORTS).context_data["rows"]
    return f"{EXPORTS}{rows[0].id}/"


def exported_csv(world: World, client: Client, **typed: str) -> list[dict[str, str]]:
    assert export(client, **typed).status_code == 303
    text = taken(client.get(newest_path(world, client))).decode("utf-8-sig")
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
    assert [row["Code-barres"].strip() for row in exported_csv(world, client)] == barcodes
    export(client, "xlsx")
    sheet = load_workbook(io.BytesIO(taken(client.get(newest_path(world, client))))).active
    heading, *cells = next(sheet.iter_cols(min_col=2, max_col=2))
    assert heading.value == "Code-barres"
    assert [cell.value for cell in cells] == barcodes
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_file_has_the_columns_of_the_page(world: World, client: Client) -> None:
    number = pay(world, 1_250)
    client.post(f"/partner/operations/{number}/cancel/", {"key": str(uuid4())})
    [row] = exported_csv(world, client)
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
    page = client.get(f"/partner/operations/?q={numbers[3]}&status=accepted").content.decode()
    form = page.partition('action="/partner/operations/export/"')[2].partition("</form>")[0]
    assert f'name="q" value="{numbers[3]}"' in form and 'name="status" value="accepted"' in form
    [row] = exported_csv(world, client, q=numbers[3], status="accepted")
    assert numbers[3] in row.values()
    assert len(exported_csv(world, client)) == 12


@time_machine.travel(NOON, tick=False)
def test_the_file_waits_in_mes_exports(world: World) -> None:
    client = signed_in(world, world.partner_email)
    pay(world)
    answer = export(client)
    assert answer.status_code == 303 and answer["Location"] == EXPORTS
    words = read(client.get(EXPORTS))
    assert "Le fichier « Liste des coupons.csv » se prépare." in words
    assert "En préparation" in words and "Télécharger Liste" not in words
    make_exports(world)
    words = read(client.get(EXPORTS))
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
    assert reused.status_code == 422 and "EXP-01" in read(reused)


@pytest.mark.conformance("S1-109")
def test_a_file_holds_every_page_of_what_was_searched(world: World, client: Client) -> None:
    numbers = [pay(world, 100) for _ in range(12)]
    cancelled = numbers[5]
    client.post(f"/partner/operations/{cancelled}/cancel/", {"key": str(uuid4())})
    shown = client.get("/partner/operations/?status=accepted&par=10").context_data
    assert (len(shown["rows"]), shown["page"].paginator.count) == (10, 11)
    rows = exported_csv(world, client, status="accepted")
    assert {row["N°\u00a0Opération"].strip() for row in rows} == {*numbers} - {cancelled}
    assert "Liste des coupons.csv" in read(client.get(EXPORTS))


@pytest.mark.conformance("S1-145")
def test_a_file_is_deleted_after_a_question(world: World, client: Client) -> None:
    pay(world)
    export(client)
    path = newest_path(world, client)
    other = signed_in(world, world.beneficiary_email, door="beneficiary")
    for stranger in (other, signed_in(world, world.cashier_email)):
        assert stranger.post(f"{path}delete/").status_code == 403
    question = client.get(f"{path}delete/")
    assert "Supprimer Liste des coupons.csv" in read(question)
    answer = client.post(f"{path}delete/")
    assert answer.status_code == 303 and answer["Location"] == EXPORTS
    words = read(client.get(EXPORTS))
    assert "est supprimé" in words and "Aucun export pour le moment" in words
    for gone in (client.get(path), client.get(f"{path}delete/"), client.post(f"{path}delete/")):
        assert gone.status_code == 404


def test_a_file_that_is_not_ready_is_neither_taken_nor_deleted(
    world: World, client: Client
) -> None:
    pay(world)
    export(client)
    [row] = client.get(EXPORTS).context_data["rows"]
    early = client.get(f"{EXPORTS}{row.id}/")
    assert early.status_code == 409 and "EXP-03" in read(early)
    deleted = client.post(f"{EXPORTS}{row.id}/delete/")
    assert deleted.status_code == 409 and "EXP-04" in read(deleted)
    make_exports(world)
    assert taken(client.get(f"{EXPORTS}{row.id}/"))


@pytest.mark.conformance("S1-146")
def test_exports_have_pages(world: World, client: Client) -> None:
    for _ in range(11):
        export(client)
    first = client.get(f"{EXPORTS}?par=10")
    assert "Voir par" in read(first) and "sur 11" in read(first)
    assert len(first.context_data["rows"]) == 10
    assert len(client.get(f"{EXPORTS}?par=10&page=2").context_data["rows"]) == 1
    assert len(client.get(f"{EXPORTS}?par=50").context_data["rows"]) == 11


@pytest.mark.conformance("S1-143")
def test_two_files_of_one_second_are_two_lines(world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        client = signed_in(world, world.partner_email)
        for _ in range(2):
            export(client)
        page = client.get(EXPORTS)
    words = read(page)
    assert words.count("16/06/2026 à 12:00:00") == 2
    first, second = page.context_data["rows"]
    assert first.id != second.id
    for heading in ("Nom du fichier", "Date d’importation"):
        assert heading in words


def test_the_list_of_people_is_a_file_of_its_own(world: World, client: Client) -> None:
    pay(world, 1_250)
    pay(world, 250)
    [row] = exported_csv(world, client, file="beneficiaries.csv")
    facts = (row["Bénéficiaire"], row["Opérations"], row["Montant"])
    assert facts == ("Lina BESNARD", "2", "15,00")
    export(client, file="beneficiaries.xlsx")
    answer = client.get(newest_path(world, client))
    assert "Liste%20des%20b%C3%A9n%C3%A9ficiaires.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(taken(answer))).active
    assert [cell.value for cell in sheet[2]][3:5] == [2, 15]


@pytest.mark.parametrize("typed", [{"file": "operations.exe"}, {"key": "1"}, {"file": ""}])
def test_a_form_that_is_not_ours_is_refused(client: Client, typed: dict[str, str]) -> None:
    assert (
        client.post(EXPORT, {"key": str(uuid4()), "file": "operations.csv", **typed}).status_code
        == 400
    )


def test_a_cashier_has_neither_button_nor_files(world: World, client: Client) -> None:
    pay(world)
    export(client)
    path = newest_path(world, client)
    cashier = signed_in(world, world.cashier_email)
    assert "Exporter" not in read(cashier.get("/partner/operations/"))
    assert export(cashier).status_code == 403
    for closed in (EXPORTS, path):
        assert cashier.get(closed).status_code == 403


def test_a_download_is_a_file_and_is_written_down(world: World, client: Client) -> None:
    pay(world)
    export(client, "xlsx")
    path = newest_path(world, client)
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
    assert answer.status_code == 404 and "EXP-02" in read(answer)
