"""Vehicle identification numbers as makers write them."""

from random import Random

_ALLOWED = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O and Q
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"  # 2010 is A, again every 30 years
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMNPR", (1, 2, 3, 4, 5, 7, 9), strict=True)),
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
# The Volkswagen group fills what Europe leaves free with Z.
_FILLED = ("WVW", "WVG", "WAU", "TMB", "VSS")


def make_vin(wmi: str, year: int, rng: Random) -> str:
    """17 characters for a car of that model year. Made in China: with the right check digit; in Europe none is used."""
    section = "ZZZ" + _any(rng, 2) if wmi in _FILLED else _any(rng, 5)
    ninth = "Z" if wmi in _FILLED else rng.choice(_ALLOWED)
    tail = f"{_YEARS[(year - 2010) % 30]}{rng.choice('ABCDEFGH123')}{rng.randrange(1, 1_000_000):06d}"
    vin = f"{wmi}{section}{ninth}{tail}"
    return f"{vin[:8]}{check_digit(vin)}{vin[9:]}" if wmi.startswith("L") else vin


def check_digit(vin: str) -> str:
    """The ninth place of a VIN as the other sixteen want it (GB 16735, 49 CFR 565)."""
    rest = sum(_VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def _any(rng: Random, places: int) -> str:
    return "".join(rng.choices(_ALLOWED, k=places))
