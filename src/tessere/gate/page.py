"""Brand and account, in the form that the layouts read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tessere.domains.branding import queries as branding
from tessere.domains.branding.types import ContactRecord
from tessere.ui.theme import Palette, Rgb, hex_colour
from tessere.ui.types import Account, Brand, Contact, HomeScreen, Link


def page_brand() -> Brand | None:
    """The brand of the tenant in context; None for a tenant that has none yet."""
    record = branding.brand()
    if record is None:
        return None
    return Brand(
        name=record.name,
        authority=record.authority,
        slogan=record.slogan,
        logo_url=reverse("public:branding:logo", kwargs={"digest": record.logo_digest})
        if record.logo_digest
        else "",
        stylesheet_url=reverse("public:branding:stylesheet", kwargs={"digest": record.digest}),
        home_screen=HomeScreen(
            label=record.short_name,
            icon_url=reverse(
                "public:branding:app_icon", kwargs={"digest": record.digest, "kind": "touch"}
            ),
            manifest_url=reverse("public:branding:manifest"),
            worker_url=reverse("public:branding:service_worker"),
            colour=hex_colour(_rgb(record.brand_rgb)),
        ),
        contact=_contact(record.contact),
        links=(
            Link(label=_("Aide et contact"), url=reverse("public:branding:overview"), icon="help"),
            Link(label=_("Plan du site"), url=reverse("public:branding:site_map")),
            Link(label=_("Mentions légales"), url=reverse("public:branding:legal_notice")),
            Link(label=_("Vos données"), url=reverse("public:branding:personal_data")),
            Link(
                label=_("Accessibilité : partiellement conforme"),
                url=reverse("public:branding:accessibility"),
            ),
        ),
    )


def page_palette() -> Palette | None:
    """The colours of the tenant in context; None for a tenant that has none yet."""
    record = branding.brand()
    if record is None:
        return None
    return Palette(
        brand=_rgb(record.brand_rgb),
        accent=_rgb(record.accent_rgb),
        on_brand=record.on_brand,
        corner_px=record.corner_px,
    )


def _rgb(text: str) -> Rgb:
    red, green, blue = (int(part) for part in text.split(","))
    return Rgb(red, green, blue)


def _contact(record: ContactRecord | None) -> Contact:
    if record is None:
        return Contact()
    return Contact(
        name=record.name,
        address=record.address,
        phones=record.phones,
        email=record.email,
        hours=record.hours,
    )


def page_account(*, name: str, role_label: str) -> Account:
    """The person who is signed in, with the way to change a password and the way out."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return Account(
        name=name,
        role_label=role_label,
        initials="".join(word[0] for word in words[:1] + words[1:][-1:]).upper(),
        sign_out_url=reverse("public:identity:sign_out"),
        links=(
            Link(
                label=_("Changer mon mot de passe"),
                url=reverse("public:identity:change_password"),
                icon="key",
            ),
        ),
    )
