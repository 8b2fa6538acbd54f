"""A small garage for tests, and rows made the short way. Times are UTC; the garage works in London, Monday to Friday 8:00–18:00."""

from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db.base import metadata
from db.enums import BayKind, Role, Skill
from db.enums_desk import CampaignKind
from db.enums_money import DrawerKind
from db.models import (
    Bay,
    Campaign,
    CashDrawer,
    Customer,
    DrawerEntry,
    Garage,
    Job,
    JobPart,
    OpeningHours,
    Part,
    Shift,
    Staff,
    StaffRole,
    StaffSkill,
    Vehicle,
)
from services.campaign_ranges import put_own_ranges
from services.work import Work, unit_of_work
from services.workspace import Person, Workspace

MONDAY_9 = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STAFF: dict[str, tuple[tuple[Role, ...], tuple[Skill, ...]]] = {
    "Ada Advisor": ((Role.ADVISOR,), ()),
    "Sam Supervisor": ((Role.SUPERVISOR,), (Skill.DIAGNOSIS,)),
    "Tom Technician": ((Role.TECHNICIAN,), (Skill.SERVICE, Skill.BRAKES)),
    "Tia Technician": ((Role.TECHNICIAN,), (Skill.SERVICE, Skill.ELECTRICS)),
    "Lea Leader": ((Role.TEAM_LEADER,), (Skill.SERVICE, Skill.BRAKES)),
    "Ira Inspector": ((Role.INSPECTOR,), ()),
    "Pat Parts": ((Role.PARTS_CLERK,), ()),
    "Cass Cashier": ((Role.CASHIER,), ()),
    "Flo Follow": ((Role.FOLLOW_UP,), ()),
    "Max Manager": ((Role.MANAGER,), ()),
}


def make_garage(engine: Engine, data_dir: Path, now: datetime = MONDAY_9) -> Workspace:
    """A garage with two lifts and a quick bay, ten people (PIN hash unusable), three jobs, two parts, and an open
    cash drawer with a thousand in it. The program itself acts.

    The rows are made once and then copied: the tests need thousands of these.
    """
    ws = Workspace(engine, data_dir, lambda: now)
    kind = engine.dialect.name
    if kind in _ROWS:
        _write(engine, _ROWS[kind])
    else:
        _make(ws)
        _ROWS[kind] = _read(engine)
    return ws


Rows = dict[str, list[tuple[Any, ...]]]  # by table, as the driver gives and takes them
_ROWS: dict[str, Rows] = {}


def _make(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.add(Garage(name="Test Garage", zone="Europe/London", currency="GBP", language="en", country="GB",
                        tax_percent=Decimal(20), labour_rate=Decimal(60)))  # fmt: skip
        for weekday in range(5):
            work.add(OpeningHours(weekday=weekday, opens=8 * 60, closes=18 * 60))
        for position, (name, kind) in enumerate(
            (("Lift 1", BayKind.LIFT), ("Lift 2", BayKind.LIFT), ("Quick", BayKind.QUICK))
        ):
            work.add(Bay(name=name, kind=kind, position=position))
        for name, (roles, skills) in STAFF.items():
            _hire(work, name, roles, skills)
        _catalogue(work)
        drawer = work.add(CashDrawer(opened_at=work.now))
        work.add(DrawerEntry(drawer_id=drawer.id, kind=DrawerKind.FLOAT, amount=Decimal(1000), at=work.now))


def _read(engine: Engine) -> Rows:
    with engine.connect() as connection:
        found = {t.name: connection.exec_driver_sql(f'SELECT * FROM "{t.name}"').all() for t in metadata.sorted_tables}
    return {name: [tuple(row) for row in rows] for name, rows in found.items() if rows}


def _write(engine: Engine, found: Rows) -> None:
    postgresql = engine.dialect.name == "postgresql"
    with engine.begin() as connection, closing(connection.connection.cursor()) as cursor:
        for name, rows in found.items():
            values = ", ".join(["%s" if postgresql else "?"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{name}" VALUES ({values})', rows)
        if postgresql:  # rows with numbers of their own leave the counters behind
            counted = [(name, len(rows)) for name, rows in found.items() if "id" in metadata.tables[name].c]
            cursor.execute("SELECT " + ", ".join(f"setval('{name}_id_seq', {last})" for name, last in counted))


def _hire(work: Work, name: str, roles: tuple[Role, ...], skills: tuple[Skill, ...]) -> None:
    staff = work.add(Staff(name=name, pin_hash="!"))
    for role in roles:
        work.add(StaffRole(staff_id=staff.id, role=role))
    for skill in skills:
        work.add(StaffSkill(staff_id=staff.id, skill=skill))
    for weekday in range(5):
        work.add(Shift(staff_id=staff.id, weekday=weekday, starts=480, ends=1080, break_starts=720, break_ends=780))


def _catalogue(work: Work) -> None:
    oil = work.add(
        Part(code="OIL", name="Engine oil 5W-30", unit="l", price=Decimal("9.50"), cost=Decimal(5), on_hand=Decimal(40))
    )
    pads = work.add(
        Part(code="PADS", name="Front brake pads", unit="set", price=Decimal(48), cost=Decimal(30), on_hand=Decimal(4))
    )
    service = work.add(Job(code="SVC", name="Oil service", group="service", minutes=60, price=Decimal(60), bay_kind=BayKind.LIFT,
                           skill=Skill.SERVICE, interval_km=15000, interval_months=12))  # fmt: skip
    brakes = work.add(Job(code="BRK", name="Front brake pads", group="brakes", minutes=90, price=Decimal(90),
                          bay_kind=BayKind.LIFT, skill=Skill.BRAKES))  # fmt: skip
    work.add(Job(code="BAT", name="Battery test", group="electrics", minutes=15, price=Decimal(15), bay_kind=BayKind.QUICK,
                 skill=Skill.ELECTRICS))  # fmt: skip
    work.add(JobPart(job_id=service.id, part_id=oil.id, quantity=Decimal("4.5")))
    work.add(JobPart(job_id=brakes.id, part_id=pads.id, quantity=Decimal(1)))


def as_role(ws: Workspace, role: Role) -> Workspace:
    """The workspace with the first person of that role acting."""
    name, (roles, _) = next((n, r) for n, r in STAFF.items() if role in r[0])
    return ws.as_person(Person(list(STAFF).index(name) + 1, name, frozenset(roles)))


def as_name(ws: Workspace, name: str) -> Workspace:
    """The workspace with that person acting."""
    return ws.as_person(Person(list(STAFF).index(name) + 1, name, frozenset(STAFF[name][0])))


def make_car(work: Work, name: str = "Grace Field", plate: str = "AB12 CDE", phone: str = "+447700900123") -> Vehicle:
    """A customer with a car."""
    customer = work.add(Customer(name=name, name_keys=name.lower(), phone=phone, created_at=work.now))
    return work.add(
        Vehicle(customer_id=customer.id, plate=plate, plate_key=plate.replace(" ", ""), make="Ford", model="Focus",
                odometer_km=40000, created_at=work.now)
    )  # fmt: skip


def make_campaign(work: Work, **columns: Any) -> Campaign:
    """A recall of every Ford that runs since the first of the month, as its form would write it down."""
    usual = {
        "code": "R1",
        "kind": CampaignKind.RECALL,
        "title": "Airbag",
        "make": "Ford",
        "starts_on": date(2026, 11, 1),
    }
    row = work.add(Campaign(created_at=work.now, **{**usual, **columns}))
    put_own_ranges(work, row)
    return row
