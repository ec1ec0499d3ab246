"""Bad input: each refusal gives a code, plain words and a next step, and nothing is lost."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tessere.adapters.mail import Mailer
from tessere.domains.ledger.models import Transfer
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery
from tessere.domains.partners import steps as partners
from tessere.domains.partners.models import Partner
from tessere.domains.partners.types import AgreementStatus, PartnerStatus
from tessere.domains.programmes import steps as programmes
from tessere.foundation.codes import ALPHABET, make_number, partner_code_check
from tests.factories.world import NOON, World, make_world
from tests.portals.partner.stories import accept, make_voucher
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db

CREATE = "/beneficiary/vouchers/new/"
BAD_AMOUNTS = ("0", "-1", "0,001", "1e3", "neuf", "NaN", "١", "9\0", "9" * 5_000)
UNTOUCHED = ("Rien n’a été débité", "Rien n’a été réservé")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    return make_world()


@pytest.fixture
def lina(world: World) -> Client:
    return signed_in(world, world.beneficiary_email, door="beneficiary")


@pytest.fixture
def counter(world: World) -> Client:
    return signed_in(world, world.partner_email)


@contextmanager
def nothing_moves(world: World) -> Iterator[None]:
    def books() -> Any:
        with world.inside():
            transfers = Transfer.objects.count()
        return world.purse(), world.purse(world.tennis_purse_id), transfers

    before = books()
    yield
    assert books() == before


def says(answer: Any, *, code: str, status: int, then: str) -> None:
    """A refusal as a person reads it: what, that nothing moved, what to do, the code to quote."""
    words = read(answer)
    assert answer.status_code == status, (answer.status_code, words)
    assert code in words and then in words, words


def confirm_url(code: str) -> str:
    return f"/beneficiary/pay/qr/{code}/{partner_code_check(code)}/confirm/"


def order(world: World, amount: str = "9", **more: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "purse": world.theatre_purse_id, "amount": amount, **more}


def kept(answer: Any, text: str) -> bool:
    return f'value="{html.escape(text)}"' in answer.content.decode()


@pytest.mark.parametrize("typed", BAD_AMOUNTS)
def test_an_amount_that_is_none(world: World, lina: Client, typed: str) -> None:
    url = confirm_url(world.partner_code)
    bon = order(world, typed, partner=world.partner_id)
    with nothing_moves(world):
        answers = [lina.get(url, order(world, typed)), lina.post(url, order(world, typed))]
        answers.append(lina.post(CREATE, bon))
    for answer in answers:
        if len(typed) < 20 and "\0" not in typed:
            says(answer, code="SOL-04", status=400, then="par exemple 9 ou 9,50")
            assert kept(answer, typed)
        assert answer.status_code == 400
        assert any(words in read(answer) for words in UNTOUCHED)


def test_an_amount_above_the_balance(world: World, lina: Client) -> None:
    url = confirm_url(world.partner_code)
    with nothing_moves(world):
        asked, posted = (send(url, order(world, "100,01")) for send in (lina.get, lina.post))
        bon = lina.post(CREATE, order(world, "100,01", partner=world.partner_id))
    for answer, status in ((asked, 400), (posted, 409), (bon, 409)):
        says(answer, code="SOL-01", status=status, then="Baissez le montant")
        assert "Il reste 100,00 €" in read(answer) and kept(answer, "100,01")


def test_every_single_wrong_character_of_a_number(
    world: World, counter: Client, clock: time_machine.Traveller
) -> None:
    number = make_voucher(world)
    with nothing_moves(world):
        for position in range(len(number)):
            other = ALPHABET[(ALPHABET.index(number[position]) + 7) % 32]
            wrong = number[:position] + other + number[position + 1 :]
            answer = accept(counter, wrong)
            says(answer, code="BON-01", status=400, then="Relisez-le à voix haute")
            assert kept(answer, wrong)
    assert accept(counter, number).status_code == 303


def test_a_number_of_another_tenant_and_one_of_another_partner(
    world: World, counter: Client
) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    foreign = make_voucher(make_world())
    others = make_voucher(world, partner_id=world.other_partner_id)
    with nothing_moves(world):
        says(accept(counter, foreign), code="BON-02", status=404, then="scannez son QR code")
        refused = accept(counter, others)
        says(refused, code="BON-04", status=409, then="Proposez votre QR code")
    assert "Lina" not in read(refused)


def test_a_suspended_partner(world: World, lina: Client, counter: Client) -> None:
    number = make_voucher(world)
    with world.inside():
        partners.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    url = confirm_url(world.partner_code)
    with nothing_moves(world):
        answers = [
            accept(counter, number),
            lina.post("/beneficiary/pay/", {"code": world.partner_code}),
            lina.get(url, order(world)),
            lina.post(url, order(world)),
            lina.post(CREATE, order(world, partner=world.partner_id)),
        ]
    for answer in answers:
        says(answer, code="PAR-02", status=409, then="n’accepte pas le pass en ce moment")
    assert world.purse().held_cents == 900


def test_a_partner_without_an_agreement_for_the_e_coupon(world: World, lina: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    url = confirm_url("047218396")
    with nothing_moves(world):
        asked, posted = (send(url, order(world)) for send in (lina.get, lina.post))
        bon = lina.post(CREATE, order(world, partner=world.other_partner_id))
    says(asked, code="CON-01", status=400, then="Choisissez un autre e.coupon")
    for answer in (posted, bon):
        says(answer, code="CON-01", status=409, then="Choisissez un autre e.coupon")
        assert "Rien n’a été débité" in read(answer)
    assert kept(posted, "9")


def test_an_agreement_that_was_suspended(world: World, counter: Client) -> None:
    number = make_voucher(world)
    with world.inside():
        partners.set_agreement_status(
            agreement_id=world.agreement_id, status=AgreementStatus.SUSPENDED, on=NOON.date()
        )
    with nothing_moves(world):
        says(accept(counter, number), code="CON-02", status=409, then="demander une nouvelle")


def test_a_closed_vintage(world: World, lina: Client, counter: Client) -> None:
    number = make_voucher(world)
    with world.inside():
        programmes.close_vintage(vintage_id=world.vintage_id)
    with nothing_moves(world):
        answers = [
            accept(counter, number),
            lina.post(confirm_url(world.partner_code), order(world)),
            lina.post(CREATE, order(world, partner=world.partner_id)),
        ]
    for answer in answers:
        says(answer, code="SOL-02", status=409, then="Vérifiez les dates de votre pass")
        assert "Rien n’a été débité" in read(answer)


def test_a_partner_and_a_purse_that_do_not_exist(world: World, lina: Client) -> None:
    url = confirm_url(world.partner_code)
    with nothing_moves(world):
        for nowhere in (0, -1, 10**12, 2**63, 10**30):
            says(
                lina.post(url, order(world, purse=nowhere)),
                code="SOL-03",
                status=404,
                then="choisissez un de vos e.coupons",
            )
            says(
                lina.post(CREATE, order(world, partner=nowhere)),
                code="PAR-07",
                status=404,
                then="Choisissez un partenaire de la liste",
            )
            purse = lina.post(CREATE, order(world, purse=nowhere, partner=world.partner_id))
            says(purse, code="SOL-03", status=404, then="choisissez un de vos e.coupons")


def test_an_expired_bon(world: World, clock: time_machine.Traveller) -> None:
    number = make_voucher(world)
    clock.shift(timedelta(days=31))
    counter = signed_in(world, world.partner_email)
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    with nothing_moves(world):
        says(accept(counter, number), code="BON-07", status=409, then="proposez votre QR code")
        assert lina.get(f"/beneficiary/vouchers/{number}/").status_code == 200


def test_unknown_codes_in_a_row(
    world: World, lina: Client, counter: Client, clock: time_machine.Traveller
) -> None:
    number = make_voucher(world)
    with nothing_moves(world):
        for miss in range(10):
            says(accept(counter, make_number()), code="BON-02", status=404, then="Relisez-le")
            typed = lina.post("/beneficiary/pay/", {"code": f"12345678{miss}"})
            says(typed, code="PAR-01", status=404, then="Relisez les 9 chiffres")
        slowed = accept(counter, number)
        says(slowed, code="TES-17", status=429, then="Attendez")
        assert kept(slowed, number)
        typed = lina.post("/beneficiary/pay/", {"code": world.partner_code})
        says(typed, code="TES-17", status=429, then="scannez le QR code")
    clock.shift(timedelta(minutes=3))
    assert accept(counter, number).status_code == 303


def test_a_double_click_and_the_back_button(world: World, lina: Client, counter: Client) -> None:
    url, form = confirm_url(world.partner_code), order(world)
    first, again = lina.post(url, form), lina.post(url, form)
    assert first["Location"] == again["Location"]
    back = lina.get(url, form)
    assert back.status_code == 200 and kept(back, form["key"])
    assert lina.post(url, form)["Location"] == first["Location"]
    number, key = make_voucher(world), str(uuid4())
    receipts = {accept(counter, number, key=key)["Location"] for _press in range(3)}
    assert len(receipts) == 1
    assert world.purse().spent_cents == 1_800 and world.purse().held_cents == 0


@pytest.mark.parametrize("side", ["beneficiary", "partner"])
def test_the_connection_is_lost_after_the_commit(
    world: World, lina: Client, counter: Client, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, url, form = make_voucher(world), confirm_url(world.partner_code), order(world)

    def send() -> Any:
        if side == "beneficiary":
            return lina.post(url, form)
        return accept(counter, number, key=form["key"])

    def broken(*_arguments: Any, **_names: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as cable:
        cable.setattr(f"tessere.portals.{side}.redemptions.views.see_other", broken)
        with pytest.raises(ConnectionResetError):
            send()
    assert world.purse().spent_cents == 900
    with nothing_moves(world):
        retried = send()
    assert retried.status_code == 303
    client = lina if side == "beneficiary" else counter
    assert "9,00 €" in read(client.get(retried["Location"]))


def test_the_mail_server_is_down(
    world: World, lina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_server(*_arguments: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", no_server)
    paid = lina.post(confirm_url(world.partner_code), order(world))
    with world.inside(), Mailer() as mailer:
        turn = deliver(actor=world.platform, host=world.host, mailer=mailer, now=NOON)
    assert turn is Delivery.SERVER_AWAY
    assert paid.status_code == 303 and "Payé" in read(lina.get(paid["Location"]))
    assert world.purse().spent_cents == 900


@pytest.mark.parametrize("key", [None, "", "x", "\0", "1" * 10_000])
def test_a_form_without_its_key_says_so_and_works_at_the_next_try(
    world: World, lina: Client, counter: Client, key: str | None
) -> None:
    number, url = make_voucher(world), confirm_url(world.partner_code)
    broken = {"number": number, "amount": "9", "purse": world.theatre_purse_id}
    broken |= {"partner": world.partner_id} | ({} if key is None else {"key": key})
    with nothing_moves(world):
        answers = [
            counter.post("/partner/accept/", broken),
            lina.get(url, broken),
            lina.post(url, broken),
            lina.post(CREATE, broken),
        ]
    for answer in answers:
        says(answer, code="TES-05", status=400, then="Relisez ce qui est écrit et recommencez")
        [fresh] = re.findall(r'name="key" value="([0-9a-f-]{36})"', answer.content.decode())
    assert kept(answers[0], number) and kept(answers[2], "9")
    assert accept(counter, number, key=fresh).status_code == 303


def test_a_full_stop_in_a_name_ends_no_sentence(world: World, counter: Client) -> None:
    number = make_voucher(world)
    with world.inside():
        Partner.objects.update(trade_name="Assoc. S. Ponts", status="suspended")
    page = read(accept(counter, number))
    assert "Assoc. S. Ponts n’accepte pas le pass en ce moment." in page
