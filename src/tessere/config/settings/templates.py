"""Templates live beside the portal or component that they belong to."""

from typing import Any

from tessere.config.environment import MODE, Mode

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

_OPTIONS: dict[str, Any] = {
    "context_processors": [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
        "tessere.gate.context.page",
    ],
}
if MODE is Mode.TEST:
    # The tests fail on this text: an undefined variable is a mistake, never an empty place.
    _OPTIONS["string_if_invalid"] = "[[undefined: %s]]"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": _OPTIONS,
    }
]
