"""The file of OPÉRATIONS: asked for once with a key, of one's own operations, all of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tessere.domains.audit.models import AuditEvent
from tessere.domains.exports import queries
from tessere.domains.exports import services as exports
from tessere.domains.exports.making import make_next
from tessere.domains.exports.types import (
    ExportKeyReused,
    ExportNotFound,
    ExportRecord,
    ExportState,
    FileKind,
)
from tessere.domains.files import queries as files
from tessere.domains.partners.types import PartnerRole
from tessere.domains.redemptions import listing, services
from tessere.domains.redemptions.tasks import EXPORTS
from tessere.domains.redemptions.types import EVERYTHING, Accepted, Listing, Search
from tessere.foundation.actor import NotPermitted
from tessere.gate import roles
from tests.domains.redemptions.stories import pay, payment
from tests.factories.world import NOON, World

pytestmark = pytest.mark.django_db


def export(world: World, **changes: Any) -> ExportRecord:
    asked = {"actor": world.partner, "key": uuid4(), "search": EVERYTHING, "kind": FileKind.CSV}
    with world.inside():
        return services.export(**asked | changes, now=NOON)


def make(world: World) -> None:
    with world.inside(), time_machine.travel(NOON, tick=False):
        while make_next(definitions=EXPORTS):
            pass


def lines(world: World, asked: ExportRecord) -> list[str]:
    make(world)
    with world.inside():
        taken = exports.download(actor=world.partner, export_id=asked.id, now=NOON)
        content = files.content_of(file_id=taken.file_id)
    return content.decode("utf-8-sig").splitlines()[1:]


def accepted(world: World, cents: int = 900) -> str:
    outcome = pay(world, cents)
    assert isinstance(outcome, Accepted)
    return outcome.number


def test_a_key_asks_for_one_file(world: World) -> None:
    key = uuid4()
    first = export(world, key=key)
    assert export(world, key=key) == first
    with pytest.raises(ExportKeyReused):
        export(world, key=key, kind=FileKind.XLSX)
    with pytest.raises(ExportKeyReused):
        export(world, key=key, search=Search(words="x"))


def test_what_is_accepted_after_the_request_is_not_in_the_file(world: World) -> None:
    number = accepted(world)
    asked = export(world)
    pay(world, 100, now=NOON + timedelta(seconds=1))
    [line] = lines(world, asked)
    assert line.startswith(f'"{number}"')


def test_the_file_holds_what_the_search_finds(world: World) -> None:
    numbers = [accepted(world, cents) for cents in (100, 200, 300)]
    assert [line.split(";")[0] for line in lines(world, export(world))] == [
        f'"{number}"' for number in reversed(numbers)
    ]
    [line] = lines(world, export(world, search=Search(words=numbers[1].lower())))
    assert f'"{numbers[1]}"' in line and "2,00" in line
    assert lines(world, export(world, search=Search(words="000"))) == []


def test_anothers_operations_are_not_in_the_file(world: World) -> None:
    accepted(world)
    asked = export(world, actor=replace(world.other_partner, user_id=world.partner_user_id))
    make(world)
    with world.inside():
        made = queries.export_of(owner=f"partner:{world.other_partner_id}", export_id=asked.id)
        assert made is not None and (made.state, made.rows_total) == (ExportState.READY, 0)
        with pytest.raises(ExportNotFound):
            exports.download(actor=world.partner, export_id=asked.id, now=NOON)


@pytest.mark.conformance("S1-109")
@pytest.mark.parametrize("count", [0, 1, 7, 8, 9])
def test_pages_of_any_length_hold_every_operation_once(
    world: World, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four to a page, three of them at the same instant."""
    monkeypatch.setattr(listing, "_CHUNK", 4)
    numbers = []
    for position in range(count):
        outcome = pay(world, 100, now=NOON - timedelta(hours=1) + timedelta(minutes=position // 3))
        assert isinstance(outcome, Accepted)
        numbers.append(outcome.number)
    found = [line.split(";")[0].strip('"').strip() for line in lines(world, export(world))]
    assert found == numbers[::-1]


def test_a_cashier_makes_no_file(world: World) -> None:
    cashier = replace(world.partner, permissions=roles.PARTNER[PartnerRole.CASHIER])
    with pytest.raises(NotPermitted):
        export(world, actor=cashier)


def test_who_asked_for_and_who_took_a_file_is_in_the_journal(world: World) -> None:
    accepted(world)
    asked = export(world)
    lines(world, asked)
    with world.inside():
        events = AuditEvent.objects.filter(subject=f"export:{asked.id}").order_by("pk")
        told = [(event.event, event.user_id, event.after["name"]) for event in events]
    assert told == [
        ("exports.requested", world.partner_user_id, "Liste des coupons.csv"),
        ("exports.made", None, "Liste des coupons.csv"),
        ("exports.downloaded", world.partner_user_id, "Liste des coupons.csv"),
    ]


def test_a_long_list_costs_the_statements_of_a_short_one(world: World) -> None:
    counts = []
    for rows in (1, 19):
        for _ in range(rows):
            accepted(world, 100)
        export(world)
        with CaptureQueriesContext(connection) as captured:
            make(world)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 30


def paid_by(world: World, purse_id: int, cents: int) -> str:
    with world.inside():
        [outcome] = services.accept(
            actor=world.platform, requests=[payment(world, cents, purse_id=purse_id)], now=NOON
        )
    assert isinstance(outcome, Accepted)
    return outcome.number


@pytest.mark.conformance("S1-147")
def test_the_list_of_people_holds_what_reconciles_and_nothing_else(world: World) -> None:
    emile = world.newcomer("Émile", "Álvarez")
    world.newcomer("Zoé", "Sans-opération")
    for cents in (100, 250):
        paid_by(world, emile, cents)
    cancelled = paid_by(world, emile, 700)
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=cancelled, now=NOON)
    accepted(world, 900)
    world.grant(1_000, purse_id=world.tennis_purse_id)
    pay(world, 300, purse_id=world.tennis_purse_id, partner_id=world.other_partner_id)
    programme = f'"Pass {world.host.partition(".")[0]}"'
    assert lines(world, export(world, listing=Listing.BENEFICIARIES)) == [
        f'"Émile ÁLVAREZ";{programme};"Théâtre";3;3,50;16/06/2026',
        f'"Lina BESNARD";{programme};"Théâtre";1;9,00;16/06/2026',
    ]
    only = export(world, listing=Listing.BENEFICIARIES, search=Search(words="alvarez"))
    assert [line.partition(";")[0] for line in lines(world, only)] == ['"Émile ÁLVAREZ"']


def test_the_list_of_people_goes_over_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_CHUNK", 2)
    for name in ("Dora", "Anna", "Cyril", "Basile"):
        paid_by(world, world.newcomer(name, "Petit"), 100)
    found = lines(world, export(world, listing=Listing.BENEFICIARIES))
    assert [line.split('"')[1] for line in found] == [
        "Anna PETIT",
        "Basile PETIT",
        "Cyril PETIT",
        "Dora PETIT",
    ]
