from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum

from tessere.domains.identity import queries as identity
from tessere.domains.partners import queries as partners
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import PurseRecord
from tessere.domains.redemptions.models import Cancellation, Redemption
from tessere.domains.redemptions.types import (
    Channel,
    PartnerTotals,
    RedemptionDetail,
    RedemptionNotFound,
    RedemptionPage,
    RedemptionRecord,
    RedemptionStatus,
)
from tessere.foundation.clock import end_of_day, local_date, start_of_day
from tessere.foundation.use_case import reading


def _record(redemption: Redemption, purse: PurseRecord) -> RedemptionRecord:
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


def _records(redemptions: Iterable[Redemption]) -> list[RedemptionRecord]:
    found = list(redemptions)
    purses = passes.purses_by_id(
        purse_ids={redemption.purse_id for redemption in found}
    )
    return [_record(redemption, purses[redemption.purse_id]) for redemption in found]


def _page(
    queryset: Any, *, page: int, size: int, total: int | None = None
) -> RedemptionPage:
    total = queryset.count() if total is None else total
    last = max(1, -(-total // size))
    page = min(max(page, 1), last)
    ordered = queryset.order_by("-accepted_at", "-pk")[(page - 1) * size : page * size]
    return RedemptionPage(rows=_records(ordered), total=total, page=page, size=size)


@reading
def redemptions_of_partner(*, partner_id: int, page: int, size: int) -> RedemptionPage:
    """The operations of one structure, newest first, with the exact total (S1-98, S1-103)."""
    return _page(Redemption.objects.filter(partner_id=partner_id), page=page, size=size)


@reading
def redemptions_of_people(
    *, beneficiary_ids: frozenset[int], page: int, size: int
) -> RedemptionPage:
    """The operations of these people, newest first, with the exact total."""
    theirs = Redemption.objects.filter(
        purse__holder_pass__beneficiary_id__in=beneficiary_ids
    )
    return _page(theirs, page=page, size=size)


def _detail(redemptions: Any) -> RedemptionDetail:
    redemption = redemptions.select_related("partner").first()
    if redemption is None:
        raise RedemptionNotFound
    purse = passes.purses_by_id(purse_ids={redemption.purse_id})[redemption.purse_id]
    cancellation = Cancellation.objects.filter(redemption=redemption).first()
    return RedemptionDetail(
        redemption=_record(redemption, purse),
        partner=partners.partner_record(redemption.partner),
        purse=purse,
        author_name=identity.name_of(user_id=redemption.author_id),
        cancelled_at=cancellation.cancelled_at if cancellation else None,
    )


@reading
def redemption_of_partner(*, partner_id: int, number: str) -> RedemptionDetail:
    """One operation of a structure; RedemptionNotFound for anybody else's."""
    return _detail(Redemption.objects.filter(partner_id=partner_id, number=number))


@reading
def redemption_of_people(
    *, beneficiary_ids: frozenset[int], number: str
) -> RedemptionDetail:
    """One operation of these people; RedemptionNotFound for anybody else's."""
    return _detail(
        Redemption.objects.filter(
            number=number, purse__holder_pass__beneficiary_id__in=beneficiary_ids
        )
    )


@reading
def totals_of_partner(*, partner_id: int, now: datetime) -> PartnerTotals:
    """What waits to be reimbursed and what was accepted today, in cents (decision D20)."""
    today = local_date(now)
    is_today = Q(
        accepted_at__gte=start_of_day(today), accepted_at__lt=end_of_day(today)
    )
    sums = Redemption.objects.filter(
        partner_id=partner_id, status=RedemptionStatus.ACCEPTED
    ).aggregate(
        waiting_cents=Sum("amount_cents", default=0),
        waiting_count=Count("pk"),
        today_cents=Sum("amount_cents", filter=is_today, default=0),
        today_count=Count("pk", filter=is_today),
    )
    return PartnerTotals(**{name: int(value) for name, value in sums.items()})
