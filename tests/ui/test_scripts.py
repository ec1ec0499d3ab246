"""The small scripts in a real browser, the gallery's pages looked at by axe.

The pages are answered from the views themselves: neither server nor database is needed.
"""

import datetime as dt
import io
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import segno
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve

from tessere.ui.gallery import context

HOST = "gallery.localhost"
ORIGIN = f"http://{HOST}"
PAGES = (
    "/gallery/",
    "/gallery/sorbier/",
    *(
        f"/gallery/marvigny/{name}/"
        for name in ("work", "task", "gate", "receipt", "error", "accepted", "refused")
    ),
)
POLICY = {"Content-Security-Policy": "default-src 'self'"}

Page = Any


def sample(template: str) -> HttpResponse:
    """A page of ours, made for one test."""
    head = '{% extends "ui/layouts/base.html" %}{% load ui %}{% block content %}'
    page = engines["django"].from_string(f"{head}{template}{{% endblock %}}")
    return HttpResponse(page.render(context("marvigny", {}), RequestFactory().get("/")))


def answer(path: str, pages: dict[str, HttpResponse]) -> HttpResponse:
    if path in pages:
        return pages[path]
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        if not found:
            return HttpResponse(status=404)
        kind = mimetypes.guess_type(path)[0]
        return HttpResponse(Path(str(found)).read_bytes(), content_type=kind)
    try:
        match = resolve(path)
        response: HttpResponse = match.func(RequestFactory().get(path), *match.args, **match.kwargs)
    except Http404:
        return HttpResponse(status=404)
    return response


@pytest.fixture
def serve() -> Callable[..., list[str]]:
    """Let a page find our views, and see what it asks for."""

    def start(page: Page, **pages: HttpResponse) -> list[str]:
        asked: list[str] = []
        known = {f"/{name}/": response for name, response in pages.items()}

        def handle(route: Any) -> None:
            address = urlsplit(route.request.url)
            asked.append(f"{route.request.method} {address.path}?{address.query}")
            given = answer(address.path, known)
            headers = {name: str(value) for name, value in given.items()} | POLICY
            route.fulfill(status=given.status_code, headers=headers, body=given.content)

        page.route("**/*", handle)
        return asked

    return start


SIGN_IN = """<form method="post" action="/done/">
<input class="input" id="id_name" name="name">
{% field blank.password rules="regles" %}{% password_rules rules %}
<button type="submit" id="go" name="act" value="go">{{ "Go" }}</button></form>"""
DONE = '<p id="arrived">{{ "Fait" }}</p>'
SCAN = """<form action="/done/"><input class="input" id="number" name="number">
<button type="submit">{{ "Valider" }}</button></form>
{% scanner "number" "[0-9A-Z ]{9,13}" path="/done/" %}"""


@pytest.mark.parametrize("path", PAGES)
def test_gallery_is_accessible_and_fits(
    path: str, new_page: Any, serve: Any, check_accessible: Any, shoot: Any
) -> None:
    page = new_page()
    serve(page)
    page.goto(ORIGIN + path)
    check_accessible(page)
    shoot(page, f"ui{path.strip('/').replace('/', '-').replace('gallery', '')}")
    page.set_viewport_size({"width": 360, "height": 800})
    check_accessible(page)


@pytest.mark.conformance("S1-17")
def test_eye_shows_and_hides_the_password(page: Page, serve: Any) -> None:
    serve(page, sign_in=sample(SIGN_IN))
    page.goto(f"{ORIGIN}/sign_in/")
    password, button = page.locator("#blank_password"), page.locator("[data-eye]")
    password.fill("Abcdefgh123!")
    button.focus()
    page.keyboard.press("Enter")
    assert password.get_attribute("type") == "text"
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("[data-eye-said]").inner_text() == "Le mot de passe est affiché."
    page.keyboard.press("Space")
    assert password.get_attribute("type") == "password"
    assert page.locator("[data-eye-said]").inner_text() == "Le mot de passe est masqué."
    assert password.input_value() == "Abcdefgh123!"
    button.click()
    page.reload()
    assert password.get_attribute("type") == "password"
    assert button.get_attribute("aria-pressed") == "false"


