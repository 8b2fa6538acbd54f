"""Settings, as the manager uses them."""

import json
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import col, func, select
from streamlit.testing.v1 import AppTest

from db.enums import BayKind, Channel, MessageState, Role, Skill
from db.models import Bay, ClosingDay, ContactConsent, Customer, Job, JobPart, Message, Part, Staff, StaffRole, Vehicle
from services.catalogue_edit import all_jobs
from services.day_limits import day_limits
from services.messages import queue
from services.opening import week
from services.pins import matches
from services.refusals import Refusal
from services.shifts import shifts_of
from services.sign_in import sign_in
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, STAFF, make_car
from tests.pages.conftest import App

TOM = list(STAFF).index("Tom Technician") + 1
SECTIONS = ("garage", "hours", "reception", "bays", "people", "jobs", "parts", "import", "messages")
LIST = Path(__file__).parents[1] / "data" / "customers_gb18030.csv"


def _section(app: App, name: str, language: str = "en") -> AppTest:
    at = app("settings", Role.MANAGER, language, section=name)
    assert not at.exception
    return at


def _click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def _said(at: AppTest) -> list[str]:
    return [box.value for box in at.error] + [toast.value for toast in at.toast]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("section", [*SECTIONS, "nonsense"])
def test_every_section_opens_in_both_languages(app: App, section: str, language: str) -> None:
    at = _section(app, section, language)
    assert not at.error
    titles = {"en": "### Settings", "zh_CN": "### 设置"}
    assert titles[language] in [line.value for line in at.markdown]


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.MANAGER, Role.WARRANTY_CLERK, Role.TRAINER)]
)
def test_only_the_manager_sees_them(app: App, role: Role) -> None:
    at = app("settings", role)
    assert not at.exception
    assert not [field for field in at.text_input if field.key == "garage_name"]


def test_name_tax_and_rate_are_changed(app: App, garage: Workspace) -> None:
    at = _section(app, "garage")
    at.text_input(key="garage_name").set_value("Mill Lane Garage")
    at.text_input(key="garage_address").set_value("1 Mill Lane")
    at.text_input(key="garage_phone").set_value("020 7946 0958")
    at.number_input(key="garage_rate").set_value(81.505)
    at.number_input(key="garage_tax").set_value(17.5)
    assert _said(_click(at, "garage_save")) == ["Saved"]
    with reading(garage) as work:
        row = work.garage
    assert (row.name, str(row.labour_rate), str(row.tax_percent)) == ("Mill Lane Garage", "81.51", "17.5")


def test_what_was_typed_stays_after_a_refusal(app: App, garage: Workspace) -> None:
    at = _section(app, "garage")
    at.text_input(key="garage_name").set_value("x" * 121)
    at.text_input(key="garage_address").set_value("1 Mill Lane")
    assert "at most 120 characters" in " ".join(_said(_click(at, "garage_save")))
    assert at.text_input(key="garage_address").value == "1 Mill Lane"
    with reading(garage) as work:
        assert work.garage.name == "Test Garage"


def test_booking_rules_have_sensible_limits(app: App, garage: Workspace) -> None:
    at = _section(app, "booking")
    at.number_input(key="booking_rules_book_days_ahead").set_value(0)
    assert "between 1 and 365" in " ".join(_said(_click(at, "booking_save")))
    at.number_input(key="booking_rules_book_days_ahead").set_value(14)
    at.number_input(key="booking_rules_buffer_minutes").set_value(15)
    at.number_input(key="booking_rules_walk_in_percent").set_value(20)
    for name in ("same_day_booking", "keeps_holidays"):
        at.toggle(key=f"booking_rules_{name}").set_value(True)
    assert _said(_click(at, "booking_save")) == ["Saved"]
    with reading(garage) as work:
        kept = work.garage
        assert (kept.book_days_ahead, kept.buffer_minutes, kept.walk_in_percent) == (14, 15, 20)
        assert (kept.same_day_booking, kept.keeps_holidays) == (True, True)


def test_a_group_of_jobs_is_limited_and_no_longer(app: App, garage: Workspace) -> None:
    at = _section(app, "booking")
    at.selectbox(key="day_limits_brakes").set_value(2)
    assert _said(_click(at, "limits_save")) == ["Saved"]
    with reading(garage) as work:
        assert day_limits(work) == {"brakes": 2}
    at.selectbox(key="day_limits_brakes").set_value(0)
    _click(at, "limits_save")
    with reading(garage) as work:
        assert day_limits(work) == {}


