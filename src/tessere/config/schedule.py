"""What happens by itself, in the worker.

`RELAYS` pass on what transactions left in an outbox. Each takes nothing and gives the number of
entries it dealt with; it is called again at once while there are some, else after its pause, in
seconds. Several workers may call the same one at a time: it locks the rows that it takes.

Recurring work is a periodic task of procrastinate, declared here and calling a room's `tasks`.
"""

from collections.abc import Callable, Mapping

from procrastinate.contrib.django import app as jobs

from tessere.config.connections import with_fresh_connection
from tessere.domains.audit.tasks import seal_journals
from tessere.domains.exports.tasks import delete_expired, make_exports
from tessere.domains.identity.tasks import forget_visits
from tessere.domains.notifications.tasks import forget_old_mails, relay_changes, relay_mails
from tessere.domains.passes.tasks import expire_vouchers
from tessere.domains.redemptions.tasks import EXPORTS


def make_asked_exports() -> int:
    """The files that people asked for."""
    return make_exports(EXPORTS)


RELAYS: Mapping[Callable[[], int], float] = {
    relay_mails: 1.0,
    relay_changes: 0.2,
    make_asked_exports: 1.0,
}


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="passes.expire_vouchers", queueing_lock="passes.expire_vouchers")
def _expire_vouchers(timestamp: int) -> None:  # noqa: ARG001
    with_fresh_connection(expire_vouchers)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="audit.seal_journals", queueing_lock="audit.seal_journals")
def _seal_journals(timestamp: int) -> None:  # noqa: ARG001
    with_fresh_connection(seal_journals)


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="exports.delete_expired", queueing_lock="exports.delete_expired")
def _delete_expired_exports(timestamp: int) -> None:  # noqa: ARG001
    with_fresh_connection(delete_expired)


@jobs.periodic(cron="17 2 * * *")
@jobs.task(name="identity.forget_visits", queueing_lock="identity.forget_visits")
def _forget_visits(timestamp: int) -> None:  # noqa: ARG001
    with_fresh_connection(forget_visits)


@jobs.periodic(cron="27 2 * * *")
@jobs.task(name="notifications.forget_old_mails", queueing_lock="notifications.forget_old_mails")
def _forget_old_mails(timestamp: int) -> None:  # noqa: ARG001
    with_fresh_connection(forget_old_mails)
