from tessere.domains.partners.models import (
    Agreement,
    AgreementBenefit,
    BankAccount,
    Member,
    Partner,
)
from tessere.domains.partners.types import (
    AGREEMENT_STATUS_WORDS,
    Address,
    AgreementRecord,
    AgreementStatus,
    MembershipRecord,
    PartnerRecord,
    PartnerRole,
    PartnerStatus,
    StructureRecord,
    UnknownPartnerCode,
)
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
    """One structure."""
    return partner_record(Partner.objects.get(pk=partner_id))


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
    members = (
        Member.objects.filter(user_id=user_id).select_related("partner").order_by("pk")
    )
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
    ordered = sorted(
        found.order_by("-requested_on", "-pk"), key=lambda a: a.status != "accepted"
    )
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
    return sorted(
        (partner_record(one) for one in found.values()), key=lambda one: one.name
    )


@reading
def benefits_accepted_by(*, partner_id: int) -> frozenset[int]:
    """The benefits for which a structure has an accepted agreement."""
    links = AgreementBenefit.objects.filter(
        agreement__partner_id=partner_id, agreement__status=AgreementStatus.ACCEPTED
    )
    return frozenset(links.values_list("benefit_id", flat=True))


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
