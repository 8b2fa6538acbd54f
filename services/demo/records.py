"""Builds frozen dataclasses from what JSON holds; names and kinds must fit exactly, or it raises."""

import dataclasses
import types
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def build(kind: type[Record], raw: dict[str, Any]) -> Record:
    """The record `raw` describes. Raises TypeError on a missing or unknown name, ValueError on an unknown choice."""
    hints = get_type_hints(kind)
    unknown = raw.keys() - {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown:
        raise TypeError(f"{kind.__name__} has no {sorted(unknown)}")
    return kind(**{name: _value(hints[name], value) for name, value in raw.items()})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(arg for arg in get_args(hint) if arg is not types.NoneType)
        return None if value is None else _value(inner, value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    return _single(hint, value)


def _single(hint: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return build(hint, value)  # type: ignore[arg-type]
    if hint is Decimal or issubclass(hint, StrEnum):
        return hint(value)
    if hint is time:
        return time.fromisoformat(value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is not {hint.__name__}")
    return value
