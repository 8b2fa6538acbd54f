"""The unit of work: one user action, one transaction. Leave it by exception and nothing happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, bindparam
from sqlalchemy import event as sa_event
from sqlalchemy import select as sa_select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col, select

from db.base import Base
from db.ddl import OVERLAP
from db.engine import WRITES
from db.enums import Role
from db.models import Event, Garage, Once
from services.read_once import read_once
from services.refusals import AlreadyDone, AtOnce, NotAllowed, NotFound, SlotTaken
from services.workspace import Person, Workspace

Row = TypeVar("Row", bound=Base)
_GARAGE = select(Garage)
_GARAGE_COLUMNS = sa_select(Garage.__table__)  # type: ignore[attr-defined]
_KNOWN = "known"
_DEADLOCK = "deadlock detected"  # PostgreSQL's words; SQLite has one writer at a time
_written: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()  # acts committed by this program


@dataclass
class Work:
    """What a service acts through. `now` is taken once, so everything one action writes carries the same instant."""

    db: Session
    now: datetime
    by: Person
    ws: Workspace
    known: dict[Any, Any] = field(default_factory=dict)  # facts read here, until rows they may rest on are written
    writes: bool = True
    written: int = 0  # how many acts had been written when this one began

    def __post_init__(self) -> None:
        self.db.info[_KNOWN] = self.known

    @read_once
    def garage(self) -> Garage:
        """The garage's settings. Raises NotFound before the garage is set up."""
        # Who only reads gets the plain columns: nearly every run of a page asks, and an object costs four times as much.
        row = self.db.exec(_GARAGE).first() if self.writes else self.db.connection().execute(_GARAGE_COLUMNS).first()
        if row is None:
            raise NotFound
        return cast(Garage, row)

    @read_once
    def zone(self) -> ZoneInfo:
        """The garage's time zone."""
        return ZoneInfo(self.garage.zone)

    def local(self, moment: datetime) -> datetime:
        """An instant on the garage's wall clock."""
        return moment.astimezone(self.zone)

    def get(self, table: type[Row], key: Any) -> Row:
        """The row with that id. Raises NotFound."""
        row = self.db.get(table, key) if isinstance(key, int) and 0 < key < 2**31 else None
        if row is None:
            raise NotFound
        return row

    def lock(self, table: type[Row], key: int) -> Row:
        """The row as it is now, held until the end: the second of two people waits here and then sees the first one's change."""
        row = self.db.execute(_held(table), {"key": key}).scalars().first()
        if row is None:
            raise NotFound
        return cast(Row, row)

    def add(self, row: Row) -> Row:
        """Write a new row now, so that it has its id."""
        self.db.add(row)
        self.db.flush()
        return row

    def needs(self, *roles: Role) -> None:
        """Refuses with NotAllowed when the person holds none of the roles."""
        if not self.by.has(*roles):
            raise NotAllowed(who=roles[0].label)

    def event(self, row: Any, action: str, before: str = "", after: str = "", **details: Any) -> Event:
        """Leave a trace of an act on a row (of a table with `id`)."""
        return self.add(
            Event(
                subject=row.__tablename__,
                subject_id=row.id,
                action=action,
                before=before,
                after=after,
                details=details,
                at=self.now,
                by_id=self.by.id,
            )
        )

    def note(self, row: Any, action: str, **details: Any) -> Event:
        """Leave a trace of an act that is no move: the row's status before and after it is the one it has."""
        return self.event(row, action, row.status.value, row.status.value, **details)


@cache
def _held(table: type[Base]) -> Any:
    """Built once for each table: nearly every act holds a row."""
    identity = table.__table__.c.id  # type: ignore[attr-defined]
    query = select(table).where(identity == bindparam("key")).with_for_update()
    return query.execution_options(populate_existing=True)


@contextmanager
def unit_of_work(ws: Workspace, once: str | None = None) -> Iterator[Work]:
    """One transaction in a workspace, committed at the end.

    `once` is a token of the tap: the same token a second time is refused with AlreadyDone. An overlapping reservation
    surfaces as SlotTaken, whichever service made it; of two acts that wait for each other, one gives way with AtOnce.
    """
    engine = ws.engine.execution_options(**{WRITES: True})
    with Session(engine, expire_on_commit=False, autoflush=True) as db:
        work = Work(db, ws.clock(), ws.by, ws)
        try:
            if once:
                _spend(work, once)
            yield work
            db.commit()
            _written[ws.engine] = _written.get(ws.engine, 0) + 1
        except IntegrityError as error:
            db.rollback()
            if overlaps(error):
                raise SlotTaken from error
            raise
        except OperationalError as error:
            db.rollback()
            if _DEADLOCK in str(error.orig):
                raise AtOnce from error
            raise
        except BaseException:
            db.rollback()
            raise


def overlaps(error: IntegrityError) -> bool:
    """Whether the database refused a reservation that overlaps another."""
    return OVERLAP in str(error.orig) or "ex_reservation" in str(error.orig)


@contextmanager
def reading(ws: Workspace) -> Iterator[Work]:
    """A look at one consistent state. Nothing is written."""
    with Session(ws.engine, expire_on_commit=False, autoflush=False) as db:
        yield Work(
            db, ws.clock(), ws.by, ws, writes=False, written=_written.get(ws.engine, 0)
        )  # closing rolls back; an explicit rollback would expire what was read


def _spend(work: Work, token: str) -> None:
    work.db.add(Once(token=token[:64], at=work.now))
    try:
        work.db.flush()
    except IntegrityError as error:
        raise AlreadyDone from error


@sa_event.listens_for(Session, "before_flush")
def _forget(db: Session, *_: Any) -> None:
    known: dict[Any, Any] = db.info.get(_KNOWN, {})
    harmless = (Event, *{mark[0] for mark in known})  # a row the facts themselves hold is seen through them
    if known and not all(isinstance(row, harmless) for row in (*db.new, *db.dirty, *db.deleted)):
        known.clear()


@sa_event.listens_for(Session, "before_flush")
def _count_versions(db: Session, *_: Any) -> None:
    for row in db.dirty:
        if hasattr(row, "version") and db.is_modified(row):
            row.version += 1


def last_event(work: Work, row: Any, before: int | None = None) -> Event | None:
    """The newest act on a row; the newest `before` an event when that is given."""
    mine = select(Event).where(Event.subject == row.__tablename__, Event.subject_id == row.id)
    if before is not None:
        mine = mine.where(col(Event.id) < before)
    return work.db.exec(mine.order_by(col(Event.id).desc()).limit(1)).first()
