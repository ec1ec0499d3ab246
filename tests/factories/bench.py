"""Many people who pay one partner, for benchmarks."""

from typing import Any

from django.db import transaction

from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.partners import steps as partners
from tessere.domains.passes import queries as passes_queries
from tessere.domains.passes import steps as passes
from tests.factories.world import NOON, make_world


def crowd(*, people: int) -> tuple[dict[str, Any], list[dict[str, int]]]:
    """A tenant with so many people: what their payments share, and each one's purse and account."""
    world = make_world()
    purses = []
    for position in range(people):
        with world.inside(), transaction.atomic():
            beneficiary_id = beneficiaries.register(
                first_name="Personne", last_name=f"n° {position}", email="", now=NOON
            )
            issued = passes.issue_pass(
                beneficiary_id=beneficiary_id,
                vintage_id=world.vintage_id,
                benefit_ids=[world.theatre_id],
                now=NOON,
            )
        purse_id = issued[world.theatre_id]
        world.grant(100_000_000, purse_id=purse_id)
        purses.append(purse_id)
    with world.inside(), transaction.atomic():
        [terms] = partners.terms_for(partner_ids={world.partner_id}, benefit_ids={world.theatre_id})
        records = passes_queries.purses_by_id(purse_ids=set(purses))
    facts = {
        "tenant": world.tenant_id,
        "partner": world.partner_id,
        "other": world.other_partner_id,
        "actor": world.partner,
        "agreement": terms.id,
        "payable": terms.payable_account_id,
    }
    return facts, [
        {"purse": purse_id, "source": records[purse_id].purse_account_id} for purse_id in purses
    ]
