"""Our components on a tablet: real Chromium, real fingers."""

import signal
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, expect

from services.files import TooLittleInk
from tests.browser.components_driver import Server, Tablet, start

TABLETS: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "landscape-light": (1180, 820, "light"),
    "portrait-dark": (820, 1180, "dark"),
}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(tmp_path_factory.mktemp("components"))
    yield running
    running.process.terminate()
    running.process.wait(15)


@pytest.fixture(params=TABLETS)
def tablet(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Tablet]:
    width, height, scheme = TABLETS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, color_scheme=scheme)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield Tablet(page, server.base)
    context.close()
    assert problems == []


def sign(tablet: Tablet, pad: Locator) -> None:
    box = pad.locator("canvas").bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + 110
    for shift in (0, 120):
        tablet.stroke(*((x + shift + 12 * i, y + 40 * (-1) ** i) for i in range(8)))


def test_a_signature_stays_through_a_rerun_and_is_reported_once(tablet: Tablet) -> None:
    tablet.open("signature")
    pad = tablet.page.locator(".st-key-pad")
    expect(pad.locator(".accept")).to_be_disabled()
    sign(tablet, pad)
    tablet.tap("again")
    expect(tablet.page.get_by_text("runs=2")).to_be_visible()
    pad.locator(".accept").dblclick()
    tablet.expect_log("signed b'\\x89PNG' 2 strokes 16 points", "returned pad")
    expect(pad.locator(".tick")).to_be_visible()
    tablet.tap("again")
    expect(tablet.page.get_by_text("runs=4")).to_be_visible()
    assert len(tablet.log()) == 2
    assert (pad.locator(".accept").bounding_box() or {"height": 0})["height"] >= 44


def test_a_cleared_signature_can_be_given_again(tablet: Tablet) -> None:
    tablet.open("signature")
    pad = tablet.page.locator(".st-key-pad")
    sign(tablet, pad)
    pad.locator(".clear").tap()
    expect(pad.locator(".accept")).to_be_disabled()
    sign(tablet, pad)
    pad.locator(".accept").tap()
    tablet.expect_log("signed b'\\x89PNG' 2 strokes 16 points", "returned pad")


def test_a_signature_can_be_given_in_a_dialog(tablet: Tablet) -> None:
    tablet.open("signature")
    tablet.tap("open")
    pad = tablet.page.get_by_role("dialog").locator(".st-key-dialog_pad")
    pad.locator("canvas").wait_for()
    tablet.page.wait_for_timeout(400)  # the dialog slides in
    sign(tablet, pad)
    pad.locator(".accept").tap()
    expect(pad.locator(".tick")).to_be_visible()
    tablet.page.get_by_role("button", name="Close").tap()
    expect(tablet.page.get_by_role("dialog")).to_have_count(0)
    tablet.tap("again")
    tablet.expect_log("signed b'\\x89PNG' 2 strokes 16 points", "returned dialog_pad")


