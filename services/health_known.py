"""What the program knows about the points of a health check: where they are, what is measured, from when work is due, and
which job cures them. The limits are those of the trade; a garage sets its own (services/health_templates.py)."""

from dataclasses import dataclass
from decimal import Decimal

from db.enums_health import HealthPoint as P
from db.enums_health import StandardCheck
from db.enums_reception import HealthGroup, Measure

WHEELS = ("fl", "fr", "rl", "rr")


@dataclass(frozen=True)
class Known:
    """A point as the program brings it: below which value it is due soon and now, and the catalogue's code of its job."""

    point: P
    group: HealthGroup
    measure: Measure = Measure.NONE
    soon: Decimal | None = None
    now: Decimal | None = None
    safety: bool = False
    job: str = ""


def _tyre(wheel: str) -> tuple[Known, Known]:
    """Tread: 1.6 mm is the least the law allows; below 3 mm a wet road is no longer gripped."""
    tread = Known(P(f"tread_{wheel}"), HealthGroup.TYRES, Measure.TREAD, Decimal(3), Decimal("1.6"), True, "TYR-01")
    return tread, Known(P(f"pressure_{wheel}"), HealthGroup.TYRES, Measure.PRESSURE)


def _pads(point: P, job: str) -> Known:
    return Known(point, HealthGroup.BRAKES, Measure.THICKNESS, Decimal(5), Decimal(3), True, job)


_OUT, _BRAKES, _ENGINE, _UNDER, _OTHER = (
    HealthGroup.OUTSIDE,
    HealthGroup.BRAKES,
    HealthGroup.ENGINE,
    HealthGroup.UNDERSIDE,
    HealthGroup.OTHER,
)
KNOWN: tuple[Known, ...] = (
    Known(P.HEADLIGHTS, _OUT, safety=True, job="ELE-03"),
    Known(P.INDICATORS, _OUT, safety=True),
    Known(P.BRAKE_LIGHTS, _OUT, safety=True),
    Known(P.TAIL_LIGHTS, _OUT, safety=True),
    Known(P.FOG_LIGHTS, _OUT),
    Known(P.HORN, _OUT, safety=True),
    Known(P.WINDSCREEN, _OUT, safety=True, job="BOD-03"),
    Known(P.WIPERS, _OUT, safety=True, job="BOD-01"),
    Known(P.WASHERS, _OUT),
    Known(P.MIRRORS, _OUT, safety=True),
    *(known for wheel in WHEELS for known in _tyre(wheel)),
    Known(P.SPARE, HealthGroup.TYRES),
    _pads(P.PADS_FRONT, "BRK-01"),
    _pads(P.PADS_REAR, "BRK-02"),
    Known(P.DISCS_FRONT, _BRAKES, safety=True, job="BRK-03"),
    Known(P.DISCS_REAR, _BRAKES, safety=True, job="BRK-04"),
    # A DOT 4 fluid boils at 230 °C when new and has to be changed at the latest when it boils at 155 °C.
    Known(P.BRAKE_FLUID, _BRAKES, Measure.CELSIUS, Decimal(180), Decimal(155), True, "BRK-05"),
    Known(P.BRAKE_HOSES, _BRAKES, safety=True),
    Known(P.PARKING_BRAKE, _BRAKES, safety=True),
    Known(P.ENGINE_OIL, _ENGINE),
    Known(P.COOLANT, _ENGINE, job="SVC-12"),
    Known(P.WASHER_FLUID, _ENGINE),
    # At rest 12.6 V is full, 12.4 V three quarters, 12.0 V a quarter.
    Known(P.BATTERY, _ENGINE, Measure.VOLTS, Decimal("12.4"), Decimal(12), job="ELE-01"),
    Known(P.DRIVE_BELTS, _ENGINE),
    Known(P.AIR_FILTER, _ENGINE),
    Known(P.ENGINE_LEAKS, _ENGINE),
    Known(P.HV_CABLES, _ENGINE, safety=True),
    Known(P.HV_COOLING, _ENGINE, job="EV-03"),
    Known(P.SHOCKS, _UNDER, safety=True, job="SUS-02"),
    Known(P.STEERING, _UNDER, safety=True),
    Known(P.BOOTS, _UNDER),
    Known(P.EXHAUST, _UNDER, job="ENG-11"),
    Known(P.LEAKS, _UNDER),
    Known(P.RUST, _UNDER),
    Known(P.SEAT_BELTS, _OTHER, safety=True),
    Known(P.WARNING_LAMPS, _OTHER, safety=True),
    Known(P.AIRCON, _OTHER, job="AIR-01"),
    Known(P.CABIN_FILTER, _OTHER, job="SVC-10"),
    # Makers' warranties of drive batteries end at 70 % of the first capacity.
    Known(P.HV_BATTERY, _OTHER, Measure.PERCENT, Decimal(80), Decimal(70), job="EV-02"),
    Known(P.CHARGE_PORT, _OTHER, job="EV-04"),
    Known(P.CHARGE_CABLE, _OTHER),
)
_ELECTRIC = {P.HV_BATTERY, P.HV_CABLES, P.HV_COOLING, P.CHARGE_PORT, P.CHARGE_CABLE}
_COMBUSTION = {P.ENGINE_OIL, P.COOLANT, P.DRIVE_BELTS, P.AIR_FILTER, P.EXHAUST}
_AT_A_GLANCE = {P.HEADLIGHTS, P.BRAKE_LIGHTS, P.WIPERS, P.PADS_FRONT, P.PADS_REAR, P.ENGINE_OIL, P.COOLANT, P.BATTERY,
                P.WARNING_LAMPS, *(P(f"{what}_{wheel}") for what in ("tread", "pressure") for wheel in WHEELS)}  # fmt: skip
_LEFT_OUT = {
    StandardCheck.FULL: _ELECTRIC,
    StandardCheck.SHORT: {known.point for known in KNOWN} - _AT_A_GLANCE,
    StandardCheck.ELECTRIC: _COMBUSTION,
}
_ITS_OWN_JOB = {(StandardCheck.ELECTRIC, P.BATTERY): "EV-05"}


def points_of(standard: StandardCheck) -> list[Known]:
    """The points of a checklist that comes with the program, in their order."""
    return [known for known in KNOWN if known.point not in _LEFT_OUT[standard]]


def job_code(standard: str, point: str) -> str:
    """The code by which the common catalogue knows the job that cures a point; blank when there is none."""
    own = next((code for (check, known), code in _ITS_OWN_JOB.items() if (check, known) == (standard, point)), "")
    return own or next((known.job for known in KNOWN if known.point == point), "")
