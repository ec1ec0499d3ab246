"""One line per event on standard error: readable while developing, JSON in production."""

from typing import Any

import structlog

from tessere.config.environment import MODE, Mode, text

LOGGING_CONFIG = "logging.config.dictConfig"

_BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
]
_RENDER: list[Any] = (
    [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    if MODE is Mode.PRODUCTION
    else [
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    ]
)
_LEVEL = text("TESSERE_LOG_LEVEL", "INFO" if MODE is Mode.PRODUCTION else "WARNING")

structlog.configure(
    processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    wrapper_class=structlog.stdlib.BoundLogger,
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _BEFORE,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_RENDER,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": _LEVEL},
    "loggers": {
        # A refused form is the visitor's business; Django would log each with a warning.
        "django.request": {"level": "ERROR"},
        # So are the names under which scanners knock at our address: each is answered 400.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "procrastinate": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
