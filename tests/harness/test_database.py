"""The tests' own database access: real roles, rolled back or really committed."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

Together = Callable[[Sequence[Callable[[], Any]]], list[Any]]


def _value(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_serving_role() -> None:
    assert _value("SELECT current_user") == "tessere_app"


@pytest.mark.django_db
def test_tables_cannot_be_truncated() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _value("TRUNCATE procrastinate_jobs CASCADE")


@pytest.mark.django_db
def test_a_test_is_rolled_back_in_the_end() -> None:
    jobs.configure_task("rolled back", allow_unknown=True).defer()
    assert ProcrastinateJob.objects.filter(task_name="rolled back").count() == 1


@pytest.mark.django_db
def test_nothing_is_left_of_the_test_before() -> None:
    assert not ProcrastinateJob.objects.filter(task_name="rolled back").exists()


@pytest.mark.usefixtures("committing")
def test_commits_are_seen_by_other_connections(together: Together) -> None:
    with transaction.atomic():
        jobs.configure_task("committed", allow_unknown=True).defer()
    count = ProcrastinateJob.objects.filter(task_name="committed").count
    assert together([count, count]) == [1, 1]


def test_threads_have_connections_of_their_own(together: Together) -> None:
    numbers = together([lambda: _value("SELECT pg_backend_pid()")] * 4)
    assert len(set(numbers)) == 4


def test_an_exception_in_a_thread_is_a_result(together: Together) -> None:
    (result,) = together([lambda: _value("SELECT 1/0")])
    assert "division by zero" in str(result)
