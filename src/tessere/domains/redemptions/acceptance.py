"""Acceptance of a group of requests in a fixed number of statements.

Joined by the services; holds what one group needs between its reads and its writes.
Source: docs/algorithms/acceptance.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.ledger import steps as ledger
from tessere.domains.ledger.types import KeyReused, Move, NewPosting
from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.types import partner_topic, person_topic
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import AgreementTerms, PartnerNotFound, PartnerRecord
from tessere.domains.passes import steps as passes
from tessere.domains.passes.types import (
    PurseChange,
    PurseNotYours,
    PurseTerms,
    VoucherRecord,
)
from tessere.domains.redemptions import rules
from tessere.domains.redemptions.messages import about
from tessere.domains.redemptions.models import Redemption
from tessere.domains.redemptions.types import (
    AcceptanceRequest,
    Accepted,
    Channel,
    Outcome,
    Payment,
    Refused,
    VoucherAcceptance,
    VoucherForAnotherPartner,
    VoucherUnknown,
)
from tessere.foundation.actor import Actor, Audience
from tessere.foundation.codes import make_barcode, make_number
from tessere.foundation.errors import Refusal

COMMAND = "redemptions.accept"


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """What a request asks for, once its bon or its purse was read and nothing there forbids it."""

    channel: Channel
    purse: PurseTerms
    voucher: VoucherRecord | None
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A request that will be carried out."""

    request: AcceptanceRequest
    digest: str
    channel: Channel
    purse: PurseTerms
    partner: PartnerRecord
    terms: AgreementTerms
    voucher: VoucherRecord | None
    amount_cents: int


def digest_of(request: AcceptanceRequest) -> str:
    """What makes two requests the same: everything but the key and the way it was typed."""
    if isinstance(request, Payment):
        return ledger.request_digest(
            command=COMMAND,
            channel=request.channel,
            purse=request.purse_id,
            partner=request.partner_id,
            cents=request.amount_cents,
        )
    return ledger.request_digest(command=COMMAND, number=request.number, partner=request.partner_id)


