"""Column types: instants in UTC, amounts as whole thousandths, named choices as text."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator

_SCALE = Decimal(1000)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes and gives aware datetimes in UTC; refuses naive ones with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps no zone, so UTC is written bare there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What comes back is always aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Thousandths(TypeDecorator[Decimal]):
    """A `Decimal` with at most three decimals, stored as a whole number of thousandths.

    Serves money and quantities. Three decimals are the most any currency in use has (KWD), so one type holds JPY, CNY and KWD
    alike; rounding to the coin of the garage's currency happens in `services.money`. More decimals raise ValueError.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuses to round silently."""
        if value is None:
            return None
        scaled = Decimal(value) * _SCALE
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than three decimals")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """PostgreSQL sums bigint into numeric, hence `Any`."""
        return None if value is None else Decimal(int(value)) / _SCALE


def choice(enum: type[StrEnum]) -> Enum:
    """A column that stores the enum's value as text; no native database type, so adding a member needs no migration."""
    return Enum(
        enum, native_enum=False, create_constraint=False, length=30, values_callable=lambda e: [m.value for m in e]
    )
