"""A brand has a name that fits under an icon."""

from typing import Any

import pytest

from tessere.domains.branding import queries
from tessere.domains.branding.types import ShortNameTooLong
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def short_name(name: str, **changes: Any) -> str:
    world = make_world()
    world.brand(name=name, **changes)
    with world.inside():
        brand = queries.brand()
    assert brand is not None
    return brand.short_name


@pytest.mark.conformance("S1-58")
@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pass Horizon", "Pass Horizon"),
        ("Pass Solidaire", "Pass"),
        ("Pass culture et sports", "Pass culture"),
        ("Anticonstitutionnel", "Anticonstitu"),
    ],
)
def test_whole_words_stand_under_the_icon(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_tenant_chooses_its_own() -> None:
    assert short_name("P@ss Solidaire", short_name="P@ss Soli") == "P@ss Soli"


def test_a_name_that_telephones_cut_is_refused() -> None:
    with pytest.raises(ShortNameTooLong):
        short_name("P@ss Solidaire", short_name="P@ss Solidaire")
