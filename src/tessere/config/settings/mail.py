"""How mail leaves: to an SMTP server when one is named, else to files of the local inbox."""

from tessere.config.environment import (
    MODE,
    ConfigurationError,
    Mode,
    flag,
    number,
    text,
    var_folder,
)


def _needed(name: str, *, example: str, otherwise: str = "") -> str:
    """A variable without which production would keep its mails to itself."""
    given = text(name)
    if not given and MODE is Mode.PRODUCTION:
        raise ConfigurationError(f"{name} is needed in production. Set: {name}={example}")
    return given or otherwise


EMAIL_HOST = _needed("SMTP_HOST", example="smtp.example.org")
EMAIL_PORT = number("SMTP_PORT", 587)
EMAIL_HOST_USER = text("SMTP_USER")
EMAIL_HOST_PASSWORD = text("SMTP_PASSWORD")
EMAIL_USE_TLS = flag("SMTP_STARTTLS", default=EMAIL_PORT == 587)
EMAIL_TIMEOUT = 10
EMAIL_USE_LOCALTIME = True
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "tessere.adapters.inbox.InboxBackend"
)
EMAIL_FILE_PATH = str(var_folder() / "mail")
DEFAULT_FROM_EMAIL = _needed(
    "MAIL_FROM",
    example="ne-pas-repondre@example.org",
    otherwise="ne-pas-repondre@localhost",
)
