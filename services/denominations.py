"""The notes and coins of a currency, for counting a drawer piece by piece."""

from collections.abc import Mapping
from decimal import Decimal

_PIECES = {
    "AUD": "100 50 20 10 5 2 1 0.50 0.20 0.10 0.05",
    "CAD": "100 50 20 10 5 2 1 0.25 0.10 0.05",
    "CHF": "1000 200 100 50 20 10 5 2 1 0.50 0.20 0.10 0.05",
    "CNY": "100 50 20 10 5 1 0.50 0.10",
    "EUR": "200 100 50 20 10 5 2 1 0.50 0.20 0.10 0.05 0.02 0.01",
    "GBP": "50 20 10 5 2 1 0.50 0.20 0.10 0.05 0.02 0.01",
    "HKD": "1000 500 100 50 20 10 5 2 1 0.50 0.20 0.10",
    "JPY": "10000 5000 2000 1000 500 100 50 10 5 1",
    "KWD": "20 10 5 1 0.500 0.250 0.100 0.050 0.020 0.010 0.005",
    "SGD": "1000 100 50 10 5 2 1 0.50 0.20 0.10 0.05",
    "TWD": "2000 1000 500 200 100 50 10 5 1",
    "USD": "100 50 20 10 5 2 1 0.50 0.25 0.10 0.05 0.01",
}


def pieces(currency: str) -> list[Decimal]:
    """Notes and coins, the largest first; empty for a currency whose pieces are not known: then only the sum is typed."""
    return [Decimal(piece) for piece in _PIECES.get(currency, "").split()]


def total(counted: Mapping[Decimal, int]) -> Decimal:
    """What so many of each come to."""
    return sum((piece * many for piece, many in counted.items()), Decimal(0))
