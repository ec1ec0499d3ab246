from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tessere.foundation.actor import Actor
from tessere.foundation.errors import Refusal

MOST_ROWS = 20_000


class FileKind(StrEnum):
    """What a table of data is written as; the value ends the file's name."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class CellKind(StrEnum):
    """What the cells of a column hold: codes and words, whole euro cents, calendar days."""

    TEXT = "text"
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
class Table:
    """What a file is made of. `rows` is read once, and only when the file is made."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    total: int


@dataclass(frozen=True, kw_only=True)
class ExportRecord:
    """An export as its owner sees it."""

    id: int
    name: str
    requested_at: datetime
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class ExportContent:
    """An export with its content."""

    name: str
    media_type: str
    content: bytes


def owner_of(actor: Actor) -> str:
    """Who shares the exports of an actor: all administrators of a structure (`partner:12`)."""
    assert actor.partner_id is not None
    return f"partner:{actor.partner_id}"


class TooManyRows(Refusal):
    """The table is longer than what is written while the person waits."""

    code = "exports.too_many_rows"
    short_code = "EXP-01"
    message = _("Cette recherche trouve %(total)s lignes, un fichier en contient %(most)s au plus.")
    next_step = _("Faites une recherche plus étroite, puis exportez de nouveau.")


class ExportKeyReused(Refusal):
    """The key of a request for a file came back with another request."""

    code = "exports.key_reused"
    short_code = "EXP-02"
    message = _("Cette demande a déjà servi pour un autre fichier. Aucun fichier n’a été créé.")
    next_step = _("Demandez l’export de nouveau.")
    status = 422


class ExportNotFound(Refusal):
    """No export of this owner has this number."""

    code = "exports.not_found"
    short_code = "EXP-03"
    message = _("Ce fichier n’est pas dans votre espace.")
    next_step = _("Revenez à la liste de vos exports.")
    status = 404
