"""What the pages cost: beside their own widgets drawn with nothing behind them, with ten years behind them, and for one tap."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import drawn
from benchmarks.drawn import Drawing
from benchmarks.figures import Figure, take_turns
from benchmarks.garages import Garage
from benchmarks.tablet import Button, Run, Tablet
from services.order_moves import MOVES
from services.work import unit_of_work
from ui.steps import DIRECT

PAGES = (
    "today",
    "booking",
    "reception",
    "workshop",
    "delivery",
    "follow_up",
    "money",
    "claims",
    "customers",
    "settings",
)
TWICE, FLAT, QUARTER = 2.0, 1.15, 0.25
WITH_CARDS = ("workshop", "delivery")


def measure(month: Garage, decade: Garage, rounds: int = 25, pages: tuple[str, ...] = PAGES) -> Iterator[Figure]:
    """Each page: its milliseconds, the ratio to its bare widgets, the ratio of ten years to the garage's own months."""
    for page in pages:
        young, old = Tablet(page, month), Tablet(page, decade)
        widgets_alone = bare(page, month)
        whole, long_after, widgets = take_turns([young.timed, old.timed, widgets_alone.timed], rounds)
        yield Figure(f"page_{page}", whole, "ms")
        yield Figure(f"page_{page}_widgets", widgets, "ms")
        yield Figure(f"page_{page}_to_widgets", whole / widgets, "ratio", TWICE)
        yield Figure(f"page_{page}_ten_years", long_after / whole, "ratio", FLAT)


def bare(page: str, garage: Garage) -> Tablet:
    """A tablet that draws what the page drew, and nothing else."""
    drawing, tablet = Drawing(), Tablet(page, garage)
    tablet.run()
    with drawing.recording():
        seen = tablet.run()
    drawing.arrange(tablet.fragments)
    drawn.current[:] = [drawing]
    alone = Tablet("", garage, drawn.SCRIPT)
    shown = alone.run()
    if [e.WhichOneof("type") for e in shown.elements()] != [e.WhichOneof("type") for e in seen.elements()]:
        raise RuntimeError(f"/{page} cannot be drawn again as it was")
    return alone


def taps(month: Garage, folder: Path, rounds: int = 6, pages: tuple[str, ...] = WITH_CARDS) -> Iterator[Figure]:
    """Of each page with cards what a tap on one costs."""
    for page in pages:
        yield from tap(f"tap_{page}", page, month, folder, rounds)


def tap(name: str, page: str, garage: Garage, folder: Path, rounds: int = 6) -> Iterator[Figure]:
    """A tap that moves a car on, with its write and its card drawn anew, beside the whole page. On a copy of the garage,
    which is put back before every round; the first round warms up and does not count."""
    found = [_tapped(page, garage.copy(folder / f"{name}.db")) for _ in range(rounds)][1:]
    done = [tap for taps, _ in found for tap in taps]
    whole = median(worked for _, pages_ in found for worked in pages_)
    yield Figure(name, median(tap.milliseconds for tap in done), "ms")
    yield Figure(f"{name}_to_page", median(tap.worked for tap in done) / whole, "ratio", QUARTER)


def _tapped(page: str, garage: Garage) -> tuple[list[Run], list[float]]:
    """Tap every card whose step needs no more: the taps that were accepted, and what the page took in between."""
    tablet, done, whole = Tablet(page, garage), list[Run](), list[float]()
    with unit_of_work(garage.workspace()) as work:
        work.event(work.garage, "measured")  # the first write into a fresh copy makes its log file
    tablet.run()
    for button in _steps(tablet.run()):
        whole.append(tablet.timed())
        tap = tablet.run(button)
        done += [tap] if any(e.HasField("toast") for e in tap.elements()) else []
    if not done:
        raise RuntimeError(f"/{page} has no card with a step that needs no more than a tap")
    return done, whole


def _steps(seen: Run) -> list[Button]:
    """The buttons on cards for a step that needs no more than a tap."""
    return [button for button in seen.buttons() if button.fragment and _action(button.key) in DIRECT]


def _action(key: str) -> str:
    """The longest name of a move that a button's key begins with."""
    return max((move.action for move in MOVES if key.startswith(f"{move.action}_")), key=len, default="")
