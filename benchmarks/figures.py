"""One figure, and fair ratios: both sides take turns, so that whatever else the machine does falls on both alike."""

import gc
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import thread_time

Timed = Callable[[], float]  # does something once and gives the milliseconds it took


@dataclass(frozen=True)
class Figure:
    """What was measured. Without a limit it is only told; `ok` says whether the value stays within the limit."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the budget is kept."""
        return self.limit is None or self.value <= self.limit

    def line(self) -> str:
        """The figure as a line of JSON."""
        fields = asdict(self) | {"value": round(self.value, 3), "ok": self.ok}
        return json.dumps(fields, ensure_ascii=False)


def clocked(act: Callable[[], object]) -> Timed:
    """How many milliseconds this thread works for `act`; what else the machine does meanwhile does not count."""

    def timed() -> float:
        begun = thread_time()
        act()
        return (thread_time() - begun) * 1000

    return timed


def take_turns(sides: Iterable[Timed], rounds: int, warm_up: int = 3) -> list[float]:
    """The median milliseconds of each side, measured in turns; the order changes from round to round."""
    sides = list(sides)
    found: list[list[float]] = [[] for _ in sides]
    for number in range(-warm_up, rounds):
        gc.collect(0)
        order = list(range(len(sides)))
        for index in order if number % 2 else reversed(order):
            took = sides[index]()
            if number >= 0:
                found[index].append(took)
    return [median(times) for times in found]


def alone(measure: Callable[..., Iterator[Figure]]) -> None:
    """Run one measurement in a folder of its own, with the whole numbers of the command line; a line for each figure."""
    place = Path(tempfile.mkdtemp(prefix="service-lane-"))
    try:
        for figure in measure(place, *map(int, sys.argv[1:])):
            print(figure.line(), flush=True)
    finally:
        shutil.rmtree(place)
