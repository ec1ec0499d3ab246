"""What happens by itself is known to the worker, and can be done."""

import pytest
from procrastinate.contrib.django import app as jobs

from tessere.config import schedule
from tessere.domains.notifications.tasks import relay_changes, relay_mails


def test_the_worker_knows_the_recurring_work() -> None:
    worker_app = jobs.with_connector(jobs.connector.get_worker_connector())
    periodic = {
        task.task.name: task.cron for task in worker_app.periodic_registry.periodic_tasks.values()
    }
    assert periodic["passes.expire_vouchers"] == "*/10 * * * *"
    assert periodic["audit.seal_journals"] == "*/5 * * * *"
    assert periodic["identity.forget_visits"] == "17 2 * * *"
    assert periodic["notifications.forget_old_mails"] == "27 2 * * *"
    assert {relay_mails, relay_changes} <= set(schedule.RELAYS)


@pytest.mark.parametrize(
    "name",
    [
        "passes.expire_vouchers",
        "audit.seal_journals",
        "identity.forget_visits",
        "notifications.forget_old_mails",
    ],
)
def test_recurring_work_can_be_done(committing: None, name: str) -> None:
    jobs.tasks[name](timestamp=0)
