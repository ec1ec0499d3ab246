"""Who may open what: every address, for every kind of person, for own objects and for others'."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse

from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.beneficiaries.types import Relation
from tessere.domains.branding import queries as branding_queries
from tessere.domains.branding.types import BrandRecord
from tessere.domains.exports.types import FileKind
from tessere.domains.identity import steps as identity
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import PartnerRole
from tessere.domains.passes import queries as passes_queries
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import EVERYTHING, Channel, Payment
from tessere.foundation import clock
from tessere.foundation.codes import partner_code_check
from tests.factories.world import NOON, PASSWORD, World, make_world
from tests.portals.partner.stories import make_exports, make_voucher
from tests.portals.people import mails_to, sign_in, signed_in, visitor

ADMIN, CASHIER, BENEFICIARY = "admin", "cashier", "beneficiary"
EVERYBODY = frozenset({"anonymous", ADMIN, CASHIER, BENEFICIARY})
PARTNER = frozenset({ADMIN, CASHIER})


@dataclass(frozen=True)
class Access:
    """One address: who may, how it is asked, and whose object it names."""

    allowed: frozenset[str]
    method: str = "GET"
    object: str = ""


TABLE = {
    "public:home:home": Access(EVERYBODY),
    "public:home:start": Access(EVERYBODY),
    "public:branding:stylesheet": Access(EVERYBODY, object="stylesheet"),
    "public:branding:logo": Access(EVERYBODY, object="logo"),
    "public:branding:manifest": Access(EVERYBODY),
    "public:branding:app_icon": Access(EVERYBODY, object="icon"),
    "public:branding:service_worker": Access(EVERYBODY),
    "public:branding:offline": Access(EVERYBODY),
    "public:branding:overview": Access(EVERYBODY),
    "public:branding:guide": Access(EVERYBODY),
    "public:branding:guide_pdf": Access(EVERYBODY),
    "public:branding:install": Access(EVERYBODY),
    "public:branding:browsers": Access(EVERYBODY),
    "public:branding:site_map": Access(EVERYBODY),
    "public:branding:legal_notice": Access(EVERYBODY),
    "public:branding:personal_data": Access(EVERYBODY),
    "public:branding:accessibility": Access(EVERYBODY),
    "public:identity:sign_in_partner": Access(EVERYBODY),
    "public:identity:sign_in_beneficiary": Access(EVERYBODY),
    "public:identity:sign_out": Access(EVERYBODY, method="POST"),
    "public:identity:forgot_password": Access(EVERYBODY),
    "public:identity:link_sent": Access(EVERYBODY),
    "public:identity:change_password": Access(EVERYBODY - {"anonymous"}),
    "public:identity:choose_password": Access(EVERYBODY, object="link"),
    "public:partners:directory": Access(EVERYBODY),
    "public:partners:partner": Access(EVERYBODY, object="partner"),
    "public:partners:register": Access(EVERYBODY),
    "public:partners:registered": Access(EVERYBODY),
    "public:notifications:write": Access(EVERYBODY),
    "public:notifications:written": Access(EVERYBODY),
    "public:notifications:inbox": Access(EVERYBODY),
    "partner:redemptions:home": Access(PARTNER),
    "partner:redemptions:waiting": Access(PARTNER),
    "partner:redemptions:accept": Access(PARTNER, method="POST"),
    "partner:redemptions:scan": Access(PARTNER, object="any bon"),
    "partner:redemptions:accepted": Access(PARTNER, object="redemption"),
    "partner:redemptions:reopen_typed_entry": Access(frozenset({ADMIN}), method="POST"),
    "partner:redemptions:operations": Access(PARTNER),
    "partner:redemptions:changed": Access(PARTNER),
    "partner:redemptions:export": Access(frozenset({ADMIN}), method="POST"),
    "partner:redemptions:operation": Access(PARTNER, object="redemption"),
    "partner:redemptions:cancel": Access(frozenset({ADMIN}), object="redemption"),
    "partner:reimbursements:overview": Access(frozenset({ADMIN})),
    "partner:partners:agreements": Access(frozenset({ADMIN})),
    "partner:partners:structure": Access(frozenset({ADMIN})),
    "partner:partners:qr": Access(PARTNER),
    "partner:partners:qr_png": Access(PARTNER),
    "partner:partners:qr_svg": Access(PARTNER),
    "partner:partners:poster": Access(PARTNER),
    "partner:partners:kept": Access(PARTNER),
    "partner:partners:pending": Access(PARTNER),
    "partner:exports:exports": Access(frozenset({ADMIN})),
    "partner:redemptions:set_reference": Access(frozenset({ADMIN})),
    "partner:exports:progress": Access(frozenset({ADMIN})),
    "partner:exports:delete": Access(frozenset({ADMIN}), object="export"),
    "partner:exports:download": Access(frozenset({ADMIN}), object="export"),
    "partner:notifications:follow": Access(PARTNER),
    "partner:notifications:notices": Access(PARTNER),
    "partner:notifications:latest": Access(PARTNER),
    "partner:notifications:unread": Access(PARTNER),
    "partner:notifications:mark_seen": Access(PARTNER, method="POST"),
    "beneficiary:notifications:follow": Access(frozenset({BENEFICIARY})),
    "beneficiary:passes:home": Access(frozenset({BENEFICIARY})),
    "beneficiary:passes:balances": Access(frozenset({BENEFICIARY})),
    "beneficiary:redemptions:kept": Access(frozenset({BENEFICIARY})),
    "beneficiary:passes:vouchers": Access(frozenset({BENEFICIARY})),
    "beneficiary:passes:create_voucher": Access(frozenset({BENEFICIARY})),
    "beneficiary:passes:voucher": Access(frozenset({BENEFICIARY}), object="voucher"),
    "beneficiary:passes:voucher_pdf": Access(frozenset({BENEFICIARY}), object="voucher"),
    "beneficiary:passes:cancel_voucher": Access(frozenset({BENEFICIARY}), object="voucher"),
    "beneficiary:redemptions:scan": Access(frozenset({BENEFICIARY}), object="payee"),
    "beneficiary:redemptions:pay": Access(frozenset({BENEFICIARY})),
    "beneficiary:redemptions:amount": Access(frozenset({BENEFICIARY}), object="payee"),
    "beneficiary:redemptions:confirm": Access(frozenset({BENEFICIARY}), object="payee"),
    "beneficiary:redemptions:receipt": Access(frozenset({BENEFICIARY}), object="redemption"),
    "beneficiary:redemptions:history": Access(frozenset({BENEFICIARY})),
}
OPEN_TO_PAGES = ("ui:",)
# Where an allowed request may lead on to, beside its own portal: after signing out, or when a
# person who is signed in opens a door again.
LEADS_ON = {
    "public:home:start": ("/", "/partner/", "/beneficiary/"),
    "public:identity:sign_out": ("/",),
    "public:identity:sign_in_partner": ("/partner/", "/beneficiary/"),
    "public:identity:sign_in_beneficiary": ("/partner/", "/beneficiary/"),
}


def names() -> Iterator[tuple[str, Any]]:
    def walk(patterns: Any, spaces: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
                yield from walk(pattern.url_patterns, inner)
            else:
                yield ":".join((*spaces, pattern.name)), pattern.callback

    return walk(get_resolver().url_patterns, ())


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A tenant with an operation and a bon, neighbours in it, a stranger from another tenant."""

    world: World
    number: str
    voucher: str
    proof: str
    export_id: int
    link: dict[str, Any]
    people: dict[str, Client]
    others: dict[str, Client]

    def arguments(self, name: str) -> dict[str, Any]:
        check = partner_code_check(self.world.partner_code)
        payee = {"code": self.world.partner_code, "check": check}
        return {
            "": {},
            "partner": {"code": self.world.partner_code},
            "stylesheet": {"digest": self._brand().digest},
            "icon": {"digest": self._brand().digest, "kind": "touch"},
            "logo": {"digest": self._brand().logo_digest},
            "link": self.link,
            "any bon": {"number": self.voucher, "proof": self.proof},
            "redemption": {"number": self.number},
            "voucher": {"number": self.voucher},
            "export": {"export_id": self.export_id},
            "payee": payee if name.endswith("scan") else payee | {"way": Channel.PARTNER_QR},
        }[TABLE[name].object]

    def fields(self, name: str) -> dict[str, Any]:
        """What the request carries: a bon that nobody accepted yet, an amount that is there."""
        wanted: dict[str, Any] = {"key": str(uuid4())}
        if name == "partner:redemptions:accept":
            wanted["number"] = make_voucher(self.world, 100, now=clock.now())
        if name == "partner:redemptions:changed":
            wanted["since"] = NOON.isoformat()
        if name == "partner:redemptions:export":
            wanted["file"] = "operations.csv"
        if name == "partner:notifications:mark_seen":
            wanted["until"] = clock.now().isoformat()
        if name == "beneficiary:redemptions:confirm":
            wanted |= {"purse": self.world.theatre_purse_id, "amount": "1"}
        return wanted

    def ask(self, client: Client, name: str) -> Any:
        path = reverse(name, kwargs=self.arguments(name))
        send = client.post if TABLE[name].method == "POST" else client.get
        return send(path, self.fields(name))

    def _brand(self) -> BrandRecord:
        with self.world.inside():
            brand = branding_queries.brand()
        assert brand is not None
        return brand


