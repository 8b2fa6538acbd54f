"""A checked list of recalls written to the garage's records, a portion at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums_desk import CampaignKind
from db.models import Campaign, CampaignRange, Event, Garage
from services import permissions as may
from services.campaign_cars import find_cars
from services.recall_list.rows import RecallRow
from services.work import Work

PORTION = 5_000  # ranges written in one unit of work
_AT_ONCE = 500
_KEY = ("make_key", "model_key", "year_from", "year_to", "vin_from", "vin_to")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Told:
    """One recall as a list tells it, with its ranges of cars."""

    code: str
    title: str
    text: str
    ranges: Mapping[Key, dict[str, Any]]


@dataclass(frozen=True)
class Brought:
    """What an import did: recalls made, changed, left as they were; ranges written; cars that are on the list to call now."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ranges: int = 0
    cars: int = 0

    def __add__(self, other: "Brought") -> "Brought":
        return Brought(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged,
                       self.ranges + other.ranges, self.cars + other.cars)  # fmt: skip


def portions(rows: Iterable[RecallRow], most: int = PORTION) -> list[list[Told]]:
    """The accepted rows by recall, in portions of about so many ranges. The rows of one recall stay together."""
    found: list[list[Told]] = []
    size = most
    for one in _told(rows):
        if size >= most:
            found.append([])
            size = 0
        found[-1].append(one)
        size += len(one.ranges)
    return found


def bring_in(work: Work, portion: Sequence[Told], *, kind: CampaignKind, adds: bool = False) -> Brought:
    """Write a portion; the same list a second time changes nothing.

    A recall known by its code gets the list's words, and its cars instead of those an earlier list named (`adds`: besides
    them); what was typed in its form stays. New ones are of that kind and begin today. Refuses with NotAllowed.
    """
    work.needs(*may.RUNS_CAMPAIGNS)
    work.lock(Garage, work.garage.id)  # two imports at once would make every recall twice
    known = _known(work, [one.code for one in portion])
    there = _ranges(work, [row.id for row in known.values()])
    new = [one for one in portion if one.code not in known]
    fresh = {one.code: _made(work, one, kind) for one in new}
    work.db.add_all(fresh.values())
    work.db.flush()
    rows: list[dict[str, Any]] = []
    gone: list[int] = []
    changed: list[Campaign] = []
    for one in portion:
        row = fresh.get(one.code) or known[one.code]
        have = there.get(row.id, {})
        missing = [columns | {"campaign_id": row.id} for key, columns in one.ranges.items() if key not in have]
        away = [] if adds else [number for key, number in have.items() if key not in one.ranges]
        rows += missing
        gone += away
        if one.code in known and (_say(row, one) or missing or away):
            changed.append(row)
    _write(work, rows, gone)
    touched = [*fresh.values(), *changed]
    _note(work, fresh.values(), changed)
    cars = find_cars(work, touched)
    return Brought(len(fresh), len(changed), len(portion) - len(touched), len(rows), cars)


def _told(rows: Iterable[RecallRow]) -> Iterator[Told]:
    by_code: dict[str, list[RecallRow]] = defaultdict(list)
    for row in rows:
        if row.why is None:
            by_code[row.code].append(row)
    for code, mine in by_code.items():
        ranges = {_key(columns): columns for row in mine for columns in row.ranges}
        title = next((row.title for row in mine if row.title), "")
        yield Told(code, " ".join(title.split()), next((row.text for row in mine if row.text), ""), ranges)


def _key(columns: Mapping[str, Any]) -> Key:
    return tuple(columns[name] for name in _KEY)


def _known(work: Work, codes: Sequence[str]) -> dict[str, Campaign]:
    found: dict[str, Campaign] = {}
    for at in range(0, len(codes), _AT_ONCE):
        some = select(Campaign).where(col(Campaign.code).in_(codes[at : at + _AT_ONCE]))
        found |= {row.code: row for row in work.db.exec(some)}
    return found


def _ranges(work: Work, campaigns: Sequence[int]) -> dict[int, dict[Key, int]]:
    """The ranges earlier lists named, by campaign, with their ids."""
    found: dict[int, dict[Key, int]] = defaultdict(dict)
    columns = [getattr(CampaignRange, name) for name in ("campaign_id", "id", *_KEY)]
    for at in range(0, len(campaigns), _AT_ONCE):
        mine = col(CampaignRange.campaign_id).in_(campaigns[at : at + _AT_ONCE])
        for campaign, key, *rest in work.db.execute(sa_select(*columns).where(mine, ~col(CampaignRange.own))):
            found[campaign][tuple(rest)] = key
    return found


def _made(work: Work, one: Told, kind: CampaignKind) -> Campaign:
    today = work.local(work.now).date()
    return Campaign(
        code=one.code, kind=kind, title=one.title or one.code, text=one.text, starts_on=today, created_at=work.now
    )


def _say(row: Campaign, one: Told) -> bool:
    """Give a recall the list's words; whether that changed any."""
    before = (row.title, row.text)
    row.title, row.text = one.title or row.title, one.text or row.text
    return (row.title, row.text) != before


def _write(work: Work, rows: Sequence[dict[str, Any]], gone: Sequence[int]) -> None:
    for at in range(0, len(gone), _AT_ONCE):
        work.db.execute(delete(CampaignRange).where(col(CampaignRange.id).in_(gone[at : at + _AT_ONCE])))
    if rows:
        work.db.execute(insert(CampaignRange), list(rows))


def _note(work: Work, fresh: Iterable[Campaign], changed: Iterable[Campaign]) -> None:
    events = [(row, "added") for row in fresh] + [(row, "changed") for row in changed]
    work.db.add_all(
        Event(subject="campaign", subject_id=row.id, action=action, at=work.now, by_id=work.by.id,
              details={"code": row.code, "title": row.title, "source": "import"})
        for row, action in events
    )  # fmt: skip
    work.db.flush()
