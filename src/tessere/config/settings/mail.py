"""How mail leaves: to an SMTP server when one is named, else to files of the local inbox."""

from tessere.config.environment import flag, number, text, var_folder

EMAIL_HOST = text("SMTP_HOST")
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
DEFAULT_FROM_EMAIL = text("MAIL_FROM", "ne-pas-repondre@localhost")