def _user(world: World, who: str) -> int:
    with world.inside(), transaction.atomic():
        return identity.add_activated_user(
            email=f"{who}@voisin.example",
            first_name="Voisin",
            last_name="Dupré",
            hashed_password=make_password(PASSWORD),
            now=NOON,
        ).id


def _neighbours(world: World) -> dict[str, Client]:
    """Another structure's administrator and another beneficiary of the same tenant."""
    admin, person = _user(world, "patron"), _user(world, "personne")
    with world.inside(), transaction.atomic():
        partners.add_member(
            partner_id=world.other_partner_id, user_id=admin, role=PartnerRole.ADMIN
        )
        beneficiary_id = beneficiaries.register(
            first_name="Malo", last_name="Dupré", email="", now=NOON
        )
        beneficiaries.give_account(
            beneficiary_id=beneficiary_id, user_id=person, relation=Relation.SELF
        )
    return {
        ADMIN: signed_in(world, "patron@voisin.example"),
        BENEFICIARY: signed_in(world, "personne@voisin.example", door="beneficiary"),
    }


def make_scene() -> Scene:
    world, now = make_world(), clock.now()
    world.brand(logo=b"<svg/>")
    with world.inside():
        [paid] = services.accept(
            actor=world.beneficiary,
            requests=[_payment(world)],
            now=now,
        )
        voucher = make_voucher(world, now=now)
        with transaction.atomic():
            proof = passes_queries.voucher_proof(number=voucher)
        export = services.export(
            actor=world.partner, key=uuid4(), search=EVERYTHING, kind=FileKind.CSV, now=now
        )
    make_exports(world)
    return Scene(
        world=world,
        number=paid.number,
        voucher=voucher,
        proof=proof,
        export_id=export.id,
        link=_link(world),
        people={
            "anonymous": visitor(world),
            ADMIN: signed_in(world, world.partner_email),
            CASHIER: signed_in(world, world.cashier_email),
            BENEFICIARY: signed_in(world, world.beneficiary_email, door="beneficiary"),
        },
        others=_neighbours(world),
    )


