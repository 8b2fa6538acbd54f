"""Short spellings of the columns that recur."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, text
from sqlmodel import Field

from db.types import Thousandths, UtcDateTime, choice


def key() -> Any:
    """A primary key given by the database."""
    return Field(default=None, primary_key=True)


def ref(target: str, *, optional: bool = False, index: bool = True) -> Any:
    """A foreign key to `table.column`; indexed, because every one is looked up."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_column_args=[ForeignKey(target)], index=index, nullable=optional, **extra)


def instant(*, optional: bool = False, index: bool = False) -> Any:
    """An instant in UTC."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_type=UtcDateTime, nullable=optional, index=index, **extra)


def exact(default: Decimal | None = Decimal(0), *, optional: bool = False) -> Any:
    """Money or a quantity, exact to three decimals."""
    return Field(default=None if optional else default, sa_type=Thousandths, nullable=optional)


def one_of(enum: type[StrEnum], default: Any = ..., *, optional: bool = False, index: bool = False) -> Any:
    """A named choice, stored as its value."""
    value = None if optional and default is ... else default
    return Field(default=value, sa_type=choice(enum), nullable=optional, index=index)


def later(default: int, description: str = "") -> Any:
    """A number, or yes or no, that came after the first release: rows that were there already get `default`."""
    given = text(str(default).lower())  # true and false by name, as both databases know
    return Field(default, description=description, sa_column_kwargs={"server_default": given})


def later_choice(enum: type[StrEnum], default: StrEnum) -> Any:
    """A named choice that came after the first release: rows that were there already get `default`."""
    given = {"server_default": text(f"'{default.value}'")}
    return Field(default=default, sa_type=choice(enum), nullable=False, sa_column_kwargs=given)


def later_words(max_length: int) -> Any:
    """Words that came after the first release: rows that were there already have none."""
    return Field(default="", max_length=max_length, sa_column_kwargs={"server_default": text("''")})
