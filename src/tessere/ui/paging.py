"""Pages of a list: the sizes that the pager offers, and forgiving page numbers."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

PAGE_PARAMETER = "page"
SIZE_PARAMETER = "par"
PAGE_SIZES = (10, 25, 50)


def page_size(query: Mapping[str, str]) -> int:
    """The size asked for when it is one of ours, else the smallest."""
    asked = query.get(SIZE_PARAMETER, "")
    return next((size for size in PAGE_SIZES if str(size) == asked), PAGE_SIZES[0])


def paginate(items: Any, query: Mapping[str, str]) -> Page[Any]:
    """The page that the query string asks for; a number out of range gives the nearest page."""
    return Paginator(items, page_size(query)).get_page(query.get(PAGE_PARAMETER, "1"))


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
