"""Who decides whether the warranty pays for a job, and what follows from it."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Answer, LineKind, OrderStatus, Payer, Role
from db.enums_reception import Cover, OrderTaskKind
from db.models import Job, OrderJob, OrderLine, Staff, StaffRole, Vehicle, WarrantyTerm, WorkOrder
from services import inspections, order_tasks, orders, warranty, warranty_terms
from services.customers import CarDates, CarFields, WarrantyBeforeRegistration, change_car
from services.refusals import Missing, NotAllowed, NotNow, OutOfRange, ReasonMissing, Refusal
from services.work import reading, unit_of_work
from services.workspace import Person, Workspace
from tests.factories import as_role, make_car
from tests.services.reception import approved, received

BRAKES = 2  # of the catalogue: not upkeep


def clerk(ws: Workspace) -> Workspace:
    """Wes decides about warranty."""
    with unit_of_work(ws) as work:
        row = work.db.exec(select(Staff).where(Staff.name == "Wes")).first() or work.add(
            Staff(name="Wes", pin_hash="!")
        )
        if not work.db.get(StaffRole, (row.id, Role.WARRANTY_CLERK)):
            work.add(StaffRole(staff_id=row.id, role=Role.WARRANTY_CLERK))
    return ws.as_person(Person(row.id, "Wes", frozenset({Role.WARRANTY_CLERK})))


def a_term(ws: Workspace, make: str = "", group: str = "", months: int | None = 36, km: int | None = 100_000) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        warranty_terms.set_term(work, make=make, group=group, months=months, km=km)


def a_job(
    ws: Workspace,
    *,
    registered: date | None = date(2025, 3, 12),
    km: int | None = 41_250,
    job: int = BRAKES,
    plate: str = "AB12 CDE",
) -> int:
    """A greeted car with one job, its odometer read unless None."""
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = received(work, (job,), plate)
        work.get(Vehicle, order.vehicle_id).first_registered = registered
        if km is not None:
            inspections.record(work, order.id, covers=True, odometer_km=km, fuel_eighths=4)
        return work.db.exec(select(OrderJob.id).where(OrderJob.order_id == order.id)).one()


def decide(
    ws: Workspace, role: Role | None, job: int, cover: Cover, seen: Cover | None = None, reason: str = ""
) -> None:
    with unit_of_work(as_role(ws, role) if role else clerk(ws)) as work:
        order = work.get(OrderJob, job).order_id
        warranty.decide(work, order, order_job_id=job, cover=cover, seen=seen, reason=reason)


def job_of(ws: Workspace, job: int) -> OrderJob:
    with reading(ws) as work:
        return work.get(OrderJob, job)


def payers(ws: Workspace, job: int) -> set[Payer]:
    with reading(ws) as work:
        return {line.payer for line in work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job))}


def assessed(ws: Workspace, job: int) -> tuple[Cover, str]:
    with reading(ws) as work:
        found = warranty.assess(work, work.get(OrderJob, job).order_id, job)
        return found.cover, found.say("en")


def test_the_terms_judge_by_first_registration_and_the_odometer_of_this_visit(ws: Workspace) -> None:
    a_term(ws)
    assert assessed(ws, a_job(ws)) == (Cover.INSIDE, "until 12 March 2028 or 100,000 km; car has 41,250 km")


def test_an_odometer_not_read_leaves_it_undecided(ws: Workspace) -> None:
    a_term(ws)
    assert assessed(ws, a_job(ws, km=None))[0] == Cover.UNDECIDED


def test_upkeep_and_a_car_without_terms_are_the_customers(ws: Workspace) -> None:
    job = a_job(ws, job=1)
    assert assessed(ws, job) == (Cover.OUTSIDE, "upkeep, wear or damage")
    with unit_of_work(ws) as work:
        work.get(Job, 1).interval_km = work.get(Job, 1).interval_months = None
        work.get(OrderJob, job).job_id = BRAKES
    assert assessed(ws, job) == (Cover.OUTSIDE, "no warranty terms for it")


def test_the_closest_term_counts(ws: Workspace) -> None:
    job = a_job(ws)
    for make, group, months in (("", "", 12), ("", "brakes", 13), ("ford", "", 14), ("FORD", "brakes", 15)):
        a_term(ws, make, group, months, None)
        day = {12: "March 2026", 13: "April 2026", 14: "May 2026", 15: "June 2026"}[months]
        assert assessed(ws, job) == (Cover.OUTSIDE, f"until 12 {day}")
    a_term(ws, "Ford", "brakes", 0, None)
    assert assessed(ws, job) == (Cover.OUTSIDE, "not under warranty")


def test_the_date_in_the_cars_papers_stands_for_the_general_months_only(ws: Workspace) -> None:
    job = a_job(ws, registered=None)
    with unit_of_work(ws) as work:
        work.db.exec(select(Vehicle)).one().warranty_until = date(2026, 11, 23)
    assert assessed(ws, job) == (Cover.INSIDE, "until 23 November 2026")
    a_term(ws, "", "", 36, 40_000)
    assert assessed(ws, job) == (Cover.OUTSIDE, "until 23 November 2026 or 40,000 km; car has 41,250 km")
    a_term(ws, "", "brakes", 6, None)
    assert assessed(ws, job) == (Cover.UNDECIDED, "6 months; first registration unknown")


def test_the_day_the_car_came_counts_not_the_day_somebody_looks(ws: Workspace) -> None:
    a_term(ws, months=12)
    job = a_job(ws, registered=date(2025, 11, 23))
    later = ws.at(ws.clock().replace(day=25))
    assert assessed(later, job)[0] == Cover.INSIDE


def test_inside_makes_warranty_pay_all_of_the_job_and_outside_the_customer_again(ws: Workspace) -> None:
    a_term(ws)
    job = a_job(ws)
    decide(ws, Role.ADVISOR, job, Cover.INSIDE)
    assert payers(ws, job) == {Payer.WARRANTY}
    kept = job_of(ws, job)
    assert (kept.cover, kept.cover_reason) == (Cover.INSIDE, "until 12 March 2028 or 100,000 km; car has 41,250 km")
    decide(ws, Role.ADVISOR, job, Cover.OUTSIDE, Cover.INSIDE, "damaged by a kerb")
    assert payers(ws, job) == {Payer.CUSTOMER}
    assert job_of(ws, job).cover_reason == "damaged by a kerb"


def test_who_pays_otherwise_stays_when_a_job_is_outside(ws: Workspace) -> None:
    job = a_job(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        orders.set_payer(work, work.get(OrderJob, job).order_id, order_job_id=job, payer=Payer.INSURER)
    decide(ws, Role.ADVISOR, job, Cover.OUTSIDE)
    assert payers(ws, job) == {Payer.INSURER}


def test_what_the_terms_do_not_say_needs_a_reason(ws: Workspace) -> None:
    a_term(ws)
    job = a_job(ws)
    for cover in (Cover.OUTSIDE, Cover.UNDECIDED):
        with pytest.raises(ReasonMissing):
            decide(ws, Role.ADVISOR, job, cover)
    assert job_of(ws, job).cover is None


def test_the_second_of_two_who_decide_is_told(ws: Workspace) -> None:
    a_term(ws)
    job = a_job(ws)
    decide(ws, Role.ADVISOR, job, Cover.INSIDE)
    with pytest.raises(warranty.CoverChanged) as refused:
        decide(ws, Role.MANAGER, job, Cover.OUTSIDE, None, "kerb")
    assert refused.value.say("en") == "“Front brake pads” was decided meanwhile: Inside warranty."
    assert payers(ws, job) == {Payer.WARRANTY}


def test_undecided_is_the_clerks_task_and_the_clerks_alone_until_decided(ws: Workspace) -> None:
    a_term(ws)
    job, wes = a_job(ws, km=None), clerk(ws)
    decide(ws, Role.ADVISOR, job, Cover.UNDECIDED)
    with reading(ws) as work:
        ((task, order, _),) = order_tasks.open_tasks(work, wes.by)
        assert (task.kind, task.order_job_id, order.status.value) == (OrderTaskKind.WARRANTY, job, "reception")
    assert payers(ws, job) == {Payer.CUSTOMER}
    with pytest.raises(NotAllowed):
        decide(ws, Role.ADVISOR, job, Cover.INSIDE, Cover.UNDECIDED, "it is young")
    with pytest.raises(order_tasks.DecideInstead), unit_of_work(wes) as work:
        order_tasks.answer(work, task.id, "yes")
    decide(ws, None, job, Cover.INSIDE, Cover.UNDECIDED, "maker agreed, case 5521")
    with reading(ws) as work:
        done = work.get(type(task), task.id)
        assert (done.answer, order_tasks.open_tasks(work, wes.by)) == ("maker agreed, case 5521", [])
    assert payers(ws, job) == {Payer.WARRANTY}


def test_a_decision_after_the_customer_agreed_asks_again_only_for_the_worse(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = approved(work, (BRAKES,)).id
        job = work.db.exec(select(OrderJob.id)).one()
    decide(ws, Role.ADVISOR, job, Cover.INSIDE, None, "maker's goodwill")
    with reading(ws) as work:
        assert set(work.db.exec(select(OrderLine.answer)).all()) == {Answer.AGREED}
    decide(ws, Role.ADVISOR, job, Cover.OUTSIDE, Cover.INSIDE)
    with reading(ws) as work:
        assert set(work.db.exec(select(OrderLine.answer)).all()) == {Answer.PENDING}
        assert work.get(WorkOrder, order).status.value == "awaiting_dispatch"


def test_after_the_car_has_left_only_the_clerk_who_was_asked_decides(ws: Workspace) -> None:
    a_term(ws)
    asked, other = a_job(ws, registered=None), a_job(ws, plate="XY99 ZZZ")
    decide(ws, Role.ADVISOR, asked, Cover.UNDECIDED)
    with unit_of_work(ws) as work:
        for order in work.db.exec(select(WorkOrder)):
            order.status = OrderStatus.CLOSED
    with pytest.raises(NotNow):
        decide(ws, Role.ADVISOR, other, Cover.INSIDE)
    with reading(ws) as work:
        assert len(order_tasks.open_tasks(work, clerk(ws).by)) == 1
    decide(ws, None, asked, Cover.INSIDE, Cover.UNDECIDED, "maker agreed")
    assert (job_of(ws, asked).cover, payers(ws, asked)) == (Cover.INSIDE, {Payer.CUSTOMER})


def test_going_on_without_a_word_sends_what_is_undecided_to_the_clerk_once(ws: Workspace) -> None:
    a_term(ws)
    job = a_job(ws, registered=None)
    for jobs in ([job], []):
        with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
            assert [one.id for one in warranty.send_undecided(work, work.get(OrderJob, job).order_id)] == jobs
    assert job_of(ws, job).cover == Cover.UNDECIDED


def test_a_job_taken_off_needs_no_decision(ws: Workspace) -> None:
    a_term(ws)
    job, wes = a_job(ws, registered=None), clerk(ws)
    decide(ws, Role.ADVISOR, job, Cover.UNDECIDED)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        orders.remove_job(work, work.get(OrderJob, job).order_id, order_job_id=job)
    with reading(ws) as work:
        assert order_tasks.open_tasks(work, wes.by) == []


def test_a_part_added_to_a_job_under_warranty_is_paid_by_it_too(ws: Workspace) -> None:
    a_term(ws)
    job = a_job(ws)
    decide(ws, Role.ADVISOR, job, Cover.INSIDE)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        line = orders.add_part(work, work.get(OrderJob, job).order_id, order_job_id=job, part_id=1, quantity=Decimal(1))
        assert (line.kind, line.payer) == (LineKind.PART, Payer.WARRANTY)


def test_a_warranty_that_ends_before_the_car_was_registered_is_refused(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        car = make_car(work)
    dates = CarDates(first_registered=date(2025, 3, 12), warranty_until=date(2025, 3, 11))
    with pytest.raises(WarrantyBeforeRegistration), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        change_car(work, car.id, car.version, CarFields(car.plate, car.make, car.model), dates)
    with reading(ws) as work:
        assert work.get(Vehicle, car.id).warranty_until is None


def test_terms_are_the_managers_and_one_row_for_each_make_and_group(ws: Workspace) -> None:
    a_term(ws, "Ford", "", 24, None)
    a_term(ws, " Ford ", "", 36, 60_000)
    with reading(ws) as work:
        ((make, months, km),) = work.db.exec(select(WarrantyTerm.make, WarrantyTerm.months, WarrantyTerm.km)).all()
    assert (make, months, km) == ("Ford", 36, 60_000)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        warranty_terms.set_term(work, months=1, km=None)


@pytest.mark.parametrize(
    ("months", "km", "refusal"),
    [(None, None, Missing), (-1, None, OutOfRange), (241, None, OutOfRange), (12, 0, OutOfRange)],
)
def test_a_term_has_a_sensible_limit(ws: Workspace, months: int | None, km: int | None, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        a_term(ws, "", "", months, km)


def test_the_usual_terms_are_a_start_that_keeps_what_is_there(ws: Workspace) -> None:
    a_term(ws, "", "", 24, None)
    for taken in ([("brakes", 6, 10_000)], []):
        with unit_of_work(as_role(ws, Role.MANAGER)) as work:
            assert [(one.group, one.months, one.km) for one in warranty_terms.take_standard(work)] == taken
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        term = warranty_terms.warranty_terms(work)[0]
        assert (term.group, term.months) == ("", 24)
        warranty_terms.remove_term(work, term.id)
    with reading(ws) as work:
        assert [one.group for one in warranty_terms.warranty_terms(work)] == ["brakes"]


def test_the_manager_says_how_near_is_near(ws: Workspace) -> None:
    a_term(ws)
    job = a_job(ws, registered=date(2023, 11, 1))
    assert assessed(ws, job)[0] == Cover.OUTSIDE
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        warranty_terms.set_near(work, days=22, km=0)
    assert assessed(ws, job) == (
        Cover.UNDECIDED,
        "until 1 November 2026 or 100,000 km; car has 41,250 km; only just past",
    )
