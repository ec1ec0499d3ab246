from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from tessere.foundation.actor import Actor
from tessere.foundation.errors import Refusal


class FileKind(StrEnum):
    """What a table of data is written as; the value ends the file's name."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportState(StrEnum):
    """Where a file stands."""

    REQUESTED = "requested"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class CellKind(StrEnum):
    """What the cells of a column hold: codes and words, numbers, whole euro cents, days."""

    TEXT = "text"
    NUMBER = "number"
    CENTS = "cents"
    DAY = "day"


Cell = str | int | date | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table; `width` is in characters, for spreadsheets."""

    heading: str
    kind: CellKind = CellKind.TEXT
    width: int = 20


@dataclass(frozen=True, kw_only=True)
class Page:
    """Rows that follow each other, and what to ask with for those after them; None at the end."""

    rows: Sequence[Sequence[Cell]]
    after: Any


@dataclass(frozen=True, kw_only=True)
class Table:
    """What a file is made of. `page` is called from page to page, first with None.

    Each page is read in a transaction of its own, so that a long file keeps none open.
    """

    columns: Sequence[Column]
    total: int
    page: Callable[[Any], Page]


# What a room above offers as a file: its table, from the parameters that were asked for and the
# instant at which they were.
Definition = Callable[[Mapping[str, Any], datetime], Table]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A file that somebody asks for; `parameters` is plain JSON for the definition so named."""

    definition: str
    parameters: Mapping[str, Any]
    kind: FileKind
    title: str


@dataclass(frozen=True, kw_only=True)
class ExportRecord:
    """An export as its owner sees it."""

    id: int
    name: str
    requested_at: datetime
    state: ExportState
    rows_total: int | None
    rows_written: int
    size_bytes: int
    expires_at: datetime

    @property
    def percent(self) -> int:
        """How much of the file is written."""
        return 100 * self.rows_written // self.rows_total if self.rows_total else 0

    @property
    def is_awaited(self) -> bool:
        """Whether the worker still has to do with it."""
        return self.state in {ExportState.REQUESTED, ExportState.RUNNING}


@dataclass(frozen=True, kw_only=True)
class ExportPage:
    """A page of exports, and how many there are on all pages."""

    rows: Sequence[ExportRecord]
    total: int


@dataclass(frozen=True, kw_only=True)
class ExportContent:
    """An export that is ready, and where its content is."""

    name: str
    media_type: str
    size_bytes: int
    file_id: int


def owner_of(actor: Actor) -> str:
    """Who shares the exports of an actor: all administrators of a structure (`partner:12`)."""
    assert actor.partner_id is not None
    return f"partner:{actor.partner_id}"


class ExportKeyReused(Refusal):
    """The key of a request for a file came back with another request."""

    code = "exports.key_reused"
    short_code = "EXP-01"
    message = _("Cette demande a déjà servi pour un autre fichier. Aucun fichier n’a été créé.")
    next_step = _("Demandez l’export de nouveau.")
    status = 422


class ExportNotFound(Refusal):
    """No export of this owner has this number."""

    code = "exports.not_found"
    short_code = "EXP-02"
    message = _("Ce fichier n’est pas dans votre espace.")
    next_step = _("Revenez à la liste de vos exports.")
    status = 404


class ExportNotReady(Refusal):
    """The file is still being made, or could not be."""

    code = "exports.not_ready"
    short_code = "EXP-03"
    message = _("Ce fichier n’est pas prêt.")
    next_step = _("Revenez à la liste de vos exports : elle dit où il en est.")


class ExportBeingMade(Refusal):
    """A file that is being made cannot be deleted under the hands of who makes it."""

    code = "exports.being_made"
    short_code = "EXP-04"
    message = _("Ce fichier est en préparation. Rien n’a été supprimé.")
    next_step = _("Attendez qu’il soit prêt, puis supprimez-le.")
