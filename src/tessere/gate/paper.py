"""Printed documents, drawn once nothing more is read."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse

from tessere.ui.assets import STATIC
from tessere.ui.printing import Document


class Paper(HttpResponse):
    """A PDF that the browser shows, ready to be printed.

    Drawing takes a second or more and reads nothing: the door does it after the transaction.
    """

    def __init__(self, draw: Callable[[], bytes], *, name: str) -> None:
        super().__init__(
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )
        self._draw = draw

    def finish(self) -> None:
        """Draw it; until then the connection serves others, if no caller's transaction holds it."""
        if not connection.in_atomic_block:
            connection.close()
        self.content = self._draw()


def draw(document: Document) -> bytes:
    """A document as a tagged PDF, with the fonts and drawings of the design system."""
    # Slow to load, and of no use to commands: a server loads it once it answers.
    from tessere.adapters.pdf import render_pdf  # noqa: PLC0415

    return render_pdf(html=document.html, css=document.css, files=STATIC)
