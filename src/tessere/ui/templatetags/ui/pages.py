"""What stands around the content of a page."""

from typing import Any

from django.template import Context
from django.utils.safestring import SafeString

from tessere.ui.paging import pager_values
from tessere.ui.rendering import render_component
from tessere.ui.templatetags.ui.library import register

# A bell says 99+ for more.
MOST_COUNTED = 99


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Any) -> SafeString:
    """Voir par 10 sur 128, and the pages; other parameters of the address are kept."""
    values = pager_values(page, context["request"].GET)
    return render_component("pager", values)


@register.simple_tag(takes_context=True)
def brand_link(context: Context) -> SafeString:
    """The logo and name of `brand`, leading home; nothing where no tenant is known."""
    brand = context.get("brand")
    return render_component("brand", {"brand": brand}) if brand else SafeString("")


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> SafeString:
    """The person who is signed in, `account`, and the way out."""
    account = context.get("account")
    if not account:
        return SafeString("")
    token = context.get("csrf_token", "")
    return render_component("account", {"account": account, "csrf_token": token})


@register.simple_tag(takes_context=True)
def tabs(context: Context) -> SafeString:
    """The main menu, `menu`: on a phone three entries and a panel, or four without one."""
    entries = list(context.get("menu") or ())
    room = len(entries) if len(entries) <= 4 else 3
    hidden = entries[room:]
    brand = context.get("brand")
    values = {
        "shown": entries[:room],
        "hidden": hidden,
        "hidden_current": any(entry.current for entry in hidden),
        "more": brand.links[:1] if brand else (),
    }
    return render_component("tabs", values)


@register.simple_tag
def bell_sign(unread: int) -> SafeString:
    """The bell and what it counts, to put into the link of `bell`."""
    return render_component("bell", {"unread": unread, "most": MOST_COUNTED})


@register.simple_tag
def contact(who: Any) -> SafeString:
    """How to reach a service."""
    return render_component("contact", {"contact": who})


@register.simple_tag(takes_context=True)
def help_line(context: Context) -> SafeString:
    """Whom to telephone, to end the small print of an error; nothing when no number is known."""
    who = getattr(context.get("brand"), "contact", None)
    return render_component("help_line", {"phones": who.phones if who else ()})


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    """The links of `brand`, and what the site is made with."""
    return render_component("foot", {"brand": context.get("brand")})


@register.simple_tag
def choice_option(option: dict[str, Any]) -> SafeString:
    """One option of a radio or check list."""
    return render_component("choice", option)


@register.simple_tag
def eye(identifier: str) -> SafeString:
    """The button that shows a password; it appears with the script."""
    return render_component("eye", {"id": identifier})
