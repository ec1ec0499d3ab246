"""What a row of a list of operations holds, and the same list as a file."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from tessere.domains.exports.types import Cell, CellKind, Column, Table
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import PurseRecord
from tessere.domains.redemptions.models import Redemption
from tessere.domains.redemptions.types import Channel, RedemptionRecord, RedemptionStatus
from tessere.foundation.clock import local_date
from tessere.foundation.codes import InvalidNumber, read_number

NEWEST_FIRST = ("-accepted_at", "-pk")
_CHUNK = 2_000


def operations_of_partner(*, partner_id: int, number: str) -> Any:
    """The operations that a search finds: by a typed number, all without one (S1-100)."""
    theirs = Redemption.objects.filter(partner_id=partner_id)
    if not number.strip():
        return theirs
    try:
        return theirs.filter(number=read_number(number))
    except InvalidNumber:
        return theirs.none()


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


def table_of(operations: Any) -> Table:
    """The list as a file, in the columns of OPÉRATIONS (decision D10)."""
    return Table(
        title=_("Liste des coupons"),
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
        rows=_rows(operations),
        total=operations.count(),
    )


def _rows(operations: Any) -> Iterator[tuple[Cell, ...]]:
    unread = operations.order_by(*NEWEST_FIRST).iterator(chunk_size=_CHUNK)
    while records := records_of(islice(unread, _CHUNK)):
        for one in records:
            yield (
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
