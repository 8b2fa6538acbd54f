"""The workshop's board with forty cars on it: what it costs beside its own widgets, and what a tap on one of its cards costs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Figure, take_turns
from benchmarks.garages import MOMENT, Garage, make
from benchmarks.history import grow
from benchmarks.pages import TWICE, bare, tap
from benchmarks.tablet import Tablet
from services.workshop_board import SHOWN

CARS = 40
_IN_SHOP = 3  # times as many cars are made: not all that are in the shop stand on the board
_ON_BOARD = "status IN ('" + "', '".join(status.value for status in SHOWN) + "')"


def full_board(month: Garage, cars: int = CARS) -> Garage:
    """The busy garage with exactly so many cars on the board. Made beside it at the first call, and kept."""
    file, demo = month.file.with_name(f"board_{cars}.db"), month.file.with_name("demo.db")
    begun = demo if demo.exists() else month.file  # cars are multiplied once, or two would have one plate
    if not file.exists():
        make(file, lambda unfinished: grow(begun, unfinished, MOMENT, years=0, per_day=_IN_SHOP * cars))
        with closing(sqlite3.connect(file)) as db:
            db.execute(f"UPDATE work_order SET status = 'closed' WHERE {_ON_BOARD} AND id NOT IN "
                       f"(SELECT id FROM work_order WHERE {_ON_BOARD} ORDER BY status, id LIMIT {cars})")  # fmt: skip
            db.commit()
    return Garage(file, month.session)


def measure(month: Garage, folder: Path, rounds: int = 25, taps: int = 6, cars: int = CARS) -> Iterator[Figure]:
    """The board's milliseconds, its ratio to its bare widgets, and of a tap to the board."""
    garage = full_board(month, cars)
    board, widgets = Tablet("workshop", garage), bare("workshop", garage)
    whole, elements = take_turns([board.timed, widgets.timed], rounds)
    yield Figure("board_cars", cars, "cars")
    yield Figure("board", whole, "ms")
    yield Figure("board_widgets", elements, "ms")
    yield Figure("board_to_widgets", whole / elements, "ratio", TWICE)
    yield from tap("board_tap", "workshop", garage, folder, taps)