class Group:
    """One group of requests: locks and reads, then judges one by one, then writes all at once."""

    def __init__(
        self, *, actor: Actor, requests: Sequence[AcceptanceRequest], now: datetime
    ) -> None:
        self.actor = actor
        self.requests = requests
        self.now = now
        self.plans: list[_Plan] = []
        self.changes: list[PurseChange] = []
        self.attempts: list[Entry] = []
        self.outcomes: dict[int, Outcome] = {}
        self.twins: dict[UUID, list[int]] = {}

    def lock_and_read(self) -> None:
        """Bons, then purses, each in id order; then what earlier requests and agreements say."""
        numbers = [one.number for one in self.requests if isinstance(one, VoucherAcceptance)]
        self.vouchers = passes.lock_vouchers(numbers=numbers) if numbers else {}
        purse_ids = {voucher.purse_id for voucher in self.vouchers.values()}
        purse_ids |= {one.purse_id for one in self.requests if isinstance(one, Payment)}
        self.purses = passes.lock_purses(purse_ids=purse_ids)
        self.earlier = ledger.earlier_postings(keys=[one.key for one in self.requests])
        self.terms = partners.terms_for(
            partner_ids={one.partner_id for one in self.requests},
            benefit_ids={purse.benefit.id for purse in self.purses.values()},
        )
        self.partners = {one.partner.id: one.partner for one in self.terms}

    def judge(self) -> None:
        """Decide on each request in the order given; a later one sees what an earlier one took."""
        for position, request in enumerate(self.requests):
            digest = digest_of(request)
            posting = self.earlier.get(request.key)
            first = next((plan for plan in self.plans if plan.request.key == request.key), None)
            if posting is not None or first is not None:
                known = posting.digest if posting is not None else first.digest  # type: ignore[union-attr]
                if known != digest:
                    self.outcomes[position] = Refused(refusal=KeyReused())
                else:
                    self.twins.setdefault(request.key, []).append(position)
                continue
            plan_or_refusal = self._judge_one(request=request, digest=digest)
            if isinstance(plan_or_refusal, Refusal):
                self.outcomes[position] = Refused(refusal=plan_or_refusal)
            else:
                self.plans.append(plan_or_refusal)
                self.twins.setdefault(request.key, []).append(position)

    def _judge_one(self, *, request: AcceptanceRequest, digest: str) -> _Plan | Refusal:
        wish = (
            self._read_payment(request)
            if isinstance(request, Payment)
            else self._read_voucher(request)
        )
        if isinstance(wish, Refusal):
            return wish
        purse, partner = wish.purse, self._partner(request.partner_id)
        if isinstance(partner, Refusal):
            return partner
        terms = partners.agreement_in_force(
            terms=self.terms, partner_id=partner.id, benefit=purse.benefit
        )
        refusal = passes.vintage_refusal(
            vintage=purse.vintage, now=self.now
        ) or partners.status_refusal(partner=partner)
        if refusal is None and terms is None:
            refusal = partners.agreement_refusal(
                terms=self.terms,
                partner=partner,
                benefit=purse.benefit,
                vintage=purse.vintage,
            )
        if refusal is None and wish.voucher is None:
            refusal = passes.balance_refusal(purse=purse, amount_cents=wish.amount_cents)
        if refusal is not None:
            return refusal
        assert terms is not None
        return _Plan(
            request=request,
            digest=digest,
            channel=wish.channel,
            purse=self._spend(wish),
            partner=partner,
            terms=terms,
            voucher=wish.voucher,
            amount_cents=wish.amount_cents,
        )

    def _read_payment(self, request: Payment) -> _Wish | Refusal:
        purse = self.purses.get(request.purse_id)
        if purse is None or not self._is_own(purse):
            return PurseNotYours()
        return rules.amount_refusal(amount_cents=request.amount_cents) or _Wish(
            channel=request.channel,
            purse=purse,
            voucher=None,
            amount_cents=request.amount_cents,
        )

    def _read_voucher(self, request: VoucherAcceptance) -> _Wish | Refusal:
        voucher = self.vouchers.get(request.number)
        if voucher is None:
            return VoucherUnknown()
        refusal = rules.voucher_refusal(
            voucher=voucher, partner_id=request.partner_id, now=self.now
        )
        if isinstance(refusal, VoucherForAnotherPartner):
            self._note_attempt(voucher)
        return refusal or _Wish(
            channel=Channel.EXCHANGE_VOUCHER,
            purse=self.purses[voucher.purse_id],
            voucher=voucher,
            amount_cents=voucher.amount_cents,
        )

    def _spend(self, wish: _Wish) -> PurseTerms:
        """Take the value, in the eyes of the requests that follow; gives the purse after it."""
        spend = rules.spent_directly if wish.voucher is None else rules.spent_from_held
        purse, change = spend(wish.purse, wish.amount_cents)
        self.purses[purse.id] = purse
        self.changes.append(change)
        if wish.voucher is not None:
            self.vouchers[wish.voucher.number] = rules.redeemed(wish.voucher, now=self.now)
        return purse

    def _is_own(self, purse: PurseTerms) -> bool:
        return (
            self.actor.audience is Audience.PLATFORM
            or purse.beneficiary.id in self.actor.beneficiary_ids
        )

    def _partner(self, partner_id: int) -> PartnerRecord | Refusal:
        # Known from its agreements; a structure without one costs a statement and is refused.
        if partner_id not in self.partners:
            try:
                self.partners[partner_id] = partners.partner_by_id(partner_id=partner_id)
            except PartnerNotFound as refusal:
                return refusal
        return self.partners[partner_id]

    def _note_attempt(self, voucher: VoucherRecord) -> None:
        self.attempts.append(
            Entry(
                event="redemptions.voucher_of_another_tried",
                subject=f"voucher:{voucher.number}",
                actor=self.actor,
                after={"partner": self.actor.partner_id},
            )
        )

    def write(self) -> None:
        """Six statements, whatever the size of the group; the journal alone when all is refused."""
        made = self._insert_redemptions() if self.plans else []
        entries = list(self.attempts)
        for plan, redemption in zip(self.plans, made, strict=True):
            entries.append(
                Entry(
                    event="redemptions.accepted",
                    subject=f"redemption:{redemption.pk}",
                    actor=self.actor,
                    after={
                        "number": redemption.number,
                        "channel": plan.channel,
                        "amount_cents": plan.amount_cents,
                        "purse": plan.purse.id,
                        "partner": plan.partner.id,
                    },
                )
            )
        if entries:
            audit.record(entries=entries, now=self.now)

    def _insert_redemptions(self) -> list[Redemption]:
        made = Redemption.objects.bulk_create(
            Redemption(
                number=make_number(),
                barcode=make_barcode(),
                partner_id=plan.partner.id,
                agreement_id=plan.terms.id,
                purse_id=plan.purse.id,
                voucher_id=plan.voucher.id if plan.voucher else None,
                channel=plan.channel,
                amount_cents=plan.amount_cents,
                accepted_at=self.now,
                author_id=self.actor.user_id,
            )
            for plan in self.plans
        )
        ledger.post(
            postings=[
                NewPosting(
                    key=plan.request.key,
                    command=COMMAND,
                    digest=plan.digest,
                    subject=f"redemption:{redemption.pk}",
                    moves=(
                        Move(
                            source_id=plan.purse.purse_account_id
                            if plan.voucher is None
                            else plan.purse.held_account_id,
                            target_id=plan.terms.payable_account_id,
                            amount_cents=plan.amount_cents,
                        ),
                    ),
                )
                for plan, redemption in zip(self.plans, made, strict=True)
            ],
            now=self.now,
        )
        passes.change_purses(
            changes=rules.merged(self.changes),
            redeemed_voucher_ids=[plan.voucher.id for plan in self.plans if plan.voucher],
            now=self.now,
        )
        mails = [
            mail
            for plan, redemption in zip(self.plans, made, strict=True)
            for mail in about(
                event="accepted",
                number=redemption.number,
                amount_cents=plan.amount_cents,
                purse=plan.purse,
                partner=plan.partner,
                at=self.now,
            )
        ]
        changed = {partner_topic(plan.partner.id) for plan in self.plans}
        changed |= {person_topic(plan.purse.beneficiary.id) for plan in self.plans}
        notifications.enqueue(mails=mails, changed=changed, now=self.now)
        for plan, redemption in zip(self.plans, made, strict=True):
            first, *twins = self.twins.pop(plan.request.key)
            self._answer(redemption=redemption, position=first, replayed=False)
            for position in twins:
                self._answer(redemption=redemption, position=position, replayed=True)
        return made

    def answers(self) -> list[Outcome]:
        """One outcome a request, in the order given; earlier twins are read back."""
        if self.twins:
            subjects = {
                int(self.earlier[key].subject.removeprefix("redemption:")): positions
                for key, positions in self.twins.items()
            }
            for redemption in Redemption.objects.filter(pk__in=subjects):
                for position in subjects[redemption.pk]:
                    self._answer(redemption=redemption, position=position, replayed=True)
        return [self.outcomes[position] for position in range(len(self.requests))]

    def _answer(self, *, redemption: Redemption, position: int, replayed: bool) -> None:
        self.outcomes[position] = Accepted(
            redemption_id=redemption.pk,
            number=redemption.number,
            amount_cents=redemption.amount_cents,
            replayed=replayed,
        )
