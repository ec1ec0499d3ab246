from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


class PartnerStatus(StrEnum):
    """Where a structure stands."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"


class PartnerRole(StrEnum):
    """What a member may do in its structure."""

    ADMIN = "admin"
    CASHIER = "cashier"


PARTNER_ROLE_WORDS = {
    PartnerRole.ADMIN: _("Profil administrateur"),
    PartnerRole.CASHIER: _("Profil utilisateur"),
}


class AgreementStatus(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    REQUESTED = "requested"
    UNDER_REVIEW = "under_review"
    MORE_INFORMATION = "more_information"
    TO_SIGN = "to_sign"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    REFUSED = "refused"


AGREEMENT_STATUS_WORDS = {
    AgreementStatus.DRAFT: _("Brouillon"),
    AgreementStatus.REQUESTED: _("Demandée"),
    AgreementStatus.UNDER_REVIEW: _("En cours d’examen"),
    AgreementStatus.MORE_INFORMATION: _("Complément demandé"),
    AgreementStatus.TO_SIGN: _("À signer"),
    AgreementStatus.ACCEPTED: _("Acceptée"),
    AgreementStatus.SUSPENDED: _("Suspendue"),
    AgreementStatus.TERMINATED: _("Résiliée"),
    AgreementStatus.EXPIRED: _("Expirée"),
    AgreementStatus.REFUSED: _("Refusée"),
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """A French postal address in the guide's four fields."""

    street: str
    complement: str
    postcode: str
    town: str


@dataclass(frozen=True, kw_only=True)
class NewPartner:
    """What a structure gives when it enters."""

    legal_name: str
    siret: str
    administrative_email: str
    head_office: Address
    trade_name: str = ""
    activity_address: Address | None = None
    phone: str = ""
    website: str = ""
    code: str = ""
    wants_mail: bool = True


def browsable(address: str) -> str:
    """A website's address, where a browser may follow it; else nothing."""
    return address if address.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, kw_only=True)
class PartnerRecord:
    """A structure as screens show it. `name` and `place` follow the guide's defaults."""

    id: int
    code: str
    name: str
    legal_name: str
    status: PartnerStatus
    place: Address
    contact_email: str
    wants_mail: bool

    @property
    def is_suspended(self) -> bool:
        """Whether every payment to the structure is refused at present."""
        return self.status is PartnerStatus.SUSPENDED


@dataclass(frozen=True, kw_only=True)
class DirectoryEntry:
    """A structure as anybody may see it: nothing administrative, nothing of its bank (S1-46)."""

    code: str
    name: str
    place: Address
    email: str
    phone: str
    website_url: str
    benefits: tuple[str, ...]
    icon: str
    tile: str

    @property
    def map_url(self) -> str:
        """Where a map that is not ours shows the address, for those who ask for it (ADR 0011)."""
        place = f"{self.place.street}, {self.place.postcode} {self.place.town}"
        return f"https://www.openstreetmap.org/search?{urlencode({'query': place})}"


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """A page of structures, and how many a search finds on all pages."""

    rows: list[DirectoryEntry]
    total: int


@dataclass(frozen=True, kw_only=True)
class MembershipRecord:
    """A user's place in a structure."""

    partner_id: int
    partner_name: str
    partner_status: PartnerStatus
    role: PartnerRole


@dataclass(frozen=True, kw_only=True)
class AgreementRecord:
    """An agreement with its benefits."""

    id: int
    code: str
    partner_id: int
    vintage_id: int
    vintage_label: str
    benefit_names: tuple[str, ...]
    status: AgreementStatus
    status_words: str
    requested_on: date
    signed_on: date | None
    status_on: date


@dataclass(frozen=True, kw_only=True)
class AgreementTerms:
    """What the acceptance of value needs to know of an agreement."""

    id: int
    partner: PartnerRecord
    benefit_ids: frozenset[int]
    status: AgreementStatus
    payable_account_id: int


@dataclass(frozen=True, kw_only=True)
class StructureRecord:
    """The whole record of a structure, for its own administrators."""

    partner: PartnerRecord
    siret: str
    department: str
    administrative_email: str
    head_office: Address
    activity_address: Address | None
    phone: str
    website: str
    bank_holder: str
    bank_name: str
    iban_end: str

    @property
    def website_url(self) -> str:
        """Where the website may be opened; empty for an address that no browser should follow."""
        return browsable(self.website)


