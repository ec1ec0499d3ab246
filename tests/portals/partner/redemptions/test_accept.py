"""A partner accepts a bon: typed, scanned, tried twice, mistyped, or not for it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tessere.domains.audit.models import AuditEvent
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import PartnerStatus
from tessere.domains.passes import queries as passes
from tessere.domains.passes import services as passes_services
from tessere.foundation.codes import make_number
from tessere.foundation.links import voucher_qr_url
from tests.factories.world import NOON, World, make_world
from tests.portals.partner.stories import accept, make_voucher
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
SPELLINGS: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "spaces": lambda number: f" {number[:3]} {number[3:6]}\u00a0{number[6:]} ",
    "O for 0": lambda number: number.replace("0", "O"),
    "o for 0": lambda number: number.replace("0", "o"),
    "I for 1": lambda number: number.replace("1", "I"),
    "l for 1": lambda number: number.replace("1", "l"),
    "hyphens": lambda number: f"{number[:3]}-{number[3:6]}-{number[6:]}",
}


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def voucher_with_zero_and_one(world: World) -> str:
    while True:
        number = make_voucher(world, 100)
        if "0" in number and "1" in number:
            return number
        with world.inside():
            passes_services.cancel_voucher(
                actor=world.beneficiary, key=uuid4(), number=number, now=NOON
            )


@pytest.mark.conformance("S1-84")
def test_a_number_is_typed_and_confirmed(world: World, client: Client) -> None:
    home = client.get("/partner/")
    assert "Numéro du bon *" in read(home) and "Valider" in read(home)
    answer = accept(client, make_voucher(world))
    assert answer.status_code == 303
    words = read(client.get(answer["Location"]))
    assert "Opération validée" in words and "9,00 €" in words
    assert "Bon d’échange, Lina BESNARD, e.coupon Théâtre" in words
    empty = accept(client, "")
    assert empty.status_code == 400 and "Écrivez le numéro du bon." in read(empty)
    wrong = accept(client, make_number())
    assert wrong.status_code == 404
    assert "Aucun bon n’a ce numéro." in read(wrong) and "BON-02" in read(wrong)
    assert "Lina" not in read(wrong)


@pytest.mark.conformance("S1-81")
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_number_alone_is_enough_however_it_was_noted(
    world: World, client: Client, spelling: str
) -> None:
    number = voucher_with_zero_and_one(world)
    assert accept(client, SPELLINGS[spelling](number)).status_code == 303


@pytest.mark.conformance("S1-82")
def test_the_code_on_the_bon_credits_the_partner(world: World, client: Client) -> None:
    number = make_voucher(world, 1_234)
    with world.inside():
        proof = passes.voucher_proof(number=number)
        url = voucher_qr_url(host=world.host, number=number, proof=proof)
    answer = accept(client, url)
    assert answer.status_code == 303
    assert "12,34 €" in read(client.get(answer["Location"]))


def test_the_telephones_own_camera_opens_a_page_with_one_button(
    world: World, client: Client
) -> None:
    number = make_voucher(world)
    with world.inside():
        proof = passes.voucher_proof(number=number)
    page = client.get(f"/partner/voucher/{number}/{proof}/").content.decode()
    assert f'name="number" value="{number}"' in page and f'value="{proof}"' in page
    assert accept(client, number, proof=proof).status_code == 303


def test_the_same_key_gives_the_same_answer(world: World, client: Client) -> None:
    number, key = make_voucher(world), str(uuid4())
    first, second = (accept(client, number, key=key)["Location"] for _ in range(2))
    assert first == second
    assert world.purse().spent_cents == 900


def test_a_key_that_served_for_another_bon_is_refused(world: World, client: Client) -> None:
    key = str(uuid4())
    accept(client, make_voucher(world), key=key)
    answer = accept(client, make_voucher(world), key=key)
    assert answer.status_code == 422 and "TES-22" in read(answer)
    assert key not in answer.content.decode()


@pytest.mark.conformance("S1-95")
def test_a_bon_serves_once_and_says_when(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    number = make_voucher(world)
    accept(client, number)
    clock.shift(timedelta(days=3, minutes=5))
    answer = accept(client, number)
    words = read(answer)
    assert answer.status_code == 409
    assert "Ce bon a déjà servi." in words
    assert "Vous l’avez accepté le 16/06/2026 à 12:00." in words
    assert "BON-03" in words and "Voir l’opération du 16 juin 2026" in words
    assert world.purse().spent_cents == 900


@pytest.mark.conformance("S1-94")
def test_a_bon_for_another_is_refused_and_the_try_is_noted(world: World, client: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    number = make_voucher(world, partner_id=world.other_partner_id)
    answer = accept(client, number)
    assert answer.status_code == 409 and "BON-04" in read(answer)
    assert "Lina" not in read(answer) and "Tennis-club" not in read(answer)
    with world.inside():
        noted = AuditEvent.objects.get(event="redemptions.voucher_of_another_tried")
    assert noted.subject == f"voucher:{number}" and noted.user_id == world.partner_user_id


def test_a_bon_of_another_tenant_does_not_exist_here(world: World, client: Client) -> None:
    number = make_voucher(make_world())
    assert "BON-02" in read(accept(client, number))


def test_one_wrong_character_is_told_and_kept(world: World, client: Client) -> None:
    number = make_voucher(world)
    wrong = ("Z" if number[0] != "Z" else "Y") + number[1:]
    answer = accept(client, wrong)
    assert answer.status_code == 400 and "BON-01" in read(answer)
    assert f'value="{wrong}"' in answer.content.decode()


def test_a_suspended_partner_is_told_so(world: World, client: Client) -> None:
    number = make_voucher(world)
    with world.inside():
        partners.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    assert "PAR-02" in read(accept(client, number))
    assert world.purse().held_cents == 900


def test_an_expired_bon_is_told_so(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    number = make_voucher(world)
    clock.shift(timedelta(days=31))
    fresh = signed_in(world, world.partner_email)
    assert "BON-07" in read(accept(fresh, number))


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "=1+1", "'; --", "%", "x" * 300])
def test_what_is_typed_never_harms(world: World, client: Client, typed: str) -> None:
    answer = accept(client, typed)
    assert answer.status_code == 400
    assert "<script>alert" not in answer.content.decode()


def test_a_broken_key_is_refused_without_harm(world: World, client: Client) -> None:
    number = make_voucher(world)
    assert accept(client, number, key="not-a-key").status_code == 400
    assert world.purse().held_cents == 900


def test_a_cashier_accepts_too(world: World) -> None:
    cashier = signed_in(world, world.cashier_email)
    assert accept(cashier, make_voucher(world)).status_code == 303


class TestGuessing:
    """Decision D17."""

    @staticmethod
    def miss(client: Client, clock: time_machine.Traveller, times: int) -> None:
        for _ in range(times):
            accept(client, make_number())
            clock.shift(timedelta(minutes=3))

    def test_ten_unknown_numbers_slow_typing_down(
        self, world: World, client: Client, clock: time_machine.Traveller
    ) -> None:
        for _ in range(10):
            assert accept(client, make_number()).status_code == 404
        answer = accept(client, make_voucher(world))
        assert answer.status_code == 429 and "TES-17" in read(answer)
        clock.shift(timedelta(minutes=3))
        assert accept(client, make_voucher(world)).status_code == 303

    def test_wrong_check_characters_count_as_well(self, world: World, client: Client) -> None:
        for _ in range(10):
            assert accept(client, "2DZHB6P2X").status_code == 400
        assert accept(client, "2DZHB6P2X").status_code == 429

    @pytest.mark.conformance("S1-97")
    def test_the_31st_unknown_number_locks_typing_and_not_scanning(
        self, world: World, client: Client, clock: time_machine.Traveller
    ) -> None:
        self.miss(client, clock, 30)
        assert accept(client, make_number()).status_code == 404
        clock.shift(timedelta(minutes=3))
        number = make_voucher(world)
        refused = accept(client, number)
        assert refused.status_code == 429 and "TES-18" in read(refused)
        with world.inside():
            assert AuditEvent.objects.filter(event="redemptions.typed_entry_locked").exists()
            proof = passes.voucher_proof(number=number)
        assert accept(client, number, proof=proof).status_code == 303
        # 31 tries a day among 32**8 numbers of which 10**5 live.
        assert 31 * 10**5 / 32**8 < 10**-5

    def test_an_administrator_opens_typing_again(
        self, world: World, client: Client, clock: time_machine.Traveller
    ) -> None:
        self.miss(client, clock, 31)
        cashier = signed_in(world, world.cashier_email)
        page = read(cashier.get("/partner/"))
        assert "La saisie des numéros est bloquée" in page and "Rouvrir la saisie" not in page
        assert cashier.post("/partner/typed-entry/reopen/").status_code == 403
        assert "Rouvrir la saisie" in read(client.get("/partner/"))
        answer = client.post("/partner/typed-entry/reopen/", follow=True)
        assert "La saisie des numéros est rouverte." in read(answer)
        assert accept(cashier, make_voucher(world)).status_code == 303
