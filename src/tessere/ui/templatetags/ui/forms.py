"""Fields, their errors, and what helps to fill them in."""

from collections.abc import Iterable
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tessere.ui import fields
from tessere.ui.rendering import render_component
from tessere.ui.templatetags.ui.library import register


@register.simple_tag
def field(bound: Any, **options: Any) -> SafeString:
    """A form field; the options are those of `fields.render_field`."""
    return fields.render_field(bound, **options)


@register.simple_tag
def form_errors(form: Any, title: str = "") -> SafeString:
    """The summary of a form's errors; nothing when there is none."""
    return fields.render_form_errors(form, title=title)


@register.simple_tag
def password_rules(rules: Iterable[tuple[str, Any]], identifier: str = "regles") -> SafeString:
    """The rules of a password, each as the name that the script knows and its words.

    `{% field … rules="regles" %}` ties a field to them.
    """
    return render_component("rules", {"id": identifier, "rules": list(rules)})


@register.simple_tag
def scanner(
    target: str,
    pattern: str,
    path: str = "",
    prompt: str = "",
    auto: bool = False,
    button: bool = True,
) -> SafeString:
    """Read a QR code by camera or from a picture into the field of this id."""
    values = {
        "button": button,
        "target": target,
        "pattern": pattern,
        "path": path,
        "prompt": prompt or _("Visez le QR code. Il se lit tout seul."),
        "auto": auto,
        "decoder": static("ui/jsqr/jsQR.js"),
    }
    return render_component("scanner", values)


@register.simple_tag
def scanner_button(target: str) -> SafeString:
    """The button of a scanner that has none of its own, beside other buttons."""
    return render_component("scanner_button", {"target": target})
