"""Layouts and error pages, with and without a tenant."""

from dataclasses import replace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import SafeString

from tessere.ui.types import Account, Brand, Contact, Link, MenuItem

EVIL = "<script>alert(1)</script>"

BRAND = Brand(
    name="Pass Horizon",
    authority="Ville de Marvigny",
    stylesheet_url="/theme.css",
    contact=Contact(name="CCAS", phones=("01 99 00 12 34",), email="ccas@marvigny.example"),
    links=(Link(label="Aide et contact", url="/aide"),),
)
ACCOUNT = Account(
    name="Compagnie des Trois-Ponts", role_label="Profil administrateur", sign_out_url="/out"
)


def menu(count: int, current: int = 0) -> list[MenuItem]:
    return [
        MenuItem(label=f"Entrée {index}", url=f"/{index}", icon="home", current=index == current)
        for index in range(count)
    ]


def render(template: str, **context: object) -> SafeString:
    return render_to_string(template, context, RequestFactory().get("/"))


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
def test_error_pages_render_without_any_context(code: int) -> None:
    page = render_to_string(f"{code}.html")
    assert f"Erreur {code}" in page
    assert '<html lang="fr">' in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("code", [403, 404])
def test_error_pages_carry_the_brand_when_it_is_known(code: int) -> None:
    two = replace(BRAND.contact, phones=("01 99 00 12 34", "01 99 00 12 35"))
    page = render(f"{code}.html", brand=replace(BRAND, contact=two))
    assert "Pass Horizon" in page
    assert "tel:+33199001234" in page and "tel:+33199001235" in page
    assert page.count("Besoin d’aide") == 1


def test_work_page_has_its_landmarks_and_the_tenant_style() -> None:
    page = render("ui/layouts/work.html", brand=BRAND, account=ACCOUNT, menu=menu(6))
    assert page.index("/assets/") < page.index('href="/theme.css"')
    assert 'class="skip" href="#contenu"' in page
    assert '<main id="contenu" tabindex="-1">' in page
    assert "– Pass Horizon, Ville de Marvigny</title>" in page
    assert '<form method="post" action="/out">' in page
    assert "csrfmiddlewaretoken" in page


def test_six_entries_fold_into_three_and_a_panel() -> None:
    page = render("ui/layouts/work.html", brand=BRAND, menu=menu(6, current=4))
    assert page.count('class="tabs__wide"') == 3
    assert '<span class="tabs__link" aria-current="true">' in page
    assert page.count('class="menu-link"') == 4


def test_four_entries_need_no_panel() -> None:
    page = render("ui/layouts/work.html", brand=BRAND, menu=menu(4))
    assert "tabs__more" not in page
    assert page.count('aria-current="page"') == 1


def test_task_page_has_no_menu() -> None:
    page = render("ui/layouts/task.html", brand=BRAND, account=ACCOUNT, menu=menu(6))
    assert 'class="tabs"' not in page
    assert "wrap--text" in page


def test_two_letters_are_drawn_without_a_logo() -> None:
    assert ">PH</span>" in render("ui/layouts/gate.html", brand=BRAND)


def test_messages_become_toasts_and_errors_become_notices() -> None:
    said = [Message(constants.SUCCESS, f"Fait {EVIL}"), Message(constants.ERROR, f"Raté {EVIL}")]
    page = render("ui/layouts/work.html", brand=BRAND, messages=said)
    assert page.count('class="toast"') == 1
    assert 'class="notice notice--stop" role="alert"' in page
    assert EVIL not in page


def test_texts_of_the_tenant_and_of_people_are_escaped() -> None:
    brand = Brand(
        name=EVIL,
        authority=EVIL,
        contact=Contact(name=EVIL, address=EVIL, phones=(EVIL,), email=EVIL, hours=EVIL),
        links=(Link(label=EVIL, url=EVIL),),
    )
    account = Account(name=EVIL, role_label=EVIL, initials=EVIL, sign_out_url=EVIL)
    for layout in ("work", "task", "gate", "error"):
        page = render(f"ui/layouts/{layout}.html", brand=brand, account=account, menu=menu(2))
        assert EVIL not in page
