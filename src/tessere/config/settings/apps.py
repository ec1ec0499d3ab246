"""What the installation is made of."""

from tessere.config.environment import MODE, Mode

# Bottom to top: a room refers only to rooms before it.
ROOMS = [
    "tessere.domains.tenants",
    "tessere.domains.audit",
    "tessere.domains.files",
    "tessere.domains.branding",
    "tessere.domains.notifications",
    "tessere.domains.identity",
    "tessere.domains.exports",
    "tessere.domains.ledger",
    "tessere.domains.programmes",
    "tessere.domains.partners",
    "tessere.domains.beneficiaries",
    "tessere.domains.passes",
    "tessere.domains.redemptions",
]

PORTALS = [
    "tessere.portals.public",
    "tessere.portals.partner",
    "tessere.portals.beneficiary",
]

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "tessere.ui",
    *ROOMS,
    *PORTALS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tessere.gate.headers.HeadersMiddleware",
    "tessere.gate.tenant.TenantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tessere.gate.errors.ErrorPagesMiddleware",
]

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["tessere.gate.sessions.WalledUsers"]
SESSION_ENGINE = "tessere.domains.identity.sessions"
ROOT_URLCONF = "tessere.config.urls"
# Where the tenants are listed for whoever tries the software; in production nobody is told.
TESSERE_BARE_HOSTS = (
    frozenset() if MODE is Mode.PRODUCTION else frozenset({"localhost", "127.0.0.1", "[::1]"})
)
ASGI_APPLICATION = "tessere.config.asgi.application"

# Jobs are looked for once a second: a notification per job would serialise commits.
PROCRASTINATE_WORKER_DEFAULTS = {
    "fetch_job_polling_interval": 1.0,
    "listen_notify": False,
    "delete_jobs": "successful",
    "concurrency": 2,
}

SILENCED_SYSTEM_CHECKS = [
    # An e-mail address names one user of a tenant, not of the installation.
    "auth.E003",
    "auth.W004",
]
