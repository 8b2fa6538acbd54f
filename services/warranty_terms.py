"""What warranties promise, by make and group of jobs; and how far past a limit the warranty clerk is asked."""

from collections import defaultdict
from collections.abc import Iterable

from sqlmodel import col, select

from db.enums import Skill
from db.models import Garage, Job, WarrantyTerm
from services import permissions as may
from services.i18n import N_
from services.refusals import Missing
from services.validate import line, within
from services.warranty_rules import Near
from services.work import Work

MOST_MONTHS = 240
MOST_KM = 2_000_000
_CHINA = "CN"  # 36 months or 60,000 km by law, eight years or 120,000 km for an electric drive
_WEAR = (Skill.BRAKES, Skill.TYRES)


def warranty_terms(work: Work) -> list[WarrantyTerm]:
    """All of them, the general ones first."""
    return list(work.db.exec(select(WarrantyTerm).order_by(WarrantyTerm.make, WarrantyTerm.group)))


def term_for(terms: Iterable[WarrantyTerm], make: str, group: str) -> WarrantyTerm | None:
    """The term that counts: of this make and group, of the make, of the group, of everything. None when there is none."""
    known = {(term.make.casefold(), term.group): term for term in terms}
    make = make.strip().casefold()
    return next((known[key] for key in ((make, group), (make, ""), ("", group), ("", "")) if key in known), None)


def set_term(work: Work, *, make: str = "", group: str = "", months: int | None, km: int | None) -> WarrantyTerm:
    """How long a make's warranty lasts for a group of jobs; blank: every make, every group without a term of its own.

    0 months: not under warranty at all. What was there for the same make and group changes. Refuses with NotAllowed,
    TooLong, OutOfRange (0 to 240 months, 1 to 2,000,000 km), Missing without any limit.
    """
    work.needs(*may.MANAGES)
    make, group = line(make, N_("Make"), 60, needed=False), line(group, N_("Group"), 60, needed=False)
    if months is None and km is None:
        raise Missing(field=N_("Months"))
    if months is not None:
        within(months, N_("Months"), 0, MOST_MONTHS)
    if km is not None:
        within(km, N_("Kilometres"), 1, MOST_KM)
    work.lock(Garage, work.garage.id)  # two managers who write the same term: the second changes it
    return _put(work, make, group, months, km)


def remove_term(work: Work, term_id: int) -> None:
    """Take a term away; nothing decided by it changes. Refuses with NotAllowed, NotFound."""
    work.needs(*may.MANAGES)
    term = work.lock(WarrantyTerm, term_id)
    work.event(work.garage, "changed", warranty_removed=_name(term))
    work.db.delete(term)


def set_near(work: Work, *, days: int, km: int) -> None:
    """How many days and km past a limit the warranty clerk decides. Refuses with NotAllowed, OutOfRange (0 to 365, 0 to 50,000)."""
    work.needs(*may.MANAGES)
    within(days, N_("Days"), 0, 365)
    within(km, N_("Kilometres"), 0, 50_000)
    garage = work.lock(Garage, work.garage.id)
    garage.warranty_near_days, garage.warranty_near_km = days, km
    work.db.add(garage)
    work.event(garage, "changed", warranty_days=str(days), warranty_km=str(km))


def near(work: Work) -> Near:
    """How far past a limit the warranty clerk decides."""
    return Near(work.garage.warranty_near_days, work.garage.warranty_near_km)


def take_standard(work: Work) -> list[WarrantyTerm]:
    """The usual terms as a start, for every make: the whole car, parts that wear, the electric drive. Those there already stay.

    Refuses with NotAllowed.
    """
    work.needs(*may.MANAGES)
    garage = work.lock(Garage, work.garage.id)
    there = {(term.make, term.group) for term in warranty_terms(work)}
    return [
        _put(work, "", group, months, km)
        for group, months, km in _standard(work, garage.country)
        if ("", group) not in there
    ]


def _standard(work: Work, country: str) -> list[tuple[str, int, int]]:
    china = country == _CHINA
    found = [("", 36, 60_000 if china else 100_000)]
    for group, skills in _groups(work).items():
        if skills <= set(_WEAR):
            found.append((group, 6, 10_000))
        elif skills == {Skill.EV}:
            found.append((group, 96, 120_000 if china else 160_000))
    return found


def _groups(work: Work) -> dict[str, set[Skill]]:
    """The groups of the catalogue, each with the skills its jobs ask for."""
    found: dict[str, set[Skill]] = defaultdict(set)
    rows = work.db.exec(
        select(Job.group, Job.skill).where(col(Job.active), Job.group != "").distinct().order_by(Job.group)
    ).all()
    for group, skill in rows:
        found[group].add(Skill(skill))
    return found


def _put(work: Work, make: str, group: str, months: int | None, km: int | None) -> WarrantyTerm:
    query = select(WarrantyTerm).where(WarrantyTerm.make == make, WarrantyTerm.group == group)
    term = work.db.exec(query).first() or WarrantyTerm(make=make, group=group)
    term.months, term.km = months, km
    work.event(work.garage, "changed", warranty=_name(term), months=str(months or ""), km=str(km or ""))
    return work.add(term)


def _name(term: WarrantyTerm) -> str:
    return " ".join(word for word in (term.make, term.group) if word) or "*"
