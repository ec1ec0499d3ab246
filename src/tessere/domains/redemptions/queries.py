from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum

from tessere.domains.identity import queries as identity
from tessere.domains.ledger import queries as ledger
from tessere.domains.ledger.types import AccountKind
from tessere.domains.notifications import queries as notifications
from tessere.domains.notifications.types import partner_topic
from tessere.domains.partners import queries as partners
from tessere.domains.partners.types import (
    PartnerCodeAltered,
    PartnerCodeMistyped,
    PartnerRecord,
    PartnerStatus,
    PartnerSuspended,
    TypedEntry,
)
from tessere.domains.passes import queries as passes
from tessere.domains.redemptions.listing import (
    NEWEST_FIRST,
    operations_of_partner,
    record_of,
    records_of,
)
from tessere.domains.redemptions.models import Cancellation, Redemption
from tessere.domains.redemptions.notices import what_happened
from tessere.domains.redemptions.types import (
    EVERYTHING,
    AwaitedRun,
    Notice,
    PartnerTotals,
    RedemptionAlreadyCancelled,
    RedemptionDetail,
    RedemptionNotFound,
    RedemptionPage,
    RedemptionRecord,
    RedemptionStatus,
    Search,
    Selection,
)
from tessere.foundation.clock import end_of_day, local_date, start_of_day
from tessere.foundation.codes import (
    InvalidNumber,
    InvalidPartnerCode,
    partner_code_check,
    read_number,
    read_partner_code,
)
from tessere.foundation.tenancy import required_tenant_id
from tessere.foundation.use_case import reading


