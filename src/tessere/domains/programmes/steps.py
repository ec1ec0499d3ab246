from datetime import date

from tessere.domains.ledger.steps import open_accounts
from tessere.domains.ledger.types import AccountKind
from tessere.domains.programmes.models import Benefit, Programme, Theme, Vintage
from tessere.domains.programmes.types import VintageStatus


def create_programme(*, authority_id: int, name: str, voucher_days: int = 30) -> int:
    """Add a balance programme of an authority. Gives its id."""
    return Programme.objects.create(
        authority_id=authority_id, name=name, voucher_days=voucher_days
    ).pk


def create_vintage(*, programme_id: int, label: str, starts_on: date, ends_on: date) -> int:
    """Add an open vintage with its fund account. Gives its id."""
    [account_id] = open_accounts(owners=[(AccountKind.FUND, f"vintage:{programme_id}:{label}")])
    return Vintage.objects.create(
        programme_id=programme_id,
        label=label,
        starts_on=starts_on,
        ends_on=ends_on,
        status=VintageStatus.OPEN,
        fund_account_id=account_id,
    ).pk


def close_vintage(*, vintage_id: int) -> None:
    """Close a vintage: nothing more can be spent in it."""
    Vintage.objects.filter(pk=vintage_id).update(status=VintageStatus.CLOSED)


def create_theme(*, name: str, icon: str, tile: str) -> int:
    """Add a theme of use. Gives its id."""
    return Theme.objects.create(name=name, icon=icon, tile=tile).pk


def create_benefit(*, vintage_id: int, theme_id: int, name: str, amount_cents: int) -> int:
    """Add an e-coupon to a vintage; the amount is what a pass receives by default, in cents."""
    return Benefit.objects.create(
        vintage_id=vintage_id, theme_id=theme_id, name=name, amount_cents=amount_cents
    ).pk
