"""How a point of the health check is named, measured and judged, and what is done together with it."""

from decimal import Decimal

from db.enums_health import HealthPoint
from db.enums_reception import Grade, Measure
from db.models import CheckTemplateItem
from services.health_known import WHEELS
from services.i18n import N_
from services.order_lines import NotExact
from services.refusals import Refusal
from services.validate import within

UNITS = {Measure.NONE: "", Measure.TREAD: "mm", Measure.PRESSURE: "bar", Measure.THICKNESS: "mm", Measure.VOLTS: "V",
         Measure.PERCENT: "%", Measure.CELSIUS: "°C"}  # fmt: skip
MOST = {Measure.TREAD: 20, Measure.PRESSURE: 12, Measure.THICKNESS: 60, Measure.VOLTS: 60, Measure.PERCENT: 100,
        Measure.CELSIUS: 350}  # fmt: skip
STEPS = {Measure.TREAD: 0.5, Measure.PRESSURE: 0.1, Measure.THICKNESS: 0.5, Measure.VOLTS: 0.1, Measure.PERCENT: 1.0,
         Measure.CELSIUS: 5.0}  # fmt: skip
_TENTH = Decimal("0.1")
_KNOWN = {point.value: point for point in HealthPoint}
_BADNESS = {None: 0, Grade.GOOD: 1, Grade.SOON: 2, Grade.NOW: 3}
_AXLES = {"fl": N_("Front tyres"), "fr": N_("Front tyres"), "rl": N_("Rear tyres"), "rr": N_("Rear tyres")}


class NothingMeasured(Refusal):
    """Nothing is measured at this point."""


def name_of(point: str, title: str) -> str:
    """A standard point as a label, which is said in the reader's language; an own one as its title."""
    return _KNOWN[point].label if point in _KNOWN else title


def wheel_of(point: str) -> str:
    """At which wheel a standard point is (fl, fr, rl, rr); blank for other points."""
    what, _, wheel = point.partition("_")
    return wheel if what in ("tread", "pressure") and wheel in WHEELS else ""


def is_pressure(point: str) -> bool:
    """Whether it is the air of a wheel, which stands beside the wheel's tread."""
    return bool(wheel_of(point)) and point.startswith("pressure")


def work_of(item: CheckTemplateItem) -> tuple[int, str]:
    """What has to be done when the point is not good: the job of the catalogue (0: none) and its words.

    Points with the same work are one proposal. Tyres are changed in pairs, so an axle is one piece of work.
    """
    axle = None if is_pressure(item.point) else _AXLES.get(wheel_of(item.point))
    if item.job_id:
        return item.job_id, axle or ""
    return 0, axle or name_of(item.point, item.title)


def judged(item: CheckTemplateItem, value: Decimal | None) -> Grade | None:
    """What a value says by the limits of its point; good when it has none, None without a value."""
    if value is None:
        return None
    if item.now_below is not None and value <= item.now_below:
        return Grade.NOW
    return Grade.SOON if item.soon_below is not None and value <= item.soon_below else Grade.GOOD


def after_measuring(
    item: CheckTemplateItem, grade: Grade | None, old: Decimal | None, new: Decimal | None
) -> Grade | None:
    """The grade once a point was measured (anew): what the value says, unless a person found the point worse."""
    says = judged(item, new)
    if says is None:
        return None if grade == judged(item, old) else grade
    by_value = grade is None or grade == judged(item, old)
    return says if by_value or _BADNESS[says] > _BADNESS[grade] else grade


def worst(grades: list[Grade | None]) -> Grade | None:
    """The worst of them."""
    return max(grades, key=_BADNESS.__getitem__, default=None)


def value_typed(measure: Measure, value: Decimal | None) -> Decimal | None:
    """A value people typed; None takes it back. Refuses with NothingMeasured, OutOfRange, NotExact (tenths are read off)."""
    if value is None:
        return None
    if measure == Measure.NONE:
        raise NothingMeasured
    within(value, measure.label, 0, MOST[measure])
    if value % _TENTH:
        raise NotExact(field=measure.label, digits=1)
    return value


def amount(measure: Measure, value: Decimal | None) -> str:
    """A value with its unit: 5.2 mm. Blank without one."""
    return "" if value is None else f"{value.normalize():f} {UNITS[measure]}"