def test_how_long_is_waited_has_sensible_limits(app: App, garage: Workspace) -> None:
    at = _section(app, "garage")
    at.number_input(key="rules_greeting_seconds").set_value(1)
    assert "between 10 and 3600" in " ".join(_said(_click(at, "rules_save")))
    at.number_input(key="rules_greeting_seconds").set_value(90)
    assert _said(_click(at, "rules_save")) == ["Saved"]
    with reading(garage) as work:
        assert work.garage.greeting_seconds == 90


def test_hours_are_changed_day_by_day(app: App, garage: Workspace) -> None:
    at = _section(app, "hours")
    at.toggle(key="hours_on_4").set_value(False)
    at.toggle(key="hours_on_5").set_value(True)
    at.time_input(key="hours_5_1").set_value(time(13))
    assert _said(_click(at, "hours_save")) == ["Saved"]
    with reading(garage) as work:
        assert week(work) == {0: (480, 1080), 1: (480, 1080), 2: (480, 1080), 3: (480, 1080), 5: (480, 780)}


def test_a_closing_day_is_added_and_taken_back(app: App, garage: Workspace) -> None:
    at = _section(app, "hours")
    at.date_input(key="closing_day").set_value(date(2026, 12, 25))
    at.text_input(key="closing_reason").set_value("*Christmas*")
    _click(at, "closing_add")
    assert at.text_input(key="closing_reason").value == ""
    assert any(r"\*Christmas\*" in line.value for line in at.markdown)
    _click(at, "as_usual_2026-12-25")
    with reading(garage) as work:
        assert work.db.exec(select(ClosingDay)).all() == []


def test_bays_are_renamed_and_added(app: App, garage: Workspace) -> None:
    at = _section(app, "bays")
    at.text_input(key="bay_name_1").set_value("Lift A")
    _click(at, "bay_save_1")
    at.text_input(key="bay_new_name").set_value("Pit")
    _click(at, "bay_add")
    assert at.text_input(key="bay_new_name").value == ""
    at.text_input(key="bay_new_name").set_value("Pit")
    assert _said(_click(at, "bay_add")) == ["There is already a bay called Pit\\."]
    with reading(garage) as work:
        assert list(work.db.exec(select(Bay.name).order_by(col(Bay.id)))) == ["Lift A", "Lift 2", "Quick", "Pit"]


def test_a_new_person_is_added_once_and_can_sign_in(app: App, garage: Workspace) -> None:
    at = _section(app, "people")
    at.text_input(key="person_name_0").set_value("Ned New")
    at.pills(key="person_roles_0").set_value([Role.TECHNICIAN])
    at.pills(key="person_skills_0").set_value([Skill.EV])
    at.text_input(key="person_pin_0").set_value("12x4")
    assert "A PIN has 4 to 8 digits" in " ".join(_said(_click(at, "person_save_0")))
    assert at.text_input(key="person_name_0").value == "Ned New"
    at.text_input(key="person_pin_0").set_value("4711")
    _click(at, "person_save_0")
    with reading(garage) as work:
        ned = work.db.exec(select(Staff.id).where(Staff.name == "Ned New")).one()
    assert sign_in(garage, ned, "4711")
    assert at.text_input(key=f"person_name_{ned}").value == "Ned New"


def _person(app: App) -> AppTest:
    at = _section(app, "people")
    at.pills(key="person_chosen").set_value(TOM).run()
    assert not at.exception
    return at


def test_roles_pin_and_leaving(app: App, garage: Workspace) -> None:
    at = _person(app)
    at.pills(key=f"person_roles_{TOM}").set_value([Role.TECHNICIAN, Role.TEAM_LEADER])
    assert _said(_click(at, f"person_save_{TOM}")) == ["Saved"]
    at.text_input(key=f"pin_new_{TOM}").set_value("8642")
    assert _said(_click(at, f"pin_set_{TOM}")) == ["The PIN is set."]
    assert at.text_input(key=f"pin_new_{TOM}").value == ""
    _click(at, f"person_active_{TOM}")
    with reading(garage) as work:
        tom = work.get(Staff, TOM)
        roles = set(work.db.exec(select(StaffRole.role).where(StaffRole.staff_id == TOM)))
    assert (roles, tom.active) == ({Role.TECHNICIAN, Role.TEAM_LEADER}, False)
    assert matches(tom.pin_hash, "8642")


