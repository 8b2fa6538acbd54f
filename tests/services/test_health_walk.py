"""Random walks over the health check: whatever is tapped and answered, the proposals say what the sheet says."""

import shutil
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from db.engine import make_engine
from db.enums import Answer, ConsentMethod, OrderStatus, Role, Urgency
from db.enums_health import HealthPoint
from db.enums_reception import Grade, HealthGroup
from db.models import CheckTemplateItem, ConsentItem, HealthResult, OrderJob, OrderLine, WorkOrder
from services import consents, health, orders
from services.health_points import work_of
from services.health_templates import put_standard_checks
from services.refusals import Refusal
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_garage
from tests.services.checking import BRAKES, FULL, put_to_customer
from tests.services.reception import received

STEPS = 20
POINTS = (HealthPoint.WIPERS, HealthPoint.PADS_FRONT, HealthPoint.DISCS_FRONT, HealthPoint.TREAD_FL, HealthPoint.TREAD_FR,
          HealthPoint.TREAD_RL, HealthPoint.PRESSURE_FL)  # fmt: skip
ACTS = ("grade", "grade", "grade", "measure", "good", "choose", "remove", "add", "propose", "answer", "answer")
BAD = (Grade.SOON, Grade.NOW)


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garage with its checklists; front pads and discs propose the same job of the catalogue."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("health") / "garage.db")
    engine = make_engine(f"sqlite:///{path}")
    with unit_of_work(make_garage(engine, path.parent)) as work:
        put_standard_checks(work)
        for row in work.db.exec(select(CheckTemplateItem)):
            if row.point in (HealthPoint.PADS_FRONT, HealthPoint.DISCS_FRONT):
                row.job_id = BRAKES
                work.db.add(row)
    engine.dispose()
    return path


def _act(work: Work, order_id: int, by: Random, what: str) -> object:
    known = (
        select(CheckTemplateItem.id).where(col(CheckTemplateItem.point).in_(POINTS)).order_by(col(CheckTemplateItem.id))
    )
    item = by.choice(list(work.db.exec(known.where(CheckTemplateItem.template_id == FULL))))
    jobs = [job.id for job in _jobs(work, order_id)]
    match what:
        case "grade":
            return health.grade(work, order_id, item_id=item, grade=by.choice((*Grade, *BAD, None)))
        case "measure":
            value = by.choice((None, Decimal("1.2"), Decimal("2.5"), Decimal("7.5")))
            return health.measure(work, order_id, item_id=item, value=value)
        case "good":
            return health.all_good(work, order_id, group=by.choice((None, HealthGroup.TYRES)))
        case "choose":
            return health.choose(work, order_id, template_id=by.choice((1, 2, 3)))
        case "remove" if jobs:
            orders.remove_job(work, order_id, order_job_id=by.choice(jobs))
            return "removed"
        case "add":
            return orders.add_job(work, order_id, job_id=BRAKES)
        case "propose":
            return health.propose(work, order_id, item_id=item)
        case _:
            return _answer(work, order_id, by)


def _answer(work: Work, order_id: int, by: Random) -> object:
    """The customer is asked, says something about some lines, and the estimate is changed again."""
    put_to_customer(work, order_id)
    waiting = select(OrderLine.id).where(OrderLine.order_id == order_id, OrderLine.answer == Answer.PENDING)
    said = {key: by.choice((Answer.AGREED, Answer.DECLINED)) for key in work.db.exec(waiting) if by.random() < 0.5}
    jobs = [job.id for job in _jobs(work, order_id)]
    method = ConsentMethod.PHONE
    consents.answer_lines(work, work.get(WorkOrder, order_id), answers=said, method=method, person="Grace", warned=jobs)
    return orders.revise(work, order_id)


def _jobs(work: Work, order_id: int) -> list[OrderJob]:
    return list(work.db.exec(select(OrderJob).where(OrderJob.order_id == order_id).order_by(col(OrderJob.id))))


