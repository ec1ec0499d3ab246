"""What ACCUEIL shows beside its form."""

from datetime import datetime
from typing import Any

from tessere.domains.partners import queries as partners
from tessere.domains.redemptions import queries as redemptions
from tessere.foundation.actor import Actor
from tessere.foundation.codes import partner_code_check
from tessere.foundation.links import base_url, partner_qr_url, path_to
from tessere.portals.partner.base import KEPT

_SHOWN = 4


def home_context(*, host: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """The structure, its QR code, its figures, and whether numbers may be typed."""
    assert actor.partner_id is not None
    structure = partners.partner_by_id(partner_id=actor.partner_id)
    check = partner_code_check(structure.code)
    return {
        "structure": structure,
        "keep_url": path_to(KEPT),
        "qr_url": partner_qr_url(host=host, code=structure.code, check=check),
        "pattern": _pattern(host),
        "typing": redemptions.typed_entry_of_partner(partner_id=structure.id, now=now),
        "may_reopen": actor.may("redemptions.reopen_typed_entry"),
        **waiting_context(partner_id=structure.id, now=now),
    }


def waiting_context(*, partner_id: int, now: datetime) -> dict[str, Any]:
    """What changes while the page is open."""
    last = redemptions.redemptions_of_partner(partner_id=partner_id, page=1, size=_SHOWN)
    return {
        "now": now,
        "totals": redemptions.totals_of_partner(partner_id=partner_id, now=now),
        "last": last.rows,
        "runs": redemptions.awaited_runs_of_partner(partner_id=partner_id, now=now),
    }


def _pattern(host: str) -> str:
    """What the page's camera may take: the QR code of a bon of this tenant, or a bare number."""
    home = (base_url(host=host) + path_to("partner:redemptions:home")).replace(".", r"\.")
    return rf"{home}voucher/[0-9A-Z]{{9}}/[0-9A-Z]{{6}}/|[0-9A-Za-z ]{{9,13}}"
