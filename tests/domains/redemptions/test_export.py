"""The file of OPÉRATIONS: made once for a key, of one's own operations, of a bounded length."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tessere.domains.audit.models import AuditEvent
from tessere.domains.exports import services as exports
from tessere.domains.exports import steps as exports_steps
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.types import (
    ExportContent,
    ExportKeyReused,
    ExportRecord,
    FileKind,
    TooManyRows,
)
from tessere.domains.files.models import StoredFile
from tessere.domains.partners.types import PartnerRole
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import Accepted
from tessere.foundation.actor import NotPermitted
from tessere.gate import roles
from tests.domains.redemptions.stories import pay
from tests.factories.world import NOON, World

pytestmark = pytest.mark.django_db


def export(world: World, **changes: Any) -> ExportRecord:
    asked = {"actor": world.partner, "key": uuid4(), "number": "", "kind": FileKind.CSV}
    with world.inside():
        return services.export(**asked | changes, now=NOON)


def content(world: World, made: ExportRecord) -> ExportContent:
    with world.inside():
        return exports.download(actor=world.partner, export_id=made.id, now=NOON)


def lines(world: World, made: ExportRecord) -> list[str]:
    return content(world, made).content.decode("utf-8-sig").splitlines()[1:]


def accepted(world: World, cents: int = 900) -> str:
    outcome = pay(world, cents)
    assert isinstance(outcome, Accepted)
    return outcome.number


def test_a_key_makes_one_file(world: World) -> None:
    accepted(world)
    key = uuid4()
    first = export(world, key=key)
    accepted(world)
    assert export(world, key=key) == first
    with world.inside():
        assert ExportFile.objects.count() == StoredFile.objects.count() == 1
    with pytest.raises(ExportKeyReused):
        export(world, key=key, kind=FileKind.XLSX)


def test_the_file_holds_what_the_search_finds(world: World) -> None:
    numbers = [accepted(world, cents) for cents in (100, 200, 300)]
    assert [line.split(";")[0] for line in lines(world, export(world))] == [
        f'"{number}"' for number in reversed(numbers)
    ]
    [line] = lines(world, export(world, number=numbers[1].lower()))
    assert f'"{numbers[1]}"' in line and "2,00" in line
    assert lines(world, export(world, number="000")) == []


def test_anothers_operations_are_not_in_the_file(world: World) -> None:
    number = accepted(world)
    made = export(world, actor=replace(world.other_partner, user_id=world.partner_user_id))
    with world.inside():
        stored = StoredFile.objects.get(digest=ExportFile.objects.get(pk=made.id).digest)
    assert number not in bytes(stored.content).decode()


def test_too_many_rows_are_refused_and_nothing_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports_steps, "MOST_ROWS", 2)
    for _ in range(2):
        accepted(world, 100)
    export(world)
    accepted(world, 100)
    with pytest.raises(TooManyRows) as refused:
        export(world)
    assert refused.value.short_code == "EXP-01"
    assert "3 lignes" in refused.value.words() and "plus étroite" in refused.value.step()
    with world.inside():
        assert ExportFile.objects.count() == 1


def test_a_cashier_makes_no_file(world: World) -> None:
    cashier = replace(world.partner, permissions=roles.PARTNER[PartnerRole.CASHIER])
    with pytest.raises(NotPermitted):
        export(world, actor=cashier)


def test_who_made_and_who_took_a_file_is_in_the_journal(world: World) -> None:
    accepted(world)
    made = export(world)
    content(world, made)
    with world.inside():
        events = AuditEvent.objects.filter(subject=f"export:{made.id}").order_by("pk")
        told = [(event.event, event.user_id, event.after["name"]) for event in events]
    assert told == [
        ("exports.made", world.partner_user_id, "Liste des coupons.csv"),
        ("exports.downloaded", world.partner_user_id, "Liste des coupons.csv"),
    ]


def test_a_long_list_costs_the_statements_of_a_short_one(world: World) -> None:
    counts = []
    for rows in (1, 19):
        for _ in range(rows):
            accepted(world, 100)
        with CaptureQueriesContext(connection) as captured:
            export(world)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16
