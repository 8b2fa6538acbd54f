"""Lines of an estimate: hours, shares, discounts within a limit, prices set later, ways to choose from, outside work."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from db.enums import Answer, ConsentMethod, HoldReason, LineKind, OrderStatus, Payer, Role
from db.models import Garage, Job, OrderJob, OrderLine, Part, WorkOrder
from services import consents, orders
from services.alternative_moves import WaysEnough, offer_another, swap_part
from services.alternatives import OneWayOnly, completed, counted
from services.clocks import start
from services.declined_work import declined_for_car
from services.discount_limits import DiscountTooHigh, OverYourLimit, set_limits
from services.estimates import by_payer, shares_of, total_of
from services.extra_work import propose
from services.line_changes import AlreadyPriced, NotOutside, give_discount
from services.money import coin
from services.order_lines import NotExact
from services.order_moves import ORDERS
from services.order_refusals import PartsOut, PriceMissing, StillOut
from services.outside_work import send_out, take_back
from services.past_estimates import add_package, copy_job, earlier_visits, on_this_model
from services.refusals import InThePast, Missing, NotAllowed, NotFound, NotNow, OutOfRange, Refusal, Stale
from services.stock import give_back, issue
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import as_role, make_car
from tests.services.reception import approved, estimated, lines_of, received

D = Decimal


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def acting(work: Work, role: Role) -> Work:
    work.by = as_role(work.ws, role).by
    return work


def pending(work: Work, order: WorkOrder) -> list[OrderLine]:
    return [line for line in lines_of(work, order) if line.answer == Answer.PENDING]


def agree(work: Work, order: WorkOrder) -> None:
    """Everything that waits, in the workshop too."""
    said = dict.fromkeys((line.id for line in pending(work, order)), Answer.AGREED)
    verb = consents.approve if order.status == OrderStatus.AWAITING_APPROVAL else consents.answer_extra
    verb(work, order.id, answers=said, method=ConsentMethod.PHONE, person="Grace Field")


def without_price(work: Work, order: WorkOrder) -> bool:
    """Whether a missing price stands in the way of the statement."""
    blockers = ORDERS.move("bill").blockers(facts_of(work, ORDERS, order.id))
    return any(isinstance(one, PriceMissing) for one in blockers)


def in_work(work: Work, order: WorkOrder) -> WorkOrder:
    order.status = OrderStatus.IN_WORK
    return work.add(order)


# Labour


def test_a_job_in_free_words_is_its_hours_at_the_rate_and_one_with_a_price_is_that_price(work: Work) -> None:
    order = received(work, jobs=())
    orders.add_job(work, order.id, title="Find the squeak", minutes=100)
    orders.add_job(work, order.id, title="Fixed", minutes=100, price=D(10))
    hours, fixed = lines_of(work, order)
    assert (hours.quantity, hours.unit, hours.unit_price) == (D("1.67"), "h", D(60))
    assert total_of(hours, "GBP") == D("100.20")
    assert (fixed.quantity, fixed.unit, total_of(fixed, "GBP")) == (D(1), "", D(10))


def test_a_catalogue_job_by_hours_follows_the_rate(work: Work) -> None:
    work.db.exec(select(Job).where(Job.code == "BRK")).one().by_hours = True
    labour = lines_of(work, received(work, jobs=(2, 1)))[0]
    assert (labour.quantity, labour.unit, total_of(labour, "GBP")) == (D("1.50"), "h", D(90))


# Who pays


def test_a_line_is_shared_and_the_customer_pays_the_rest(work: Work) -> None:
    order = received(work)
    orders.set_payer(
        work, order.id, order_job_id=lines_of(work, order)[0].order_job_id, payer=Payer.INSURER, percent=70
    )
    sums = {payer: due.total for payer, due in by_payer(lines_of(work, order), work.garage).items()}
    assert sums == {Payer.CUSTOMER: D("30.82"), Payer.INSURER: D("71.93")}  # 42.75 at 70 %: 29.925, half up
    assert sum(sums.values()) == D("102.75")
    for wrong in (0, 101, -5):
        with pytest.raises(OutOfRange):
            orders.set_payer(
                work, order.id, order_job_id=lines_of(work, order)[0].order_job_id, payer=Payer.WARRANTY, percent=wrong
            )


def test_an_answer_holds_while_the_customer_pays_no_more(work: Work) -> None:
    order = in_work(work, approved(work))
    job = lines_of(work, order)[0].order_job_id
    acting(work, Role.ADVISOR)
    orders.set_payer(work, order.id, order_job_id=job, payer=Payer.WARRANTY, percent=50)
    assert not pending(work, order)
    orders.set_payer(work, order.id, order_job_id=job, payer=Payer.CUSTOMER)
    assert len(pending(work, order)) == 2


def test_a_no_holds_whoever_pays(work: Work) -> None:
    order = in_work(work, approved(work, jobs=(1, 2)))
    brakes = lines_of(work, order)[2:]
    for line in brakes:
        line.answer = Answer.DECLINED
    for payer in (Payer.WARRANTY, Payer.CUSTOMER):
        orders.set_payer(work, order.id, order_job_id=brakes[0].order_job_id, payer=payer)
    assert not pending(work, order)


@pytest.mark.parametrize(
    "status", [OrderStatus.SELF_CHECK, OrderStatus.FINAL_INSPECTION, OrderStatus.WASH, OrderStatus.READY]
)
def test_who_has_to_pay_after_the_work_is_asked_there(work: Work, status: OrderStatus) -> None:
    order = approved(work)
    order.status = status
    job = lines_of(work, order)[0].order_job_id
    for payer in (Payer.WARRANTY, Payer.CUSTOMER):
        orders.set_payer(work, order.id, order_job_id=job, payer=payer)
    assert len(pending(work, order)) == 2
    agree(work, order)
    assert (pending(work, order), order.status) == ([], status)


def test_nobody_works_on_while_the_customer_is_asked_who_pays(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        order = in_work(work, approved(work))
        job = lines_of(work, order)[0].order_job_id
        orders.set_payer(work, order.id, order_job_id=job, payer=Payer.WARRANTY)
        order.technician_id = order.bay_id = 1
        clock = start(work, order.id, job_id=job)
        orders.set_payer(work, order.id, order_job_id=job, payer=Payer.GOODWILL)
        assert [one.id for one in facts_of(work, ORDERS, order.id).running] == [clock.id]
        orders.set_payer(work, order.id, order_job_id=job, payer=Payer.CUSTOMER)
        assert (clock.ended_at, clock.end_reason) == (work.now, HoldReason.APPROVAL)
        with pytest.raises(NotNow):
            start(work, order.id, job_id=job)


def test_an_answer_by_phone_counts_for_the_price_that_was_told(work: Work) -> None:
    order = in_work(work, approved(work))
    orders.set_payer(work, order.id, order_job_id=lines_of(work, order)[0].order_job_id, payer=Payer.WARRANTY)
    propose(work, order.id, reason="worn", job_id=2)
    told = order.estimate_version
    labour = pending(work, order)[0].id
    orders.price_line(work, order.id, line_id=labour, unit_price=D(400))
    said = {"answers": {labour: Answer.AGREED}, "method": ConsentMethod.PHONE, "person": "Grace Field"}
    with pytest.raises(Stale):
        consents.answer_extra(work, order.id, version=told, **said)  # type: ignore[arg-type]
    given = consents.answer_extra(work, order.id, version=order.estimate_version, **said)  # type: ignore[arg-type]
    assert (given.total, given.version) == (D(400), told + 1)


def test_what_the_store_gave_out_is_not_swapped_cut_or_cancelled_before_it_is_back(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        order = approved(work)
        oil = next(line for line in lines_of(work, order) if line.part_id)
        issue(work, oil.id, reason="shelf not counted yet")
        with pytest.raises(PartsOut):
            orders.cancel(work, order.id, reason="left")
        orders.revise(work, order.id)
        with pytest.raises(PartsOut):
            swap_part(work, order.id, line_id=oil.id, part_id=2)
        with pytest.raises(PartsOut):
            orders.change_line(work, order.id, line_id=oil.id, quantity=D(1))
        give_back(work, oil.id)
        assert swap_part(work, order.id, line_id=oil.id, part_id=2).part_id == 2
        orders.cancel(work, order.id, reason="left")


def test_a_share_changed_before_the_reading_customer_makes_a_new_version(work: Work) -> None:
    order = estimated(work)
    version = order.estimate_version
    orders.set_payer(
        work, order.id, order_job_id=lines_of(work, order)[0].order_job_id, payer=Payer.GOODWILL, percent=20
    )
    assert order.estimate_version == version + 1


def test_what_does_not_concern_the_customer_asks_nothing_again(work: Work) -> None:
    order = received(work)
    line = lines_of(work, order)[0]
    weld = orders.add_charge(
        work, order.id, order_job_id=line.order_job_id, kind=LineKind.OUTSIDE, title="Weld", price=D(40)
    )
    weld.answer = line.answer = Answer.AGREED
    orders.change_line(
        work, order.id, line_id=weld.id, supplier="Smith", cost=D(20), due_at=work.now + timedelta(days=1)
    )
    orders.change_line(work, order.id, line_id=line.id, quantity=line.quantity, payer=Payer.CUSTOMER)
    assert (weld.answer, line.answer) == (Answer.AGREED, Answer.AGREED)
    orders.change_line(work, order.id, line_id=line.id, title="Oil service, long")
    assert line.answer == Answer.PENDING


# Discounts


def test_an_advisor_gives_ten_per_cent_and_no_more_however_it_is_tried(work: Work) -> None:
    order = received(work, jobs=(2,))
    labour, pads = lines_of(work, order)  # £90, £48
    give_discount(work, order.id, percent=10)
    assert [line.discount for line in (labour, pads)] == [D(9), D("4.80")]
    with pytest.raises(OverYourLimit):
        orders.change_line(work, order.id, line_id=labour.id, discount=D("9.01"))
    labour.discount = D(9)  # as the unit of work leaves it after a refusal
    with pytest.raises(OverYourLimit) as refused:
        give_discount(work, order.id, order_job_id=labour.order_job_id, percent=11)
    assert refused.value.say("en") == "11 % less on “Front brake pads” is more than you may give (10 %). Ask manager."
    with pytest.raises(OverYourLimit):
        orders.change_line(work, order.id, line_id=pads.id, unit_price=D(40))  # less than the catalogue asks
    with pytest.raises(OverYourLimit):
        orders.change_line(work, order.id, line_id=labour.id, quantity=D("0.5"))  # the sum stays, its share doubles


def test_the_manager_gives_what_he_likes_and_sets_what_others_may(work: Work) -> None:
    order = received(work, jobs=(2,))
    acting(work, Role.MANAGER)
    labour, _ = lines_of(work, order)
    give_discount(work, order.id, line_id=labour.id, percent=100)
    assert total_of(labour, "GBP") == 0
    with pytest.raises(OutOfRange):
        give_discount(work, order.id, percent=101)
    set_limits(work, {Role.SUPERVISOR: 30, Role.ADVISOR: 0})
    acting(work, Role.ADVISOR)
    orders.change_line(work, order.id, line_id=labour.id, title="Pads")  # what the manager gave may stay
    with pytest.raises(OverYourLimit) as refused:
        give_discount(work, order.id, order_job_id=labour.order_job_id, percent=100)
    assert refused.value.say("en").endswith("(0 %). Ask manager.")
    with pytest.raises(NotAllowed):
        set_limits(work, {Role.ADVISOR: 50})
    acting(work, Role.MANAGER)
    with pytest.raises(DiscountTooHigh):
        orders.change_line(work, order.id, line_id=labour.id, discount=D("90.01"))


# Priced later


def test_a_price_within_the_limit_holds_and_above_it_is_asked_again(work: Work) -> None:
    order = received(work, jobs=())
    orders.add_job(work, order.id, title="Find the noise", minutes=60, unpriced=True, up_to=D(100))
    orders.add_job(work, order.id, title="Weld", minutes=60, unpriced=True)
    noise, weld = lines_of(work, order)
    assert total_of(noise, "GBP") == 0
    noise.answer = weld.answer = Answer.AGREED
    in_work(work, order)
    assert without_price(work, order)
    assert orders.price_line(work, order.id, line_id=noise.id, unit_price=D(100)).answer == Answer.AGREED
    assert orders.price_line(work, order.id, line_id=weld.id, unit_price=D(1)).answer == Answer.PENDING
    assert not without_price(work, order)
    with pytest.raises(AlreadyPriced):
        orders.price_line(work, order.id, line_id=noise.id, unit_price=D(10))


def test_above_its_limit_it_waits_and_bad_prices_are_refused(work: Work) -> None:
    order = received(work, jobs=())
    orders.add_job(work, order.id, title="Find the noise", minutes=60, unpriced=True, up_to=D(100))
    (noise,) = lines_of(work, order)
    noise.answer = Answer.AGREED
    in_work(work, order)
    for wrong in (D(-1), D(10_000_000)):
        with pytest.raises(OutOfRange):
            orders.price_line(work, order.id, line_id=noise.id, unit_price=wrong)
    with pytest.raises(NotExact):
        orders.price_line(work, order.id, line_id=noise.id, unit_price=D("1.001"))
    with pytest.raises(Missing):
        orders.price_line(work, order.id, line_id=noise.id, unit_price=None)
    assert (
        orders.price_line(work, order.id, line_id=noise.id, unit_price=D("50.01"), quantity=D(2)).answer
        == Answer.PENDING
    )


def test_the_price_can_wait_at_reception_and_come_there(work: Work) -> None:
    line = lines_of(work, received(work))[0]
    orders.change_line(work, line.order_id, line_id=line.id, unpriced=True, up_to=D(80))
    assert (line.unpriced, line.unit_price, line.up_to) == (True, D(0), D(80))
    with pytest.raises(Missing):
        orders.change_line(work, line.order_id, line_id=line.id, unpriced=False)
    orders.change_line(work, line.order_id, line_id=line.id, unit_price=D(20), up_to=D(0))
    assert (line.unpriced, line.unit_price, line.up_to) == (False, D(20), None)


@pytest.mark.parametrize(
    ("currency", "right", "wrong"), [("CNY", "1.01", "1.001"), ("JPY", "1", "1.5"), ("KWD", "1.001", None)]
)
def test_sums_have_the_decimals_of_the_coin(work: Work, currency: str, right: str, wrong: str | None) -> None:
    work.garage.currency = currency
    order = received(work, jobs=())
    orders.add_job(work, order.id, title="Noise", minutes=60, unpriced=True, up_to=D(right))
    for price in filter(None, (wrong, "1.0001")):
        with pytest.raises(NotExact):
            orders.add_job(work, order.id, title="Noise", minutes=60, price=D(price))
    with pytest.raises(OutOfRange):
        orders.add_job(work, order.id, title="Noise", minutes=60, price=D("1e12"))


# Ways to choose from


def fitting(work: Work) -> tuple[int, int]:
    """A brand and a used set of pads beside the original one."""
    work.db.exec(select(Part).where(Part.code == "PADS")).one().interchange = "PADS"
    made = [
        work.add(Part(code=code, name=f"Pads {code}", price=D(price), interchange="PADS"))
        for code, price in (("B", 30), ("U", 20))
    ]
    return made[0].id, made[1].id


def test_another_way_takes_the_next_part_that_fits_and_one_counts(work: Work) -> None:
    brand, used = fitting(work)
    order = received(work, jobs=(2,))
    first = facts_of(work, ORDERS, order.id).jobs[0]
    second, third = (offer_another(work, order.id, order_job_id=first.id) for _ in range(2))
    facts = facts_of(work, ORDERS, order.id)
    assert [line.part_id for line in facts.lines if line.part_id] == [2, brand, used]
    assert ([job.id for job in facts.counted], facts.minutes) == ([first.id], 90)
    assert sum(one.total for one in by_payer(facts.counted_lines, work.garage).values()) == D(138)
    with pytest.raises(WaysEnough):
        offer_another(work, order.id, order_job_id=third.id)
    orders.remove_job(work, order.id, order_job_id=third.id)
    orders.remove_job(work, order.id, order_job_id=first.id)
    assert second.alternative is None
    line = next(line for line in lines_of(work, order) if line.part_id)
    assert swap_part(work, order.id, line_id=line.id, part_id=used).unit_price == D(20)


def test_agreeing_to_one_way_declines_the_others_and_two_cannot_be_agreed(work: Work) -> None:
    order = received(work, jobs=(2, 1))
    first = facts_of(work, ORDERS, order.id).jobs[0]
    second = offer_another(work, order.id, order_job_id=first.id)
    facts = facts_of(work, ORDERS, order.id)
    mine = {job.id: [line.id for line in facts.job_lines(job)] for job in (first, second)}
    said = completed(facts.jobs, facts.lines, dict.fromkeys(mine[second.id], Answer.AGREED))
    assert {said[key] for key in mine[first.id]} == {Answer.DECLINED}
    with pytest.raises(OneWayOnly):
        completed(facts.jobs, facts.lines, dict.fromkeys([*mine[first.id], mine[second.id][0]], Answer.AGREED))
    for line in facts.lines:
        line.answer = said.get(line.id, Answer.AGREED)
    assert [job.id for job in counted(facts.jobs, facts.lines)] == [facts.jobs[1].id, second.id]
    assert facts.jobs[1].job_id == 1
    assert declined_for_car(work, order.vehicle_id) == []  # a way not chosen is not work declined


def test_ways_all_declined_are_one_job_declined(work: Work) -> None:
    order = received(work, jobs=(2,))
    offer_another(work, order.id, order_job_id=facts_of(work, ORDERS, order.id).jobs[0].id)
    for line in lines_of(work, order):
        line.answer = Answer.DECLINED
        work.add(line)
    assert [one.title for one in declined_for_car(work, order.vehicle_id)] == ["Front brake pads"]


# Outside work


def test_outside_work_goes_out_and_comes_back(work: Work) -> None:
    order = received(work)
    job = lines_of(work, order)[0].order_job_id
    weld = orders.add_charge(
        work, order.id, order_job_id=job, kind=LineKind.OUTSIDE, title="Weld", price=D(40), cost=D(25)
    )
    for line in lines_of(work, order):
        line.answer = Answer.AGREED
    in_work(work, order)
    with pytest.raises(NotOutside):
        send_out(work, order.id, line_id=lines_of(work, order)[0].id)
    with pytest.raises(InThePast):
        send_out(work, order.id, line_id=weld.id, due_at=work.now)
    send_out(work, order.id, line_id=weld.id, due_at=work.now + timedelta(hours=1), supplier="Smith")
    with pytest.raises(NotNow):
        send_out(work, order.id, line_id=weld.id)
    facts = facts_of(work, ORDERS, order.id)
    assert (facts.out, facts.outside_late) == ([weld], False)
    assert any(isinstance(why, StillOut) for why in ORDERS.move("finish").blockers(facts))
    weld.due_at = work.now - timedelta(minutes=1)
    work.add(weld)
    assert facts_of(work, ORDERS, order.id).outside_late
    take_back(work, order.id, line_id=weld.id, cost=D(30))
    assert (weld.back_at, weld.cost) == (work.now, D(30))
    with pytest.raises(Refusal):
        take_back(work, order.id, line_id=weld.id)


# Starting points


def test_an_earlier_job_comes_back_at_todays_prices(work: Work) -> None:
    before = received(work, jobs=(2,))
    other = make_car(work, plate="ZZ1")
    order = received(work, jobs=(), plate="CD34 EFG")
    assert [(one.title, one.times) for one in on_this_model(work, order)] == [("Front brake pads", 1)]
    assert on_this_model(work, order, ["Front brake pads"]) == []
    assert earlier_visits(work, order) == []
    order.vehicle_id = before.vehicle_id
    work.add(order)
    (visit,) = earlier_visits(work, order)
    work.db.exec(select(Part).where(Part.code == "PADS")).one().price = D(55)
    lines_of(work, before)[1].discount = D(3)
    job = copy_job(work, order.id, source_id=visit.jobs[0].order_job_id)
    assert [(line.unit_price, line.discount, line.answer) for line in lines_of(work, order)] == [
        (D(90), D(0), Answer.PENDING),
        (D(55), D(0), Answer.PENDING),
    ]
    with pytest.raises(NotFound):
        copy_job(work, order.id, source_id=job.id)
    assert other.id


def test_a_package_adds_what_is_not_there_yet(work: Work) -> None:
    order = received(work, jobs=(1,))
    assert [job.job_id for job in add_package(work, order.id, job_ids=[1, 2, 3])] == [2, 3]
    assert add_package(work, order.id, job_ids=[1, 2, 3]) == []


# Whatever is typed, the payers' sums add up

thousandths = D("0.001")
line = st.fixed_dictionaries(
    {
        "quantity": st.integers(1, 1_000_000).map(lambda n: n * thousandths),
        "unit_price": st.integers(0, 100_000_000).map(lambda n: n * thousandths),
        "share": st.integers(0, 100),
        "payer": st.sampled_from(list(Payer)),
        "payer_percent": st.integers(1, 100),
        "answer": st.sampled_from(list(Answer)),
        "job": st.integers(1, 4),
    }
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(line, max_size=12),
    currency=st.sampled_from(["GBP", "CNY", "JPY", "KWD"]),
    percent=st.sampled_from(["0", "13", "20", "7.7"]),
    included=st.booleans(),
)
def test_what_the_payers_pay_adds_up_to_the_lines(
    rows: list[dict[str, Any]], currency: str, percent: str, included: bool
) -> None:
    garage = Garage(
        name="G",
        zone="UTC",
        currency=currency,
        language="en",
        country="GB",
        tax_percent=D(percent),
        tax_included=included,
    )
    jobs = [OrderJob(id=n, order_id=1, title=str(n), alternative=1 if n < 3 else None) for n in range(1, 5)]
    made = [_line(n, dict(row), currency) for n, row in enumerate(rows)]
    keys = {job.id for job in counted(jobs, made)}
    assert len(keys) == 3
    kept = [one for one in made if one.order_job_id in keys]
    billed = [one for one in kept if one.answer != Answer.DECLINED]
    for one in billed:
        assert sum(shares_of(one, currency).values()) == total_of(one, currency)
        assert all(part >= 0 and part % coin(currency) == 0 for part in shares_of(one, currency).values())
    due = by_payer(kept, garage)
    amounts = sum((total_of(one, currency) for one in billed), D(0))
    paid = sum((each.total if included else each.net for each in due.values()), D(0))
    assert paid == amounts
    assert all(each.net + each.tax == each.total for each in due.values())


def _line(number: int, row: dict[str, Any], currency: str) -> OrderLine:
    job, share = row.pop("job"), D(str(row.pop("share")))
    made = OrderLine(id=number, order_id=1, order_job_id=job, kind=LineKind.LABOUR, title="x", **row)
    made.discount = (total_of(made, currency) * share / 100).quantize(coin(currency), "ROUND_DOWN")
    return made
