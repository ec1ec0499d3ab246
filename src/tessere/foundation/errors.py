"""A refusal: what the platform answers when it will not do what it was asked."""

from collections.abc import Mapping

from django.utils.functional import Promise


class Refusal(Exception):
    """A clear no: a code for support, plain words, and what to do next. Nothing was changed.

    `code` begins with the room's name; `short_code` is what a person reads over the telephone.
    """

    code = "foundation.refused"
    short_code = "TES-00"
    message: str | Promise = ""
    next_step: str | Promise = ""
    status = 409

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        super().__init__(self.code)

    def words(self) -> str:
        """The message with its facts, in French."""
        return self._with_facts(str(self.message))

    def sentences(self) -> tuple[str, str]:
        """The first sentence of the message, and the rest; a full stop in a fact ends none."""
        first, stop, rest = str(self.message).partition(". ")
        return self._with_facts(first + stop.rstrip()), self._with_facts(rest)

    def step(self) -> str:
        """What to do next, with its facts, in French."""
        return self._with_facts(str(self.next_step))

    def _with_facts(self, text: str) -> str:
        return text % self.facts if self.facts else text
