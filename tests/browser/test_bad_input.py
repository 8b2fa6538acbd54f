"""What people type, hand in or follow by mistake: a clear sentence on the tablet, and nothing lost or broken."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Request, expect

from db.models import Attachment, Customer, SignInSession
from services.arrivals import greet, walk_in
from services.files import read
from services.i18n import N_
from services.photos import LONGEST, MOST_BYTES, PictureTooBig, PictureUnreadable
from services.pins import LEAST, MOST, BadPin
from services.refusals import Missing, Refusal
from services.work import unit_of_work
from tests.browser.conftest import Hand, new_tablet
from tests.browser.garage import House
from tests.browser.tablet import Tablet
from tests.factories import make_car

pytestmark = pytest.mark.browser
ELSEWHERE = "127.0.0.1:9"  # nobody listens there; no browser of ours may ask
NAME = f"<b>Bob</b> **x** ![i](http://{ELSEWHERE}/a) <img src=//{ELSEWHERE}/b>"
CONCERN = f"$x^2$ :red[loud] [tap](http://{ELSEWHERE}/c) <script>document.title=1</script>"
PLATE = "<b>B0B</b>"


@pytest.fixture(scope="module")
def manager(browser: Browser, house: House) -> Iterator[Tablet]:
    """One tablet with the manager signed in, for all of these."""
    tablet = new_tablet(browser, house)
    tablet.sign_in("Max Manager", "/today")
    yield tablet
    tablet.page.context.close()


@pytest.fixture(scope="module")
def received(house: House) -> int:
    """A greeted car whose owner has a name like a web page."""
    with unit_of_work(house.ws) as work:
        car = make_car(work, NAME, PLATE)
        order = walk_in(work, vehicle_id=car.id, concern=CONCERN, jobs=[1])
        return greet(work, order.id).id


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/reception", NAME),
        ("/reception?order={order}", CONCERN),
        ("/workshop?order={order}", CONCERN),
        ("/customers?customer={customer}", NAME),
    ],
)
def test_a_name_that_looks_like_a_web_page_is_text(
    manager: Tablet, house: House, received: int, path: str, said: str
) -> None:
    asked: list[str] = []

    def keep(request: Request) -> None:
        asked.append(request.url)

    manager.page.on("request", keep)
    manager.goto(path.format(order=received, customer=house.rows(Customer)[-1].id))
    manager.page.remove_listener("request", keep)
    for _ in range(100):  # a field draws its words a moment after the page around it
        if said in _read(manager):
            break
        manager.page.wait_for_timeout(50)
    assert said in _read(manager)
    made = f"[data-testid=stMain] :is(b, script, .katex, [src*='{ELSEWHERE}'], [href*='{ELSEWHERE}'])"
    assert manager.page.locator(made).count() == 0
    assert [url for url in asked if ELSEWHERE in url] == []


def _read(tablet: Tablet) -> str:
    """All the text of the page, typed or drawn, without the invisible mark that keeps addresses from becoming links."""
    main = tablet.page.locator("[data-testid=stMain]")
    typed = main.locator("textarea, input").evaluate_all("fields => fields.map(field => field.value)")
    return "\n".join([main.inner_text(), *typed]).replace("\u2060", "")


NO_ORDER = "There is no work order with this number. It may have been typed wrongly."


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/reception?order=abc", NO_ORDER),
        ("/workshop?order=999999", NO_ORDER),
        ("/delivery?order=99999999999999999999", NO_ORDER),
        ("/booking?appointment=-1", "There is no such booking. The address may be wrong."),
        ("/booking?appointment=", "There is no such booking. The address may be wrong."),
        ("/follow_up?follow_up=x", "There is no such record. The address may have been typed wrongly."),
        ("/follow_up?complaint=7'--", "There is no such record. The address may have been typed wrongly."),
        ("/customers?customer=abc", "There is no customer with this number."),
        ("/reception?walk_in=1&car=999999", "Plate, name or phone"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_sentence_with_a_way_back(manager: Tablet, path: str, said: str) -> None:
    manager.goto(path)
    manager.sees(said)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"\xff\xd8\xff\xe0 not a picture at all" * 50, PictureUnreadable()),
        (bytes(50 * 1024 * 1024), PictureTooBig(megabytes=MOST_BYTES // 1024**2)),
        (None, None),
    ],
    ids=["corrupt", "50 MB", "12 megapixels"],
)
def test_every_photo_has_a_clear_result(
    manager: Tablet, house: House, received: int, tmp_path: Path, data: bytes | None, refusal: Refusal | None
) -> None:
    file = tmp_path / "car.jpg"
    file.write_bytes(data or _photo(4000, 3000))
    manager.goto(f"/reception?order={received}&step=damage")
    before = len(house.rows(Attachment))
    manager.page.locator("input[type=file]").last.set_input_files(file)
    if refusal:
        expect(manager.page.get_by_text(refusal.say("en"))).to_be_visible()
        manager.settle()
        assert len(house.rows(Attachment)) == before
    else:
        manager.key(f"car_photos_{received}").locator("summary").tap()
        expect(manager.key(f"car_photos_{received}").locator("img").last).to_be_visible()
        kept = house.rows(Attachment)[-1]
        assert max(Image.open(io.BytesIO(read(house.ws.data_dir, kept.sha256))).size) == LONGEST


def _photo(width: int, height: int) -> bytes:
    """A grainy picture, as heavy as a camera's."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


BAD_PIN = BadPin(least=LEAST, most=MOST)


@pytest.mark.parametrize(
    ("language", "typed", "refusal"),
    [
        ("en", "abcd", BAD_PIN),
        ("zh_CN", "<b>1</b>", BAD_PIN),
        ("en", "  ", Missing(field=N_("PIN"))),
    ],
)
def test_a_pin_of_letters_is_a_sentence_and_nobody_is_signed_in(
    hand: Hand, house: House, language: str, typed: str, refusal: Refusal
) -> None:
    tablet = hand(language)
    tablet.page.goto(f"{tablet.base}/sign-in")
    tablet.page.locator(".names label", has_text="Ada Advisor").tap()
    tablet.page.locator("#pin").fill(typed)
    sessions = len(house.rows(SignInSession))
    tablet.page.locator("form.sign-in button.primary").tap()
    expect(tablet.page.get_by_role("alert")).to_have_text(refusal.say(language))
    assert len(house.rows(SignInSession)) == sessions
