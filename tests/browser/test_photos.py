"""Photos of a car as a tablet hands them in: from the rear camera in one tap, many at once, and what is no photo."""

import io
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from db.models import Attachment
from services.arrivals import greet, walk_in
from services.damage_marks import MOST_PHOTOS
from services.files import read
from services.photos import PictureUnreadable
from services.work import unit_of_work
from tests.browser.conftest import new_tablet
from tests.browser.garage import House
from tests.browser.tablet import Tablet
from tests.factories import make_car

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def tablet(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Tablet]:
    """A tablet with the manager signed in."""
    tablet = new_tablet(browser, house, request.param)
    tablet.sign_in("Max Manager", "/today")
    yield tablet
    tablet.page.context.close()


@pytest.fixture
def received(house: House) -> int:
    """A greeted car without photos."""
    with unit_of_work(house.ws) as work:
        car = make_car(work, plate=secrets.token_hex(4).upper())
        return greet(work, walk_in(work, vehicle_id=car.id, concern="It squeaks", jobs=[1]).id).id


def test_forty_photos_at_once_keep_thirty_and_say_so(tablet: Tablet, received: int, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(40)]
    for file in files:
        file.write_bytes(_photo(300, 200))
    before = len(tablet.house.rows(Attachment))
    _hand_in(tablet, received, "choose", *files)
    tablet.sees("{kept} of {given} photos were kept.", kept=MOST_PHOTOS, given=40)
    assert len(tablet.house.rows(Attachment)) == before + MOST_PHOTOS


def test_a_large_photo_and_a_letter_are_handed_in_together(tablet: Tablet, received: int, tmp_path: Path) -> None:
    photo, letter = tmp_path / "car.jpg", tmp_path / "letter.txt"
    photo.write_bytes(_photo(4000, 3000))
    letter.write_text("Dear garage")
    before = len(tablet.house.rows(Attachment))
    _hand_in(tablet, received, "choose", photo, letter)
    expect(tablet.page.locator("[class*=st-key-camera_car] .word")).to_have_text(
        PictureUnreadable().say(tablet.language)
    )
    kept = tablet.house.rows(Attachment)[before:]
    assert [Image.open(io.BytesIO(read(tablet.house.ws.data_dir, row.sha256))).size for row in kept] == [(1600, 1200)]


def test_the_rear_camera_opens_in_one_tap_and_gives_one_photo(tablet: Tablet, received: int, tmp_path: Path) -> None:
    photo = tmp_path / "car.jpg"
    photo.write_bytes(_photo(300, 200))
    before = len(tablet.house.rows(Attachment))
    _hand_in(tablet, received, "take", photo)
    assert len(tablet.house.rows(Attachment)) == before + 1


def _hand_in(tablet: Tablet, order_id: int, button: str, *files: Path) -> None:
    """Tap one of the two buttons for photos of the car, and give it those files."""
    tablet.goto(f"/reception?order={order_id}&step=damage")
    camera = tablet.key(f"camera_car_{order_id}")
    field = tablet.page.locator("[class*=st-key-photo_car] input[type=file]")
    with tablet.page.expect_file_chooser() as chooser:
        camera.locator(f".{button}").tap()
    assert chooser.value.is_multiple() == (button == "choose")
    assert field.get_attribute("capture") == ("environment" if button == "take" else None)
    chooser.value.set_files(files)
    expect(camera.locator(f".{button}")).to_be_enabled(timeout=60_000)
    tablet.settle()


def _photo(width: int, height: int) -> bytes:
    """A grainy picture, as heavy as a camera's."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
