"""Are the books in order? Every balance is recomputed from the ledger."""

import argparse

HELP = "recompute every balance from the ledger and name the first wrong row of each check"
ROLE = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which tenant, and which purse to explain line by line."""
    parser.add_argument("--tenant", help="the slug of one tenant; all when none is named")
    parser.add_argument("--purse", type=int, help="explain one purse of that tenant, line by line")


def run(options: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when a row is wrong."""
    from tessere.domains.tenants import queries as tenants
    from tessere.foundation.money import format_euros
    from tessere.foundation.tenancy import tenant_context
    from tessere.processes.examination import examine, explain_purse

    chosen = [one for one in tenants.all_tenants() if options.tenant in (None, one.slug)]
    if not chosen:
        print("No such tenant.")
        return 1
    wrong = 0
    for tenant in chosen:
        with tenant_context(tenant.id):
            if options.purse is not None:
                for line in explain_purse(purse_id=options.purse):
                    print(line)
                continue
            print(f"{tenant.slug}: {tenant.name}")
            findings = examine()
            for kind, accounts, cents in findings.totals:
                print(f"  {kind:<8} {accounts:>7} accounts {format_euros(cents):>18}")
            for check in findings.checks:
                print(f"  {'ok   ' if check.fault is None else 'WRONG'} {check.name}")
                if check.fault is not None:
                    wrong += 1
                    print(f"        {check.fault}")
    return 1 if wrong else 0