def _link(world: World) -> dict[str, Any]:
    """What the address of a link holds that was mailed to somebody."""
    visitor(world).post("/password/forgotten/", {"email": world.cashier_email})
    with transaction.atomic():
        [mail] = mails_to(world, world.cashier_email)
    return dict(resolve(mail.context["path"]).kwargs)


def _payment(world: World) -> Payment:
    return Payment(
        key=uuid4(),
        channel=Channel.PARTNER_QR,
        purse_id=world.theatre_purse_id,
        partner_id=world.partner_id,
        amount_cents=900,
    )


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Scene:
    """Built once; what a test changes in it is rolled back."""
    with django_db_blocker.unblock():
        return make_scene()


def twin(client: Client) -> Client:
    """The same person at a browser of its own: signing out there leaves the first signed in."""
    again = Client(**client.defaults)
    again.cookies = deepcopy(client.cookies)
    return again


@pytest.fixture
def scene(db: None, stage: Scene) -> Scene:
    people = {who: twin(client) for who, client in stage.people.items()}
    return replace(stage, people=people)


def test_every_address_is_in_the_table() -> None:
    found = {name for name, _view in names() if not name.startswith(OPEN_TO_PAGES)}
    assert found == set(TABLE)


def test_every_view_has_a_door() -> None:
    for name, view in names():
        if name.startswith(OPEN_TO_PAGES):
            continue
        audience, permission = view.door
        portal, _room, _use_case = name.split(":")
        assert portal in {audience.value, "public"}, name
        if portal != "public" and name != "partner:partners:pending":
            assert permission, name


