"""Who asks. Built by the gate for people, by commands and the scheduler for the platform."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


class Audience(StrEnum):
    """The kinds of people and machines that the platform knows."""

    ANYONE = "anyone"
    PARTNER = "partner"
    BENEFICIARY = "beneficiary"
    PLATFORM = "platform"


class NotPermitted(Refusal):
    """The actor lacks the permission of this use case."""

    code = "foundation.not_permitted"
    short_code = "TES-03"
    message = _("Votre profil ne permet pas cette action.")
    next_step = _("Demandez à l’administrateur de votre structure.")
    status = 403


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person or the platform itself, with what they may do in one tenant.

    `partner_id` is the structure on whose behalf a partner user acts; `beneficiary_ids` are the
    people for whom a beneficiary's account may act.
    """

    tenant_id: int
    audience: Audience
    user_id: int | None = None
    label: str = ""
    partner_id: int | None = None
    role: str = ""
    beneficiary_ids: frozenset[int] = frozenset()
    permissions: Collection[str] = field(default_factory=frozenset)
    address: str = ""

    def may(self, permission: str) -> bool:
        """Whether the actor holds a permission, `room.use_case`."""
        return self.audience is Audience.PLATFORM or permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise NotPermitted unless the actor holds the permission."""
        if not self.may(permission):
            raise NotPermitted


def platform(*, tenant_id: int, label: str = "tessere") -> Actor:
    """The platform acting by itself: the scheduler, the relay, the command line."""
    return Actor(tenant_id=tenant_id, audience=Audience.PLATFORM, label=label)
