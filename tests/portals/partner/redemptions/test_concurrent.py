"""Two tills, one bon, the same second."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
import time_machine

from tests.factories.world import make_world
from tests.portals.partner.stories import accept, make_voucher
from tests.portals.people import read, signed_in


@pytest.mark.conformance("S1-95")
def test_two_tills_one_bon(
    together: Callable[[Sequence[Callable[[], Any]]], list[Any]], clock: time_machine.Traveller
) -> None:
    world = make_world()
    number = make_voucher(world)
    tills = [signed_in(world, email) for email in (world.partner_email, world.cashier_email)]
    answers = together([partial(accept, till, number) for till in tills])
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    [told] = [answer for answer in answers if answer.status_code == 409]
    assert "Vous l’avez accepté le 16/06/2026 à 12:00." in read(told)
    assert world.purse().spent_cents == 900
