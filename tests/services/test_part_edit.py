"""The catalogue of parts: made, changed by two people, prices kept; suppliers, and the cars a part fits."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Role
from db.models import Part, StockMovement
from services.catalogue_edit import CodeTaken
from services.part_edit import PartTyped, change_part, new_part, typed_as
from services.part_fits import Car, FitKnown, add_fit, drop_fit, fits, fits_of
from services.price_changes import price_changes
from services.refusals import EndBeforeStart, Missing, NotAllowed, NotFound, OutOfRange, Stale
from services.suppliers import (
    SupplierKnown,
    SupplierTyped,
    dealings,
    drop_source,
    put_source,
    put_supplier,
    sources_of,
    suppliers,
)
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role

D = Decimal
OIL, PADS = 1, 2
PART = PartTyped("WB1", "Wiper blade", "pcs", D("9.90"), D("4.20"), "A3", D(2))


@pytest.fixture
def clerk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.PARTS_CLERK)


def test_a_new_part_begins_with_its_stock_in_the_ledger_and_keeps_its_old_prices(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        key = new_part(work, PART, stock_now=D(6)).id
    with unit_of_work(clerk) as work:
        change_part(work, key, PART, replace(PART, price=D("10.50"), name=" Wiper  blade 60 cm"))
    with reading(clerk) as work:
        row = work.get(Part, key)
        moved = [one.quantity for one in work.db.exec(select(StockMovement)) if one.part_id == key]
        (priced,) = price_changes(work, key)
    assert (row.name, row.price, row.on_hand, row.minimum, moved) == (
        "Wiper blade 60 cm",
        D("10.50"),
        D(6),
        D(2),
        [D(6)],
    )
    assert (priced.change.price_was, priced.change.price, priced.by) == (D("9.90"), D("10.50"), "Pat Parts")


def test_two_people_with_one_form_each_keep_what_the_other_changed_elsewhere(clerk: Workspace) -> None:
    with reading(clerk) as work:
        was = replace(typed_as(work.get(Part, PADS)), cost=D("30.125"))
    with unit_of_work(clerk) as work:
        work.get(Part, PADS).cost = D("30.125")  # an average
        change_part(work, PADS, was, replace(was, place="B7"))
        assert (work.get(Part, PADS).cost, price_changes(work, PADS)) == (D("30.125"), [])
    with unit_of_work(as_role(clerk, Role.MANAGER)) as work:
        row = change_part(work, PADS, was, replace(was, price=D(52)))
        assert (row.place, row.price) == ("B7", D(52))
    with pytest.raises(Stale) as told, unit_of_work(clerk) as work:
        change_part(work, PADS, was, replace(was, price=D(60)))
    assert told.value.params["name"] == "Max Manager"


def test_what_cannot_be_a_part_is_refused(clerk: Workspace) -> None:
    wrong = (
        (replace(PART, code="OIL"), CodeTaken),
        (replace(PART, name=" "), Missing),
        (replace(PART, price=D(-1)), OutOfRange),
    )
    for typed, refusal in wrong:
        with pytest.raises(refusal), unit_of_work(clerk) as work:
            new_part(work, typed)
    for role in (Role.ADVISOR, Role.TECHNICIAN):
        with pytest.raises(NotAllowed), unit_of_work(as_role(clerk, role)) as work:
            new_part(work, PART)


def test_suppliers_are_told_apart_by_name_and_one_of_them_is_preferred(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        first = put_supplier(work, None, SupplierTyped("Motor Factors", delivery_days=2)).id
        second = put_supplier(work, None, SupplierTyped("Autoteile Nord")).id
        put_source(work, PADS, first, code="MF-1", cost=D(30), preferred=True)
        put_source(work, PADS, second, cost=D(28))
    with pytest.raises(SupplierKnown), unit_of_work(clerk) as work:
        put_supplier(work, None, SupplierTyped("motor  factors"))
    with reading(clerk) as work:
        assert [one.supplier.id for one in sources_of(work, [PADS])[PADS]] == [first, second]
        assert [(one.supplier.name, one.parts) for one in dealings(work)] == [
            ("Autoteile Nord", 1),
            ("Motor Factors", 1),
        ]
    with unit_of_work(clerk) as work:
        put_source(work, PADS, second, cost=D(28), preferred=True)
        assert [one.preferred for one in sources_of(work, [PADS])[PADS]] == [True, False]
        drop_source(work, PADS, second)
    with pytest.raises(NotFound), unit_of_work(clerk) as work:
        drop_source(work, PADS, second)
    with unit_of_work(clerk) as work:
        put_supplier(work, second, SupplierTyped("Autoteile Nord", active=False), SupplierTyped("Autoteile Nord"))
        assert [row.id for row in suppliers(work)] == [first]


def test_a_part_fits_the_cars_it_names_in_the_years_it_names(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        assert fits(fits_of(work, [PADS]).get(PADS, []), Car("Ford", "Focus", 2018)) is None  # names none: nobody knows
        add_fit(work, PADS, make="Ford", model="Focus", year_from=2015, year_to=2018)
        all_vw = add_fit(work, PADS, make="Volkswagen").id
    with reading(clerk) as work:
        named = fits_of(work, [PADS])[PADS]
    asked = (
        ("FORD", "focus ST", 2015),
        ("Ford", "Focus", 2019),
        ("Ford", "Fiesta", 2016),
        ("volkswagen", "Golf", 1999),
        ("Ford", "Focus", None),
    )
    assert [fits(named, Car(*car)) for car in asked] == [True, False, False, True, True]
    for years, refusal in (((2015, 2018), FitKnown), ((2018, 2015), EndBeforeStart), ((1900, None), OutOfRange)):
        with pytest.raises(refusal), unit_of_work(clerk) as work:
            add_fit(work, PADS, make="ford", model="Focus", year_from=years[0], year_to=years[1])
    with unit_of_work(clerk) as work:
        drop_fit(work, all_vw)
        assert len(fits_of(work, [PADS])[PADS]) == 1
