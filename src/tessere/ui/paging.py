"""Pages of a list: the sizes that the pager offers, and forgiving page numbers."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator

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
