"""One style sheet, one script: complete, named by their content, kept for good."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tessere.ui import assets, views


def get(path: str) -> HttpRequest:
    return RequestFactory().get(path)


@pytest.mark.parametrize(
    ("asset", "content_type"),
    [(assets.stylesheet, "text/css"), (assets.script, "text/javascript")],
    ids=["style", "script"],
)
def test_asset_is_named_by_its_digest_and_kept_for_good(asset: object, content_type: str) -> None:
    current = asset()  # type: ignore[operator]
    answer = views.asset(get("/"), digest=current.digest, name=current.name)
    assert answer.status_code == 200
    assert answer.content == current.content
    assert answer["Content-Type"].startswith(content_type)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_older_digest_leads_to_the_current_one() -> None:
    answer: HttpResponse = views.asset(get("/"), digest="0" * 16, name="tessere.css")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/assets/{assets.stylesheet().digest}/tessere.css")


def test_the_digest_changes_with_the_content() -> None:
    first = assets.Asset("a.css", b"a{}", "text/css")
    second = assets.Asset("a.css", b"b{}", "text/css")
    assert first.digest != second.digest
    assert re.fullmatch(r"[0-9a-f]{16}", first.digest)


def test_no_part_is_left_out() -> None:
    served = {*assets.style_parts(), *assets.script_parts()}
    written = {
        path
        for folder in (assets.COMPONENTS, assets.FOUNDATION)
        for pattern in ("**/*.css", "**/*.js")
        for path in folder.glob(pattern)
    }
    on_paper = {assets.COMPONENTS / name / f"{name}.css" for name in ("voucher", "poster", "guide")}
    assert written - served == on_paper


def test_every_name_in_the_order_has_a_part() -> None:
    named = {part.parent.name for part in (*assets.style_parts(), *assets.script_parts())}
    assert set(assets.COMPONENT_ORDER) <= named


def test_files_named_by_the_style_sheet_exist() -> None:
    parts = [part.read_text(encoding="utf-8") for part in assets.style_parts()]
    names = re.findall(r'url\("ui:([^"]+)"\)', "\n".join(parts))
    assert names
    assert [name for name in names if not (assets.STATIC / name).is_file()] == []
    assert b"ui:" not in assets.stylesheet().content


def test_styles_need_nothing_from_elsewhere() -> None:
    css = assets.stylesheet().content.decode()
    assert "http:" not in css
    assert "data:" not in css
    assert "@import" not in css


def test_scripts_evaluate_nothing() -> None:
    script = assets.script().content.decode()
    assert not re.search(
        r"\beval\(|new Function|outerHTML|insertAdjacentHTML|document\.write", script
    )


def test_only_live_parts_take_markup_from_the_server() -> None:
    writers = {part.stem for part in assets.script_parts() if "innerHTML" in part.read_text()}
    assert writers <= {"live"}


def test_print_style_names_fonts_as_files() -> None:
    css = assets.print_css("voucher")
    addresses = re.findall(r'url\("(file://[^"]+)"\)', css)
    assert len(addresses) >= 6
    assert "ui:" not in css