def test_a_tap_on_the_car_makes_a_mark_there_and_a_tap_on_it_selects_it(tablet: Tablet) -> None:
    tablet.open("car")
    box = tablet.page.locator("[data-view=top]").bounding_box()
    assert box
    tablet.page.touchscreen.tap(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
    tablet.expect_log("tap top 0.60 0.50", "returned top")
    mark = tablet.page.locator("[data-id=n6]")
    mark.locator(".target").tap()
    tablet.expect_log("tap top 0.60 0.50", "returned top", "select n6")
    expect(mark).to_have_class("mark selected")
    tablet.tap("again")
    expect(tablet.page.get_by_text("runs=4")).to_be_visible()
    assert len(tablet.log()) == 3


def test_a_bare_patch_of_the_picture_makes_no_mark(tablet: Tablet) -> None:
    tablet.open("car")
    svg = tablet.page.locator("svg[aria-label=Damage]")
    svg.tap(position={"x": 3, "y": 3})
    svg.locator("[data-id=a] .target").tap()
    tablet.expect_log("select a")


def test_marks_are_reached_by_keyboard_and_say_what_they_are(tablet: Tablet) -> None:
    tablet.open("car")
    tablet.page.get_by_role("button", name="Paint damage, Rear").press("Enter")
    tablet.expect_log("select d")


def test_lamps_are_lit_by_taps_and_none_on_puts_them_out(tablet: Tablet) -> None:
    tablet.open("lamps")
    lamp = tablet.page.locator
    box = lamp("[data-lamp=service]").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    lamp("[data-lamp=engine]").tap()
    tablet.expect_log("lamps engine True")
    lamp("[data-lamp=abs]").tap()
    tablet.expect_log("lamps engine True", "lamps abs True")
    expect(lamp("[data-lamp=engine]")).to_have_attribute("aria-pressed", "true")
    lamp("[data-lamp=none]").tap()
    tablet.expect_log("lamps engine True", "lamps abs True", "lamps engine False, abs False")
    expect(lamp("[aria-pressed=true]")).to_have_attribute("data-lamp", "none")
    tablet.tap("again")
    expect(lamp("[aria-pressed=true]")).to_have_attribute("data-lamp", "none")
    assert len(tablet.log()) == 3


def test_a_dot_is_no_signature_and_the_pad_stays(tablet: Tablet) -> None:
    tablet.open("signature")
    pad = tablet.page.locator(".st-key-pad")
    box = pad.locator("canvas").bounding_box()
    assert box
    tablet.stroke((box["x"] + 80, box["y"] + 90), (box["x"] + 82, box["y"] + 90))
    pad.locator(".accept").tap()
    expect(pad.locator(".little")).to_have_text(TooLittleInk.sentence())
    expect(pad.locator(".tick")).to_be_hidden()
    assert "signed" not in "".join(tablet.log())
    sign(tablet, pad)
    pad.locator(".accept").tap()
    tablet.expect_log("signed b'\\x89PNG' 3 strokes 18 points", "returned pad")
    expect(pad.locator(".little")).to_be_empty()


def open_calendar(tablet: Tablet) -> Callable[[str], Locator]:
    tablet.open("calendar&lang=zh_CN")
    frame = tablet.page.frame_locator("iframe")
    frame.locator(".fc-timegrid-event").first.wait_for()
    return frame.locator


def column_width(find: Callable[[str], Locator]) -> float:
    box = find(".fc-timegrid-col[data-resource-id=bay2]").bounding_box()
    assert box
    return box["width"]


def test_the_same_booking_can_be_tapped_twice_and_is_reported_twice(tablet: Tablet) -> None:
    find = open_calendar(tablet)
    for times in (1, 2):
        find(".fc-timegrid-event:has-text('7K329')").tap()
        tablet.expect_log(*["Tapped(event_id='1')"] * times)
    tablet.tap("again")
    expect(tablet.page.get_by_text("runs=4")).to_be_visible()
    assert len(tablet.log()) == 2


def test_a_dragged_booking_moves_and_a_refused_one_snaps_back(tablet: Tablet) -> None:
    find = open_calendar(tablet)
    booking = find(".fc-timegrid-event:has-text('7K329')")
    width, bay2 = column_width(find), find(".fc-timegrid-col[data-resource-id=bay2]")
    tablet.drag(booking, width, 0)
    expect(bay2.locator(".fc-timegrid-event:has-text('7K329')")).to_be_visible()
    expect(tablet.page.locator("[data-testid=stText]").last).to_contain_text("resource_id='bay2'")
    accepted = booking.bounding_box()
    tablet.drag(booking, width, 0)
    expect(tablet.page.locator("[data-testid=stText]").last).to_contain_text("resource_id='bay3'")
    expect(bay2.locator(".fc-timegrid-event:has-text('7K329')")).to_be_visible()
    assert booking.bounding_box() == accepted
    assert len(tablet.log()) == 2


def test_a_free_place_is_picked_by_a_tap_and_a_stretch_by_drawing(tablet: Tablet) -> None:
    find = open_calendar(tablet)
    lane = find(".fc-timegrid-slot-lane[data-time='14:00:00']")
    box = lane.bounding_box()
    assert box
    at = "datetime.datetime(2026, 11, 23, 14, 0)"
    tablet.page.touchscreen.tap(box["x"] + 60, box["y"] + 5)
    tablet.expect_log(f"Picked(start={at}, end=None, resource_id='bay1')")
    tablet.drag(lane, 0, box["height"] * 1.9)
    expect(tablet.page.locator("[data-testid=stText]").last).to_contain_text(f"Picked(start={at}, end=datetime")
    assert tablet.log()[1].endswith("resource_id='bay2')")


def test_the_calendar_follows_the_day_and_the_view_of_the_page(tablet: Tablet) -> None:
    find = open_calendar(tablet)
    expect(find(".fc-col-header-cell")).to_have_text(["工位 1", "工位 2", "工位 3"])
    tablet.tap("next")
    expect(find(".fc-timegrid-col[data-resource-id=bay1]")).to_have_attribute("data-date", "2026-11-24")
    expect(find(".fc-timegrid-event")).to_have_count(0)
    tablet.page.locator(".st-key-week label").tap()
    expect(find(".fc-col-header-cell")).to_have_count(7)
    expect(find(".fc-col-header-cell").first).to_contain_text("周一")
    expect(find(".fc-timegrid-event")).to_have_count(2)


def test_boards_are_drawn_again_once_for_each_event_and_never_without_one(tablet: Tablet, server: Server) -> None:
    streams: list[str] = []
    tablet.page.on("request", lambda sent: streams.append(sent.url) if sent.url.endswith("/events/board") else None)
    tablet.open("live")
    server.touch_something_else()
    tablet.page.wait_for_timeout(700)
    for name in ("upper", "lower"):
        expect(tablet.page.get_by_text(f"{name} drawn 1", exact=True)).to_be_visible()
    server.add_event()
    for name in ("upper", "lower"):
        expect(tablet.page.get_by_text(f"{name} drawn 2", exact=True)).to_be_visible()
    server.add_event()
    for name in ("upper", "lower"):
        expect(tablet.page.get_by_text(f"{name} drawn 3", exact=True)).to_be_visible()
    expect(tablet.page.get_by_text("runs=1", exact=True)).to_be_visible()
    assert len(streams) == 1


def test_the_server_stops_at_once_although_a_board_listens(tmp_path: Path) -> None:
    running = start(tmp_path)
    with urllib.request.urlopen(f"{running.base}/events/board", timeout=10) as stream:
        assert stream.readline() == b"retry: 2000\n"
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(10) is not None
