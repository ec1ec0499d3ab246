"""Secrets at rest: text that the database must not read, such as an IBAN."""

from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from tessere.foundation.codes import ALPHABET

PROOF_LENGTH = 6


def proof_of(*, purpose: str, text: str) -> str:
    """Six characters that only this installation can put beside a text, such as a printed number.

    They tell a number read off one of our documents from one that was guessed.
    """
    digest = salted_hmac(f"tessere.{purpose}", text, algorithm="sha256").digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:PROOF_LENGTH])


class CannotUnseal(RuntimeError):
    """No key of the installation opens this text."""


class Sealer:
    """Seals with the first key and opens with any, so that keys can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._box = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """Encrypt and authenticate a text."""
        return self._box.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The text again; CannotUnseal when it was altered or no key fits."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise CannotUnseal from error


@cache
def sealer() -> Sealer:
    """The installation's sealer, with the keys of `settings.TESSERE_SEALING_KEYS`."""
    return Sealer(settings.TESSERE_SEALING_KEYS)
