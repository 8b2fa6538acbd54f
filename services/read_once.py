"""An attribute worked out when it is first asked for, and kept. Unlike `functools.cached_property` before Python 3.12 no lock is
held meanwhile: one person's act waiting for the database inside it would keep all others from ever finishing theirs."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class read_once(Generic[T]):  # noqa: N801 — read like `property`
    """`@read_once` over a method of one object."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self.work_out, self.name, self.__doc__ = work_out, "", work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, one: None, owner: type) -> Self: ...
    @overload
    def __get__(self, one: object, owner: type) -> T: ...
    def __get__(self, one: object | None, owner: type) -> Self | T:
        if one is None:
            return self
        found = one.__dict__[self.name] = self.work_out(one)  # found there from now on
        return found
