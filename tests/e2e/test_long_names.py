"""Names as long as the fields allow, without a place to break: no page grows wider for them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from tessere.domains.beneficiaries.models import Beneficiary
from tessere.domains.partners.models import Partner
from tessere.domains.programmes.models import Benefit
from tests.e2e.beneficiary_pages import open_as_beneficiary
from tests.e2e.partner_pages import make_voucher, open_as
from tests.factories.world import World
from tests.plugins.site import Site

Shoot = Callable[[Any, str], None]
pytestmark = pytest.mark.usefixtures("committing")

STRUCTURE = "AssociationIntercommunaleDesAmisDuThéâtreEtDesArtsDeLaScèneDuHautPaysDeMarvigny"
PERSON = "de Montmorency-Laval-Châteauvillain-Rochechouart-Mortemart"
COUPON = "Pratiques artistiques intercommunales"
BRAND = "Passeport des solidarités culturelles et sportives"
STAYS_INSIDE = """(row) => Array.from(document.querySelectorAll(row)).every(function (one) {
  var box = one.getBoundingClientRect();
  return Array.from(one.querySelectorAll("span, a, small")).every(function (part) {
    return part.getBoundingClientRect().right <= box.right + 1;
  });
})"""


@pytest.fixture
def long_names(committing: None, world: World) -> None:
    with world.inside(), transaction.atomic():
        Partner.objects.filter(pk=world.partner_id).update(
            trade_name=STRUCTURE, legal_name=STRUCTURE
        )
        Beneficiary.objects.filter(pk=world.beneficiary_id).update(last_name=PERSON)
        Benefit.objects.filter(pk=world.theatre_id).update(name=COUPON)
    world.brand(name=BRAND)


@pytest.mark.usefixtures("long_names")
def test_a_partner_with_a_long_name(site: Site, page: Any, world: World, shoot: Shoot) -> None:
    open_as(page, site, world, world.partner_email)
    page.get_by_label("Numéro du bon").fill(make_voucher(world))
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/accepted/**")
    shoot(page, "long-accepted")
    for name, path in {
        "home": "/partner/",
        "operations": "/partner/operations/",
        "structure": "/partner/structure/",
        "notices": "/partner/notices/",
        "qr": "/partner/qr/",
        "directory": "/partners/",
    }.items():
        page.goto(site.url(world.host, path))
        shoot(page, f"long-{name}")
        assert page.evaluate(STAYS_INSIDE, ".top__row, .place")


@pytest.mark.usefixtures("long_names")
def test_a_beneficiary_with_a_long_name(site: Site, page: Any, world: World, shoot: Shoot) -> None:
    make_voucher(world)
    open_as_beneficiary(page, site, world)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(STAYS_INSIDE, ".purse"), f"an amount leaves its card at {width} px"
    for name in ("", "vouchers/", "vouchers/new/", "history/"):
        page.goto(site.url(world.host, f"/beneficiary/{name}"))
        shoot(page, f"long-beneficiary{name.replace('/', '-')}")