def test_shifts_and_absences(app: App, garage: Workspace) -> None:
    at = _person(app)
    at.toggle(key=f"shifts_{TOM}_on_0").set_value(False)
    at.time_input(key=f"shifts_{TOM}_1_0").set_value(time(7))
    assert _said(_click(at, f"shifts_save_{TOM}")) == ["Saved"]
    at.text_input(key=f"absence_reason_{TOM}").set_value("Course")
    assert _said(_click(at, f"absence_add_{TOM}")) == ["Saved"]
    assert "There is already an absence in that time" in " ".join(_said(_click(at, f"absence_add_{TOM}")))
    with reading(garage) as work:
        rows = shifts_of(work, TOM)
    assert sorted(rows) == [1, 2, 3, 4]
    assert (rows[1].starts, rows[1].ends, rows[1].break_starts, rows[1].break_ends) == (420, 1080, 720, 780)


def test_who_is_locked_out_is_shown_and_unlocked(app: App, garage: Workspace) -> None:
    for _ in range(5):
        with pytest.raises(Refusal):
            sign_in(garage, TOM, "0000")
    at = _section(app, "people")
    assert any("Tom Technician is locked out for 1 min" in line.value for line in at.markdown)
    _click(at, f"unlock_{TOM}")
    with reading(garage) as work:
        assert work.get(Staff, TOM).locked_until is None


def _upload(app: App, data: bytes, name: str = "list.csv") -> AppTest:
    at = _section(app, "import")
    at.file_uploader(key="import_file").set_value((name, data, "text/csv")).run()
    assert not at.exception
    return at


def test_the_list_of_a_chinese_garage_is_imported_whole_and_a_second_time_changes_nothing(
    app: App, garage: Workspace
) -> None:
    expected = json.loads((LIST.parent / "customers_expected.json").read_text(encoding="utf-8"))
    at = _upload(app, LIST.read_bytes(), LIST.name)
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures == {
        "Rows": str(expected["rows"]),
        "Customers": str(expected["customers"]),
        "Cars": str(expected["vehicles"]),
        "With a warning": str(expected["with_warnings"]),
        "Refused": str(expected["rejected"]),
    }
    _click(at, "import_go")
    with reading(garage) as work:
        counts = [work.db.exec(select(func.count()).select_from(table)).one() for table in (Customer, Vehicle)]
    assert counts == [expected["customers"], expected["vehicles"]]
    at.file_uploader(key="import_file").set_value(("again.csv", LIST.read_bytes(), "text/csv")).run()
    _click(at, "import_go")
    figures = {metric.label: metric.value for metric in at.metric}
    assert (figures["New customers"], figures["New cars"], figures["Unchanged cars"]) == (
        "0",
        "0",
        str(expected["vehicles"]),
    )


def test_a_column_guessed_wrong_is_corrected(app: App, garage: Workspace) -> None:
    at = _upload(app, b"A;B;C\nGrace Field;020 7946 0958;AB12 CDE\n")
    at.selectbox(key=_field(at, "name")).set_value(0)
    at.selectbox(key=_field(at, "plate")).set_value(2).run()
    _click(at, "import_go")
    with reading(garage) as work:
        assert [(c.name, c.phone) for c in work.db.exec(select(Customer))] == [("Grace Field", "+442079460958")]
        assert [v.plate for v in work.db.exec(select(Vehicle))] == ["AB12 CDE"]


