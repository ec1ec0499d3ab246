"""Without a tenant there is nothing to see: on the command line, in the worker, on the web."""

import subprocess
import sys
import threading

import pytest
from django.db import connection, connections
from django.test import Client

from tessere.domains.partners.models import Partner
from tests.factories.world import make_world

_COUNT = """
from django.db import connection
from tessere.domains.partners.models import Partner
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM partners_partner")
    print("rows", Partner.objects.count(), cursor.fetchone()[0])
"""


def test_the_command_line_sees_no_row(committing: None) -> None:
    make_world()
    done = subprocess.run(
        [sys.executable, "-m", "tessere.config.cli", "manage", "shell", "-v0", "-c", _COUNT],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "rows 0 0" in done.stdout, done.stdout + done.stderr


def test_a_thread_of_the_worker_sees_no_row(committing: None) -> None:
    """Relays and jobs run in threads of their own: no tenant of another one follows them there."""
    world = make_world()
    seen: list[int] = []

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM partners_partner")
            seen.extend((Partner.objects.count(), cursor.fetchone()[0]))
        connections.close_all()

    with world.inside():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(20)
    assert seen == [0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/partner/", "/sign-in/partner/", "/beneficiary/"])
def test_a_host_of_no_tenant_shows_nothing(path: str) -> None:
    world = make_world()
    answer = Client(HTTP_HOST="nobody.example").get(path)
    assert answer.status_code == 404
    assert world.host.split(".")[0] not in answer.content.decode()
