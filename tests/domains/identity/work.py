"""What was done, in a form that can be compared: seconds are never asserted."""

import re

from django.test.utils import CaptureQueriesContext

NEWCOMER = "nouvelle@troisponts.example"
_VALUE = re.compile(r"'(?:[^']|'')*'|\"s\d+_x\d+\"|\bs\d+_x\d+\b|\b\d+\b")
_KEEPING = re.compile(r"(RELEASE|ROLLBACK TO) SAVEPOINT")


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked of the database, without the values, whether kept or taken back."""
    found = [_VALUE.sub("?", query["sql"]) for query in queries.captured_queries]
    return [statement for statement in found if not _KEEPING.match(statement)]