def _holds(work: Work, order_id: int, own: set[int]) -> None:
    """`own` are the jobs people put there: all others are proposals."""
    query = select(HealthResult, CheckTemplateItem).join(
        CheckTemplateItem, col(CheckTemplateItem.id) == col(HealthResult.item_id)
    )
    rows = list(work.db.exec(query.where(HealthResult.order_id == order_id)))
    spoken = _spoken(work, order_id)
    linked: dict[int, list[tuple[HealthResult, CheckTemplateItem]]] = {}
    for result, item in rows:
        if result.order_job_id:
            linked.setdefault(result.order_job_id, []).append((result, item))
    for job in _jobs(work, order_id):
        mine = linked.get(job.id, [])
        if job.id in own:
            assert not mine  # what people put there is never taken for a proposal
            continue
        if job.id in spoken:
            continue
        assert mine, f"nobody asked for {job.title}"
        assert all(result.grade in BAD for result, _ in mine)
        assert len({work_of(item) for _, item in mine}) == 1
        assert job.urgency == (Urgency.NOW if Grade.NOW in {result.grade for result, _ in mine} else Urgency.SOON)
        assert job.safety == any(item.safety for _, item in mine)
        assert work.db.exec(select(OrderLine.id).where(OrderLine.order_job_id == job.id)).first()
    waiting = [work_of(linked[key][0][1]) for key in linked if key not in spoken]
    assert len(waiting) == len(set(waiting))  # one proposal for one piece of work
    orphans = select(OrderLine.id).where(col(OrderLine.order_job_id).not_in(select(OrderJob.id)))
    assert work.db.exec(orphans).first() is None


def _spoken(work: Work, order_id: int) -> set[int]:
    said = select(OrderLine.order_job_id).join(ConsentItem, col(ConsentItem.line_id) == col(OrderLine.id))
    return set(work.db.exec(said.where(OrderLine.order_id == order_id)))


def _judged_anew(work: Work, order_id: int, item_id: int | None) -> None:
    """What was just graded soon or now stands on the estimate: as its proposal, or as the same work put there by somebody."""
    mine = (HealthResult.order_id == order_id, HealthResult.item_id == item_id)
    row = work.db.exec(select(HealthResult).where(*mine)).first()
    if row and row.grade in BAD and not row.order_job_id:
        job_id, words = work_of(work.get(CheckTemplateItem, row.item_id))
        there = {job.job_id for job in _jobs(work, order_id)} | {job.title for job in _jobs(work, order_id)}
        assert (job_id or words) in there


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # fmt: skip
@given(by=st.randoms(use_true_random=False))
def test_proposals_always_match_the_sheet(template: Path, by: Random) -> None:
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{shutil.copyfile(template, Path(folder) / 'walk.db')}")
        try:
            _walk(as_role(Workspace(engine, Path(folder), lambda: MONDAY_9), Role.ADVISOR), by)
        finally:
            engine.dispose()


def _walk(ws: Workspace, by: Random) -> None:
    with unit_of_work(ws) as work:
        order_id = received(work, plate="CAR 1").id
    with reading(ws) as work:
        own = {job.id for job in _jobs(work, order_id)}
    for _ in range(STEPS):
        what = by.choice(ACTS)
        with reading(ws) as work:
            spoken, there = _spoken(work, order_id), {job.id for job in _jobs(work, order_id)}
        own &= there  # a number may be given again
        made = None
        with suppress(Refusal), unit_of_work(ws) as work:
            made = _act(work, order_id, by, what)
        note(f"{what}: {made!r}")
        with reading(ws) as work:
            if what == "add" and made:
                own |= {job.id for job in _jobs(work, order_id)} - there
            assert work.get(WorkOrder, order_id).status == OrderStatus.RECEPTION
            assert spoken <= {job.id for job in _jobs(work, order_id)}  # what was answered never vanishes
            _holds(work, order_id, own)
            if isinstance(made, HealthResult) and what in ("grade", "measure"):
                _judged_anew(work, order_id, made.item_id)
