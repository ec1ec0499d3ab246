"""Addresses of the design system's own files."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tessere.ui import assets
from tessere.ui.templatetags.ui.library import register


@register.simple_tag
def stylesheet_url() -> str:
    """The address of the style sheet."""
    asset = assets.stylesheet()
    return reverse("ui:asset", args=[asset.digest, asset.name])


@register.simple_tag
def script_url() -> str:
    """The address of the script."""
    asset = assets.script()
    return reverse("ui:asset", args=[asset.digest, asset.name])


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; always beside its word."""
    if name not in assets.icon_names():
        raise ValueError(f"no icon named {name!r}")
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false">'
        '<use xlink:href="{}#i-{}"></use></svg>',
        f" {css}" if css else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def keep_nothing() -> SafeString:
    """On the root element, where nobody is signed in: what was kept for them is forgotten."""
    return SafeString(' data-keep=""')
