"""Tenants of the installation."""

import argparse

from django.db import IntegrityError, transaction

HELP = "create a tenant on a host, or list the tenants"
ROLE = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`tenant list` and `tenant create`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    actions.add_parser("list", help="one line a tenant")
    create = actions.add_parser("create", help="open a tenant on a host")
    create.add_argument("slug", help="a short name for the command line: marvigny")
    create.add_argument("host", help="the host that names it: pass.marvigny.example")
    create.add_argument("--authority", required=True, help="the authority's name")
    create.add_argument("--siren", required=True, help="the authority's SIREN, nine digits")
    create.add_argument("--brand", required=True, help="the programme's name on the screens")


def run(options: argparse.Namespace) -> int:
    """List, or create in one transaction."""
    from tessere.domains.tenants import queries

    if options.action == "list":
        for tenant in queries.all_tenants():
            print(f"{tenant.slug:<20} {tenant.host:<40} {tenant.name}")
        return 0
    try:
        with transaction.atomic():
            _create(options)
    except IntegrityError:
        print(f"Refused: the name {options.slug} or the host {options.host} is taken.")
        return 1
    return 0


def _create(options: argparse.Namespace) -> None:
    from tessere.domains.branding import steps as branding
    from tessere.domains.tenants import steps
    from tessere.foundation.tenancy import tenant_context
    from tessere.ui.theme import MARVIGNY

    tenant_id = steps.create_tenant(
        slug=options.slug, name=f"{options.brand}, {options.authority}", host=options.host
    )
    with tenant_context(tenant_id):
        steps.create_authority(name=options.authority, siren=options.siren)
        branding.set_brand(
            name=options.brand,
            authority=options.authority,
            slogan="",
            logo_digest="",
            brand_rgb=", ".join(map(str, MARVIGNY.brand)),
            accent_rgb=", ".join(map(str, MARVIGNY.accent)),
            on_brand=MARVIGNY.on_brand,
            corner_px=MARVIGNY.corner_px,
        )
