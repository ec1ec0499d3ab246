"""What a row of a list of operations holds, and the same list as a file."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from unicodedata import combining, normalize

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tessere.domains.exports.types import Cell, CellKind, Column, Page, Table
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import PurseRecord
from tessere.domains.redemptions.models import Redemption
from tessere.domains.redemptions.types import (
    CHANNEL_WORDS,
    EVERYTHING,
    Channel,
    RedemptionRecord,
    RedemptionStatus,
    Search,
)
from tessere.foundation.clock import end_of_day, local_date, start_of_day
from tessere.foundation.codes import BARCODE_LENGTH, InvalidNumber, read_number
from tessere.foundation.db.text import Folded, holds_words

NEWEST_FIRST = ("-accepted_at", "-pk")
_CHUNK = 2_000


def operations_of_partner(*, partner_id: int, search: Search = EVERYTHING) -> Any:
    """The operations of a structure that a search finds."""
    found = Redemption.objects.filter(partner_id=partner_id)
    if search.statuses:
        found = found.filter(status__in=search.statuses)
    if search.first_day:
        found = found.filter(accepted_at__gte=start_of_day(search.first_day))
    if search.last_day:
        found = found.filter(accepted_at__lt=end_of_day(search.last_day))
    return _named(found, search.words) if search.words.strip() else found


def _named(operations: Any, words: str) -> Any:
    """The one with this number or barcode; else those whose name or reference holds the words.

    A number is looked up first: it goes by an index, and a name of nine letters can read as one.
    """
    compact = "".join(words.split())
    if len(compact) == BARCODE_LENGTH and compact.isdecimal():
        return operations.filter(barcode=compact)
    with suppress(InvalidNumber):
        numbered = operations.filter(number=read_number(words))
        if numbered.exists():
            return numbered
    named = Q(purse_id__in=passes.purse_ids_of_people_named(words=words))
    # Most operations have no reference: only those that have one are folded and read.
    referred = ~Q(partner_reference="") & holds_words("folded_reference", words)
    return operations.alias(folded_reference=Folded("partner_reference")).filter(named | referred)


def record_of(redemption: Redemption, purse: PurseRecord) -> RedemptionRecord:
    """The plain values of an operation."""
    return RedemptionRecord(
        id=redemption.pk,
        number=redemption.number,
        barcode=redemption.barcode,
        partner_id=redemption.partner_id,
        purse_id=redemption.purse_id,
        channel=Channel(redemption.channel),
        amount_cents=redemption.amount_cents,
        status=RedemptionStatus(redemption.status),
        accepted_at=redemption.accepted_at,
        author_id=redemption.author_id,
        partner_reference=redemption.partner_reference,
        beneficiary_name=purse.beneficiary.full_name,
        programme_name=purse.vintage.programme_name,
        benefit_name=purse.benefit.name,
        vintage_label=purse.vintage.label,
    )


def records_of(redemptions: Iterable[Redemption]) -> list[RedemptionRecord]:
    """The plain values of operations, whose purses are read together."""
    found = list(redemptions)
    purses = passes.purses_by_id(purse_ids={redemption.purse_id for redemption in found})
    return [record_of(redemption, purses[redemption.purse_id]) for redemption in found]


def operations_table(parameters: Mapping[str, Any], until: datetime) -> Table:
    """The list up to an instant as a file, in the columns of OPÉRATIONS (decision D10)."""
    search = Search.from_json(parameters["search"])
    found = operations_of_partner(partner_id=parameters["partner_id"], search=search)
    pages = _Pages(found.filter(accepted_at__lte=until))
    return Table(
        columns=(
            Column(heading=_("N° Opération"), width=13),
            Column(heading=_("Code-barres"), width=16),
            Column(heading=_("E.pass demandé")),
            Column(heading=_("E.coupon")),
            Column(heading=_("Type")),
            Column(heading=_("Bénéficiaire"), width=28),
            Column(heading=_("Date de l’opération"), kind=CellKind.DAY, width=18),
            Column(heading=_("Montant"), kind=CellKind.CENTS, width=12),
            Column(heading=_("Réf. Interne"), width=28),
            Column(heading=_("Statut Dem. Remb."), width=18),
        ),
        total=pages.operations.count(),
        page=pages.page,
    )


class _Pages:
    """Operations page by page, newest first, as plain values; each purse is read once a few pages.

    An index finds what follows an instant and an id. Rows are not made into objects: there can be
    hundreds of thousands.
    """

    _COLUMNS = ("accepted_at", "pk", "number", "barcode", "purse_id", "channel", "amount_cents")
    _MOST_PURSES = 5_000

    def __init__(self, operations: Any) -> None:
        self.operations = operations
        self._purses: dict[int, PurseRecord] = {}
        self._channels = {channel: str(words) for channel, words in CHANNEL_WORDS.items()}
        self._cancelled = _("Annulée")

    def page(self, after: tuple[datetime, int] | None) -> Page:
        """The operations that follow `after`, an instant and an id; the newest without it."""
        wanted = self.operations
        if after is not None:
            at, last_id = after
            older = Q(accepted_at__lt=at) | Q(accepted_at=at, pk__lt=last_id)
            wanted = wanted.filter(older, accepted_at__lte=at)
        found = wanted.order_by(*NEWEST_FIRST).values_list(
            *self._COLUMNS, "partner_reference", "status"
        )[:_CHUNK]
        rows = list(found)
        self._read_purses({row[4] for row in rows})
        return Page(
            rows=[self._row(*row) for row in rows],
            after=rows[-1][:2] if len(rows) == _CHUNK else None,
        )

    def _read_purses(self, wanted: set[int]) -> None:
        if len(self._purses) > self._MOST_PURSES:
            self._purses.clear()
        missing = wanted - self._purses.keys()
        if missing:
            self._purses |= passes.purses_by_id(purse_ids=missing)

    def _row(
        self,
        accepted_at: datetime,
        _id: int,
        number: str,
        barcode: str,
        purse_id: int,
        channel: str,
        cents: int,
        reference: str,
        status: str,
    ) -> tuple[Cell, ...]:
        purse = self._purses[purse_id]
        return (
            number,
            barcode,
            purse.vintage.programme_name,
            purse.benefit.name,
            self._channels[Channel(channel)],
            purse.beneficiary.full_name,
            local_date(accepted_at),
            cents,
            reference,
            self._cancelled if status == RedemptionStatus.CANCELLED else "",
        )


def beneficiaries_table(parameters: Mapping[str, Any], until: datetime) -> Table:
    """The people of the operations that a search finds, and what reconciles them (decision D10).

    A line a person and e-coupon: how many operations, their sum without the cancelled ones, the
    last day. Nothing else is known of anybody.
    """
    search = Search.from_json(parameters["search"])
    found = operations_of_partner(partner_id=parameters["partner_id"], search=search)
    people = _People(found.filter(accepted_at__lte=until))
    return Table(
        columns=(
            Column(heading=_("Bénéficiaire"), width=28),
            Column(heading=_("E.pass demandé")),
            Column(heading=_("E.coupon")),
            Column(heading=_("Opérations"), kind=CellKind.NUMBER, width=12),
            Column(heading=_("Montant"), kind=CellKind.CENTS, width=12),
            Column(heading=_("Dernière opération"), kind=CellKind.DAY, width=18),
        ),
        total=people.operations.values("purse_id").distinct().count(),
        page=people.page,
    )


class _People:
    """Purses that operations went to, in the order of their people's names.

    They are summed up in one statement and kept as a few numbers each: a purse is a line, however
    many operations it has.
    """

    def __init__(self, operations: Any) -> None:
        self.operations = operations

    def page(self, after: int | None) -> Page:
        """The lines from `after` on."""
        if after is None:
            self._lines = self._summed_up()
        start = after or 0
        end = start + _CHUNK
        return Page(rows=self._lines[start:end], after=end if end < len(self._lines) else None)

    def _summed_up(self) -> list[tuple[Cell, ...]]:
        counted = Q(status=RedemptionStatus.ACCEPTED)
        sums = (
            self.operations.order_by()
            .values_list("purse_id")
            .annotate(
                operations=Count("pk"),
                cents=Coalesce(Sum("amount_cents", filter=counted), 0),
                last=Max("accepted_at"),
            )
        )
        by_purse = {purse_id: facts for purse_id, *facts in sums}
        purses = passes.purses_by_id(purse_ids=set(by_purse))
        lines = []
        for purse_id, (operations, cents, last) in by_purse.items():
            purse = purses[purse_id]
            lines.append(
                (
                    purse.beneficiary.full_name,
                    purse.vintage.programme_name,
                    purse.benefit.name,
                    operations,
                    cents,
                    local_date(last),
                )
            )
        return sorted(lines, key=lambda line: (_without_accents(str(line[0])), line[1:3]))


def _without_accents(name: str) -> str:
    """A name as a French list is ordered: É stands beside E."""
    apart = normalize("NFKD", name.casefold())
    return "".join(character for character in apart if not combining(character))
