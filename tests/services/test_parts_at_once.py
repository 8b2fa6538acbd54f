"""Desk, workshop and store at the same moment: nobody sees an error, and never more is kept than lies on the shelf."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

from sqlmodel import col, select

from db.enums import AppointmentStatus, Role
from db.models import Appointment, OrderLine, Part, PartReservation, Requisition
from services.booking import book
from services.booking_changes import cancel
from services.booking_jobs import change_jobs
from services.part_reservations import reserved
from services.purchases import plan
from services.refusals import Refusal
from services.requisitions import ask, hand_out
from services.slips import OPEN
from services.stock import count, give_back, receive
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.services.test_requisitions import SIGNED
from tests.shop import in_work, staff_id

TUESDAY_8 = datetime(2026, 11, 24, 8, tzinfo=UTC)
OIL, PADS = 1, 2
PARTS = (1, 2)
PEOPLE, ACTS = 6, 20


def test_desk_and_store_at_once_keep_no_more_than_there_is(ws: Workspace) -> None:
    desk, store = as_role(ws, Role.ADVISOR), as_role(ws, Role.PARTS_CLERK)
    with unit_of_work(desk) as work:
        cars = [make_car(work, plate=f"C{number}").id for number in range(PEOPLE)]
        for part in PARTS:
            work.get(Part, part).on_hand = Decimal(5)
    orders = [in_work(store, "BRK", "SVC", plate=f"W{number}") for number in range(3)]
    gate, errors = Barrier(PEOPLE), list[BaseException]()

    def person(number: int) -> None:
        chance = random.Random(number)
        gate.wait()
        for _ in range(ACTS):
            try:
                act(desk, store, cars[number], chance.choice(orders), chance)
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with reading(ws) as work:
        kept = reserved(work, PARTS)
        assert len(work.db.exec(select(Appointment)).all()) > PEOPLE
        assert all(held.quantity > 0 for held in work.db.exec(select(PartReservation)))
        for part in PARTS:
            assert kept.get(part, Decimal(0)) <= work.get(Part, part).on_hand


def act(desk: Workspace, store: Workspace, car: int, order: int, chance: random.Random) -> None:
    """One tap of somebody, as chance has it; what is refused is refused."""
    kind = chance.choice(("book", "book", "jobs", "cancel", "receive", "count", "ask", "draw", "back", "plan"))
    jobs = chance.choice(([OIL], [PADS], [PADS, OIL]))
    with suppress(Refusal):
        if kind == "book":
            with unit_of_work(desk) as work:
                hours = timedelta(days=chance.randrange(3), hours=chance.randrange(9))
                book(work, car, concern="x", job_ids=jobs, starts_at=TUESDAY_8 + hours)
        elif kind in {"ask", "draw", "back", "plan"}:
            with unit_of_work(store) as work:
                draw(work, kind, order, chance)
        elif kind in {"receive", "count"}:
            with unit_of_work(store) as work:
                part, many = chance.choice(PARTS), Decimal(chance.randrange(1, 9))
                receive(work, part, quantity=many) if kind == "receive" else count(work, part, counted=many, reason="x")
        else:
            with unit_of_work(desk) as work:
                one = chance.choice([0, *work.db.exec(select(Appointment.id).where(
                    Appointment.status == AppointmentStatus.CONFIRMED))])  # fmt: skip
                change_jobs(work, one, jobs) if kind == "jobs" else cancel(work, one, reason="x")


def draw(work: Work, kind: str, order: int, chance: random.Random) -> None:
    """One tap about the parts of a car that is here."""
    if kind == "ask":
        ask(work, order)
    elif kind == "plan":
        plan(work, part_id=chance.choice(PARTS), order_id=order)
    elif kind == "back":
        out = work.db.exec(select(OrderLine.id).where(OrderLine.order_id == order, OrderLine.issued > 0)).first()
        give_back(work, out or 0)
    else:
        slip = work.db.exec(select(Requisition.id).where(col(Requisition.status).in_(OPEN))).first()
        hand_out(work, slip or 0, taken_by_id=staff_id(work, "Tom Technician"), signature=SIGNED)