def test_without_script_nothing_useless_is_shown(new_page: Any, serve: Any) -> None:
    page = new_page(javascript=False)
    serve(page, scan=sample(SCAN + "{% toast 'Fait.' %}"), sign_in=sample(SIGN_IN))
    page.goto(f"{ORIGIN}/sign_in/")
    assert not page.locator("[data-eye]").is_visible()
    assert page.get_by_text("12 caractères au minimum").is_visible()
    page.goto(f"{ORIGIN}/scan/")
    assert not page.locator("[data-scanner]").is_visible()
    assert not page.locator("[data-dismiss]").is_visible()
    assert page.locator("#number").is_visible()


@pytest.mark.parametrize(
    ("password", "met"),
    [
        ("", set()),
        ("abcdefgh123!", {"length", "lower", "digit", "special"}),
        ("ABCDEFGH123!", {"length", "upper", "digit", "special"}),
        ("Abcdefghijk!", {"length", "upper", "lower", "special"}),
        ("Abcdefg 1234", {"length", "upper", "lower", "digit"}),
        ("Abcdefgh12!", {"upper", "lower", "digit", "special"}),
        ("A1!" + "b" * 125, {"length", "upper", "lower", "digit", "special"}),
        ("A1!" + "b" * 126, {"upper", "lower", "digit", "special"}),
        ("Éàcdefgh123€", {"length", "upper", "lower", "digit", "special"}),
    ],
)
def test_rules_tick_themselves(page: Page, serve: Any, password: str, met: set[str]) -> None:
    serve(page, sign_in=sample(SIGN_IN))
    page.goto(f"{ORIGIN}/sign_in/")
    page.locator("#blank_password").fill(password)
    ticked = page.locator("[data-rule].is-met")
    assert {rule.get_attribute("data-rule") for rule in ticked.all()} == met
    assert page.get_by_text("Respecté").count() == len(met)


def test_a_second_click_sends_nothing(page: Page, serve: Any) -> None:
    asked = serve(page, sign_in=sample(SIGN_IN), done=sample(DONE))
    page.goto(f"{ORIGIN}/sign_in/")
    page.locator("#blank_password").fill("x")
    page.evaluate("() => { const b = document.getElementById('go'); b.click(); b.click(); }")
    page.locator("#arrived").wait_for()
    assert [line for line in asked if line.startswith("POST")] == ["POST /done/?"]
    page.go_back()
    assert page.locator("#go").get_attribute("aria-disabled") is None
    page.locator("#blank_password").fill("x")
    page.locator("#go").click()
    page.locator("#arrived").wait_for()
    assert len([line for line in asked if line.startswith("POST")]) == 2


def test_focus_goes_to_the_errors(page: Page, serve: Any) -> None:
    serve(page, wrong=sample("<form>{% form_errors form %}</form>"))
    page.goto(f"{ORIGIN}/wrong/")
    assert page.evaluate("document.activeElement.id") == "erreurs"


def test_only_what_changed_in_a_live_part_is_said(page: Page, serve: Any) -> None:
    rows = '<p data-said="{} : prêt">1</p><p data-said>{}</p>'
    shown, later = rows.format("a.csv", "deux"), rows.format("a.csv", "<b>trois</b> euros")
    page.clock.install()
    part = f'<div data-live="/rows/">{shown}</div>'
    serve(page, list=sample(part), rows=HttpResponse(later))
    page.goto(f"{ORIGIN}/list/")
    said = page.locator("main > [role=status]")
    assert said.inner_text() == ""
    page.clock.run_for(6_000)
    page.get_by_text("trois").first.wait_for()
    assert said.inner_text() == "trois euros"


