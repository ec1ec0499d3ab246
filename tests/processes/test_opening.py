"""Opening a tenant: what is made, and what is refused plainly, leaving nothing behind."""

import argparse
from typing import Any
from uuid import uuid4

import pytest

from tessere.config.commands import tenant as command
from tessere.domains.branding import queries as branding
from tessere.domains.tenants import queries as tenants
from tessere.domains.tenants import steps
from tessere.domains.tenants.models import Authority
from tessere.domains.tenants.types import (
    HostInvalid,
    HostTaken,
    SirenInvalid,
    SirenTaken,
    SlugInvalid,
    SlugTaken,
)
from tessere.foundation.errors import Refusal
from tessere.foundation.tenancy import tenant_context
from tessere.processes.opening import open_tenant

pytestmark = pytest.mark.django_db
SIREN = "219900016"


@pytest.fixture
def wanted() -> dict[str, Any]:
    name = f"t{uuid4().hex[:10]}"
    return {
        "slug": name,
        "host": f"pass.{name}.example",
        "authority": "Ville de Laubières",
        "siren": SIREN,
        "brand": "Pass Laubières",
    }


def test_a_tenant_is_opened_with_its_authority_and_its_brand(wanted: dict[str, Any]) -> None:
    tenant_id = open_tenant(**wanted | {"host": wanted["host"].upper(), "siren": "219 900 016"})
    tenant = tenants.tenant_for_host(wanted["host"])
    assert tenant is not None and tenant.id == tenant_id
    with tenant_context(tenant_id):
        assert [one.siren for one in Authority.objects.all()] == [SIREN]
        brand = branding.brand()
    assert brand is not None and brand.name == "Pass Laubières"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"slug": "Trop Long"}, SlugInvalid),
        ({"host": "https://pass.example"}, HostInvalid),
        ({"host": "pass.example:8000"}, HostInvalid),
        ({"siren": "219900010"}, SirenInvalid),
        ({"siren": "21990001"}, SirenInvalid),
        ({"siren": "bonjour"}, SirenInvalid),
    ],
)
def test_what_makes_no_sense_is_refused(
    wanted: dict[str, Any], change: dict[str, str], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as raised:
        open_tenant(**wanted | change)
    assert raised.value.words() and raised.value.step()
    assert tenants.tenant_for_slug(wanted["slug"]) is None


def test_duplicates_are_refused(wanted: dict[str, Any]) -> None:
    tenant_id = open_tenant(**wanted)
    with pytest.raises(SlugTaken):
        open_tenant(**wanted | {"host": "other.example"})
    with pytest.raises(HostTaken):
        open_tenant(**wanted | {"slug": "other"})
    with tenant_context(tenant_id), pytest.raises(SirenTaken):
        steps.create_authority(name="La même ville", siren=SIREN)


def test_the_command_says_what_is_refused(
    wanted: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    options = argparse.Namespace(action="create", **wanted)
    assert command.run(options) == 0
    assert command.run(options) == 1
    assert "est déjà pris. Choisissez-en un autre. (SIT-03)" in capsys.readouterr().out
    assert command.run(argparse.Namespace(action="list")) == 0
    assert wanted["host"] in capsys.readouterr().out
