"""One field of a file at a time, written the moment it is known."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from db.enums import Channel, Role
from db.models import Customer, Vehicle
from services.customer_fields import WrittenMeanwhile, allow, vin_oddities, write_car, write_customer
from services.customers import CarKnown, VinKnown, WarrantyBeforeRegistration
from services.finding import find
from services.messages import consents
from services.normalize import BadPhone
from services.refusals import Missing, NotAllowed, OutOfRange, TooLong
from services.validate import NotInList
from services.work import Work, last_event, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

VIN = "WF0AXXWPMAFD12345"


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


@pytest.fixture
def car(work: Work) -> Vehicle:
    """A car whose customer has neither phone nor language yet."""
    row = make_car(work)
    customer = work.get(Customer, row.customer_id)
    customer.phone, customer.incomplete = None, True
    return row


def test_each_field_is_written_for_itself_and_the_file_becomes_complete(work: Work, car: Vehicle) -> None:
    key = car.customer_id
    write_customer(work, key, field="language", value="zh_CN", seen=None)
    write_customer(work, key, field="name", value="张伟", seen="Grace Field")
    write_car(work, car.id, field="vin", value=" wf0axxwpmafd12345 ", seen=None)
    assert work.get(Customer, key).incomplete
    customer = write_customer(work, key, field="phone", value="07700 900456", seen=None)
    assert (customer.phone, customer.language, customer.incomplete) == ("+447700900456", "zh_CN", False)
    assert car.vin == VIN
    work.db.flush()
    assert [found.name for found in find(work, "zw")] == ["张伟"]
    event = last_event(work, customer)
    assert event is not None
    assert event.action == "changed"


def test_the_dates_of_the_papers_are_judged_together(work: Work, car: Vehicle) -> None:
    write_car(work, car.id, field="first_registered", value=date(2020, 5, 1), seen=None)
    with pytest.raises(WarrantyBeforeRegistration):
        write_car(work, car.id, field="warranty_until", value=date(2020, 4, 30), seen=None)
    with pytest.raises(OutOfRange):
        write_car(work, car.id, field="insurance_until", value=date(2099, 1, 1), seen=None)
    write_car(work, car.id, field="warranty_until", value=date(2025, 5, 1), seen=None)
    assert (car.first_registered, car.warranty_until, car.insurance_until) == (
        date(2020, 5, 1), date(2025, 5, 1), None)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("phone", "12", BadPhone),
        ("phone", " ", Missing),
        ("name", "", Missing),
        ("name", "x" * 121, TooLong),
        ("language", "fr", NotInList),
    ],
)
def test_a_bad_word_about_the_customer_is_refused(
    work: Work, car: Vehicle, field: str, value: str, refusal: type[Exception]
) -> None:
    seen = getattr(work.get(Customer, car.customer_id), field)
    with pytest.raises(refusal):
        write_customer(work, car.customer_id, field=field, value=value, seen=seen)


def test_a_plate_or_vin_of_another_car_is_refused(work: Work, car: Vehicle) -> None:
    other = make_car(work, "Hal Green", "ZZ99 ZZZ", "+447700900999")
    write_car(work, other.id, field="vin", value=VIN, seen=None)
    with pytest.raises(VinKnown):
        write_car(work, car.id, field="vin", value=VIN, seen=None)
    with pytest.raises(CarKnown):
        write_car(work, car.id, field="plate", value="zz99zzz", seen=car.plate)
    with pytest.raises(TooLong):
        write_car(work, car.id, field="vin", value=VIN + "1", seen=None)


def test_of_two_tablets_the_second_is_told_what_the_first_wrote(work: Work, car: Vehicle) -> None:
    write_car(work, car.id, field="make", value="Opel", seen="Ford")
    write_car(work, car.id, field="model", value="Astra", seen="Focus")  # another field: no quarrel
    with pytest.raises(WrittenMeanwhile) as refused:
        write_car(work, car.id, field="make", value="Fiat", seen="Ford")
    assert refused.value.say("en") == "Someone else has just written Make: Opel. Look at it and try again."
    write_car(work, car.id, field="make", value="Opel", seen="Ford")  # the same word: nothing to refuse
    assert (car.make, car.model) == ("Opel", "Astra")


def test_messages_are_allowed_and_forbidden_channel_by_channel(work: Work, car: Vehicle) -> None:
    key = car.customer_id
    assert len(allow(work, key, channels={Channel.SMS, Channel.EMAIL})) == 2
    assert len(allow(work, key, channels={Channel.SMS})) == 1
    assert allow(work, key, channels={Channel.SMS}) == []
    assert consents(work, key) == {Channel.SMS: True, Channel.EMAIL: False}


def test_a_technician_does_not_write_files(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = make_car(work)
        keys = car.customer_id, car.id
    verbs: tuple[Callable[[Work], object], ...] = (
        lambda work: write_customer(work, keys[0], field="name", value="X", seen="Grace Field"),
        lambda work: write_car(work, keys[1], field="make", value="X", seen="Ford"),
        lambda work: allow(work, keys[0], channels=set()),
    )
    for verb in verbs:
        with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work, pytest.raises(NotAllowed):
            verb(work)


@pytest.mark.parametrize(
    ("vin", "odd"),
    [(None, 0), (VIN, 0), ("WF0AXXWPMAFD1234", 1), ("WF0AXXWPMAFD1234O", 1)],
    ids=["none", "good", "too short", "an O"],
)
def test_a_vin_is_looked_at_but_never_blocks(work: Work, car: Vehicle, vin: str | None, odd: int) -> None:
    assert len(vin_oddities(vin)) == odd
    write_car(work, car.id, field="vin", value=vin, seen=None)
    assert car.vin == vin
