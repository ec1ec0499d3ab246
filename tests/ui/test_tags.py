"""The tags: their markup, and escaping of everything they are given."""

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.test import RequestFactory

from tessere.ui.paging import asked_page, paginate

EVIL = '<script>alert("1")</script>'
NOW = dt.datetime(2026, 6, 16, 12, 32, 19, tzinfo=dt.UTC)


def render(template: str, **values: Any) -> str:
    compiled = Engine.get_default().from_string("{% load ui %}" + template)
    return str(compiled.render(Context(values)))


@pytest.mark.parametrize(
    "template",
    [
        "{% code evil %}",
        "{% code '7M6ETZWF0' evil %}",
        "{{ evil|code3 }}",
        "{{ evil|phone_url }}",
        "{% icon 'ok' evil %}",
        "{% state 'ok' evil more=evil %}",
        "{% notice 'stop' evil role=evil %}{{ evil }}{% endnotice %}",
        "{% toast evil %}",
        "{% empty_state evil %}{{ evil }}{% endempty_state %}",
        "{% verdict 'stop' evil why=evil line=evil number=evil %}{{ evil }}{% endverdict %}",
        "{% purse evil 1 2 href=evil more=evil foot=evil %}",
        "{% sum evil %}{% sum_line evil 1 %}{% sum_net evil 2 %}{{ evil }}{% endsum %}",
        "{% qr evil evil %}",
        "{% barcode '2877188413308' evil %}",
        "{% motif evil %}",
        "{% scanner evil evil path=evil prompt=evil %}",
        "{% scanner_button evil %}",
        "{% password_rules rules evil %}",
        "{% selection 4 %}{{ evil }}{% endselection %}",
        "{% eye evil %}",
    ],
)
def test_every_argument_is_escaped(template: str) -> None:
    page = render(template, evil=EVIL, rules=[(EVIL, EVIL)])
    assert page
    assert "<script" not in page
    assert 'alert("1")' not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 123450|euros }}", "1\u202f234,50\u00a0€"),
        ("{{ 100000|count }}", "100\u202f000"),
        ("{{ 6000|euros_short }}", "60\u00a0€"),
        ("{{ 1250|euros_short }}", "12,50\u00a0€"),
        ("{{ '093351957'|code3 }}", "093\u00a0351\u00a0957"),
        ("{{ '7M6 ETZ WF0'|code3 }}", "7M6\u00a0ETZ\u00a0WF0"),
        ("{{ day|date_long }}", "11\u00a0août 2023"),
        ("{{ day|date_short }}", "11/08/2023"),
        ("{{ now|date_words }}", "mardi 16\u00a0juin 2026"),
        ("{{ now|time_short }}", "14:32"),
        ("{{ now|time_exact }}", "14:32:19"),
        ("{{ '01 99 00 12 34'|phone_url }}", "tel:+33199001234"),
        ("{{ '39 39'|phone_url }}", "tel:3939"),
        (
            "{{ 12|octets }} {{ 18300|octets }} {{ 2410000|octets }}",
            "1\u00a0Ko 18\u00a0Ko 2,4\u00a0Mo",
        ),
    ],
)
def test_texts_are_written_the_french_way(template: str, text: str) -> None:
    assert render(template, day=dt.date(2023, 8, 11), now=NOW) == text


def test_dates_are_those_of_paris() -> None:
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    assert render("{{ late|date_long }}", late=late) == "1er\u00a0janvier 2027"


def test_icon_refers_to_the_sprite() -> None:
    page = render("{% icon 'print' %}")
    assert '<use xlink:href="/static/ui/icons' in page
    assert '.svg#i-print"></use>' in page
    assert 'aria-hidden="true"' in page


@pytest.mark.parametrize(
    "template",
    [
        "{% icon 'no-such-icon' %}",
        "{% tile 'ok' 'pink' %}",
        "{% empty_state 'x' 'fun' %}{% endempty_state %}",
    ],
)
def test_unknown_names_are_mistakes(template: str) -> None:
    with pytest.raises((ValueError, TemplateSyntaxError)):
        render(template)


def test_notice_keeps_the_markup_of_its_content() -> None:
    page = render("{% notice 'ok' 'Fait' %}<p>Bien.</p>{% endnotice %}")
    assert "<strong>Fait</strong><p>Bien.</p>" in page


def test_verdicts_are_announced() -> None:
    assert 'role="status"' in render("{% verdict 'ok' 'Oui' cents=0 %}{% endverdict %}")
    assert "0,00\u00a0€" in render("{% verdict 'ok' 'Oui' cents=0 %}{% endverdict %}")
    refused = render("{% verdict 'stop' 'Non' why='Déjà servi.' %}{% endverdict %}")
    assert 'role="alert"' in refused
    assert "verdict__sum" not in refused


def test_an_empty_purse_says_so_by_its_shape() -> None:
    assert "purse--done" in render("{% purse 'Théâtre' 0 6000 %}")
    assert "purse--done" not in render("{% purse 'Théâtre' 1 6000 %}")
    assert "<a href" in render("{% purse 'Théâtre' 1 6000 href='/x' %}")


def test_steps_count_aloud() -> None:
    page = render("{% steps 2 3 %}")
    assert "Étape 2 sur 3" in page
    assert page.count('class="on"') == 2


def test_receipt_shows_the_server_clock() -> None:
    page = render(
        "{% receipt_band now %}{% ago paid now %}", now=NOW, paid=NOW - dt.timedelta(seconds=12)
    )
    assert 'data-clock="14:32:19"' in page
    assert "Mardi 16\u00a0juin 2026" in page
    assert "il y a 12\u00a0s" in page
    assert 'data-ago="12"' in page


def test_old_receipts_count_in_minutes() -> None:
    assert "il y a 2\u00a0min" in render(
        "{% ago paid now %}", now=NOW, paid=NOW - dt.timedelta(seconds=130)
    )


def pager(query: str, count: int) -> str:
    request = RequestFactory().get(f"/?{query}")
    return render("{% pager page %}", page=paginate(count, request.GET), request=request)


def test_pager_says_size_and_total_and_keeps_the_search() -> None:
    page = pager("q=Th%C3%A9%26tre&page=2&par=25", 128)
    assert "<option selected>25</option>" in page
    assert "sur 128" in page
    assert '<input type="hidden" name="q" value="Thé&amp;tre">' in page
    assert 'href="?q=Th%C3%A9%26tre&amp;page=3&amp;par=25" rel="next"' in page
    assert 'aria-current="page"><span class="vh">Page </span>2' in page


def test_pager_of_one_page_has_no_numbers() -> None:
    page = pager("", 4)
    assert "Voir par" in page
    assert "sur 4" in page
    assert "pager__list" not in page


def test_pager_escapes_the_address() -> None:
    assert "<script" not in pager("q=%3Cscript%3E&%3Cscript%3E=1", 30)


@pytest.mark.parametrize(
    ("asked", "size"), [("10", 10), ("25", 25), ("50", 50), ("1000", 10), ("x", 10), ("-1", 10)]
)
def test_only_our_sizes_are_served(asked: str, size: int) -> None:
    assert asked_page({"par": asked})["size"] == size


@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("0", 1), ("99", 3), ("x", 1), ("９", 1), ("9" * 5_000, 1)]
)
def test_page_numbers_are_forgiven(asked: str, number: int) -> None:
    assert paginate(30, {"page": asked}).number == number
