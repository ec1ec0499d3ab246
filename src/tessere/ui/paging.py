"""Pages of a list: the sizes that the pager offers, and forgiving page numbers."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

PAGE_PARAMETER = "page"
SIZE_PARAMETER = "par"
PAGE_SIZES = (10, 25, 50)
_LONGEST_NUMBER = 8


def asked_page(query: Mapping[str, str]) -> dict[str, int]:
    """Number and size of the page that the query string asks for, as lists are asked for it.

    A size that is none of ours is the smallest, what is no number is the first page.
    """
    number, asked = query.get(PAGE_PARAMETER, ""), query.get(SIZE_PARAMETER, "")
    size = next((size for size in PAGE_SIZES if str(size) == asked), PAGE_SIZES[0])
    readable = number.isascii() and number.isdecimal() and len(number) < _LONGEST_NUMBER
    return {"page": max(1, int(number)) if readable else 1, "size": size}


def paginate(total: int, query: Mapping[str, str]) -> Page[Any]:
    """The pager of so many rows; a number out of range gives the nearest page."""
    asked = asked_page(query)
    return Paginator(range(total), asked["size"]).get_page(asked["page"])


def pager_values(page: Page[Any], query: QueryDict) -> dict[str, Any]:
    """What the pager shows; its addresses keep the other parameters of this one."""
    changed = query.copy()
    kept = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in {PAGE_PARAMETER, SIZE_PARAMETER}
    ]

    def address(number: int) -> str:
        changed[PAGE_PARAMETER] = str(number)
        return f"?{changed.urlencode()}"

    numbers = [
        {"number": number, "url": address(number), "current": number == page.number}
        if isinstance(number, int)
        else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "size": page.paginator.per_page,
        "sizes": PAGE_SIZES,
        "size_name": SIZE_PARAMETER,
        "total": page.paginator.count,
        "kept": kept,
        "numbers": numbers if page.paginator.num_pages > 1 else [],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
