"""The demo garage before its first day: the house, the people, the catalogue, the customers and their cars."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from db.enums import Channel, Role
from db.models import ContactConsent, Customer, Job, JobPart, Part, Staff, Vehicle
from services.demo.cars import DemoCar, make_cars
from services.demo.content import Content
from services.demo.customers import DemoCustomer, make_customers
from services.demo.desk_rows import expires
from services.demo.stage import Stage
from services.health_templates import propose_common_jobs
from services.normalize import index_keys, plate
from services.setup import NewGarage, set_up_garage
from services.shifts import DayTyped, set_shifts
from services.staff import add_person
from services.stock import opening
from services.warranty_terms import take_standard
from services.work import Work

PIN = "1234"
CUSTOMERS, CARS = 300, 380
SWING = (
    5 * 60
)  # minutes the doors are open around now on the day the demo is made, so that the day shown is in full swing
Hours = dict[int, tuple[str, str]]


def put_garage(work: Work, content: Content, now: datetime) -> None:
    """The house and its people."""
    house = content.garage
    hours = opening_hours(content, now.astimezone(ZoneInfo(house.zone)))
    manager = next(p for p in house.people if Role.MANAGER in p.roles)
    set_up_garage(
        work,
        NewGarage(house.name, house.address, house.phone, house.zone, house.currency, house.language, hours,
                  [(bay.name, bay.kind.value) for bay in house.bays], manager.name, PIN),
        common_jobs=False,
    )  # fmt: skip
    garage = work.garage
    garage.tax_percent, garage.tax_included, garage.labour_rate = (
        house.tax_percent,
        house.tax_included,
        house.labour_rate,
    )
    garage.demo, garage.same_day_booking = True, True
    work.db.add(garage)
    for person in house.people:
        if person is not manager:
            add_person(work, name=person.name, roles=person.roles, pin=PIN, skills=person.skills)
    for staff in work.db.exec(select(Staff)).all():
        set_shifts(work, staff.id, days={day: DayTyped(*span, *_noon(span)) for day, span in hours.items() if span[0]})


def opening_hours(content: Content, now: datetime) -> Hours:
    """The content's hours; today's are widened so that the garage is open now, whenever the demo is made."""
    minutes = {
        h.weekday: (_minute(h.opens.hour, h.opens.minute), _minute(h.closes.hour, h.closes.minute))
        for h in content.garage.hours
    }
    usual = minutes.get(now.weekday(), next(iter(minutes.values())))
    here = _minute(now.hour, now.minute)
    opens = min(usual[0], max(0, (here - SWING) // 60 * 60))
    closes = max(usual[1], min(24 * 60 - 15, (here + SWING) // 60 * 60))
    minutes[now.weekday()] = (opens, closes)
    return {day: (_typed(minutes[day][0]), _typed(minutes[day][1])) if day in minutes else ("", "") for day in range(7)}


def _minute(hour: int, minute: int) -> int:
    return hour * 60 + minute


def _typed(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _noon(span: tuple[str, str]) -> tuple[str, str]:
    """An hour's break at noon, on days long enough for one."""
    starts, ends = (int(part.split(":")[0]) for part in span)
    return ("12:00", "13:00") if starts <= 10 and ends >= 15 else ("", "")


def put_catalogue(work: Work, content: Content) -> None:
    """Jobs and parts, with the opening stock in the ledger."""
    parts = {}
    for part in content.parts:
        row = Part(code=part.code, name=part.name, brand=part.brand, unit=part.unit, price=part.price, cost=part.cost,
                   place=part.place, minimum=part.minimum, grade=part.grade, interchange=part.interchange or "")  # fmt: skip
        parts[part.code] = work.add(row)
        if part.stock:
            opening(work, row.id, quantity=part.stock)
    for job in content.jobs:
        made = Job(code=job.code, name=job.name, group=job.group, minutes=job.minutes, price=job.price, bay_kind=job.bay_kind,
                   skill=job.skill, interval_km=job.every_km, interval_months=job.every_months, safety=job.safety,
                   by_hours=job.by_hours)  # fmt: skip
        row_id = work.add(made).id
        for use in job.parts:
            work.add(JobPart(job_id=row_id, part_id=parts[use.code].id, quantity=use.quantity))
    propose_common_jobs(work)
    take_standard(work)


def put_customers(stage: Stage) -> None:
    """300 customers with what they allow us to send, and their 380 cars."""
    work, content, rng = stage.work, stage.content, stage.rng
    people = make_customers(content, rng, CUSTOMERS)
    rows = [_customer(work, person, content) for person in people]
    for car in make_cars(content, rng, people, CARS, today=stage.today.date()):
        stage.cars.append((car, _car(stage, rows[car.owner], car)))


def _customer(work: Work, person: DemoCustomer, content: Content) -> Customer:
    row = Customer(name=person.name, name_keys=index_keys(person.name), phone=person.phone, email=person.email,
                   language=person.language, note=person.note, call_when=person.call_when, created_at=work.now)  # fmt: skip
    work.add(row)
    for channel in content.market.channels:
        consent = ContactConsent(
            customer_id=row.id, channel=Channel(channel), allowed=channel in person.allowed, at=work.now
        )
        work.db.add(consent)
    return row


def _car(stage: Stage, owner: Customer, car: DemoCar) -> Vehicle:
    work, then = stage.work, stage.today.date() - timedelta(days=120)
    registered = car.first_registered
    row = Vehicle(customer_id=owner.id, plate=car.plate, plate_key=plate(car.plate), vin=car.vin, make=car.make, model=car.model,
                  first_registered=registered, odometer_km=car.km_on(then), odometer_on=then,
                  warranty_until=car.warranty_until, inspection_until=expires(stage, registered, years=2),
                  insurance_until=expires(stage, registered, years=1), created_at=work.now,
                  last_service_on=_last_service(stage, registered))  # fmt: skip
    return work.add(row)


def _last_service(stage: Stage, registered: date | None) -> date | None:
    """Most cars were serviced here or elsewhere within the last year and a half, before the history begins; new ones not yet."""
    day = stage.today.date() - timedelta(days=stage.rng.randint(100, 500))
    return day if registered and registered < day and stage.rng.random() < 0.8 else None
