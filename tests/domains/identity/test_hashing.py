"""Hashes are made outside transactions, a few at a time, with parameters of our own."""

import threading
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connection

from tessere.config.settings import security
from tessere.domains.identity import hashing, services
from tessere.domains.identity.models import User
from tessere.domains.identity.types import (
    LinkPurpose,
    SignInRefused,
    SignInSlowedDown,
    TooManyHashes,
    UserRecord,
    WrongCurrentPassword,
)
from tests.factories.world import NOON, PASSWORD, World, make_world

OURS = "tessere.domains.identity.hashing.Argon2Hasher"
NEW = "Girafe-Quai7-Pluie"


def stored_hash(world: World) -> str:
    with world.inside():
        return User.objects.get(pk=world.partner_user_id).password


def store(world: World, hashed: str) -> None:
    with world.inside():
        User.objects.filter(pk=world.partner_user_id).update(password=hashed)


def enter(world: World, password: str = PASSWORD) -> Any:
    with world.inside():
        return services.sign_in(
            actor=world.platform, email=world.partner_email, password=password, now=NOON
        )


def test_the_parameters_are_those_of_owasp() -> None:
    assert security.PASSWORD_HASHERS[-1] == OURS
    made = make_password(PASSWORD, hasher=hashing.Argon2Hasher())
    assert made.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.django_db
def test_hashes_of_djangos_parameters_verify_and_are_renewed_at_sign_in(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [OURS]
    world = make_world()
    store(world, make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    assert "m=102400,t=2,p=8" in stored_hash(world)
    assert isinstance(enter(world, "Wrong-2026-word"), SignInRefused)
    assert "m=102400,t=2,p=8" in stored_hash(world)
    assert isinstance(enter(world), UserRecord)
    assert "m=19456,t=2,p=1" in stored_hash(world)
    assert isinstance(enter(world), UserRecord)


@pytest.mark.django_db
def test_a_hash_that_was_renewed_meanwhile_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    turns = []

    def renewed_by_a_double_click(*, password: str, against: str | None) -> hashing.Proof:
        turns.append(against)
        if len(turns) == 1:
            store(world, make_password(PASSWORD))
        return hashing.prove(password=password, against=against)

    monkeypatch.setattr(services, "prove", renewed_by_a_double_click)
    assert isinstance(enter(world), UserRecord)
    assert len(turns) == 2


@pytest.mark.django_db
def test_a_password_that_was_changed_meanwhile_no_longer_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = make_world()

    def changed_meanwhile(*, password: str, against: str | None) -> hashing.Proof:
        proof = hashing.prove(password=password, against=against)
        store(world, make_password(NEW))
        return proof

    monkeypatch.setattr(services, "prove", changed_meanwhile)
    assert isinstance(enter(world), SignInRefused)


def test_no_connection_is_held_while_a_hash_is_made(
    committing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world()
    seen: list[bool] = []
    encode = hashing.make_password
    verify = hashing.verify_password

    def spied_encode(password: str | None) -> str:
        if password is not None:
            seen.append(connection.connection is None)
        return encode(password)

    def spied_verify(password: str, encoded: str) -> tuple[bool, bool]:
        seen.append(connection.connection is None)
        return verify(password, encoded)

    monkeypatch.setattr(hashing, "make_password", spied_encode)
    monkeypatch.setattr(hashing, "verify_password", spied_verify)
    with world.inside():
        services.change_password(actor=world.partner, current=PASSWORD, password=NEW, now=NOON)
        services.issue_provisional_password(
            actor=world.platform, email=world.cashier_email, password=PASSWORD, now=NOON
        )
    assert isinstance(enter(world, NEW), UserRecord)
    assert seen == [True] * 4


def test_who_waits_in_vain_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(hashing, "LONGEST_WAIT_SECONDS", 0.01)
    with hashing._turn(), pytest.raises(TooManyHashes):
        hashing.hashed(PASSWORD)
    assert hashing.hashed(PASSWORD)


def test_only_so_many_hashes_are_made_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside, most, seen = 0, 0, threading.Lock()
    monkeypatch.setattr(hashing, "_turns", threading.BoundedSemaphore(2))
    both = threading.Barrier(2, timeout=30)

    def slow(_password: str) -> str:
        nonlocal inside, most
        with seen:
            inside += 1
            most = max(most, inside)
        both.wait()
        with seen:
            inside -= 1
        return "hash"

    monkeypatch.setattr(hashing, "make_password", slow)
    threads = [threading.Thread(target=hashing.hashed, args=[PASSWORD]) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == 2


@pytest.mark.django_db
def test_wrong_current_passwords_slow_down_like_those_of_a_sign_in() -> None:
    world = make_world()

    def change(current: str) -> None:
        with world.inside():
            services.change_password(actor=world.partner, current=current, password=NEW, now=NOON)

    for _try in range(5):
        with pytest.raises(WrongCurrentPassword):
            change("Wrong-2026-word")
    with pytest.raises(SignInSlowedDown):
        change(PASSWORD)
    assert isinstance(enter(world), SignInSlowedDown)


@pytest.mark.django_db
def test_a_right_and_a_wrong_current_password_cost_the_same(hashes: list[str]) -> None:
    world = make_world()
    hashes.clear()
    with world.inside():
        with pytest.raises(WrongCurrentPassword):
            services.change_password(
                actor=world.partner, current="Wrong-2026-word", password=NEW, now=NOON
            )
        wrong = len(hashes)
        hashes.clear()
        services.change_password(actor=world.partner, current=PASSWORD, password=NEW, now=NOON)
    assert (wrong, len(hashes)) == (2, 2)


@pytest.mark.django_db
def test_a_link_that_is_not_valid_costs_no_hash(hashes: list[str]) -> None:
    world = make_world()
    hashes.clear()
    with world.inside(), pytest.raises(services.LinkNotValid):
        services.choose_password(
            actor=world.platform,
            purpose=LinkPurpose.RESET,
            user="1",
            token="nothing-like-it",
            password=NEW,
            now=NOON,
        )
    assert not hashes
