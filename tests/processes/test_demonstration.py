"""The demonstration: its size, its check digits, its books; half a build leaves nothing."""

from dataclasses import replace

import pytest
from stdnum import iban as iban_rules
from stdnum import luhn
from stdnum.fr import siret

from tessere.domains.partners import queries as partners
from tessere.domains.partners.models import Member
from tessere.domains.redemptions import queries as redemptions
from tessere.domains.tenants import queries as tenants
from tessere.foundation import clock
from tessere.foundation.codes import ean13_check_digit
from tessere.foundation.tenancy import tenant_context
from tessere.processes.demonstration import build
from tessere.processes.demonstration.numbers import iban
from tessere.processes.demonstration.numbers import siret as make_siret
from tessere.processes.demonstration.script import COUPONS, TOWNS
from tessere.processes.examination import examine


def small(slug: str):
    """A town of the script, made small: the same code, fewer people."""
    return replace(TOWNS[1], slug=slug, partners=9, people=8, redemptions=30)


def test_the_script_is_what_was_promised() -> None:
    assert len(TOWNS) == 2 and len({town.palette.brand for town in TOWNS}) == 2
    assert sum(town.partners for town in TOWNS) == 60
    assert sum(town.people for town in TOWNS) == 500
    assert sum(town.redemptions for town in TOWNS) == 5_000
    assert (len(COUPONS), len({coupon.theme for coupon in COUPONS})) == (8, 4)


@pytest.mark.parametrize("position", [0, 1, 20_000, 36_019, 99_999])
def test_numbers_have_valid_check_digits(position: int) -> None:
    assert siret.is_valid(make_siret(position=position))
    assert luhn.is_valid(make_siret(position=position)[:9])
    assert iban_rules.is_valid(iban(position=position))
    assert len(iban(position=position)) == 27


@pytest.mark.django_db
def test_a_small_town_has_sound_books_and_the_same_life_twice() -> None:
    now = clock.now()
    lives = []
    for slug in ("marvigny", "sorbier"):
        tenant = build.build_town(small(slug), now=now)
        found = tenants.tenant_for_slug(slug)
        assert found is not None and tenant["host"] == found.host
        with tenant_context(found.id):
            assert [check.fault for check in examine().checks] == [None] * 7
            partner = partners.partner_by_code(code=tenant["partner_code"])
            page = redemptions.redemptions_of_partner(partner_id=partner.id, page=1, size=50)
            lives.append(
                [(row.number, row.barcode, row.amount_cents, row.accepted_at) for row in page.rows]
            )
            assert tenant["vouchers"]
            # Nobody starts a year behind, and there is something to read.
            people = Member.objects.filter(partner_id=partner.id).values_list("user_id", flat=True)
            for user_id in people:
                told = {"partner_id": partner.id, "reader_id": user_id}
                unread = redemptions.unread_of_partner(**told)
                assert 3 < unread < len(redemptions.notices_of_partner(**told))
            for row in page.rows:
                assert ean13_check_digit(row.barcode[:12]) == row.barcode[12]
                assert row.accepted_at <= now
    assert lives[0] == lives[1] and lives[0]


def test_an_interrupted_build_leaves_no_tenant(
    committing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(**_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "live_year", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build.build_town(small("marvigny"), now=clock.now())
    assert tenants.tenant_for_slug("marvigny") is None