def test_clock_of_the_receipt_beats(page: Page, serve: Any) -> None:
    serve(page, receipt=sample("{% receipt_band now %}{% ago paid_at now %}"))
    page.goto(f"{ORIGIN}/receipt/")
    clock = page.locator("[data-clock]")
    first = clock.get_attribute("data-clock")
    page.wait_for_function(
        "start => document.querySelector('[data-clock]').textContent > start", arg=first
    )
    shown = dt.datetime.strptime(clock.inner_text(), "%H:%M:%S")  # noqa: DTZ007
    assert shown > dt.datetime.strptime(str(first), "%H:%M:%S")  # noqa: DTZ007
    assert page.locator("[data-ago]").inner_text().startswith("il y a 1")


def test_selection_counts_in_cents(page: Page, serve: Any) -> None:
    serve(page)
    page.goto(f"{ORIGIN}/gallery/")
    bar = page.locator("[data-selection]")
    assert not bar.is_visible()
    page.locator("[data-all]").check(force=True)
    assert "5, 45,00\u00a0€" in bar.inner_text()
    page.locator("[data-none]").click()
    assert not bar.is_visible()


def test_camera_reads_a_number_into_the_field(camera_page: Any, serve: Any) -> None:
    page = camera_page("7M6ETZWF0", origin=ORIGIN)
    asked = serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    page.get_by_role("button", name="Scanner").click()
    page.locator("#arrived").wait_for()
    assert "GET /done/?number=7M6ETZWF0" in asked


def test_camera_follows_our_own_address(camera_page: Any, serve: Any) -> None:
    page = camera_page(f"{ORIGIN}/done/?c=1", origin=ORIGIN)
    asked = serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    page.get_by_role("button", name="Scanner").click()
    page.locator("#arrived").wait_for()
    assert "GET /done/?c=1" in asked


def test_camera_follows_nothing_else(camera_page: Any, serve: Any) -> None:
    page = camera_page("https://elsewhere.example/done/", origin=ORIGIN)
    serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    page.get_by_role("button", name="Scanner").click()
    page.get_by_text("Ce QR code n’est pas le bon.").wait_for()
    assert page.url == f"{ORIGIN}/scan/"
    page.get_by_role("button", name="Arrêter la caméra").click()
    assert not page.locator("[data-finder]").is_visible()


def test_a_refused_camera_leaves_the_field(camera_page: Any, serve: Any) -> None:
    page = camera_page("7M6ETZWF0", origin=ORIGIN, allowed=False)
    serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    page.get_by_role("button", name="Scanner").click()
    page.get_by_text("La caméra n’est pas disponible.").wait_for()
    page.locator("#number").fill("7M6ETZWF0")
    page.get_by_role("button", name="Valider").click()
    page.locator("#arrived").wait_for()


def photograph(page: Page, text: str) -> None:
    picture = io.BytesIO()
    segno.make(text or "x", micro=not text).save(picture, kind="png", scale=8, border=4)
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator("[data-photo]").set_input_files(file)


def test_a_picture_is_read(page: Page, serve: Any) -> None:
    asked = serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    photograph(page, "7M6ETZWF0")
    page.locator("#arrived").wait_for()
    assert "GET /done/?number=7M6ETZWF0" in asked


@pytest.mark.parametrize(
    "payload",
    [
        f"{ORIGIN}/gallery/",
        "https://elsewhere.example/done/",
        "javascript:alert(1)",
        "//x/done/",
        "non",
    ],
)
def test_a_picture_of_anything_else_leads_nowhere(page: Page, serve: Any, payload: str) -> None:
    serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    photograph(page, payload)
    page.get_by_text("Ce QR code n’est pas le bon.").wait_for()
    assert page.url == f"{ORIGIN}/scan/"
    assert page.locator("#number").input_value() == ""


def test_a_picture_without_code_is_said_so(page: Page, serve: Any) -> None:
    serve(page, scan=sample(SCAN), done=sample(DONE))
    page.goto(f"{ORIGIN}/scan/")
    photograph(page, "")
    page.get_by_text("Aucun QR code lisible sur cette photo.").wait_for()
