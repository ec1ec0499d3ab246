"""Secrets, cookies, passwords and headers."""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from tessere.config.environment import (
    MODE,
    ConfigurationError,
    Mode,
    flag,
    text,
    var_folder,
)

_HTTPS = flag("TESSERE_HTTPS", default=MODE is Mode.PRODUCTION)
# Chromium 66 and curl drop a cookie of this prefix on http://*.localhost.
_PREFIX = "__Host-" if _HTTPS else ""


def _kept_secret(path: Path) -> str:
    """A secret made at the first start and kept beside the data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secret := secrets.token_urlsafe(50))
    return secret


def _secret_key() -> str:
    given = text("SECRET_KEY")
    if given:
        return given
    if MODE is Mode.PRODUCTION:
        raise ConfigurationError("SECRET_KEY is needed in production")
    return _kept_secret(var_folder() / "secret_key")


SECRET_KEY = _secret_key()


def _sealing_keys() -> list[str]:
    given = text("TESSERE_SEALING_KEYS")
    if given:
        return given.split()
    if MODE is Mode.PRODUCTION:
        raise ConfigurationError("TESSERE_SEALING_KEYS is needed in production")
    seed = hashlib.sha256(f"sealing:{SECRET_KEY}".encode()).digest()
    return [base64.urlsafe_b64encode(seed).decode()]


# The first key seals, every key opens: put a new one in front, drop an old one once unused.
TESSERE_SEALING_KEYS = _sealing_keys()
# How the installation is reached from outside: for links in mails and QR codes.
TESSERE_PUBLIC_SCHEME = "https" if _HTTPS else "http"
TESSERE_PUBLIC_PORT = text("TESSERE_PUBLIC_PORT", "" if _HTTPS else text("PORT", "8000"))
DEBUG = flag("TESSERE_DEBUG", default=False)
# The gate answers only to the hosts of tenants, which are rows and not settings.
ALLOWED_HOSTS = ["*"]

SESSION_COOKIE_NAME = f"{_PREFIX}session"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tessere.gate.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
X_FRAME_OPTIONS = "DENY"

PASSWORD_HASHERS = [
    # A test signs in a thousand times: there, a cheap hash of the same kind of interface.
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if MODE is Mode.TEST else []),
    "tessere.domains.identity.hashing.Argon2Hasher",
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
