"""A partner at its counter, in a real browser: keyboard, no script, camera."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tessere.domains.identity import steps as identity
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import PartnerRole
from tessere.domains.passes import queries as passes
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.types import Channel, Payment
from tessere.foundation.clock import now
from tests.e2e.partner_pages import make_voucher, open_as, open_link
from tests.factories.world import PASSWORD, World
from tests.plugins.site import Site

pytestmark = pytest.mark.usefixtures("committing")
NewPage = Callable[..., Any]


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def type_into(page: Any, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def test_with_the_keyboard_only(site: Site, page: Any, world: World) -> None:
    number = make_voucher(world)
    page.goto(site.url(world.host, "/partner/"))
    type_into(page, "#id_email", world.partner_email)
    type_into(page, "#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(site.url(world.host, "/partner/"))
    type_into(page, "#id_number", f"{number[:3]} {number[3:6]} {number[6:]}".lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/accepted/**")
    assert "Opération validée" in page.locator("h1").inner_text()
    tab_to(page, "a[href$='/cancel/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cancel/")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/operations/")
    assert "est annulée" in page.locator(".toast").inner_text()
    assert world.purse().spent_cents == 0


def test_without_javascript(site: Site, new_page: NewPage, world: World) -> None:
    page = new_page(javascript=False, width=360)
    open_as(page, site, world, world.partner_email)
    page.get_by_label("Numéro du bon").fill(make_voucher(world))
    page.get_by_role("button", name="Valider").click()
    assert page.get_by_text("Opération validée").is_visible()
    assert page.locator("[data-scanner]").is_hidden()
    page.goto(site.url(world.host, "/partner/operations/"))
    page.locator("label.check:has(input[name=op])").click()
    page.get_by_role("button", name="Additionner la sélection").click()
    assert page.get_by_text("1 opération sélectionnée pour").is_visible()
    page.get_by_role("link", name="Annuler l’opération").click()
    page.get_by_role("button", name="Annuler l’opération").click()
    assert page.get_by_role("table").get_by_text("Annulée", exact=True).is_visible()
    assert world.purse().spent_cents == 0


@pytest.mark.conformance("S1-82")
def test_the_pages_camera_reads_a_bon(
    site: Site, camera_page: Callable[..., Any], world: World
) -> None:
    number = make_voucher(world, 1_250)
    with world.inside():
        proof = passes.voucher_proof(number=number)
    page = camera_page(site.url(world.host, f"/partner/voucher/{number}/{proof}/"))
    open_as(page, site, world, world.partner_email)
    page.get_by_role("button", name="Scanner").click()
    page.wait_for_url("**/accepted/**", timeout=20_000)
    assert "12,50" in page.locator(".verdict__sum").inner_text()


@pytest.mark.conformance("S1-83")
@pytest.mark.parametrize("width", [360, 1280])
def test_the_camera_on_a_telephone_and_a_laptop(
    site: Site, camera_page: Callable[..., Any], world: World, width: int
) -> None:
    number = make_voucher(world)
    with world.inside():
        proof = passes.voucher_proof(number=number)
    url = site.url(world.host, f"/partner/voucher/{number}/{proof}/")
    page = camera_page(url, viewport={"width": width, "height": 800})
    open_as(page, site, world, world.partner_email)
    page.get_by_role("button", name="Scanner").click()
    page.wait_for_url("**/accepted/**", timeout=20_000)


@pytest.mark.conformance("S1-83")
def test_a_camera_that_is_refused_leads_to_the_field(
    site: Site, camera_page: Callable[..., Any], world: World
) -> None:
    number = make_voucher(world)
    page = camera_page("x", allowed=False)
    open_as(page, site, world, world.partner_email)
    page.get_by_role("button", name="Scanner").click()
    page.get_by_text("La caméra n’est pas disponible.").wait_for()
    page.get_by_label("Numéro du bon").fill(number)
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/accepted/**")


def test_a_foreign_code_is_not_followed(
    site: Site, camera_page: Callable[..., Any], world: World
) -> None:
    page = camera_page("https://elsewhere.example/partner/voucher/2DZHB6P2K/ABCDEF/")
    open_as(page, site, world, world.partner_email)
    page.get_by_role("button", name="Scanner").click()
    page.get_by_text("Ce QR code n’est pas le bon.").wait_for(timeout=20_000)
    assert page.url == site.url(world.host, "/partner/")


def test_the_amount_waiting_is_live(site: Site, page: Any, world: World) -> None:
    open_as(page, site, world, world.partner_email)
    assert "0,00" in page.locator(".figures").inner_text()
    request = Payment(
        key=uuid4(),
        channel=Channel.PARTNER_QR,
        purse_id=world.theatre_purse_id,
        partner_id=world.partner_id,
        amount_cents=4_321,
    )
    with world.inside():
        redemptions.accept(actor=world.beneficiary, requests=[request], now=now())
    page.locator(".figures").get_by_text("43,21").first.wait_for(timeout=10_000)


@pytest.mark.conformance("S1-17")
def test_the_eye_shows_and_hides(site: Site, page: Any, world: World) -> None:
    page.goto(site.url(world.host, "/sign-in/partner/"))
    field = page.locator("#id_password")
    type_into(page, "#id_password", "Girafe-Quai7")
    tab_to(page, "[data-eye]")
    for kind, said, pressed in (
        ("text", "Le mot de passe est affiché.", "true"),
        ("password", "Le mot de passe est masqué.", "false"),
        ("text", "Le mot de passe est affiché.", "true"),
    ):
        page.keyboard.press("Space")
        assert field.get_attribute("type") == kind
        assert page.locator("[data-eye-said]").inner_text() == said
        assert page.locator("[data-eye]").get_attribute("aria-pressed") == pressed
        assert field.input_value() == "Girafe-Quai7"
    page.reload()
    assert page.locator("#id_password").get_attribute("type") == "password"


@pytest.mark.conformance("S1-18")
def test_forgotten_is_reached_by_tab(site: Site, page: Any, world: World) -> None:
    page.goto(site.url(world.host, "/sign-in/partner/"))
    tab_to(page, "a[href='/password/forgotten/']")
    assert page.evaluate("document.activeElement.innerText") == "Mot de passe oublié\u202f?"
    field = page.locator("#id_password").bounding_box()
    link = page.locator("a[href='/password/forgotten/']").bounding_box()
    assert link["y"] > field["y"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/password/forgotten/")


@pytest.mark.conformance("S1-19")
def test_enter_submits_and_a_double_click_opens_one_session(
    site: Site, page: Any, world: World
) -> None:
    from tessere.domains.identity.models import Session  # noqa: PLC0415

    page.goto(site.url(world.host, "/sign-in/partner/"))
    button = page.get_by_role("button", name="Se connecter")
    assert button.evaluate("b => getComputedStyle(b).textTransform") == "uppercase"
    page.get_by_label("Adresse email").fill(world.partner_email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    button.dblclick()
    page.wait_for_url(site.url(world.host, "/partner/"))
    with world.inside(), transaction.atomic():
        assert Session.objects.count() == 1


@pytest.mark.conformance("S1-08")
def test_a_newcomer_activates_and_enters_with_the_keyboard_only(
    site: Site, page: Any, world: World
) -> None:
    email = f"nora@{world.host.partition('.')[0]}.example"
    with world.inside(), transaction.atomic():
        user = identity.invite_user(
            actor=world.platform, email=email, first_name="Nora", last_name="Vidal", now=now()
        )
        partners.add_member(partner_id=world.partner_id, user_id=user.id, role=PartnerRole.CASHIER)
    open_link(page, site, world)
    for field in ("#id_password", "#id_again"):
        type_into(page, field, "Girafe-Quai7-Pluie")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url(world.host, "/sign-in/partner/"))
    type_into(page, "#id_email", email)
    type_into(page, "#id_password", "Girafe-Quai7-Pluie")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url(world.host, "/partner/"))


def test_the_rules_tick_themselves(site: Site, page: Any, world: World) -> None:
    open_as(page, site, world, world.partner_email, "/partner/")
    page.goto(site.url(world.host, "/password/change/"))
    assert page.locator(".rules li.is-met").count() == 0
    page.locator("#id_password").fill("Girafe-Quai7-Pluie")
    assert page.locator(".rules li.is-met").count() == 5