def _page(queryset: Any, *, page: int, size: int) -> RedemptionPage:
    ordered = queryset.order_by(*NEWEST_FIRST)
    if page <= 1:
        rows = records_of(ordered[:size])
        # A first page that is not full is the whole list.
        total = queryset.count() if len(rows) == size else len(rows)
        return RedemptionPage(rows=rows, total=total, page=1, size=size)
    total = queryset.count()
    page = min(page, max(1, -(-total // size)))
    rows = records_of(ordered[(page - 1) * size : page * size])
    return RedemptionPage(rows=rows, total=total, page=page, size=size)


@reading
def redemptions_of_partner(
    *, partner_id: int, page: int, size: int, search: Search = EVERYTHING
) -> RedemptionPage:
    """The operations of one structure that a search finds, newest first, with the exact total.

    Source: S1-98, S1-103, S1-106, S1-107.
    """
    found = operations_of_partner(partner_id=partner_id, search=search)
    return _page(found, page=page, size=size)


def _readable(numbers: Iterable[str]) -> Iterator[str]:
    for number in numbers:
        with suppress(InvalidNumber):
            yield read_number(number)


@reading
def selection_of_partner(*, partner_id: int, numbers: Collection[str]) -> Selection:
    """Which of these operations are the structure's and not cancelled, and their sum (S1-124)."""
    named = list(_readable(numbers))
    if not named:
        return Selection(cents_by_number={})
    picked = Redemption.objects.filter(
        partner_id=partner_id, number__in=named, status=RedemptionStatus.ACCEPTED
    )
    return Selection(cents_by_number=dict(picked.values_list("number", "amount_cents")))


@reading
def redemptions_of_people(
    *, beneficiary_ids: frozenset[int], page: int, size: int
) -> RedemptionPage:
    """The operations of these people, newest first, with the exact total."""
    theirs = Redemption.objects.filter(purse__holder_pass__beneficiary_id__in=beneficiary_ids)
    return _page(theirs, page=page, size=size)


def _detail(redemptions: Any) -> RedemptionDetail:
    redemption = redemptions.select_related("partner").first()
    if redemption is None:
        raise RedemptionNotFound
    purse = passes.purses_by_id(purse_ids={redemption.purse_id})[redemption.purse_id]
    cancellation = Cancellation.objects.filter(redemption=redemption).first()
    return RedemptionDetail(
        redemption=record_of(redemption, purse),
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
def redemption_to_cancel(*, partner_id: int, number: str) -> RedemptionDetail:
    """One operation of a structure that may still be cancelled.

    Errors: RedemptionNotFound for anybody else's, RedemptionAlreadyCancelled.
    """
    detail = redemption_of_partner(partner_id=partner_id, number=number)
    if detail.cancelled_at is not None:
        raise RedemptionAlreadyCancelled(date=f"{local_date(detail.cancelled_at):%d/%m/%Y}")
    return detail


@reading
def redemption_of_voucher(*, partner_id: int, number: str) -> RedemptionDetail | None:
    """The operation by which a structure accepted the bon with this number, if it did."""
    theirs = Redemption.objects.filter(partner_id=partner_id, voucher__number=number)
    return _detail(theirs) if theirs.exists() else None


@reading
def redemption_of_people(*, beneficiary_ids: frozenset[int], number: str) -> RedemptionDetail:
    """One operation of these people; RedemptionNotFound for anybody else's."""
    return _detail(
        Redemption.objects.filter(
            number=number, purse__holder_pass__beneficiary_id__in=beneficiary_ids
        )
    )


@reading
def last_of_purses(*, purse_ids: set[int]) -> dict[int, RedemptionRecord]:
    """The last operation of each purse that was not cancelled, by the purse's id."""
    last = (
        Redemption.objects.filter(purse_id__in=purse_ids, status=RedemptionStatus.ACCEPTED)
        .order_by("purse_id", "-accepted_at", "-pk")
        .distinct("purse_id")
    )
    return {record.purse_id: record for record in records_of(last)}


@reading
def payee(*, code: str, check: str | None = None) -> PartnerRecord:
    """The structure that a beneficiary may pay, by the code that was typed or scanned.

    Errors: those of `structure_with_code`, PartnerSuspended. Source: S1-64, S1-68.
    """
    partner = structure_with_code(code=code, check=check)
    if partner.status is not PartnerStatus.ACTIVE:
        raise PartnerSuspended(partner=partner.name)
    return partner


@reading
def structure_with_code(*, code: str, check: str | None = None) -> PartnerRecord:
    """The structure that a code names, whether or not it may be paid at present.

    A scanned code comes with its two check characters. Errors: PartnerCodeMistyped,
    PartnerCodeAltered, UnknownPartnerCode.
    """
    try:
        digits = read_partner_code(code)
    except InvalidPartnerCode as error:
        raise PartnerCodeMistyped from error
    if check is not None and check != partner_code_check(digits):
        raise PartnerCodeAltered
    return partners.partner_by_code(code=digits)


@reading
def typed_entry_of_partner(*, partner_id: int, now: datetime) -> TypedEntry:
    """Whether the people of a structure may type numbers at present (decision D17)."""
    return partners.typed_entry(subject=f"partner:{partner_id}", now=now)


@reading
def totals_of_partner(*, partner_id: int, now: datetime) -> PartnerTotals:
    """What waits to be reimbursed and what was accepted today, in cents (decision D20)."""
    today = local_date(now)
    is_today = Q(accepted_at__gte=start_of_day(today), accepted_at__lt=end_of_day(today))
    sums = Redemption.objects.filter(
        partner_id=partner_id, status=RedemptionStatus.ACCEPTED
    ).aggregate(
        waiting_cents=Sum("amount_cents", default=0),
        waiting_count=Count("*"),
        today_cents=Sum("amount_cents", filter=is_today, default=0),
        today_count=Count("amount_cents", filter=is_today),
    )
    return PartnerTotals(**{name: int(value) for name, value in sums.items()})


@reading
def unread_of_partner(*, partner_id: int, reader_id: int) -> int:
    """How many notices of a structure a person has not seen yet, MOST_NOTICES at most (S1-71)."""
    seen = notifications.seen_until(user_id=reader_id, topic=partner_topic(partner_id))
    return len(what_happened(partner_id=partner_id, reader_id=reader_id, since=seen))


@reading
def changed_of_partner(*, partner_id: int, since: datetime) -> int:
    """How many operations were accepted or cancelled after an instant, MOST_NOTICES at most."""
    happened = what_happened(partner_id=partner_id, reader_id=None, since=since)
    return len({one.redemption_id for one in happened})


@reading
def notices_of_partner(*, partner_id: int, reader_id: int) -> list[Notice]:
    """What others did at a structure's counter, newest first, MOST_NOTICES at most (S1-71)."""
    seen = notifications.seen_until(user_id=reader_id, topic=partner_topic(partner_id))
    happened = what_happened(partner_id=partner_id, reader_id=reader_id)
    named = Redemption.objects.filter(pk__in={one.redemption_id for one in happened})
    records = {record.id: record for record in records_of(named)}
    return [
        Notice(
            operation=records[one.redemption_id],
            at=one.at,
            is_cancellation=one.is_cancellation,
            is_unread=seen is None or one.at > seen,
        )
        for one in happened
    ]


@reading
def awaited_runs_of_partner(*, partner_id: int, now: datetime) -> list[AwaitedRun]:
    """The automatic runs that a structure waits for, programme by programme, with what each takes.

    A run takes what was accepted before its own day began: on that day, what is accepted goes with
    the next one. Source: decision D1, S1-131.
    """
    today = local_date(now)
    terms = partners.reimbursement_terms_of(partner_id=partner_id, today=today)
    runs_today = [one.programme_id for one in terms if today in one.runs]
    goes_today = Q(
        agreement__vintage__programme__in=runs_today, accepted_at__lt=start_of_day(today)
    )
    waiting = Redemption.objects.filter(partner_id=partner_id, status=RedemptionStatus.ACCEPTED)
    sums = {
        (programme_id, goes): (int(cents), count)
        for programme_id, goes, cents, count in waiting.annotate(
            goes_today=ExpressionWrapper(goes_today, BooleanField())
        )
        .values_list("agreement__vintage__programme", "goes_today")
        .annotate(cents=Sum("amount_cents"), count=Count("pk"))
        .order_by()
    }
    return [
        AwaitedRun(
            programme_name=one.programme_name,
            day=day,
            payment_days=one.payment_days,
            paid_by=one.paid_by(day),
            amount_cents=cents,
            count=count,
        )
        for one in terms
        for day in one.runs
        for cents, count in (sums.get((one.programme_id, day == today), (0, 0)),)
        if count or day != today
    ]


_WRONG_REDEMPTION = """
SELECT r.id, r.number, r.status, r.amount_cents, v.payable, v.postings
FROM redemptions_redemption r
JOIN partners_agreement a ON a.tenant_id = r.tenant_id AND a.id = r.agreement_id
LEFT JOIN LATERAL (
    SELECT sum(CASE WHEN t.target_id = a.payable_account_id THEN t.amount_cents
                    WHEN t.source_id = a.payable_account_id THEN -t.amount_cents
                    ELSE 0 END) AS payable,
           count(DISTINCT p.id) AS postings
    FROM ledger_posting p
    JOIN ledger_transfer t ON t.tenant_id = p.tenant_id AND t.posting_id = p.id
    WHERE p.tenant_id = r.tenant_id AND p.subject = 'redemption:' || r.id
) v ON true
LEFT JOIN redemptions_cancellation c ON c.tenant_id = r.tenant_id AND c.redemption_id = r.id
WHERE r.tenant_id = %s
  AND (coalesce(v.payable, 0)
           <> CASE WHEN r.status = 'accepted' THEN r.amount_cents ELSE 0 END
       OR coalesce(v.postings, 0) <> CASE WHEN r.status = 'accepted' THEN 1 ELSE 2 END
       OR (r.status = 'cancelled') <> (c.id IS NOT NULL)
       OR c.partner_id <> r.partner_id)
ORDER BY r.id LIMIT 1
"""

_WRONG_SPENDING = """
SELECT u.id, u.spent_cents, coalesce(s.cents, 0)
FROM passes_purse u
LEFT JOIN (
    SELECT purse_id, sum(amount_cents) AS cents FROM redemptions_redemption
    WHERE tenant_id = %s AND status = 'accepted' GROUP BY purse_id
) s ON s.purse_id = u.id
WHERE u.tenant_id = %s AND u.spent_cents <> coalesce(s.cents, 0)
ORDER BY u.id LIMIT 1
"""


def _first_row(sql: str, parameters: list[int]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()


@reading
def first_wrong_redemption() -> str | None:
    """The first operation that its transfers, or its cancellation, do not explain."""
    row = _first_row(_WRONG_REDEMPTION, [required_tenant_id()])
    if row is None:
        return None
    redemption_id, number, status, cents, payable, postings = row
    return (
        f"redemptions_redemption {redemption_id} (n° {number}, {status}, {cents} cents): "
        f"{postings} postings make {payable or 0} cents payable"
    )


@reading
def first_wrong_spending() -> str | None:
    """The first purse whose spent cents are not the sum of its operations."""
    tenant_id = required_tenant_id()
    row = _first_row(_WRONG_SPENDING, [tenant_id, tenant_id])
    if row is None:
        return None
    return f"passes_purse {row[0]}: spent_cents {row[1]}, operations make {row[2]} cents"


@reading
def first_wrong_payable() -> str | None:
    """The first payable account whose balance is not the sum of its operations."""
    sums = dict(
        Redemption.objects.filter(status=RedemptionStatus.ACCEPTED)
        .values_list("agreement__payable_account_id")
        .annotate(Sum("amount_cents"))
        .order_by()
    )
    for balance in ledger.balances().values():
        if balance.kind is not AccountKind.PAYABLE:
            continue
        operations = sums.get(balance.account_id, 0)
        if balance.balance_cents != operations:
            return (
                f"ledger_account {balance.account_id} ({balance.owner}): "
                f"balance {balance.balance_cents}, operations make {operations} cents"
            )
    return None
