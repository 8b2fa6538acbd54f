"""What a browser reports is checked before anybody believes it."""

import base64
import io
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from db.enums_reception import BodyType, WarningLight
from services.car_shapes import BODIES
from ui.calendar_acts import Moved, Picked, Tapped, read_act, wall
from ui.car_outline import Tap, read_tap
from ui.lamps import read_lamp
from ui.signature import MAX_POINTS, MAX_STROKES, read_signed

STROKES = [[[1, 2, 3], [4.26, 5, 6]]]


def png(width: int = 40, height: int = 20, note: str = "") -> str:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", note)
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def test_a_signature_comes_through_drawn_anew_without_what_was_hidden_in_it() -> None:
    signed = read_signed({"png": png(note="hidden"), "strokes": STROKES})
    assert signed
    assert signed.strokes == [[(1.0, 2.0, 3), (4.3, 5.0, 6)]]
    assert b"hidden" not in signed.png
    assert Image.open(io.BytesIO(signed.png)).size == (40, 20)


@pytest.mark.parametrize(
    "picture",
    [
        None,
        "",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,####",
        "data:image/png;base64,iVBORw0KGgo=",
        "data:image/png;base64," + "A" * 500_000,
        png(3000, 3000),
    ],
)
def test_what_is_no_picture_of_a_signature_is_refused(picture: object) -> None:
    assert read_signed({"png": picture, "strokes": STROKES}) is None


@pytest.mark.parametrize(
    "strokes",
    [
        None,
        [],
        [1],
        [[[1, 2]]],
        [[["a", 2, 3]]],
        [[[1, 2, float("nan")]]],
        [[[1e9, 2, 3]]],
        [[[1, 2, 3]]] * (MAX_STROKES + 1),
        [[[1, 2, 3]] * (MAX_POINTS + 1)],
    ],
)
def test_strokes_nobody_can_have_drawn_are_refused(strokes: object) -> None:
    assert read_signed({"png": png(), "strokes": strokes}) is None


def test_a_tap_on_the_car_is_a_view_and_a_place_in_it() -> None:
    assert read_tap({"view": "rear", "x": 0, "y": 0.123456}) == Tap("rear", 0.0, 0.1235)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"view": "under", "x": 0.5, "y": 0.5},
        {"view": ["left"], "x": 0.5, "y": 0.5},
        {"view": "left", "x": 1.01, "y": 0.5},
        {"view": "left", "x": "0.5", "y": 0.5},
        {"view": "left", "x": float("nan"), "y": 0.5},
    ],
)
def test_a_tap_beside_every_view_is_none(value: dict[str, Any]) -> None:
    assert read_tap(value) is None


def test_a_tap_on_a_lamp_changes_that_lamp_and_none_on_all_that_are() -> None:
    lit = [WarningLight.OIL, WarningLight.ABS]
    assert read_lamp({"lamp": "engine", "on": True}, lit) == {WarningLight.ENGINE: True}
    assert read_lamp({"lamp": "oil", "on": False}, lit) == {WarningLight.OIL: False}
    assert read_lamp({"none": True}, lit) == {WarningLight.OIL: False, WarningLight.ABS: False}
    assert read_lamp({"none": True}, []) == {}


@pytest.mark.parametrize(
    "value", [{}, {"lamp": "moon", "on": True}, {"lamp": "oil"}, {"lamp": ["oil"], "on": 1}, {"none": "yes"}]
)
def test_a_tap_on_no_lamp_is_none(value: dict[str, Any]) -> None:
    assert read_lamp(value, [WarningLight.OIL]) is None


@pytest.mark.parametrize("body", [body.value for body in BodyType])
def test_every_body_is_drawn_from_all_five_sides(body: str) -> None:
    assert set(BODIES[body]) == {"left", "right", "top", "front", "rear"}


def test_calendar_reports_become_acts() -> None:
    nine, ten = "2026-11-23T09:00:00Z", "2026-11-23T10:00:00.000Z"
    event = {"id": "7", "start": nine, "end": ten, "resourceId": "bay1"}
    bay = {"resource": {"id": "bay1"}}
    assert read_act({"callback": "eventClick", "eventClick": {"event": event}}) == Tapped("7")
    assert read_act({"callback": "eventChange", "eventChange": {"event": event}}) == Moved(
        "7", wall(nine), wall(ten), "bay1"
    )
    assert read_act({"callback": "dateClick", "dateClick": {"date": nine, **bay}}) == Picked(wall(nine), None, "bay1")
    assert read_act({"callback": "select", "select": {"start": nine, "end": ten}}) == Picked(
        wall(nine), wall(ten), None
    )


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"callback": "eventsSet"},
        {"callback": "eventClick", "eventClick": {"event": {"display": "background"}}},
        {"callback": "dateClick", "dateClick": {"date": "soon"}},
        {"callback": "eventChange", "eventChange": {"event": {"id": "7"}}},
    ],
)
def test_other_calendar_reports_are_no_acts(value: object) -> None:
    assert read_act(value) is None
