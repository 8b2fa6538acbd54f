"""PINs: what counts as one, and how one is kept and compared."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.i18n import N_
from services.refusals import Missing, Refusal

LEAST, MOST = 4, 8
DEMO_PIN = "1234"  # of everyone in the demo garage, and shown on its sign-in page
# The lock-out protects a PIN, not the work factor; little memory, so that a crowd of tries cannot starve the machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class BadPin(Refusal):
    """A PIN has {least} to {most} digits and nothing else."""


def clean_pin(typed: str) -> str:
    """The PIN's digits, full-width ones of a Chinese keyboard included. Refuses with Missing or BadPin."""
    if not typed.strip():
        raise Missing(field=N_("PIN"))
    pin = unicodedata.normalize("NFKC", typed[:100]).strip()
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        raise BadPin(least=LEAST, most=MOST)
    return pin


def hash_pin(typed: str) -> str:
    """The argon2 hash to keep of a PIN. Refuses with Missing or BadPin."""
    return _HASHER.hash(clean_pin(typed))


def matches(pin_hash: str, pin: str) -> bool:
    """Whether a cleaned PIN is the one that was hashed."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
