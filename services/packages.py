"""Packages: jobs that are booked together, such as service A or brakes front."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.models import Job, JobPackage, JobPackageItem
from services import permissions as may
from services import validate
from services.catalogue import Offered, offered_jobs, with_tax
from services.demo.content import load
from services.i18n import N_
from services.refusals import Missing, NotFound, Refusal
from services.work import Work

MOST_JOBS = 20


class PackageNameTaken(Refusal):
    """There is already a package “{name}”."""


class TooManyJobs(Refusal):
    """A package holds at most {most} jobs."""


@dataclass(frozen=True)
class Package:
    """A package with its jobs as they are offered today; `price` as told, with tax."""

    id: int
    name: str
    offered: list[Offered]
    price: Decimal

    @property
    def job_ids(self) -> list[int]:
        """The jobs it adds."""
        return [one.job.id for one in self.offered]

    @property
    def minutes(self) -> int:
        """How long its jobs take together."""
        return sum(one.job.minutes for one in self.offered)


def packages(work: Work) -> list[Package]:
    """The packages offered, by name, without jobs no longer offered. Four queries."""
    query = (
        select(JobPackage, Job)
        .join(JobPackageItem, col(JobPackageItem.package_id) == col(JobPackage.id))
        .join(Job, col(Job.id) == col(JobPackageItem.job_id))
        .where(col(JobPackage.active), col(Job.active))
        .order_by(col(JobPackage.name), col(JobPackageItem.position))
    )
    jobs: dict[int, list[Job]] = {}
    names = {}
    for package, job in work.db.exec(query):
        names[package.id] = package.name
        jobs.setdefault(package.id, []).append(job)
    every = {job.id: job for one in jobs.values() for job in one}
    offered = {one.job.id: one for one in offered_jobs(work, list(every.values()))}
    return [_package(work, key, name, [offered[job.id] for job in jobs[key]]) for key, name in names.items()]


def all_packages(work: Work) -> list[tuple[JobPackage, list[int]]]:
    """Every package with its job ids, those no longer offered last. Two queries."""
    rows = work.db.exec(select(JobPackage).order_by(col(JobPackage.active).desc(), col(JobPackage.name))).all()
    held: dict[int, list[int]] = {row.id: [] for row in rows}
    for item in work.db.exec(select(JobPackageItem).order_by(col(JobPackageItem.position))):
        held[item.package_id].append(item.job_id)
    return [(row, held[row.id]) for row in rows]


def job_names(work: Work) -> dict[int, str]:
    """Every job by id, also those no longer offered."""
    return dict(work.db.exec(select(Job.id, Job.name)).all())


def put_package(
    work: Work, package_id: int | None, *, name: str, job_ids: Sequence[int], active: bool = True
) -> JobPackage:
    """Change a package, or make one (`package_id` None). Bookings made with it stay as they are.

    Refuses with NotAllowed, Missing (name, jobs), TooLong, PackageNameTaken, TooManyJobs, and NotFound for a job there is not.
    """
    work.needs(*may.MANAGES)
    row = work.lock(JobPackage, package_id) if package_id else JobPackage(name="")
    row.name, row.active = _free_name(work, name, package_id), active
    jobs = _jobs(work, job_ids)
    work.event(work.add(row), "changed" if package_id else "added", name=row.name)
    for old in work.db.exec(select(JobPackageItem).where(JobPackageItem.package_id == row.id)).all():
        work.db.delete(old)
    work.db.flush()
    items = [JobPackageItem(package_id=row.id, job_id=key, position=place) for place, key in enumerate(jobs)]
    work.db.add_all(items)
    work.db.flush()
    return row


def put_common_packages(work: Work) -> None:
    """Packages of the common jobs, for a garage that begins; those of which a job is missing are left out."""
    ids = dict(work.db.exec(select(Job.code, Job.id)).all())
    for package in load(work.garage.language).desk.packages:
        if all(code in ids for code in package.jobs):
            put_package(work, None, name=package.name, job_ids=[ids[code] for code in package.jobs])


def _package(work: Work, key: int, name: str, offered: list[Offered]) -> Package:
    return Package(key, name, offered, with_tax(work, [one.listed for one in offered]))


def _free_name(work: Work, typed: str, own: int | None) -> str:
    name = validate.line(typed, N_("Package"), 120)
    if work.db.exec(select(JobPackage.id).where(JobPackage.name == name, JobPackage.id != (own or 0))).first():
        raise PackageNameTaken(name=name)
    return name


def _jobs(work: Work, job_ids: Sequence[int]) -> list[int]:
    wanted = list(dict.fromkeys(job_ids))
    if not wanted:
        raise Missing(field=N_("Jobs"))
    if len(wanted) > MOST_JOBS:
        raise TooManyJobs(most=MOST_JOBS)
    if len(work.db.exec(select(Job.id).where(col(Job.id).in_(wanted))).all()) < len(wanted):
        raise NotFound
    return wanted
