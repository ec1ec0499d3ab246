"""Every page of the portals, taken from the table of addresses itself: a new one is in at once."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tessere.domains.passes.queries import voucher_proof
from tessere.foundation.codes import partner_code_check
from tests.factories.world import World
from tests.portals.people import signed_in, visitor

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield f"/{path}"
        else:
            yield from _routes(entry, path)


def paths(values: Mapping[str, str], *, under: str) -> list[str]:
    """The addresses of a portal, parameters filled in; a bon and an operation differ."""

    def filled(route: str) -> str:
        named = {**values, "number": values["voucher" if "voucher" in route else "number"]}
        return _PARAMETER.sub(lambda found: named.get(found[1], "1"), route)

    own = [route for route in _routes(get_resolver()) if route.startswith(under)]
    if under == "/":
        own = [route for route in own if not route.startswith(("/partner/", "/beneficiary/"))]
    return [filled(route) for route in own]


def everybody(world: World, values: Mapping[str, str]) -> Iterator[tuple[Client, str]]:
    """Each page with somebody who may open it."""
    people = {
        "/": visitor(world),
        "/partner/": signed_in(world, world.partner_email),
        "/beneficiary/": signed_in(world, world.beneficiary_email, door="beneficiary"),
    }
    for under, client in people.items():
        for path in paths(values, under=under):
            yield client, path


def known(world: World, *, number: str, voucher: str) -> dict[str, Any]:
    """What stands in the parameters of addresses."""
    with world.inside():
        proof = voucher_proof(number=voucher)
    return {
        "number": number,
        "voucher": voucher,
        "proof": proof,
        "code": world.partner_code,
        "check": partner_code_check(world.partner_code),
        "way": "qr",
        "purpose": "reset",
    }
