"""The workshop's screen: board, own cars, search, and every form on a car's record."""

from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Answer, CheckLevel, ConsentMethod, HoldReason, OrderStatus, Role, Urgency
from db.enums_workshop import CheckMark, ReworkCause
from db.models import ClockEntry, Consent, OrderJob, OrderLine, StaffSkill, WorkOrder
from services.checks import fail_check
from services.clocks import start
from services.extra_work import propose
from services.order_moves import ORDERS
from services.stock import issue
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import as_name
from tests.pages.conftest import App
from tests.shop import in_work, make_order, order_of

TOM = "Tom Technician"
OPENS = (
    Role.SUPERVISOR,
    Role.TECHNICIAN,
    Role.TEAM_LEADER,
    Role.INSPECTOR,
    Role.ADVISOR,
    Role.PARTS_CLERK,
    Role.MANAGER,
)


def words(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info, *at.warning, *at.error))


def tap(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def test_board_of_every_role_in_both_languages(app: App, garage: Workspace) -> None:
    in_work(garage)
    for role in OPENS:
        for language in ("en", "zh_CN"):
            at = app("workshop", role, language)
            assert not at.exception, (role, language)
            assert "### " + {"en": "Workshop", "zh_CN": "车间"}[language] in words(at)


@pytest.mark.parametrize("role", [Role.CASHIER, Role.FOLLOW_UP])
def test_who_does_not_work_here_does_not_see_the_board(app: App, garage: Workspace, role: Role) -> None:
    in_work(garage, plate="RUNS 2")
    seen = words(app("workshop", role))
    assert "### Workshop" not in seen
    assert "RUNS 2" not in seen


def test_the_board_holds_each_car_in_the_column_of_its_status(app: App, garage: Workspace) -> None:
    make_order(garage, plate="WAITS 1")
    in_work(garage, plate="RUNS 2")
    make_order(garage, status=OrderStatus.DELIVERED, plate="GONE 3")
    seen = words(app("workshop", Role.SUPERVISOR))
    assert "**To dispatch** :gray-badge[1]" in seen
    assert "**In work** :gray-badge[1]" in seen
    assert "WAITS 1" in seen
    assert "GONE 3" not in seen


def test_an_empty_workshop_says_so(app: App) -> None:
    assert words(app("workshop", Role.SUPERVISOR)).count("No car here.") == 7
    assert "Nothing for you right now." in words(app("workshop", Role.TECHNICIAN))


def test_a_technician_sees_the_own_cars_first_and_all_on_request(app: App, garage: Workspace) -> None:
    in_work(garage, plate="MINE 1")
    in_work(garage, plate="TIAS 2", given_to="Tia Technician")
    at = app("workshop", Role.TECHNICIAN)
    assert "MINE 1" in words(at)
    assert "TIAS 2" not in words(at)
    at.segmented_control(key="workshop_view").set_value("status").run()
    assert "TIAS 2" in words(at)
    at.segmented_control(key="workshop_view").set_value("bays").run()
    assert "**Lift 1** :gray-badge[2]" in words(at)


@pytest.mark.parametrize("typed", ["find 9", "FIND9", "field", "w261123-02"])
def test_search_finds_by_plate_name_and_order(app: App, garage: Workspace, typed: str) -> None:
    make_order(garage, plate="OTHER 1")
    make_order(garage, plate="FIND 9")
    at = app("workshop", Role.SUPERVISOR)
    at.text_input(key="workshop_search").set_value(typed).run()
    assert "FIND 9" in words(at)
    assert ("OTHER 1" in words(at)) == (typed == "field")  # both are Grace Field's


def test_search_without_a_hit_says_so_and_shows_what_was_typed_as_text(app: App) -> None:
    at = app("workshop", Role.SUPERVISOR)
    at.text_input(key="workshop_search").set_value("**x**").run()
    assert at.info[0].value == "No car in the workshop fits “\\*\\*x\\*\\*”."


def test_the_board_asks_the_same_number_of_questions_however_many_cars(app: App, garage: Workspace) -> None:
    def asked() -> int:
        at.run()
        count: list[int] = []
        listen = lambda *_: count.append(1)  # noqa: E731
        engine = at.session_state["workspace"].engine
        event.listen(engine, "before_cursor_execute", listen)
        at.run()
        event.remove(engine, "before_cursor_execute", listen)
        return len(count)

    at = app("workshop", Role.SUPERVISOR)
    make_order(garage, plate="CAR 0")
    few = asked()
    for n in range(1, 12):
        in_work(garage, "SVC", "BRK", plate=f"CAR {n}")
    assert asked() == few


def test_a_car_is_dispatched_to_the_suggested_person_and_bay_in_one_tap(app: App, garage: Workspace) -> None:
    order = make_order(garage)
    at = app("workshop", Role.SUPERVISOR, order=order)
    assert not at.exception
    tap(at, f"dispatch_{order}")
    after = order_of(garage, order)
    assert after.status == OrderStatus.IN_WORK
    assert after.technician_id in (3, 4, 5)


def test_a_refused_dispatch_keeps_what_was_chosen_and_says_why(app: App, garage: Workspace) -> None:
    order = make_order(garage)
    at = app("workshop", Role.SUPERVISOR, order=order)
    at.pills(key=f"dispatch_staff_{order}").set_value(5).run()
    with unit_of_work(garage) as work:
        work.get(WorkOrder, order).status = OrderStatus.CANCELLED
    tap(at, f"dispatch_{order}")
    assert "it is now “Cancelled”" in at.error[0].value


def test_nobody_to_dispatch_to_is_said_with_the_way_out(app: App, garage: Workspace) -> None:
    order = make_order(garage, "BAT")
    with unit_of_work(garage) as work:
        for row in work.db.exec(select(StaffSkill)).all():
            work.db.delete(row)
    assert "Nobody here today has the skill" in words(app("workshop", Role.SUPERVISOR, order=order))


def test_start_pause_and_finish_on_the_record(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    at = app("workshop", Role.TECHNICIAN, order=order)
    tap(at, f"start_{order}")
    assert not at.exception
    at.session_state[f"step:{order}"] = "pause"
    at.run()
    tap(at, f"pause_break_{order}")
    tap(at, f"start_{order}")
    at.text_area(key="cause_1").set_value("Worn")
    at.text_area(key="correction_1").set_value("Renewed")
    tap(at, f"finish_job_{order}")
    assert order_of(garage, order).status == OrderStatus.SELF_CHECK
    with reading(garage) as work:
        assert [c.end_reason for c in work.db.exec(select(ClockEntry).order_by(ClockEntry.id))] == ["break", "done"]  # type: ignore[arg-type]
        assert work.db.exec(select(OrderJob.cause, OrderJob.correction)).one() == ("Worn", "Renewed")


def test_a_car_is_put_on_hold_with_a_reason_and_resumed(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    at = app("workshop", Role.TECHNICIAN, order=order)
    at.session_state[f"step:{order}"] = "hold"
    at.run()
    at.pills(key=f"hold_reason_{order}").set_value(HoldReason.OUTSIDE)
    tap(at, f"hold_{order}")
    assert order_of(garage, order).hold_reason == HoldReason.OUTSIDE
    tap(at, f"resume_{order}")
    assert order_of(garage, order).status == OrderStatus.IN_WORK


def test_extra_work_from_the_catalogue_takes_two_taps(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    at = app("workshop", Role.TECHNICIAN, order=order)
    at.session_state[f"step:{order}"] = "add_extra"
    at.run()
    at.selectbox(key=f"extra_job_{order}").set_value(2).run()
    at.pills(key=f"extra_why_{order}").set_value("Worn out")
    tap(at, f"add_extra_{order}")
    assert not at.exception
    with reading(garage) as work:
        facts = facts_of(work, ORDERS, order)
        extra = facts.jobs[-1]
        assert (extra.title, extra.extra, extra.reason, extra.urgency) == (
            "Front brake pads",
            True,
            "Worn out",
            Urgency.NOW,
        )
        assert len(facts.pending) == 2


def test_the_customers_answer_about_extra_work_is_kept_with_who_gave_it(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    with unit_of_work(as_name(garage, TOM)) as work:
        extra = propose(work, order, job_id=2, reason="worn").id
    at = app("workshop", Role.ADVISOR, order=order)
    at.session_state[f"step:{order}"] = "answer_extra"
    at.run()
    tap(at, f"answer_extra_{order}")
    assert at.error[0].value == "Record the customer's answer first\\."
    at.segmented_control(key=f"extra_answer_{extra}").set_value(Answer.DECLINED)
    tap(at, f"answer_extra_{order}")
    assert not at.exception
    with reading(garage) as work:
        assert not facts_of(work, ORDERS, order).pending
        consent = work.db.exec(select(Consent)).one()
        assert (consent.method, consent.person, consent.total) == (ConsentMethod.PHONE, "Grace Field", Decimal(0))


def test_who_does_the_rework_reads_what_the_check_found(app: App, garage: Workspace) -> None:
    order = at_check(garage, OrderStatus.FINAL_INSPECTION)
    with unit_of_work(as_name(garage, "Ira Inspector")) as work:
        fail_check(work, order, level=CheckLevel.FINAL, note="pulls to the left")
    at = app("workshop", Role.TECHNICIAN, order=order)
    assert at.warning[0].value == "Final inspection: pulls to the left  \n:small[Work not done properly · Oil service]"
    tap(at, f"start_{order}")
    with reading(garage) as work:
        assert [clock.rework for clock in work.db.exec(select(ClockEntry))] == [True]


def test_described_extra_work_keeps_what_was_typed_when_refused(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    at = app("workshop", Role.TECHNICIAN, order=order)
    at.session_state[f"step:{order}"] = "add_extra"
    at.run()
    at.text_input(key=f"extra_title_{order}").set_value("Weld bracket")
    at.number_input(key=f"extra_minutes_{order}").set_value(40)
    at.number_input(key=f"extra_price_{order}").set_value(55.5)
    tap(at, f"add_extra_{order}")
    assert at.error[0].value == "Please fill in\\: Reason\\."
    assert at.text_input(key=f"extra_title_{order}").value == "Weld bracket"
    at.text_input(key=f"extra_note_{order}").set_value("cracked through")
    tap(at, f"add_extra_{order}")
    with reading(garage) as work:
        line = work.db.exec(select(OrderLine).where(OrderLine.title == "Weld bracket")).one()
        assert (line.unit_price, line.answer) == (Decimal("55.5"), Answer.PENDING)


@pytest.mark.parametrize(
    ("level", "status", "role", "after"),
    [
        (CheckLevel.SELF, OrderStatus.SELF_CHECK, Role.TECHNICIAN, OrderStatus.TEAM_CHECK),
        (CheckLevel.TEAM, OrderStatus.TEAM_CHECK, Role.TEAM_LEADER, OrderStatus.FINAL_INSPECTION),
        (CheckLevel.FINAL, OrderStatus.FINAL_INSPECTION, Role.INSPECTOR, OrderStatus.READY),
    ],
)
def test_a_check_passes_when_everything_is_ticked(
    app: App, garage: Workspace, level: CheckLevel, status: OrderStatus, role: Role, after: OrderStatus
) -> None:
    order = at_check(garage, status)
    at = app("workshop", role, order=order)
    tap(at, f"pass_{level.value}_{order}")
    assert "Not ticked yet" in at.error[0].value
    tap(at, f"all_{level.value}_{order}")
    tap(at, f"pass_{level.value}_{order}")
    assert not at.exception
    assert order_of(garage, order).status == after


def test_a_failed_check_needs_a_note_and_goes_back_to_rework(app: App, garage: Workspace) -> None:
    order = at_check(garage, OrderStatus.FINAL_INSPECTION)
    at = app("workshop", Role.INSPECTOR, order=order)
    at.segmented_control(key=f"mark_final_{order}_road").set_value(CheckMark.PASS).run()
    tap(at, f"fail_final_{order}")
    tap(at, f"fail_final_{order}")
    assert at.error[0].value == "Please give a reason\\."
    assert at.segmented_control(key=f"mark_final_{order}_road").value == CheckMark.PASS
    at.text_area(key=f"check_note_{order}").set_value("pulls to the left")
    tap(at, f"fail_final_{order}")
    after = order_of(garage, order)
    assert (after.status, after.rework_count) == (OrderStatus.REWORK, 1)


@pytest.mark.parametrize(("language", "cause"), [("en", "Damaged during the work"), ("zh_CN", "作业中损坏")])
def test_a_point_not_in_order_goes_back_for_a_cause_to_a_person_by_taps_alone(
    app: App, garage: Workspace, language: str, cause: str
) -> None:
    order = at_check(garage, OrderStatus.FINAL_INSPECTION)
    at = app("workshop", Role.INSPECTOR, language, order=order)
    at.text_area(key=f"check_note_{order}").set_value("near the sill").run()
    at.segmented_control(key=f"mark_final_{order}_look").set_value(CheckMark.FAIL).run()
    at.pills(key=f"rework_who_{order}_1").set_value(3).run()
    assert not at.exception
    tap(at, f"fail_final_{order}")
    with reading(garage) as work:
        check = facts_of(work, ORDERS, order).checks[-1]
        assert (check.cause, check.order_job_id, check.staff_id) == (ReworkCause.DAMAGE, 1, 3)
        assert check.note == "near the sill"
    at.segmented_control(key=f"section_{order}").set_value("checks").run()
    assert cause in words(at)


def test_of_parts_given_out_some_are_taken_back_on_the_record(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    with unit_of_work(as_name(garage, "Pat Parts")) as work:
        line = facts_of(work, ORDERS, order).parts_due[0].id
        issue(work, line)
    at = app("workshop", Role.PARTS_CLERK, order=order)
    at.session_state[f"step:{order}"] = "give_back"
    at.run()
    at.number_input(key=f"back_many_{line}").set_value(3.0).run()
    tap(at, f"give_back_{line}")
    assert not at.exception
    with reading(garage) as work:
        assert work.get(OrderLine, line).issued == Decimal("1.5")


def test_a_washed_car_is_parked(app: App, garage: Workspace) -> None:
    order = make_order(garage, status=OrderStatus.WASH)
    at = app("workshop", Role.TECHNICIAN, order=order)
    at.text_input(key=f"wash_place_{order}").set_value("Row B")
    tap(at, f"washed_{order}")
    assert (order_of(garage, order).status, order_of(garage, order).place) == (OrderStatus.READY, "Row B")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_work_and_checks_are_read_on_the_record(app: App, garage: Workspace, language: str) -> None:
    order = in_work(garage, "SVC", "BRK")
    with unit_of_work(as_name(garage, TOM)) as work:
        start(work, order)
    at = app("workshop", Role.TECHNICIAN, language, order=order)
    for section in ("work", "checks"):
        at.segmented_control(key=f"section_{order}").set_value(section).run()
        assert not at.exception
    assert {"en": "No check yet.", "zh_CN": "还没有检验。"}[language] in words(at)


def at_check(garage: Workspace, status: OrderStatus) -> int:
    order = make_order(garage, status=status, given_to="Tia Technician")
    with unit_of_work(garage) as work:
        facts_of(work, ORDERS, order).jobs[0].done_at = work.now
    return order
