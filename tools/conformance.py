"""Rows of docs/conformance.md, the tests that prove them, and rows without: `make conformance`."""

import contextlib
import io
import sys
from collections import defaultdict

import pytest


class Collector:
    """Notes the tests of each row while pytest collects them."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}
        self.tests: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """All tests are known; the plugin that pytest loaded reads their markers."""
        plugin = session.config.pluginmanager.get_plugin("tests.plugins.conformance")
        assert plugin is not None
        self.rows = plugin.rows()
        for item in session.items:
            for row in plugin.proved_rows(item):
                name = item.nodeid.split("[")[0]
                if name not in self.tests[row]:
                    self.tests[row].append(name)


def main() -> int:
    """Print row by row; fail when the tests cannot be collected or name an unknown row."""
    collector = Collector()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider"], plugins=[collector])
    if code != pytest.ExitCode.OK:
        print(said.getvalue())
        return int(code)
    for row in collector.rows:
        for number, test in enumerate(collector.tests[row]):
            print(f"{'' if number else row:<7} {test}")
    unproved = [row for row in collector.rows if not collector.tests[row]]
    print("\nProved by no test yet:")
    for row in unproved:
        print(f"{row:<7} {collector.rows[row]}")
    print(f"\n{len(collector.rows) - len(unproved)} of {len(collector.rows)} rows are proved.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
