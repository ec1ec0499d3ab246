"""Foreign keys are named by text, which import-linter does not see: the same order holds."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tessere.config.settings.apps import ROOMS

HEIGHT = {name.rpartition(".")[2]: height for height, name in enumerate(ROOMS)}


def _keys_between_rooms() -> Iterator[tuple[str, str, models.Field]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            target = field.related_model
            if target and target._meta.app_label != model._meta.app_label:
                yield model._meta.app_label, target._meta.app_label, field


def _faults(keys: Iterator[tuple[str, str, models.Field]]) -> list[str]:
    found = []
    for room, target, field in keys:
        if HEIGHT.get(target, 99) >= HEIGHT[room]:
            found.append(f"{field} points up, to {target}")
        if not field.remote_field.hidden:
            found.append(f"{field} needs related_name='+'")
    return found


def test_the_order_of_rooms_is_that_of_the_contract() -> None:
    from configparser import ConfigParser  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    contracts = ConfigParser()
    contracts.read(Path(__file__).resolve().parents[2] / ".importlinter")
    layers = contracts["importlinter:contract:domains"]["layers"].split()
    placed = [layer.strip("()") for layer in reversed(layers)]
    assert [room for room in placed if room in HEIGHT] == list(HEIGHT)


def test_foreign_keys_point_down_and_leave_no_accessor() -> None:
    assert not _faults(_keys_between_rooms())


@pytest.mark.parametrize(
    ("room", "target", "related_name", "fault"),
    [
        ("ledger", "passes", "+", "points up"),
        ("ledger", "nowhere", "+", "points up"),
        ("passes", "ledger", "purses", "related_name"),
    ],
)
def test_a_wrong_key_is_found_out(room: str, target: str, related_name: str, fault: str) -> None:
    key = models.ForeignKey(f"{target}.Thing", models.PROTECT, related_name=related_name)
    (found,) = _faults(iter([(room, target, key)]))
    assert fault in found
