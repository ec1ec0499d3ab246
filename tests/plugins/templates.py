"""Two mistakes that no page may contain: an undefined variable, and a query while it renders."""

from collections.abc import Iterator
from typing import Any

import pytest


class QueryInTemplate(AssertionError):
    """A template asked the database; its view should have handed it plain values."""


def _refuse(_execute: Any, query: str, *_rest: Any) -> None:
    raise QueryInTemplate(query)


@pytest.fixture(autouse=True, scope="session")
def _no_query_while_rendering() -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415
    from django.template.base import Template  # noqa: PLC0415

    render = Template.render

    def guarded(self: Template, context: Any) -> Any:
        with connection.execute_wrapper(_refuse):
            return render(self, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", guarded)
        yield
