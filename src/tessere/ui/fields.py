"""Form fields as the pages show them: label, hint, control and error, all tied together."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from tessere.ui.rendering import render_component
from tessere.ui.types import Choice

LOOKS = ("", "code", "amount", "search")


def _kind(widget: forms.Widget) -> str:
    """How the control is drawn; subclasses come before their parents."""
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxInput, "check"),
        (forms.CheckboxSelectMultiple, "choices"),
        (forms.RadioSelect, "choices"),
        (forms.Select, "select"),
        (forms.Textarea, "area"),
        (forms.PasswordInput, "password"),
    )
    return next((kind for parent, kind in kinds if isinstance(widget, parent)), "input")


def _classes(kind: str, look: str, own: str) -> str:
    base = {"select": "select", "area": "area", "check": "", "choices": ""}.get(kind, "input")
    extra = [f"input--{look}"] if look and kind == "input" else []
    if kind == "password":
        extra.append("input--eye")
    return " ".join(part for part in (base, *extra, own) if part)


def _choices(bound: BoundField, described_by: str) -> list[dict[str, Any]]:
    """The options of a radio or check list, with what our richer labels say of them."""
    options = []
    for index, part in enumerate(bound.subwidgets):
        data = part.data
        label = data["label"]
        rich = label if isinstance(label, Choice) else Choice(label=str(label))
        options.append(
            {
                "choice": rich,
                "type": data["type"],
                "name": data["name"],
                "value": data["value"],
                "id": data["attrs"].get("id", f"id_{bound.html_name}_{index}"),
                "checked": data["selected"] and not rich.disabled,
                "required": bool(data["attrs"].get("required")),
                "described_by": described_by,
                "invalid": bool(bound.errors),
            }
        )
    return options


def render_field(
    bound: BoundField,
    *,
    look: str = "",
    label: str | None = None,
    hint: str | None = None,
    star: bool = True,
    optional: bool = False,
    big: bool = False,
    space: str = "",
    rules: str = "",
) -> SafeString:
    """One field of a form. `docs/ui.md` says what each option is for."""
    if look not in LOOKS:
        raise ValueError(f"look: {look}")
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_widget()
    kind = _kind(widget)
    identifier = bound.id_for_label or bound.auto_id or f"id_{bound.html_name}"
    if kind == "choices":
        identifier = bound.auto_id or f"id_{bound.html_name}"
    shown_hint = bound.help_text if hint is None else hint
    hint_id = f"{identifier}_helptext" if shown_hint else ""
    error_id = f"{identifier}_error" if bound.errors else ""
    own = str(widget.attrs.get("aria-describedby", ""))
    described_by = " ".join(part for part in (hint_id, own, rules, error_id) if part)
    attrs: dict[str, Any] = {"id": identifier, "class": _classes(kind, look, _own_class(widget))}
    if described_by:
        attrs["aria-describedby"] = described_by
    if bound.errors or bound.field.required:
        # Said outright: Firefox lets a screen reader call a required field wrong while it is empty.
        attrs["aria-invalid"] = "true" if bound.errors else "false"
    if rules:
        attrs["data-rules"] = rules
    values: dict[str, Any] = {
        "kind": kind,
        "look": look,
        "label": bound.label if label is None else label,
        "hint": shown_hint,
        "star": star and bound.field.required,
        "optional": optional and not bound.field.required,
        "big": big,
        "space": space,
        "id": identifier,
        "hint_id": hint_id,
        "error_id": error_id,
        "errors": list(bound.errors),
        "control": "" if kind == "choices" else bound.as_widget(attrs=attrs),
        "choices": _choices(bound, described_by) if kind == "choices" else [],
    }
    return render_component("field", values)


def _own_class(widget: forms.Widget) -> str:
    return str(widget.attrs.get("class", ""))


def render_form_errors(form: forms.BaseForm, *, title: str = "") -> SafeString:
    """The list of what is wrong, on top of the form, each entry leading to its field."""
    if not form.errors:
        return SafeString("")
    general = [str(error) for error in form.non_field_errors()]
    entries: list[dict[str, str]] = []
    for bound in _fields_with_errors(form):
        target = "" if bound.is_hidden else (bound.auto_id or f"id_{bound.html_name}")
        if target and _kind(bound.field.widget) == "choices":
            target = f"{target}_0"
        entries += [
            {"label": str(bound.label), "target": target, "error": str(error)}
            for error in bound.errors
        ]
    if not title and not entries:
        title, *general = general
    if not title:
        title = ngettext(
            "Un champ est à revoir, rien n’est enregistré.",
            "%(count)s champs sont à revoir, rien n’est enregistré.",
            len(entries),
        ) % {"count": len(entries)}
    values = {"title": title, "general": general, "entries": entries}
    return render_component("form_errors", values)


def _fields_with_errors(form: forms.BaseForm) -> Sequence[BoundField]:
    return [form[name] for name in form.fields if name in form.errors]
