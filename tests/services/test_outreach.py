"""The lists of cars to call: who is on them, who never, in which order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from db.base import metadata
from db.enums import AppointmentStatus, Channel, OrderStatus, Role
from db.enums_desk import CampaignKind, OutreachReason
from db.models import Appointment, ContactAttempt, ContactConsent, Customer, Vehicle, WorkOrder
from services.due_work import reckon
from services.outreach import WINDOWS, cars_to_call, counts
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_campaign
from tests.services.calling import IN_3_DAYS, TODAY, due_car

SERVICE = OutreachReason.SERVICE


def plates(work: Work, reason: OutreachReason = SERVICE) -> list[str]:
    return [one.plate for one in cars_to_call(work, reason)]


def test_a_row_says_whom_to_call_and_why(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = due_car(work)
        customer = work.get(Customer, car.customer_id)
        customer.call_when = "after 17:00"
        work.add(customer)
        work.add(ContactAttempt(customer_id=customer.id, at=MONDAY_9 - timedelta(days=9)))
        (row,) = cars_to_call(work, SERVICE)
        assert (row.name, row.phone, row.call_when) == ("Owner of AB12 CDE", "+447700900123", "after 17:00")
        assert (row.plate, row.model, row.due_on, row.at_km, row.tries) == (
            "AB12 CDE",
            "Ford Focus",
            IN_3_DAYS,
            None,
            0,
        )
        assert row.called_at == MONDAY_9 - timedelta(days=9)


def test_each_reason_has_its_list_and_its_count(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        make_campaign(work, starts_on=TODAY)
        make_campaign(
            work, code="C1", kind=CampaignKind.CAMPAIGN, title="Winter check", make="", vins=["XYZ"], starts_on=TODAY
        )
        due_car(work, "A1", make="Opel", vin="XYZ")
        due_car(work, "A2", make="Opel", inspection_until=TODAY + timedelta(days=30))
        due_car(work, "A3", make="Opel", insurance_until=TODAY - timedelta(days=30))
        due_car(work, "A4", make="Opel", first_registered=date(2026, 5, 26))
        due_car(work, "A5", make="Opel", last_service_on=date(2025, 11, 26))
        due_car(work, "A6", vin="Y")
        assert {reason: plates(work, reason) for reason in OutreachReason} == {
            OutreachReason.RECALL: ["A6"],
            OutreachReason.DECLINED: [],
            OutreachReason.SERVICE: ["A5"],
            OutreachReason.FIRST_SERVICE: ["A4"],
            OutreachReason.INSPECTION: ["A2"],
            OutreachReason.INSURANCE: ["A3"],
            OutreachReason.CAMPAIGN: ["A1"],
            OutreachReason.ABSENT: [],
        }
        assert counts(work) == {reason: len(plates(work, reason)) for reason in OutreachReason}


@pytest.mark.parametrize("reason", [SERVICE, OutreachReason.INSPECTION, OutreachReason.INSURANCE])
def test_the_call_window_has_both_its_ends(ws: Workspace, reason: OutreachReason) -> None:
    column = {SERVICE: "next_service_on", OutreachReason.INSPECTION: "inspection_until"}.get(reason, "insurance_until")
    after, before = WINDOWS[reason]
    days = {"A1": TODAY - after - timedelta(days=1), "A2": TODAY - after, "A3": TODAY + before}
    with unit_of_work(ws) as work:
        for plate, day in {**days, "A4": TODAY + before + timedelta(days=1)}.items():
            facts: dict[str, object] = {column: day}
            due_car(work, plate, "+447700900123", **facts)
        assert plates(work, reason) == ["A2", "A3"]


def test_the_longest_due_comes_first_and_then_the_one_not_called_longest(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        due_car(work, "A1", next_service_on=IN_3_DAYS)
        due_car(work, "A2", next_service_on=TODAY - timedelta(days=2))
        due_car(work, "A3", next_service_on=TODAY)
        assert plates(work) == ["A2", "A3", "A1"]


def without_calls(work: Work, car: Vehicle) -> None:
    customer = work.get(Customer, car.customer_id)
    customer.no_calls = True
    work.add(customer)


def without_phone(work: Work, car: Vehicle) -> None:
    customer = work.get(Customer, car.customer_id)
    customer.phone = None
    work.add(customer)


def consent(work: Work, car: Vehicle, *words: bool, channel: Channel = Channel.PHONE) -> None:
    for allowed in words:
        work.add(ContactConsent(customer_id=car.customer_id, channel=channel, allowed=allowed, at=work.now))


def booked(work: Work, car: Vehicle, days: int, status: AppointmentStatus = AppointmentStatus.CONFIRMED) -> None:
    at = MONDAY_9 + timedelta(days=days)
    work.add(Appointment(number=f"B{days}", customer_id=car.customer_id, vehicle_id=car.id, status=status, starts_at=at,
                         created_at=work.now))  # fmt: skip


def in_shop(work: Work, car: Vehicle, status: OrderStatus) -> None:
    work.add(WorkOrder(number="W1", customer_id=car.customer_id, vehicle_id=car.id, status=status, arrived_at=work.now))


@pytest.mark.parametrize(
    ("fact", "called"),
    [
        (without_calls, False),
        (without_phone, False),
        (lambda work, car: consent(work, car, False), False),
        (lambda work, car: consent(work, car, True, False), False),
        (lambda work, car: consent(work, car, False, True), True),
        (lambda work, car: consent(work, car, False, channel=Channel.SMS), True),
        (lambda work, car: booked(work, car, 1), False),
        (lambda work, car: booked(work, car, 0, AppointmentStatus.REQUESTED), False),
        (lambda work, car: booked(work, car, 1, AppointmentStatus.CANCELLED), True),
        (lambda work, car: booked(work, car, -1), True),
        (lambda work, car: in_shop(work, car, OrderStatus.IN_WORK), False),
        (lambda work, car: in_shop(work, car, OrderStatus.CLOSED), True),
    ],
)
def test_who_is_left_in_peace(ws: Workspace, fact: object, called: bool) -> None:
    with unit_of_work(ws) as work:
        fact(work, due_car(work))  # type: ignore[operator]
        work.db.flush()
        assert (plates(work) == ["AB12 CDE"]) is called
        assert counts(work)[SERVICE] == called


def test_a_change_of_the_file_changes_the_list(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        car = due_car(work)
        car.next_service_on = TODAY + timedelta(days=200)
        work.add(car)
        reckon(work, [car.id])
        assert plates(work) == []


def test_a_list_costs_as_many_queries_for_one_car_as_for_many(ws: Workspace) -> None:
    seen: list[str] = []
    event.listen(ws.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    with unit_of_work(ws) as work:
        for number in range(12):
            due_car(work, f"A{number}", f"+4477009001{number:02}")
        assert work.db.exec(select(Vehicle.id)).all()
        work.garage  # noqa: B018  (read before counting)
        seen.clear()
        assert len(cars_to_call(work, SERVICE)) == 12
        assert len(seen) == 2
        counts(work)
        assert len(seen) == 3


def test_no_table_is_read_from_end_to_end_for_a_list(ws: Workspace) -> None:
    if ws.engine.dialect.name != "sqlite":
        pytest.skip("SQLite says how it reads; the statements are the same")
    sent: list[tuple[str, tuple[object, ...]]] = []
    event.listen(ws.engine, "before_cursor_execute", lambda *call: sent.append((call[2], call[3])))
    with unit_of_work(ws) as work:
        due_car(work)
        sent.clear()
        cars_to_call(work, SERVICE)
        counts(work)
        raw = work.db.connection().connection.cursor()
        for statement, values in [one for one in sent if "car_due" in one[0]]:
            steps = raw.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            assert not [
                step[3] for step in steps if step[3].startswith("SCAN") and step[3].split()[1] in metadata.tables
            ]
