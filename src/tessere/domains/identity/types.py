from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal

MINIMUM_PASSWORD_LENGTH = 12
MAXIMUM_PASSWORD_LENGTH = 128


class PasswordRule(StrEnum):
    """The parts of the password rule, in the order in which they are shown."""

    LENGTH = "length"
    UPPER = "upper"
    LOWER = "lower"
    DIGIT = "digit"
    SPECIAL = "special"


PASSWORD_RULE_WORDS = {
    PasswordRule.LENGTH: _("12 caractères au minimum, 128 au maximum"),
    PasswordRule.UPPER: _("au moins 1 majuscule"),
    PasswordRule.LOWER: _("au moins 1 minuscule"),
    PasswordRule.DIGIT: _("au moins 1 chiffre"),
    PasswordRule.SPECIAL: _("au moins 1 caractère spécial (espace exclu)"),
}


class LinkPurpose(StrEnum):
    """What a single-use link in a mail is for."""

    ACTIVATION = "activation"
    RESET = "reset"


@dataclass(frozen=True, kw_only=True)
class UserRecord:
    """A user as other rooms may know it."""

    id: int
    email: str
    first_name: str
    last_name: str
    is_active: bool
    activated_at: datetime | None
    must_change_password: bool

    @property
    def full_name(self) -> str:
        """First and last name, as on the screens."""
        return f"{self.first_name} {self.last_name}".strip()


class SignInRefused(Refusal):
    """Wrong address, wrong password, not activated or disabled: the answer is the same."""

    code = "identity.sign_in_refused"
    short_code = "CNX-01"
    message = _("Adresse ou mot de passe incorrect.")
    next_step = _("Vérifiez votre saisie, ou choisissez « Mot de passe oublié ? ».")
    status = 400


class SignInSlowedDown(Refusal):
    """Too many failures for this address or from this place."""

    code = "identity.sign_in_slowed_down"
    short_code = "CNX-02"
    message = _("Trop d’essais pour le moment.")
    next_step = _(
        "Attendez %(minutes)s min avant de recommencer, ou choisissez « Mot de passe oublié ? » : "
        "un nouveau mot de passe rouvre l’accès tout de suite."
    )
    status = 429


class LinkNotValid(Refusal):
    """An activation or reset link that was used, has expired or was altered."""

    code = "identity.link_not_valid"
    short_code = "CNX-03"
    message = _("Ce lien a déjà servi ou n’est plus valable.")
    next_step = _("Demandez-en un nouveau : il arrive par mail en quelques minutes.")
    status = 410


class PasswordTooWeak(Refusal):
    """The password breaks the rule; `faults` says where."""

    code = "identity.password_too_weak"
    short_code = "CNX-04"
    message = _("Ce mot de passe ne suit pas toutes les règles.")
    next_step = _("Corrigez les points signalés.")
    status = 400

    def __init__(self, faults: list[PasswordRule]) -> None:
        super().__init__()
        self.faults = faults


class WrongCurrentPassword(Refusal):
    """The current password, asked before a change, is not the right one."""

    code = "identity.wrong_current_password"
    short_code = "CNX-05"
    message = _("Votre mot de passe actuel n’est pas celui-là.")
    next_step = _("Relisez-le avec l’œil à droite du champ.")
    status = 400


class AddressTaken(Refusal):
    """Another user of the tenant has this e-mail address."""

    code = "identity.address_taken"
    short_code = "CNX-06"
    message = _("Cette adresse email a déjà un compte.")
    next_step = _("Connectez-vous, ou choisissez « Mot de passe oublié ? ».")


class TooManyHashes(Refusal):
    """More people at once than this machine has time for; nothing was looked at."""

    code = "identity.too_many_hashes"
    short_code = "CNX-07"
    message = _("Beaucoup de personnes se connectent en ce moment. Rien n’a été enregistré.")
    next_step = _("Attendez quelques secondes et recommencez.")
    status = 503
