"""Whom the account pays, carried from step to step in the address and checked again at each."""

from dataclasses import dataclass

from django.utils.crypto import constant_time_compare

from tessere.domains.partners.types import PartnerRecord, UnknownPartnerCode
from tessere.domains.redemptions import queries
from tessere.domains.redemptions.types import Channel
from tessere.foundation.actor import Actor
from tessere.foundation.sealing import proof_of

_WAYS = {"qr": Channel.PARTNER_QR, "code": Channel.PARTNER_CODE}


class WayConverter:
    """The part of an address that says how the structure was found."""

    regex = "|".join(_WAYS)

    def to_python(self, value: str) -> Channel:
        """The channel."""
        return _WAYS[value]

    def to_url(self, value: Channel) -> str:
        """Its word."""
        return next(word for word, channel in _WAYS.items() if channel is value)


@dataclass(frozen=True, kw_only=True)
class Payee:
    """A structure, and how it was found."""

    partner: PartnerRecord
    channel: Channel
    check: str


def scanned(*, code: str, check: str) -> Payee:
    """The structure of a QR code. Errors: those of `redemptions.queries.payee`."""
    partner = queries.payee(code=code, check=check)
    return Payee(partner=partner, channel=Channel.PARTNER_QR, check=check)


def typed(*, actor: Actor, partner: PartnerRecord) -> Payee:
    """The structure whose code was typed and found."""
    check = _typed_proof(actor=actor, code=partner.code)
    return Payee(partner=partner, channel=Channel.PARTNER_CODE, check=check)


def read_payee(*, actor: Actor, way: Channel, code: str, check: str, judged: bool = True) -> Payee:
    """The structure that an address of steps 2 and 3 names.

    A typed code carries a proof that this account typed it, so that codes cannot be tried here
    without being counted. A payment is not `judged` here but by its service, which knows whether
    the same one was made before. Errors: those of `redemptions.queries.payee`.
    """
    find = queries.payee if judged else queries.structure_with_code
    if way is Channel.PARTNER_QR:
        return Payee(partner=find(code=code, check=check), channel=way, check=check)
    if not constant_time_compare(check, _typed_proof(actor=actor, code=code)):
        raise UnknownPartnerCode
    return Payee(partner=find(code=code), channel=way, check=check)


def _typed_proof(*, actor: Actor, code: str) -> str:
    return proof_of(purpose="payee", text=f"{actor.tenant_id}:{actor.user_id}:{code}")
