"""Addresses of pages, for mails and documents: a room names a page, it never knows URLs."""

from django.conf import settings
from django.urls import reverse


def path_to(name: str, **arguments: object) -> str:
    """The path of a page by its name, `portal:room:use_case`."""
    return reverse(name, kwargs=arguments)


def base_url(*, host: str) -> str:
    """Where a tenant's host is reached from outside, without a final slash."""
    port = settings.TESSERE_PUBLIC_PORT
    return f"{settings.TESSERE_PUBLIC_SCHEME}://{host}{f':{port}' if port else ''}"


def partner_qr_url(*, host: str, code: str, check: str) -> str:
    """What a partner's QR code holds: the tenant's page to pay this partner, and nothing secret."""
    return f"{base_url(host=host)}{path_to('beneficiary:redemptions:scan', code=code, check=check)}"


def voucher_qr_url(*, host: str, number: str, proof: str) -> str:
    """What the QR code of a bon holds: the partner's page that accepts it."""
    path = path_to("partner:redemptions:scan", number=number, proof=proof)
    return f"{base_url(host=host)}{path}"
