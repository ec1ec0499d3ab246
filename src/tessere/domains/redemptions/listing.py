"""What a row of a list of operations holds, and the same list as a file."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tessere.domains.exports.types import Cell, CellKind, Column, Page, Table
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import PurseRecord
from tessere.domains.redemptions.models import Redemption
from tessere.domains.redemptions.types import (
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
    named = holds_words("purse__holder_pass__beneficiary__folded_name", words)
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
    found = found.filter(accepted_at__lte=until)
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
        total=found.count(),
        page=lambda after: _page(found, after),
    )


def _page(operations: Any, after: tuple[datetime, int] | None) -> Page:
    """The operations that follow an instant and an id, newest first: an index finds them."""
    if after is not None:
        at, last_id = after
        older = Q(accepted_at__lt=at) | Q(accepted_at=at, pk__lt=last_id)
        operations = operations.filter(older, accepted_at__lte=at)
    records = records_of(operations.order_by(*NEWEST_FIRST)[:_CHUNK])
    last = records[-1] if len(records) == _CHUNK else None
    return Page(rows=[_row(one) for one in records], after=last and (last.accepted_at, last.id))


def _row(one: RedemptionRecord) -> tuple[Cell, ...]:
    return (
        one.number,
        one.barcode,
        one.programme_name,
        one.benefit_name,
        one.channel_words,
        one.beneficiary_name,
        local_date(one.accepted_at),
        one.amount_cents,
        one.partner_reference,
        _("Annulée") if one.is_cancelled else "",
    )
