"""A checked list is written in one piece; the same list again changes nothing, and what the garage wrote stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, func, select

from db.enums import Role
from db.models import Customer, Event, Vehicle
from services.importing.apply import AddedMeanwhile, Imported, import_rows
from services.importing.columns import guess_columns
from services.importing.plan import plan_import
from services.importing.read import read_table
from services.importing.rows import RowResult, check_rows, count
from services.importing.values import Why
from services.refusals import NotAllowed
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

LIST = Path(__file__).parent.parent / "data" / "customers_gb18030.csv"
TODAY = date(2026, 11, 23)


def checked(*lines: str) -> list[RowResult]:
    headers = "Name,Phone,Plate,VIN,Make,Model,Odometer,Last service,Note,E-mail"
    return checked_file("\n".join([headers, *lines]).encode(), "GB")


def checked_file(data: bytes, region: str) -> list[RowResult]:
    table = read_table(data, "list.csv")
    return check_rows(table, guess_columns(table.headers, table.rows), region, TODAY)


def run(ws: Workspace, results: list[RowResult]) -> Imported:
    with unit_of_work(ws) as work:
        return import_rows(work, results)


def counts(done: Imported) -> tuple[int, int, int, int]:
    return done.customers, done.vehicles, done.updated, done.unchanged


def only_car(ws: Workspace) -> tuple[Vehicle, Customer]:
    with reading(ws) as work:
        vehicle = work.db.exec(select(Vehicle)).one()
        owner = work.get(Customer, vehicle.customer_id)
        work.db.expunge_all()
    return vehicle, owner


def events(ws: Workspace) -> list[tuple[str, str]]:
    with reading(ws) as work:
        rows = work.db.exec(
            select(Event).where(col(Event.subject).in_(["customer", "vehicle"])).order_by(col(Event.id))
        )
        return [(row.subject, row.action) for row in rows if row.details["source"] == "import"]


@contextmanager
def queries(engine: Engine) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_a_real_list_is_imported_once_and_changes_nothing_twice(ws: Workspace) -> None:
    results = checked_file(LIST.read_bytes(), "CN")
    assert counts(run(ws, results)) == (332, 380, 0, 0)
    again = run(ws, checked_file(LIST.read_bytes(), "CN"))
    assert counts(again) == (0, 0, 0, 380)
    assert [result.why for result in again.results] == [result.why for result in results]
    assert len(events(ws)) == 332 + 380
    with reading(ws) as work:
        assert work.db.exec(select(func.count()).select_from(Customer)).one() == 332
        car = work.db.exec(select(Vehicle).where(Vehicle.plate_key == "沪BAA600")).one()
        owner = work.get(Customer, car.customer_id)
        work.db.expunge_all()
    assert (car.plate, car.vin, car.make, car.model) == ("沪BAA600", "LNBM01XG1U6095345", "北汽幻速", "S3")
    assert (car.odometer_km, car.odometer_on, car.note, car.version) == (48_500, TODAY, "=1+1", 1)
    assert (owner.name, owner.phone, owner.incomplete) == ("金国博", "+8615845948992", False)
    assert {"jgb", "jinguobo", "金国博"} <= set(owner.name_keys.split())


def test_only_a_manager_imports(ws: Workspace) -> None:
    results = checked("Ann Lee,020 7946 0018,AB12 CDE,,,,,,,")
    with pytest.raises(NotAllowed):
        run(as_role(ws, Role.ADVISOR), results)
    assert counts(run(as_role(ws, Role.MANAGER), results)) == (1, 1, 0, 0)


def test_a_known_car_is_completed_and_carried_forward_but_never_overwritten(ws: Workspace) -> None:
    run(ws, checked("Ann Lee,020 7946 0018,AB12 CDE,,Ford,,40000,2025-03-01,mine,"))
    again = checked("ann LEE,+442079460018,ab12cde,WVWZZZ1JZXW000001,Opel,Corsa,39000,2026-03-01,theirs,a@b.example")
    assert counts(run(ws, again)) == (0, 0, 1, 0)
    car, owner = only_car(ws)
    assert (car.plate, car.vin, car.make, car.model) == ("AB12 CDE", "WVWZZZ1JZXW000001", "Ford", "Corsa")
    assert (car.odometer_km, car.last_service_on, car.note, car.version) == (40_000, date(2026, 3, 1), "mine", 2)
    assert (owner.name, owner.email, owner.version) == ("Ann Lee", "a@b.example", 2)
    assert events(ws) == [
        ("customer", "created"),
        ("vehicle", "created"),
        ("customer", "changed"),
        ("vehicle", "changed"),
    ]
    assert counts(run(ws, again)) == (0, 0, 0, 1)
    assert counts(run(ws, checked("Ann Lee,020 7946 0018,AB12 CDE,,,,41000,,,"))) == (0, 0, 1, 0)
    assert only_car(ws)[0].odometer_km == 41_000


def test_a_car_of_another_customer_in_the_records_is_refused_and_left_alone(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        make_car(work, "Grace Field", "AB12 CDE", "+447700900123")
    results = checked("Bob,020 7946 0018,AB12CDE,,,,,,,", "Grace Field,07700 900123,XY12 CDE,,,,,,,")
    assert [result.why for result in results] == [None, None]
    with reading(ws) as work:
        planned = plan_import(work, results)
        assert count(planned.results).vehicles == 1
    done = run(ws, results)
    assert [result.why for result in done.results] == [Why.OTHERS_PLATE, None]
    assert counts(done) == (0, 1, 0, 0)


def test_a_car_known_by_its_vin_gets_its_plate(ws: Workspace) -> None:
    run(ws, checked("Ann,020 7946 0018,,WVWZZZ1JZXW000001,,,,,,"))
    assert only_car(ws)[0].plate == ""
    assert counts(run(ws, checked("Ann,020 7946 0018,AB12 CDE,wvwzzz1jzxw000001,,,,,,"))) == (0, 0, 1, 0)
    car, _ = only_car(ws)
    assert (car.plate, car.plate_key) == ("AB12 CDE", "AB12CDE")


def test_a_customer_without_a_phone_is_marked_and_gets_it_from_a_later_list(ws: Workspace) -> None:
    run(ws, checked("Ann,,AB12 CDE,,,,,,,"))
    assert only_car(ws)[1].incomplete
    assert counts(run(ws, checked("Ann,,AB12 CDE,,,,,,,"))) == (0, 0, 0, 1)
    assert counts(run(ws, checked("Ann,020 7946 0018,AB12 CDE,,,,,,,"))) == (0, 0, 1, 0)
    _, owner = only_car(ws)
    assert (owner.phone, owner.incomplete) == ("+442079460018", False)


def test_rows_of_one_car_are_one_record_with_all_their_notes(ws: Workspace) -> None:
    results = checked("Ann,020 7946 0018,AB12CDE,,,,500,,first,", "Ann,020 7946 0018,AB12CDE,,,,400,,second,")
    assert counts(run(ws, results)) == (1, 1, 0, 0)
    car, _ = only_car(ws)
    assert (car.odometer_km, car.note) == (500, "first\nsecond")
    assert counts(run(ws, results)) == (0, 0, 0, 1)


def test_a_car_added_at_the_same_moment_refuses_the_import_as_a_whole(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = checked("Zoe,020 7946 0019,ZZ12 CDE,,,,,,,", "Ann,020 7946 0018,AB12 CDE,,,,,,,")
    with unit_of_work(ws) as work:
        make_car(work, "Grace Field", "AB12 CDE")
    # What the plan read is older than Grace's car.
    monkeypatch.setattr("services.importing.plan._records", lambda *_: ({}, {}))
    with pytest.raises(AddedMeanwhile):
        run(ws, results)
    assert only_car(ws)[1].name == "Grace Field"
    assert events(ws) == []


def test_the_number_of_look_ups_does_not_grow_with_the_rows(ws: Workspace) -> None:
    def look_ups(rows: int) -> int:
        lines = [f"Ann {number},07911 12{number:04},AB12 C{number:04},,,,,,," for number in range(1, rows + 1)]
        assert run(ws, checked(*lines)).results[-1].why is None
        with queries(ws.engine) as seen:
            run(ws, checked(*lines))
        return sum(statement.startswith("SELECT") for statement in seen)

    assert look_ups(2) == look_ups(200)