def opened(name: str, answer: Any) -> bool:
    """Whether an answer is the page itself, or leads on to a page of the same portal."""
    if answer.status_code == 200:
        return True
    own = LEADS_ON.get(name, (f"/{name.partition(':')[0]}/",))
    return answer.status_code in {302, 303} and answer["Location"].startswith(own)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_open_it(scene: Scene, name: str) -> None:
    for who, client in scene.people.items():
        answer = scene.ask(client, name)
        told = f"{who} at {name}: {answer.status_code} {answer.get('Location', '')}"
        if who in TABLE[name].allowed:
            assert opened(name, answer), told
        elif who == "anonymous":
            assert answer.status_code in {302, 303}, told
            assert answer["Location"].startswith("/sign-in/"), told
        else:
            assert answer.status_code == 403, told


OWNED = {"redemption", "voucher", "export"}
OWN_OBJECTS = sorted(name for name in TABLE if TABLE[name].object in OWNED)


@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_anothers_object_is_not_found(scene: Scene, name: str) -> None:
    who = BENEFICIARY if name.startswith("beneficiary") else ADMIN
    assert scene.ask(scene.people[who], name).status_code == 200, name
    assert scene.ask(scene.others[who], name).status_code == 404, name
    path = reverse(name, kwargs=scene.arguments(name))
    if "cancel" in name:
        refused = scene.others[who].post(path, {"key": str(uuid4())})
        assert refused.status_code == 404, name


@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_another_tenants_object_is_not_found(scene: Scene, name: str) -> None:
    stranger = make_world()
    door = "beneficiary" if name.startswith("beneficiary") else "partner"
    email = stranger.beneficiary_email if door == "beneficiary" else stranger.partner_email
    client = signed_in(stranger, email, door=door)
    assert scene.ask(client, name).status_code == 404, name


@pytest.mark.conformance("S1-02")
def test_the_partners_space_of_each_tenant_is_its_own(db: None) -> None:
    ours, theirs = make_world(), make_world()
    answer = visitor(ours).get("/partner/")
    assert answer.status_code in {302, 303}
    assert answer["Location"].startswith("/sign-in/partner/")
    # Their session's cookie opens nothing here.
    foreigner = signed_in(theirs, theirs.partner_email)
    assert foreigner.get("/partner/").status_code == 200
    foreigner.defaults["HTTP_HOST"] = ours.host
    assert foreigner.get("/partner/")["Location"].startswith("/sign-in/partner/")
    # Nor do their credentials.
    assert sign_in(visitor(ours), theirs.partner_email).status_code == 400


def test_the_check_sees_an_open_door(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a table that forbids what the gate allows is contradicted."""
    name = "partner:redemptions:operations"
    monkeypatch.setitem(TABLE, name, replace(TABLE[name], allowed=frozenset({ADMIN})))
    with pytest.raises(AssertionError, match="cashier at partner:redemptions:operations"):
        test_who_may_open_it(scene, name)