@dataclass(frozen=True, kw_only=True)
class GuessState:
    """How many unknown codes were typed today, and whether the last one locked typed entry."""

    misses: int
    locked: bool


@dataclass(frozen=True, kw_only=True)
class TypedEntry:
    """Whether codes may be typed at present (decision D17)."""

    locked: bool
    wait_seconds: int


@dataclass(frozen=True, kw_only=True)
class ThemeCount:
    """A theme and how many structures accept something of it today."""

    name: str
    icon: str
    tile: str
    structures: int


class PartnerNotFound(Refusal):
    """No structure of the tenant has this id."""

    code = "partners.not_found"
    short_code = "PAR-07"
    message = _("Ce partenaire n’existe pas. Rien n’a été débité.")
    next_step = _("Choisissez un partenaire de la liste.")
    status = 404


class UnknownPartnerCode(Refusal):
    """No partner of the tenant has this code."""

    code = "partners.unknown_code"
    short_code = "PAR-01"
    message = _("Aucun partenaire n’a ce code.")
    next_step = _("Relisez les 9 chiffres écrits sous le QR code, zéros compris.")
    status = 404


class PartnerCodeMistyped(Refusal):
    """What was typed is not nine digits."""

    code = "partners.code_mistyped"
    short_code = "PAR-03"
    message = _("Un code partenaire a 9 chiffres.")
    next_step = _("Relisez-le sous le QR code : les zéros du début comptent.")
    status = 400


class PartnerCodeAltered(Refusal):
    """A scanned code does not fit its check characters."""

    code = "partners.code_altered"
    short_code = "PAR-04"
    message = _("Ce QR code a été modifié ou abîmé.")
    next_step = _("Demandez au partenaire son code à 9 chiffres et tapez-le.")
    status = 400


class PartnerSuspended(Refusal):
    """The structure may not accept value at present."""

    code = "partners.suspended"
    short_code = "PAR-02"
    message = _("%(partner)s n’accepte pas le pass en ce moment. Rien n’a été débité.")
    next_step = _("Choisissez un autre partenaire, ou réglez autrement.")


class TooManyUnknownCodes(Refusal):
    """Typed entry is slowed down after ten unknown codes in a day."""

    code = "partners.too_many_unknown_codes"
    short_code = "TES-17"
    message = _("Plusieurs numéros inconnus ont été saisis à la suite.")
    next_step = _("Attendez %(seconds)s s avant le prochain essai, ou scannez le QR code.")
    status = 429


class TypedEntryLocked(Refusal):
    """Typed entry is locked after thirty unknown codes in a day."""

    code = "partners.typed_entry_locked"
    short_code = "TES-18"
    message = _("La saisie de numéros est bloquée : trop de numéros inconnus aujourd’hui.")
    next_step = _(
        "Le scan fonctionne toujours. Un administrateur de la structure peut rouvrir la saisie."
    )
    status = 429


class SiretInvalid(Refusal):
    """The check digits do not fit: La Poste's own rule included."""

    code = "partners.siret_invalid"
    short_code = "PAR-06"
    message = _("Ce n° Siret n’est pas valable.")
    next_step = _("Relisez ses 14 chiffres sur un avis de situation ou une facture.")
    status = 400


class SiretTaken(Refusal):
    """Another structure of the tenant has this SIRET."""

    code = "partners.siret_taken"
    short_code = "PAR-05"
    message = _("Cette structure est déjà inscrite.")
    next_step = _("Vous venez d’envoyer cette demande ? Regardez vos mails.")


class NoAgreement(Refusal):
    """The partner may not accept this benefit in this vintage."""

    code = "partners.no_agreement"
    short_code = "CON-01"
    message = _(
        "%(partner)s n’a pas de convention pour %(benefit)s en %(vintage)s. Rien n’a été débité."
    )
    next_step = _("Choisissez un autre e.coupon ou un autre partenaire.")


class AgreementNotInForce(Refusal):
    """The partner's agreement for this benefit was suspended, ended or not yet accepted."""

    code = "partners.agreement_not_in_force"
    short_code = "CON-02"
    message = _(
        "La convention %(benefit)s avec %(partner)s n’est pas en vigueur (%(state)s). "
        "Rien n’a été débité."
    )
    next_step = _("Le partenaire peut en demander une nouvelle depuis son espace.")
