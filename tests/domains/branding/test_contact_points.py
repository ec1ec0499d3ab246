"""When a service is open, in the words of a notice on a door."""

from datetime import time
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import RunSQL

from tessere.domains.branding import queries, steps
from tessere.domains.branding.models import ContactPoint
from tessere.domains.branding.types import Closure, DayPart, Opening
from tessere.domains.branding.wording import hours_words
from tests.factories.world import WEEK, make_world

pytestmark = pytest.mark.django_db
MORNING = ((time(9), time(12)),)


def plain(words: str) -> str:
    return words.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("opening", "closures", "words"),
    [
        (WEEK, [], "Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h"),
        (
            WEEK,
            [Closure(day=2, part=DayPart.AFTERNOON)],
            "Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h, sauf le mardi après-midi",
        ),
        (
            WEEK,
            [Closure(day=2, part=DayPart.MORNING), Closure(day=4, part=DayPart.WHOLE)],
            (
                "Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h,"
                " sauf le mardi matin et le jeudi"
            ),
        ),
        (
            [Opening(days=(1, 3, 6), spans=MORNING), Opening(days=(7,), spans=MORNING)],
            [Closure(day=2, part=DayPart.WHOLE)],
            "Le lundi, le mercredi et le samedi, de 9 h à 12 h\nLe dimanche, de 9 h à 12 h",
        ),
    ],
)
def test_hours_in_words(opening: list[Opening], closures: list[Closure], words: str) -> None:
    assert plain(hours_words(opening, closures)) == words


def test_an_hour_is_never_cut_in_two() -> None:
    words = hours_words(WEEK, [])
    assert "17\u202fh" in words and "8\u202fh\u202f30" in words
    assert " h" not in words


def test_what_was_put_in_comes_out() -> None:
    world = make_world()
    with world.inside():
        steps.add_contact_point(
            name="Caisse des écoles",
            address="4, place de la Fontaine",
            email="ecoles@exemple.example",
            phones=["01 99 00 12 34", "01 99 00 12 35", "01 99 00 12 36"],
            opening=WEEK,
            closures=[Closure(day=2, part=DayPart.AFTERNOON)],
            position=1,
        )
        first, second = queries.contact_points()
    assert first.name == "Centre communal d’action sociale"
    assert (second.opening, second.closures) == (
        tuple(WEEK),
        (Closure(day=2, part=DayPart.AFTERNOON),),
    )
    assert len(second.phones) == 3


def test_hours_without_a_form_are_shown_as_they_were_written() -> None:
    world = make_world()
    with world.inside():
        ContactPoint.objects.update(opening=[], hours_text="Sur rendez-vous\nFermé en août")
        [only] = queries.contact_points()
    assert only.hours == "Sur rendez-vous\nFermé en août"


def test_words_written_by_hand_survive_the_change() -> None:
    migration = import_module("tessere.domains.branding.migrations.0002_structured_hours")
    [change] = [each for each in migration.Migration.operations if isinstance(each, RunSQL)]
    kept = str(change.sql).partition(" USING ")[2]
    rows = "(VALUES ('9 h à 12 h', 'Fermé en août'), ('9 h', ''))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {kept} FROM {rows} AS earlier (hours_text, exceptions)")
        assert cursor.fetchall() == [("9 h à 12 h\nFermé en août",), ("9 h",)]
