"""What every named choice is made of."""

from enum import StrEnum
from typing import Self


class Label(str):
    """An English source text that is shown translated. What people typed is never one."""

    __slots__ = ()


class Choice(StrEnum):
    """A value with what a screen needs to show it."""

    label: Label
    color: str
    icon: str

    def __new__(cls, value: str, label: str = "", color: str = "gray", icon: str = "circle") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.color, member.icon = Label(label or value), color, icon
        return member
