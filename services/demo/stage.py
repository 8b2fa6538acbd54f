"""Where the demo garage's past is played: one unit of work whose clock and person are moved from act to act."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlmodel import select

from db.enums import Role
from db.models import Job, Part, Vehicle
from services.demo.cars import DemoCar
from services.demo.content import Content
from services.people import people_with, person_of
from services.work import Work
from services.workspace import SYSTEM, Person


@dataclass
class Stage:
    """The people, jobs, parts and cars of the demo garage, and the one `Work` everything is done through."""

    work: Work
    content: Content
    rng: Random
    today: datetime
    people: dict[Role, list[Person]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    cars: list[tuple[DemoCar, Vehicle]] = field(default_factory=list)
    last_visit: dict[int, date] = field(default_factory=dict)

    def at(self, moment: datetime, by: Person = SYSTEM) -> Work:
        """The stage at another moment, with another person acting."""
        self.work.now, self.work.by = moment, by
        return self.work

    def gather(self) -> None:
        """Read what was put there."""
        for role in Role:
            rows = people_with(self.work, [role])
            self.people[role] = [p for staff in rows if (p := person_of(self.work, staff.id))]
        self.jobs = {job.code: job for job in self.work.db.exec(select(Job))}
        self.parts = {part.code: part for part in self.work.db.exec(select(Part))}

    def one(self, role: Role, avoid: set[int] | None = None) -> Person:
        """Somebody with the role; not one of `avoid` when anybody else has it."""
        found = [p for p in self.people[role] if p.id not in (avoid or set())]
        return self.rng.choice(found or self.people[Role.MANAGER])

    def wall(self, day: date, minutes: int) -> datetime:
        """An instant of the garage's day, by minutes after midnight."""
        return datetime.combine(day, time(), self.work.zone) + timedelta(minutes=minutes)

    def due_car(self, day: date) -> tuple[DemoCar, Vehicle]:
        """A car that has not been here for a while."""
        for _ in range(50):
            car, vehicle = self.rng.choice(self.cars)
            if day - self.last_visit.get(vehicle.id, date.min) > timedelta(days=25):
                break
        self.last_visit[vehicle.id] = day
        return car, vehicle
