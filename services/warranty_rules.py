"""Whether a warranty still pays, judged by date and mileage. Pure calculation; the reason can be said in any language."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from babel.dates import format_date
from babel.numbers import format_decimal

from db.enums_reception import Cover
from services.due_dates import months_on
from services.i18n import N_, translate

_DATES = {"zh_CN": "y年M月d日"}


class _Side(Enum):
    """Where one limit leaves the car."""

    WITHIN = auto()
    PAST = auto()
    NEAR = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Limits:
    """What the warranty promises: until the end of `until`, or so many `months` from first registration; up to `km`. None:
    without that limit."""

    until: date | None = None
    months: int | None = None
    km: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where the car stands: `on` the day it came, with `km` read at this visit, `least_km` known from before."""

    on: date
    registered: date | None = None
    km: int | None = None
    least_km: int | None = None


@dataclass(frozen=True)
class Near:
    """How far past a limit the warranty clerk still decides."""

    days: int = 0
    km: int = 0


@dataclass(frozen=True)
class Judgement:
    """What the terms say of a job, and why: English source texts with what fills them."""

    cover: Cover
    why: tuple[tuple[str, dict[str, object]], ...]

    def say(self, language: str) -> str:
        """The reason in a language: until 12 Mar 2027 or 100,000 km; car has 41,250 km."""
        parts = [
            translate(language, what, **{n: _shown(v, language) for n, v in params.items()})
            for what, params in self.why
        ]
        return ("；" if language == "zh_CN" else "; ").join(parts)


def said(cover: Cover, what: str) -> Judgement:
    """A judgement for one plain reason."""
    return Judgement(cover, ((what, {}),))


def promise(limits: Limits) -> Judgement:
    """What is promised, of no car in particular: 36 months or 100,000 km."""
    return Judgement(Cover.INSIDE, (_promised(limits, limits.until),))


def judge(limits: Limits, car: Standing, near: Near) -> Judgement:
    """Inside up to and including the last day and the last kilometre; past one of them outside; undecided when what must be
    known is not, or when it is past by no more than `near`."""
    end = limits.until
    if end is None and limits.months is not None and car.registered:
        end = months_on(car.registered, limits.months)
    sides = [_by_date(limits, end, car, near), _by_km(limits, car, near)]
    if _Side.PAST in sides:
        cover = Cover.OUTSIDE
    else:
        cover = Cover.INSIDE if all(side == _Side.WITHIN for side in sides) else Cover.UNDECIDED
    return Judgement(cover, (_promised(limits, end), *_car(limits, end, car, sides)))


def _by_date(limits: Limits, end: date | None, car: Standing, near: Near) -> _Side:
    if end is None:
        return _Side.WITHIN if limits.months is None else _Side.UNKNOWN
    if car.on <= end:
        return _Side.WITHIN
    return _Side.NEAR if car.on <= end + timedelta(days=near.days) else _Side.PAST


def _by_km(limits: Limits, car: Standing, near: Near) -> _Side:
    """A reading of this visit decides; an older one only when it is past the limit already."""
    if limits.km is None:
        return _Side.WITHIN
    km = car.km if car.km is not None else car.least_km
    if km is not None and km > limits.km + near.km:
        return _Side.PAST
    if car.km is None:
        return _Side.UNKNOWN
    return _Side.WITHIN if car.km <= limits.km else _Side.NEAR


def _promised(limits: Limits, end: date | None = None) -> tuple[str, dict[str, object]]:
    if end is not None:
        what = N_("until {day}") if limits.km is None else N_("until {day} or {limit} km")
        return what, {"day": end, "limit": limits.km}
    if limits.months is not None:
        what = N_("{months} months") if limits.km is None else N_("{months} months or {limit} km")
        return what, {"months": limits.months, "limit": limits.km}
    return (N_("up to {limit} km"), {"limit": limits.km}) if limits.km is not None else (N_("without limit"), {})


def _car(limits: Limits, end: date | None, car: Standing, sides: list[_Side]) -> list[tuple[str, dict[str, object]]]:
    """What is known of the car about the limits, and what is not."""
    found: list[tuple[str, dict[str, object]]] = []
    if limits.km is not None and (km := car.km if car.km is not None else car.least_km) is not None:
        found.append((N_("car has {km} km"), {"km": km}) if car.km is not None else (N_("car had {km} km"), {"km": km}))
    if limits.km is not None and car.km is None:
        found.append((N_("odometer not read at this visit"), {}))
    if limits.months is not None and end is None:
        found.append((N_("first registration unknown"), {}))
    if _Side.NEAR in sides and _Side.PAST not in sides:
        found.append((N_("only just past"), {}))
    return found


def _shown(value: object, language: str) -> object:
    if isinstance(value, date):
        return format_date(value, _DATES.get(language, "d MMMM y"), locale=language)
    return format_decimal(value, locale=language) if isinstance(value, int) else value
