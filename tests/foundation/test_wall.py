"""What the wall refuses, seen from the serving role: in web, worker and command line alike."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from tessere.domains.ledger.models import Account, Transfer
from tessere.domains.partners.models import Agreement, Partner
from tessere.foundation.db.wall.base import QueryOutsideTransaction
from tessere.foundation.tenancy import current_tenant_id, tenant_context
from tests.factories.world import make_world


@pytest.mark.django_db
def test_without_a_tenant_no_row_is_visible() -> None:
    world = make_world()
    with world.inside():
        assert Partner.objects.count() == 2
    assert Partner.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partners_partner")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_another_tenants_rows_are_invisible_even_to_raw_sql() -> None:
    ours, theirs = make_world(), make_world()
    with ours.inside(), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tenant_id FROM ledger_transfer")
        assert cursor.fetchall() == [(ours.tenant_id,)]
        cursor.execute("UPDATE partners_partner SET phone = '1' WHERE id = %s", [theirs.partner_id])
        assert cursor.rowcount == 0


@pytest.mark.django_db
def test_a_row_of_another_tenant_cannot_be_written() -> None:
    ours, theirs = make_world(), make_world()
    with ours.inside(), pytest.raises(ProgrammingError, match="row-level security"):
        Account.objects.create(tenant_id=theirs.tenant_id, kind="fund", owner="x")


def _save_at_once(agreement: Agreement) -> None:
    agreement.save(force_insert=True)
    connection.check_constraints()


@pytest.mark.django_db
def test_a_row_that_refers_to_another_tenants_is_refused_by_its_key() -> None:
    ours, theirs = make_world(), make_world()
    with ours.inside():
        agreement = Agreement.objects.get(pk=ours.agreement_id)
        agreement.pk, agreement.code, agreement.partner_id = None, "000000001", theirs.partner_id
        with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
            _save_at_once(agreement)


@pytest.mark.django_db
def test_a_tenants_query_outside_a_transaction_fails_loudly(django_db_blocker) -> None:
    world = make_world()
    connection_of_its_own = connection.copy()
    try:
        connection_of_its_own.ensure_connection()
        with world.inside(), pytest.raises(QueryOutsideTransaction):
            connection_of_its_own.cursor()
    finally:
        connection_of_its_own.close()


@pytest.mark.django_db
def test_the_former_tenant_comes_back_after_a_visit() -> None:
    ours, theirs = make_world(), make_world()
    with ours.inside():
        with theirs.inside():
            assert set(Partner.objects.values_list("tenant_id", flat=True)) == {theirs.tenant_id}
        assert set(Partner.objects.values_list("tenant_id", flat=True)) == {ours.tenant_id}
        with pytest.raises(DatabaseError), transaction.atomic(), tenant_context(theirs.tenant_id):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        assert set(Partner.objects.values_list("tenant_id", flat=True)) == {ours.tenant_id}
    assert current_tenant_id() is None


@pytest.mark.django_db
def test_a_transfer_is_positive_and_has_two_accounts() -> None:
    world = make_world()
    with world.inside():
        transfer = Transfer.objects.first()
        for changes in (
            {"amount_cents": 0},
            {"amount_cents": -1},
            {"target_id": transfer.source_id},
        ):
            wrong = Transfer(
                posting_id=transfer.posting_id,
                source_id=transfer.source_id,
                target_id=changes.get("target_id", transfer.target_id),
                amount_cents=changes.get("amount_cents", 1),
            )
            with pytest.raises(IntegrityError), transaction.atomic():
                wrong.save()
