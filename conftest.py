"""What every test may use, beside the components of `ui/` as well as under `tests/`."""

pytest_plugins = (
    "tests.plugins.database",
    "tests.plugins.templates",
    "tests.plugins.conformance",
    "tests.plugins.site",
    "tests.plugins.browser",
    "tests.plugins.camera",
    "tests.plugins.chromium",
)
