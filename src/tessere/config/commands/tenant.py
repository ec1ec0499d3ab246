"""Tenants of the installation."""

import argparse

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
    """List, or open; 1 when it is refused."""
    from tessere.domains.tenants import queries
    from tessere.foundation.errors import Refusal
    from tessere.processes.opening import open_tenant

    if options.action == "list":
        for tenant in queries.all_tenants():
            print(f"{tenant.slug:<20} {tenant.host:<40} {tenant.name}")
        return 0
    try:
        open_tenant(
            slug=options.slug,
            host=options.host,
            authority=options.authority,
            siren=options.siren,
            brand=options.brand,
        )
    except Refusal as refusal:
        print(f"{refusal.words()} {refusal.step()} ({refusal.short_code})")
        return 1
    return 0
