"""Twenty writers, processes and threads, book into the last places at once. Does anybody get a place twice, or an error?

Everybody is offered the same times and takes the first: one gets it, the others are refused and must be offered others. A writer
who holds enough bookings cancels one, so that there are always a few last places to fight for.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from subprocess import PIPE
from threading import Thread
from time import monotonic

from sqlalchemy import func
from sqlmodel import col, select

from benchmarks.figures import Figure
from db.engine import make_engine
from db.enums import AppointmentStatus, BayKind, Role, Skill
from db.migrate import upgrade
from db.models import Appointment, Job, Reservation, Vehicle
from services.booking import book
from services.booking_changes import cancel
from services.booking_policy import PolicyRefusal
from services.catalogue import estimate
from services.offers import offers
from services.refusals import SlotTaken
from services.setup import NewGarage, set_up_garage
from services.staff import add_person
from services.work import reading, unit_of_work
from services.workspace import Person, Workspace
from tests import pg
from tests.factories import make_car

_ROOT = Path(__file__).resolve().parent.parent
PROCESSES, THREADS, SECONDS = 4, 5, 60.0
ENOUGH = 5  # bookings one writer holds: a hundred together, where the week has 126 hours of lift
MOMENT = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)
_MANAGER = Person(1, "Max", frozenset({Role.MANAGER}))


def measure(folder: Path, seconds: float = SECONDS) -> Iterator[Figure]:
    """Race on SQLite and, where its server runs, on PostgreSQL: who booked, who was refused and offered what, errors, overlaps."""
    with ExitStack() as stack:
        urls = {"sqlite": f"sqlite:///{folder / 'race.db'}"}
        if sys.platform == "linux":
            urls["postgresql"] = stack.enter_context(pg.running_server()).create("race")
        for name, url in urls.items():
            found = race(url, folder, seconds)
            for what, limit in _TOLD.items():
                yield Figure(f"race_{name}_{what}", found[what], "count", limit)


_TOLD = {
    "writers": None, "booked": None, "cancelled": None, "refused": None, "refused_with_offers": None,
    "refused_without_offers": 0, "errors": 0, "overlaps": 0, "bookings_without_place": 0,
}  # fmt: skip


def race(url: str, folder: Path, seconds: float, processes: int = PROCESSES, threads: int = THREADS) -> Counter[str]:
    """Make the garage, let the writers race for that long, count what they were told and what is in the database."""
    ws = Workspace(make_engine(url), folder, lambda: MOMENT)
    upgrade(ws.engine)
    _garage(ws, processes * threads)
    command = [sys.executable, "-m", "benchmarks.race", url, str(folder), str(seconds), str(threads)]
    running = [
        subprocess.Popen([*command, str(number)], cwd=_ROOT, stdin=PIPE, stdout=PIPE, text=True)
        for number in range(processes)
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    found = Counter(writers=processes * threads, overlaps=0, errors=0, refused_without_offers=0)
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        said, _ = process.communicate()
        for line in said.splitlines():
            what, _, count = line.partition("=")
            found[what] += int(count)
        found["errors"] += process.returncode != 0
    found.update(_judged(ws))
    ws.engine.dispose()
    return found


def _garage(ws: Workspace, cars: int) -> None:
    """Two lifts and three people, open every day; a car for every writer."""
    new = NewGarage(
        name="Race", address="1 Mill Lane", phone="+442079460000", zone="Europe/London", currency="GBP", language="en",
        hours=dict.fromkeys(range(7), ("8:00", "17:00")), bays=[("Lift 1", "lift"), ("Lift 2", "lift")], manager="Max",
        pin="1234",
    )  # fmt: skip
    with unit_of_work(ws) as work:
        set_up_garage(work, new, common_jobs=False)
        work.add(Job(code="SVC", name="Oil service", minutes=60, bay_kind=BayKind.LIFT, skill=Skill.SERVICE))
        for name in ("Tom", "Tia", "Lea"):
            add_person(work, name=name, roles={Role.TECHNICIAN}, pin="1234", skills={Skill.SERVICE})
        for number in range(cars):
            make_car(work, f"Customer {number}", f"R{number}", f"+4477009{number:05d}")


class Writer:
    """One person at the desk: looks at the offers, books the first, and looks again when somebody was faster."""

    def __init__(self, ws: Workspace, number: int) -> None:
        self.ws, self.chance = ws, Random(number)
        with reading(ws) as work:
            self.car = work.db.exec(select(Vehicle.id).where(Vehicle.plate == f"R{number}")).one()
        self.mine: list[int] = []
        self.tally: Counter[str] = Counter()

    def run(self, until: float) -> None:
        """Until the time is over."""
        while monotonic() < until:
            try:
                self._cancel() if len(self.mine) >= self.chance.randint(1, ENOUGH) else self._book()
            except Exception as error:  # whatever it is, a person would have seen an error page
                self.tally["errors"] += 1
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)

    def _book(self) -> None:
        times = self._offered()
        if not times:
            self.tally["full"] += 1
            return
        try:
            with unit_of_work(self.ws) as work:
                self.mine.append(book(work, self.car, concern="Oil", job_ids=[1], starts_at=times[0]).id)
            self.tally["booked"] += 1
        except (SlotTaken, PolicyRefusal):
            self.tally["refused"] += 1
            self.tally["refused_with_offers" if self._offered() else "refused_without_offers"] += 1

    def _offered(self) -> list[datetime]:
        with reading(self.ws) as work:
            return [offer.starts_at for offer in offers(work, estimate(work, [1]).needs)]

    def _cancel(self) -> None:
        key = self.mine.pop(self.chance.randrange(len(self.mine)))
        with unit_of_work(self.ws) as work:
            cancel(work, key, reason="Another time")
        self.tally["cancelled"] += 1


def _judged(ws: Workspace) -> Counter[str]:
    """What the database says: places held twice, and bookings without a place of one bay and one person."""
    found: Counter[str] = Counter(overlaps=0, bookings_without_place=0)
    with reading(ws) as work:
        for owner in (Reservation.bay_id, Reservation.staff_id):
            rows = work.db.exec(
                select(Reservation).where(col(owner).is_not(None)).order_by(col(owner), col(Reservation.starts_at))
            )
            for one, other in pairwise(rows):
                same = (one.bay_id, one.staff_id) == (other.bay_id, other.staff_id)
                found["overlaps"] += same and one.ends_at > other.starts_at
        held = dict(
            work.db.exec(
                select(Reservation.appointment_id, func.count()).group_by(col(Reservation.appointment_id))
            ).all()
        )
        for booking in work.db.exec(select(Appointment)):
            must = 2 if booking.status == AppointmentStatus.CONFIRMED else 0
            found["bookings_without_place"] += held.get(booking.id, 0) != must
        found["standing"] = sum(held.values()) // 2
    return found


def _write(url: str, folder: str, seconds: str, threads: str, number: str) -> None:
    """One process: its writers begin together with all the others, when a line comes in."""
    ws = Workspace(make_engine(url), Path(folder), lambda: MOMENT, _MANAGER)
    writers = [Writer(ws, int(number) * int(threads) + one) for one in range(int(threads))]
    print("ready", flush=True)
    sys.stdin.readline()
    until = monotonic() + float(seconds)
    running = [Thread(target=writer.run, args=(until,)) for writer in writers]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    for what, count in sum((writer.tally for writer in writers), Counter()).items():
        print(f"{what}={count}", flush=True)


if __name__ == "__main__":
    _write(*sys.argv[1:])