def _field(at: AppTest, name: str) -> str:
    return next(str(box.key) for box in at.selectbox if str(box.key).startswith(f"import_{name}_"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file holds no rows"),
        (b"\xd0\xcf\x11\xe0old", "old or a password"),
        (b"PK\x03\x04broken", "cannot be read"),
        (b"name,plate\n", "This file holds no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(app: App, data: bytes, sentence: str) -> None:
    assert sentence in " ".join(_said(_upload(app, data)))


@pytest.fixture
def message(garage: Workspace) -> int:
    """A failed message."""
    with unit_of_work(garage) as work:
        customer_id = make_car(work, name="![x](http://x)").customer_id
        work.add(ContactConsent(customer_id=customer_id, channel=Channel.SMS, allowed=True, at=work.now))
        row = queue(
            work, customer_id=customer_id, kind="test", text="Your car is ready", due_at=MONDAY_9 + timedelta(hours=1)
        )
        assert row
        row.state, row.error, row.tries = MessageState.FAILED, "no network", 6
        return row.id


def test_a_failed_message_is_shown_with_its_error_and_sent_by_hand(app: App, garage: Workspace, message: int) -> None:
    at = _section(app, "messages")
    assert not at.code
    at.segmented_control(key="outbox_state").set_value(MessageState.FAILED).run()
    assert [code.value for code in at.code] == ["Your car is ready"]
    assert any("no network" in caption.value for caption in at.caption)
    assert not any("![x](" in line.value for line in at.markdown)
    _click(at, f"again_{message}")
    at.segmented_control(key="outbox_state").set_value(MessageState.QUEUED).run()
    _click(at, f"by_hand_{message}")
    with reading(garage) as work:
        assert work.get(Message, message).state is MessageState.BY_HAND


def _written(at: AppTest, name: str, edited: dict[int, dict[str, object]], added: list[dict[str, object]]) -> AppTest:
    at.session_state[f"table_{name}_0"] = {"edited_rows": edited, "added_rows": added, "deleted_rows": []}
    return _click(at, f"save_{name}")


def test_a_job_is_changed_and_another_added_in_the_table(app: App, garage: Workspace) -> None:
    at = _section(app, "jobs", "zh_CN")
    new = {
        "code": "WIP",
        "name": "Change wiper blades",
        "hours": 0.25,
        "price": 12.5,
        "bay_kind": "快修工位",
        "skill": "保养",
    }
    at = _written(at, "jobs", {0: {"price": 99.0, "people": 2}}, [new])
    assert _said(at) == ["已保存"]
    with reading(garage) as work:
        made = work.db.exec(select(Job).where(Job.code == "WIP")).one()
        assert (made.minutes, made.bay_kind, made.skill) == (15, BayKind.QUICK, Skill.SERVICE)
        assert made.people == 1
        assert work.db.exec(select(func.count()).select_from(Job).where(Job.price == 99, Job.people == 2)).one() == 1


def test_a_refused_row_changes_nothing_at_all_and_says_why(app: App, garage: Workspace) -> None:
    at = _written(_section(app, "parts"), "parts", {0: {"price": 1.0}}, [{"code": "OIL", "name": "Again"}])
    assert _said(at) == ["There is already an entry with the code OIL\\."]
    with reading(garage) as work:
        assert work.db.exec(select(func.count()).select_from(Part).where(Part.price == 1)).one() == 0


def test_an_empty_table_takes_sums_to_the_coin(app: App, garage: Workspace) -> None:
    """Without a step the browser takes whole numbers only in an empty table: 9.50 became 9."""
    with unit_of_work(garage) as work:
        work.db.execute(delete(JobPart))
        work.db.execute(delete(Part))
    (table,) = _section(app, "parts").get("data_editor")
    columns = json.loads(table.proto.columns)
    assert {name: columns[name]["type_config"]["step"] for name in ("price", "cost", "stock")} == {
        "price": 0.01,
        "cost": 0.01,
        "stock": 0.001,
    }


def test_two_managers_writing_in_one_row_keep_both_changes(app: App, garage: Workspace) -> None:
    at = _section(app, "jobs")
    at.session_state["table_jobs_0"] = {"edited_rows": {0: {"price": 99.0}}, "added_rows": [], "deleted_rows": []}
    with unit_of_work(garage) as work:
        first = all_jobs(work)[0]
        first.name = "Renamed meanwhile"
        work.add(
            Job(code="AAA", name="Added meanwhile", group="", minutes=30, bay_kind=BayKind.LIFT, skill=Skill.SERVICE)
        )
        key = first.id
    _click(at, "save_jobs")
    with reading(garage) as work:
        row = work.get(Job, key)
        assert (row.name, row.price) == ("Renamed meanwhile", Decimal(99))
        assert work.db.exec(select(func.count()).select_from(Job).where(Job.price == 99)).one() == 1
