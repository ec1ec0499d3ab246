from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat

from tessere.domains.partners.models import (
    Agreement,
    AgreementBenefit,
    BankAccount,
    CodeGuess,
    Member,
    Partner,
)
from tessere.domains.partners.rules import wait_after
from tessere.domains.partners.types import (
    AGREEMENT_STATUS_WORDS,
    Address,
    AgreementRecord,
    AgreementStatus,
    DirectoryEntry,
    DirectoryPage,
    MembershipRecord,
    PartnerNotFound,
    PartnerRecord,
    PartnerRole,
    PartnerStatus,
    StructureRecord,
    ThemeCount,
    TypedEntry,
    UnknownPartnerCode,
    browsable,
)
from tessere.domains.programmes.queries import reimbursement_terms
from tessere.domains.programmes.types import ReimbursementTerms, VintageStatus
from tessere.foundation.clock import local_date
from tessere.foundation.db.text import Folded, holds_words
from tessere.foundation.use_case import reading


def _head_office(partner: Partner) -> Address:
    return Address(
        street=partner.head_office_street,
        complement=partner.head_office_complement,
        postcode=partner.head_office_postcode,
        town=partner.head_office_town,
    )


def _activity_address(partner: Partner) -> Address | None:
    if not partner.activity_street:
        return None
    return Address(
        street=partner.activity_street,
        complement=partner.activity_complement,
        postcode=partner.activity_postcode,
        town=partner.activity_town,
    )


def partner_record(partner: Partner) -> PartnerRecord:
    """The record of a structure, with the guide's defaults for its name and place."""
    return PartnerRecord(
        id=partner.pk,
        code=partner.code,
        name=partner.trade_name or partner.legal_name,
        legal_name=partner.legal_name,
        status=PartnerStatus(partner.status),
        place=_activity_address(partner) or _head_office(partner),
        contact_email=partner.administrative_email,
        wants_mail=partner.wants_mail,
    )


@reading
def partner_by_id(*, partner_id: int) -> PartnerRecord:
    """One structure; PartnerNotFound without one."""
    partner = Partner.objects.filter(pk=partner_id).first()
    if partner is None:
        raise PartnerNotFound
    return partner_record(partner)


@reading
def partners_by_id(*, partner_ids: set[int]) -> dict[int, PartnerRecord]:
    """Structures by their ids."""
    found = Partner.objects.filter(pk__in=partner_ids)
    return {partner.pk: partner_record(partner) for partner in found}


@reading
def partner_by_code(*, code: str) -> PartnerRecord:
    """The structure with this public code; UnknownPartnerCode without one."""
    partner = Partner.objects.filter(code=code).first()
    if partner is None:
        raise UnknownPartnerCode
    return partner_record(partner)


@reading
def memberships_of(*, user_id: int) -> list[MembershipRecord]:
    """The structures in which a user has a place, oldest first."""
    members = Member.objects.filter(user_id=user_id).select_related("partner").order_by("pk")
    return [
        MembershipRecord(
            partner_id=member.partner_id,
            partner_name=str(member.partner),
            partner_status=PartnerStatus(member.partner.status),
            role=PartnerRole(member.role),
        )
        for member in members
    ]


@reading
def agreements_of(*, partner_id: int) -> list[AgreementRecord]:
    """The agreements of a structure with their benefits: accepted first, then the newest."""
    found = Agreement.objects.filter(partner_id=partner_id).select_related("vintage")
    names: dict[int, list[str]] = {}
    links = AgreementBenefit.objects.filter(agreement__partner_id=partner_id)
    for link in links.select_related("benefit").order_by("benefit__name", "pk"):
        names.setdefault(link.agreement_id, []).append(link.benefit.name)
    ordered = sorted(found.order_by("-requested_on", "-pk"), key=lambda a: a.status != "accepted")
    return [
        AgreementRecord(
            id=agreement.pk,
            code=agreement.code,
            partner_id=agreement.partner_id,
            vintage_id=agreement.vintage_id,
            vintage_label=agreement.vintage.label,
            benefit_names=tuple(names.get(agreement.pk, [])),
            status=AgreementStatus(agreement.status),
            status_words=str(AGREEMENT_STATUS_WORDS[AgreementStatus(agreement.status)]),
            requested_on=agreement.requested_on,
            signed_on=agreement.signed_on,
            status_on=agreement.status_on,
        )
        for agreement in ordered
    ]


@reading
def partners_accepting(*, benefit_id: int) -> list[PartnerRecord]:
    """Active structures whose accepted agreement holds this benefit, by name."""
    links = AgreementBenefit.objects.filter(
        benefit_id=benefit_id,
        agreement__status=AgreementStatus.ACCEPTED,
        agreement__partner__status=PartnerStatus.ACTIVE,
    ).select_related("agreement__partner")
    found = {link.agreement.partner_id: link.agreement.partner for link in links}
    return sorted((partner_record(one) for one in found.values()), key=lambda one: one.name)


@reading
def places_by_benefit(*, benefit_ids: set[int]) -> dict[int, int]:
    """How many active structures accept each of these benefits."""
    links = AgreementBenefit.objects.filter(
        benefit_id__in=benefit_ids,
        agreement__status=AgreementStatus.ACCEPTED,
        agreement__partner__status=PartnerStatus.ACTIVE,
    )
    counts = links.values_list("benefit_id").annotate(Count("agreement__partner_id", distinct=True))
    return dict(counts.order_by())


