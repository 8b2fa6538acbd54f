"""The demo's booking desk before the first call: packages, limits, a recall and a campaign."""

from datetime import date, timedelta

from db.models import Campaign, DayLimit, JobPackage, JobPackageItem
from services.campaign_ranges import put_own_ranges
from services.demo.desk_content import CampaignStory
from services.demo.stage import Stage

WALK_IN_PERCENT = 10


def put_desk(stage: Stage) -> None:
    """Everything the desk works with; written once, before the history begins."""
    work, desk = stage.work, stage.content.desk
    work.garage.walk_in_percent = WALK_IN_PERCENT
    work.db.add(work.garage)
    for package in desk.packages:
        row = work.add(JobPackage(name=package.name))
        for position, code in enumerate(package.jobs):
            work.db.add(JobPackageItem(package_id=row.id, job_id=stage.jobs[code].id, position=position))
    work.db.add_all([DayLimit(group=limit.group, most=limit.most) for limit in desk.limits])
    work.db.flush()
    for story in desk.campaigns:
        put_own_ranges(work, work.add(_campaign(stage, story)))


def _campaign(stage: Stage, story: CampaignStory) -> Campaign:
    return Campaign(
        code=story.code,
        kind=story.kind,
        title=story.title,
        text=story.text,
        make=story.make or "",
        model=story.model or "",
        registered_from=date(story.first_year, 1, 1),
        registered_to=date(story.last_year, 12, 31),
        job_id=stage.jobs[story.job].id,
        starts_on=stage.today.date() - timedelta(days=30),
        created_at=stage.work.now,
    )


def expires(stage: Stage, registered: date | None, *, years: int) -> date | None:
    """The next anniversary of the first registration, now and then already past; `years` is how long the paper is good for."""
    if registered is None:
        return None
    today = stage.today.date()
    ahead = (registered.year - today.year) % years
    due = date(today.year + ahead, registered.month, min(registered.day, 28))
    return due if due >= today - timedelta(days=20) else due.replace(year=due.year + years)
