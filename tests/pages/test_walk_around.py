"""The moments of the walk-around and of the damage: every tap is written, what was refused stays, all languages."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import DamageKind, OrderStatus, Role
from db.enums_reception import BodyType, Condition, Equipment, Valuable, WarningLight
from db.models import Attachment, Inspection, Vehicle, WorkOrder
from services import damage_marks, inspections
from services.arrivals import greet, walk_in
from services.demo.drawing import signature
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.pages.conftest import App
from tests.services.reception import received
from tests.services.test_files import picture
from ui.sheet_taps import changed

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])


@pytest.fixture
def key(garage: Workspace) -> int:
    """A car that was just greeted; its last reading was 40,000 km."""
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return received(work).id


def sheet(garage: Workspace) -> Inspection | None:
    with reading(garage) as work:
        return work.db.exec(select(Inspection)).first()


def note(garage: Workspace, key: int, **seen: object) -> Inspection:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        return inspections.record(work, key, **seen)  # type: ignore[arg-type]


def errors(at: AppTest) -> list[str]:
    return [error.value for error in at.error]


def on_to_the_next(at: AppTest) -> AppTest:
    at.button(key=next(str(one.key) for one in at.button if str(one.key).startswith("next_"))).click()
    return at.run()


@LANGUAGES
def test_a_routine_car_takes_five_taps_and_one_typed_field(
    app: App, garage: Workspace, key: int, language: str
) -> None:
    at = app("reception", Role.ADVISOR, language, order=key, step="walk")
    at.toggle(key=f"covers_{key}").set_value(True).run()
    at.toggle(key=f"reminded_{key}").set_value(True).run()
    at.text_input(key=f"odometer_{key}").set_value("41000").run()
    at.segmented_control(key=f"fuel_{key}").set_value(4).run()
    at.button(key=f"in_order_{key}").click().run()
    assert not at.exception
    found = sheet(garage)
    assert found
    assert (found.covers, found.reminded, found.odometer_km, found.fuel_eighths, found.lights) == (
        True,
        True,
        41_000,
        4,
        [],
    )
    assert found.places == {"interior": "clean", "boot": "clean"}
    assert all((found.equipment or {}).values())
    assert at.button(key=f"in_order_{key}").disabled
    on_to_the_next(at)
    assert (errors(at), at.query_params["step"]) == ([], "damage")


def test_every_tap_is_there_after_a_reload_and_on_another_tablet(app: App, garage: Workspace, key: int) -> None:
    at = app("reception", Role.ADVISOR, order=key, step="walk")
    at.segmented_control(key=f"boot_{key}").set_value(Condition.WORN).run()
    at.pills(key=f"stays_{key}").set_value([Valuable.PHONE]).run()
    at.pills(key=f"equipment_{key}").set_value([Equipment.MATS, Equipment.VEST]).run()
    at.pills(key=f"equipment_{key}").set_value([Equipment.MATS]).run()
    at.text_input(key=f"valuables_{key}").set_value("*Umbrella*").run()
    again = app("reception", Role.MANAGER, order=key, step="walk")
    assert again.segmented_control(key=f"boot_{key}").value == Condition.WORN
    assert again.pills(key=f"stays_{key}").value == [Valuable.PHONE]
    assert again.pills(key=f"equipment_{key}").value == [Equipment.MATS]
    assert again.text_input(key=f"valuables_{key}").value == "*Umbrella*"
    found = sheet(garage)
    assert found
    assert found.equipment == {"mats": True, "vest": False}


def test_a_tap_changes_only_itself_beside_another_tablet() -> None:
    assert changed([Valuable.PHONE, Valuable.KEYS], [Valuable.KEYS, Valuable.CASH]) == {
        Valuable.PHONE: False,
        Valuable.CASH: True,
    }


@LANGUAGES
def test_a_lower_reading_asks_for_its_reason_at_once_and_stays(
    app: App, garage: Workspace, key: int, language: str
) -> None:
    at = app("reception", Role.ADVISOR, language, order=key, step="walk")
    at.text_input(key=f"odometer_{key}").set_value("39000").run()
    assert len(errors(at)) == 1
    assert at.text_input(key=f"odometer_{key}").value == "39000"
    assert sheet(garage) is None
    at.text_input(key=f"odometer_reason_{key}").set_value("New instrument").run()
    assert errors(at) == []
    found = sheet(garage)
    assert found
    assert (found.odometer_km, found.odometer_reason) == (39_000, "New instrument")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9999999", "Odometer\\: between 0 and 3000000\\."),
        ("far", "This odometer reading cannot be read\\."),
        ("", "This odometer reading cannot be read\\."),
    ],
)
def test_an_impossible_reading_is_a_sentence_and_stays(
    app: App, garage: Workspace, key: int, typed: str, said: str
) -> None:
    note(garage, key, odometer_km=41_000)
    at = app("reception", Role.ADVISOR, order=key, step="walk")
    at.text_input(key=f"odometer_{key}").set_value(typed).run()
    assert (errors(at), at.text_input(key=f"odometer_{key}").value) == ([said], typed)
    found = sheet(garage)
    assert found
    assert found.odometer_km == 41_000


def test_a_reading_is_understood_as_people_write_it(app: App, garage: Workspace, key: int) -> None:
    at = app("reception", Role.ADVISOR, order=key, step="walk")
    at.text_input(key=f"odometer_{key}").set_value("4.5万").run()
    assert errors(at) == []
    found = sheet(garage)
    assert found
    assert found.odometer_km == 45_000


@LANGUAGES
def test_who_declines_signs_before_it_goes_on(app: App, garage: Workspace, key: int, language: str) -> None:
    note(garage, key, odometer_km=41_000, fuel_eighths=3)
    at = app("reception", Role.ADVISOR, language, order=key, step="walk")
    at.toggle(key=f"declined_{key}").set_value(True).run()
    on_to_the_next(at)
    assert len(errors(at)) == 1
    assert at.query_params["step"] == "walk"
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        inspections.sign_declined(work, key, signature=signature())
    on_to_the_next(at)
    assert (errors(at), at.query_params["step"]) == ([], "damage")


def test_without_odometer_and_fuel_it_does_not_go_on(app: App, garage: Workspace, key: int) -> None:
    note(garage, key, covers=True)
    at = on_to_the_next(app("reception", Role.ADVISOR, order=key, step="walk"))
    assert errors(at) == ["The walk\\-around is missing\\: odometer and fuel are not recorded\\."]


@LANGUAGES
def test_the_record_tells_all_that_was_seen(app: App, garage: Workspace, key: int, language: str) -> None:
    note(
        garage,
        key,
        odometer_km=41_000,
        fuel_eighths=8,
        lights={WarningLight.TYRES: True},
        places={"boot": Condition.DAMAGED},
        equipment={Equipment.VEST: False, Equipment.MATS: True},
        stays={Valuable.KEYS: True},
        valuables="Umbrella",
        declined=True,
    )
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        inspections.sign_declined(work, key, signature=signature())
        damage_marks.mark(work, key, view="left", x=500, y=500, kind=DamageKind.DENT, note="door")
        damage_marks.add_photo(work, key, data=picture(40, 30))
    at = app("reception", Role.SUPERVISOR, language, order=key)
    assert not at.exception
    told = " ".join(one.value for one in at.markdown)
    words = {
        "en": (
            "41,000 km",
            "Tyre pressure",
            "Damaged",
            "Safety vest",
            "Floor mats",
            "Other keys, Umbrella",
            "Dent",
            "declined",
        ),
        "zh_CN": ("41,000", "胎压", "损坏", "反光背心", "脚垫", "Umbrella", "凹陷", "谢绝"),
    }
    assert [word for word in words[language] if word not in told] == []


@LANGUAGES
def test_the_body_is_guessed_and_kept_with_the_car(app: App, garage: Workspace, key: int, language: str) -> None:
    at = app("reception", Role.ADVISOR, language, order=key, step="damage")
    assert at.segmented_control(key=f"body_{key}").value == BodyType.SALOON
    at.segmented_control(key=f"body_{key}").set_value(BodyType.VAN).run()
    assert not at.exception
    with reading(garage) as work:
        assert work.db.exec(select(Vehicle.body)).all() == [BodyType.VAN]


def test_an_open_mark_gets_another_kind_a_note_and_goes_again(app: App, garage: Workspace, key: int) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        mark = damage_marks.mark(work, key, view="left", x=500, y=500, kind=DamageKind.SCRATCH)
    at = app("reception", Role.ADVISOR, order=key, step="damage")
    at.session_state[f"mark_{key}"] = mark.id
    at.run()
    at.segmented_control(key=f"kind_{key}").set_value(DamageKind.RUST).run()
    at.text_input(key=f"mark_note_{mark.id}").set_value("sill").run()
    with reading(garage) as work:
        assert [(one.kind, one.note) for one in damage_marks.marks(work, key)] == [(DamageKind.RUST, "sill")]
    at.button(key=f"unmark_{mark.id}").click().run()
    with reading(garage) as work:
        assert damage_marks.marks(work, key) == []
    assert at.segmented_control(key=f"kind_{key}").value == DamageKind.RUST  # and the next mark is of that kind
    assert not at.exception


@LANGUAGES
def test_known_damage_is_told_with_its_day_and_can_be_gone(
    app: App, garage: Workspace, key: int, language: str
) -> None:
    desk = as_role(garage, Role.ADVISOR)
    with unit_of_work(desk) as work:
        mark = damage_marks.mark(work, key, view="left", x=500, y=500, kind=DamageKind.SCRATCH)
        first = work.get(WorkOrder, key)
        first.status = OrderStatus.CLOSED
        again = greet(work, walk_in(work, vehicle_id=first.vehicle_id, concern="Noise").id).id
    at = app("reception", Role.ADVISOR, language, order=again, step="damage")
    at.session_state[f"mark_{again}"] = mark.id
    at.run()
    at.segmented_control(key=f"still_{mark.id}").set_value(False).run()
    assert not at.exception
    with reading(desk.at(MONDAY_9 + timedelta(minutes=1))) as work:
        assert damage_marks.known_marks(work, work.get(WorkOrder, again)) == []


def test_forty_photos_at_once_keep_those_that_fit_and_say_so(
    app: App, garage: Workspace, key: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage_marks, "MOST_PHOTOS", 5)
    at = app("reception", Role.ADVISOR, order=key, step="damage")
    forty = [(f"{n}.jpg", picture(30 + n, 20), "image/jpeg") for n in range(40)]
    at.file_uploader(key=f"photo_car_{key}_0").set_value(forty).run()
    assert errors(at) == ["At most 5 photos of one car\\.", "5 of 40 photos were kept."]
    with reading(garage) as work:
        assert len(work.db.exec(select(Attachment)).all()) == 5


def test_one_corrupt_photo_of_three_is_named_and_the_others_are_kept(app: App, garage: Workspace, key: int) -> None:
    at = app("reception", Role.ADVISOR, order=key, step="damage")
    good, heic = picture(40, 40), picture(40, 40, "HEIF")
    three = [
        ("a.jpg", good, "image/jpeg"),
        ("b_1.jpg", b"\xff\xd8\xff nothing", "image/jpeg"),
        ("c.heic", heic, "image/heic"),
    ]
    at.file_uploader(key=f"photo_car_{key}_0").set_value(three).run()
    assert errors(at)[0].startswith("b\\_1\\.jpg: This picture cannot be read\\.")
    assert errors(at)[1:] == ["2 of 3 photos were kept."]
    with reading(garage) as work:
        assert [row.media_type for row in work.db.exec(select(Attachment))] == ["image/jpeg"] * 2