@reading
def structure(*, partner_id: int) -> StructureRecord:
    """The whole record of a structure, bank details reduced to what may be shown."""
    partner = Partner.objects.get(pk=partner_id)
    bank = BankAccount.objects.filter(partner_id=partner_id).first()
    return StructureRecord(
        partner=partner_record(partner),
        siret=partner.siret,
        department=partner.department,
        administrative_email=partner.administrative_email,
        head_office=_head_office(partner),
        activity_address=_activity_address(partner),
        phone=partner.phone,
        website=partner.website,
        bank_holder=bank.holder_name if bank else "",
        bank_name=bank.bank_name if bank else "",
        iban_end=bank.iban_end if bank else "",
    )


def _accepting_today(today: date) -> Any:
    return AgreementBenefit.objects.filter(
        agreement__status=AgreementStatus.ACCEPTED,
        agreement__partner__status=PartnerStatus.ACTIVE,
        agreement__vintage__status=VintageStatus.OPEN,
        agreement__vintage__starts_on__lte=today,
        agreement__vintage__ends_on__gte=today,
    )


@reading
def count_accepting(*, today: date) -> int:
    """How many structures accept at least one e-coupon today."""
    return _accepting_today(today).aggregate(count=Count("agreement__partner_id", distinct=True))[
        "count"
    ]


@reading
def themes_accepted(*, today: date) -> list[ThemeCount]:
    """The themes in which something can be spent today, those with most structures first."""
    found = (
        _accepting_today(today)
        .values(
            name=F("benefit__theme__name"),
            icon=F("benefit__theme__icon"),
            tile=F("benefit__theme__tile"),
        )
        .annotate(structures=Count("agreement__partner_id", distinct=True))
        .order_by("-structures", "name")
    )
    return [ThemeCount(**row) for row in found]


@reading
def reimbursement_terms_of(*, partner_id: int, today: date) -> list[ReimbursementTerms]:
    """When and how fast each programme of a structure's accepted agreements reimburses it."""
    agreements = (
        Agreement.objects.filter(partner_id=partner_id, status=AgreementStatus.ACCEPTED)
        .select_related("vintage__programme")
        .order_by("vintage__programme_id")
    )
    programmes = {one.vintage.programme_id: one.vintage.programme for one in agreements}
    return [reimbursement_terms(programme, today=today) for programme in programmes.values()]


@reading
def typed_entry(*, subject: str, now: datetime) -> TypedEntry:
    """Whether a subject (`partner:12`) may type codes at present, or for how long it must wait."""
    guess = CodeGuess.objects.filter(subject=subject).first()
    if guess is None or (guess.locked_at is None and guess.day != local_date(now)):
        return TypedEntry(locked=False, wait_seconds=0)
    rest = guess.last_miss + wait_after(misses=guess.misses) - now
    return TypedEntry(
        locked=guess.locked_at is not None,
        wait_seconds=max(0, -(-rest // timedelta(seconds=1))),
    )


# What people look for: the name on the door, the place where they go.
_SEARCHED = Folded(
    Concat(
        F("trade_name"),
        Value(" "),
        F("legal_name"),
        Value(" "),
        F("activity_postcode"),
        Value(" "),
        F("activity_town"),
        Value(" "),
        F("head_office_postcode"),
        Value(" "),
        F("head_office_town"),
    )
)


def _found(*, words: str, theme: str, today: date) -> Any:
    """Structures that accept something today, whose name, place or theme hold the words."""
    links = _accepting_today(today)
    if theme:
        links = links.filter(benefit__theme__name=theme)
    found = Partner.objects.filter(pk__in=links.values("agreement__partner_id"))
    found = found.alias(searched=_SEARCHED)
    for word in words.replace("\x00", " ").split():
        spent_on = _accepting_today(today).alias(
            offered=Folded(Concat(F("benefit__name"), Value(" "), F("benefit__theme__name")))
        )
        named = holds_words("searched", word)
        offering = spent_on.filter(holds_words("offered", word)).values("agreement__partner_id")
        found = found.filter(named | Q(pk__in=offering))
    return found.alias(shown=Folded(Concat(F("trade_name"), F("legal_name")))).order_by(
        "shown", "pk"
    )


def _entries(partners: Iterable[Partner], *, today: date) -> list[DirectoryEntry]:
    shown = list(partners)
    links = (
        _accepting_today(today)
        .filter(agreement__partner_id__in=[one.pk for one in shown])
        .select_related("agreement", "benefit__theme")
        .order_by("benefit__name")
    )
    accepted: dict[int, list[AgreementBenefit]] = {}
    for link in links:
        accepted.setdefault(link.agreement.partner_id, []).append(link)
    return [_entry(one, accepted[one.pk]) for one in shown]


def _entry(partner: Partner, accepted: list[AgreementBenefit]) -> DirectoryEntry:
    record = partner_record(partner)
    theme = accepted[0].benefit.theme
    return DirectoryEntry(
        code=record.code,
        name=record.name,
        place=record.place,
        email=partner.public_email,
        phone=partner.phone,
        website_url=browsable(partner.website),
        benefits=tuple(dict.fromkeys(link.benefit.name for link in accepted)),
        icon=theme.icon,
        tile=theme.tile,
    )


@reading
def directory(*, words: str, theme: str, today: date, page: int, size: int) -> DirectoryPage:
    """The structures that a resident looks for, by name; a page too far is the last one (S1-48)."""
    found = _found(words=words, theme=theme, today=today)
    total = found.count()
    start = size * (min(page, max(1, -(-total // size))) - 1)
    return DirectoryPage(rows=_entries(found[start : start + size], today=today), total=total)


@reading
def directory_entry(*, code: str, today: date) -> DirectoryEntry | None:
    """One structure of the directory."""
    found = _found(words="", theme="", today=today).filter(code=code).first()
    return _entries([found], today=today)[0] if found else None
