"""What a person who does not see, does not point or needs large letters meets on a page.

Each check gives the faults that it finds, in words; none for a page without defect.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

_QUESTIONS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_LETTERS = {1: {"standard": 16, "fixed": 13}, 2: {"standard": 32, "fixed": 26}}


def _ask(page: Any, question: str) -> Any:
    return page.evaluate(f"{_QUESTIONS}.{question}")


def structure(page: Any) -> Iterator[str]:
    """Headings, landmarks, language, tables, descriptions, live regions."""
    yield from _ask(page, "structure()")


def keyboard(page: Any) -> Iterator[str]:
    """Each Tab goes to the next stop of the page and shows where it is."""
    for _ in range(_ask(page, "stops()")):
        page.keyboard.press("Tab")
    yield from page.evaluate("window.walked()")


def narrow(page: Any) -> Iterator[str]:
    """A window of 320 px, which is one of 1280 at 400 %, with letters as they are and spaced."""
    page.set_viewport_size({"width": 320, "height": 640})
    for fault in _ask(page, "overflows()"):
        yield f"320 px: {fault}"
    _ask(page, "space(true)")
    for fault in _ask(page, "overflows()"):
        yield f"320 px, spaced: {fault}"
    _ask(page, "space(false)")


def large_letters(page: Any) -> Iterator[str]:
    """Letters twice as large, as a person sets them in the browser."""
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": _LETTERS[2]})
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for fault in _ask(page, "overflows()"):
            yield f"200 % at {width} px: {fault}"
    browser.send("Page.setFontSizes", {"fontSizes": _LETTERS[1]})
    browser.detach()


def faults(page: Any) -> list[str]:
    """Everything that is wrong with a page, in a window 1280 px wide before and after."""
    return [*structure(page), *keyboard(page), *narrow(page), *large_letters(page)]
