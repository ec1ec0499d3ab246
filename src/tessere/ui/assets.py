"""One style sheet and one script, put together from the components once per process.

Their address carries a digest of their content, so that browsers keep them for good and a new
release is seen at once. There is no build step: what is read in the repository is what is served.
"""

import functools
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

UI = Path(__file__).parent
COMPONENTS = UI / "components"
FOUNDATION = UI / "foundation"
STATIC = UI / "static" / "ui"

# Later parts may refine earlier ones, so the order is written down and not alphabetical.
FOUNDATION_STYLES = ("fonts", "tokens", "base", "layout")
COMPONENT_ORDER = (
    "top", "brand", "bell", "tabs", "foot", "actions", "field", "form_errors", "eye", "rules",
    "choice", "disclose", "menu",
    "tile", "motif", "state", "notice", "toast", "contact", "list", "unread",
    "facts", "figures", "tiles", "sum", "timeline", "empty",
    "filters", "table", "selection", "pager",
    "halves", "qr", "show", "guide_page", "phone", "news", "hero", "places", "doors", "gate",
    "verdict", "purse", "use", "steps", "scanner", "payee", "receipt",
    "submit", "unsaved", "live", "kept", "gallery",
)  # fmt: skip
CLOSING_STYLES = ("spacing", "print")

_OWN_FILE = re.compile(r'url\("ui:([^"]+)"\)')


@dataclass(frozen=True)
class Asset:
    """A file made of several, and the digest that names it."""

    name: str
    content: bytes
    content_type: str

    @property
    def digest(self) -> str:
        """The first characters of the content's SHA-256."""
        return hashlib.sha256(self.content).hexdigest()[:16]


def style_parts() -> list[Path]:
    """The style files, in the order in which they are served."""
    parts = [FOUNDATION / f"{name}.css" for name in FOUNDATION_STYLES]
    parts += [COMPONENTS / name / f"{name}.css" for name in COMPONENT_ORDER]
    parts += [FOUNDATION / f"{name}.css" for name in CLOSING_STYLES]
    return [part for part in parts if part.exists()]


def script_parts() -> list[Path]:
    """The script files, in the order in which they are served."""
    parts = [COMPONENTS / name / f"{name}.js" for name in COMPONENT_ORDER]
    return [part for part in parts if part.exists()]


def _resolve(css: str, locate: Callable[[str], str]) -> str:
    """Replace `url("ui:…")` by the address of one of our own files."""
    return _OWN_FILE.sub(lambda match: f'url("{locate(match[1])}")', css)


def _build_stylesheet() -> Asset:
    css = "\n".join(part.read_text(encoding="utf-8") for part in style_parts())
    css = _resolve(css, lambda path: static(f"ui/{path}"))
    return Asset("tessere.css", css.encode(), "text/css; charset=utf-8")


def _build_script() -> Asset:
    js = "\n".join(part.read_text(encoding="utf-8") for part in script_parts())
    return Asset("tessere.js", js.encode(), "text/javascript; charset=utf-8")


_cached_stylesheet = functools.cache(_build_stylesheet)
_cached_script = functools.cache(_build_script)


def stylesheet() -> Asset:
    """The style sheet; built anew for each call while developing."""
    return _build_stylesheet() if settings.DEBUG else _cached_stylesheet()


def script() -> Asset:
    """The script; built anew for each call while developing."""
    return _build_script() if settings.DEBUG else _cached_script()


def service_worker_script(
    *, brand_files: Sequence[str], offline: str, page: bytes, sign_out: str
) -> str:
    """The worker of a tenant: it keeps the design system's files and those of the brand.

    `page` is what the address `offline` holds; with it or with any file, the worker changes.
    """
    own = (stylesheet(), script())
    files = [reverse("ui:asset", args=[asset.digest, asset.name]) for asset in own]
    files += [static(f"ui/{path}") for path in ("icons.svg", "mark.svg", *_files_of_styles())]
    content = b"".join([*(asset.content for asset in own), page, _read("icons.svg")])
    names = {
        "FILES": [*files, *brand_files],
        "VERSION": hashlib.sha256(content + repr(brand_files).encode()).hexdigest()[:12],
        "OFFLINE": offline,
        "SIGN_OUT": sign_out,
    }
    facts = "".join(f"var {name} = {json.dumps(value)};\n" for name, value in names.items())
    return facts + (UI / "app" / "service-worker.js").read_text(encoding="utf-8")


def _files_of_styles() -> list[str]:
    css = "\n".join(part.read_text(encoding="utf-8") for part in style_parts())
    return sorted(set(_OWN_FILE.findall(css)))


def _read(name: str) -> bytes:
    return (STATIC / name).read_bytes()


@functools.cache
def icon_names() -> frozenset[str]:
    """The icons that the sprite holds."""
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="i-([a-z-]+)"', sprite))


def print_css(name: str) -> str:
    """The style of a printed document, with fonts as file addresses, for the PDF renderer."""
    parts = (FOUNDATION / "fonts.css", COMPONENTS / name / f"{name}.css")
    css = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return _resolve(css, lambda path: (STATIC / path).as_uri())
