"""Rendering a component from its own folder."""

import functools
from collections.abc import Mapping
from typing import Any

from django.template import Context, Engine, Origin, Template
from django.utils.safestring import SafeString

from tessere.ui.assets import COMPONENTS


def _compile(name: str) -> Template:
    path = COMPONENTS / name / f"{name}.html"
    return Template(
        path.read_text(encoding="utf-8").rstrip("\n"),
        origin=Origin(name=str(path), template_name=f"{name}.html"),
        name=f"ui/components/{name}/{name}.html",
        engine=Engine.get_default(),
    )


_compile_once = functools.cache(_compile)


def render_component(name: str, values: Mapping[str, Any]) -> SafeString:
    """Render `components/<name>/<name>.html` with these values and nothing else."""
    template = _compile(name) if Engine.get_default().debug else _compile_once(name)
    return template.render(Context(dict(values)))
