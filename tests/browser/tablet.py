"""A tablet in somebody's hands: signs in, taps, types, draws, reads. Everything by touch and by stable keys."""

import re
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Locator, expect

from services.i18n import translate
from tests.browser import components_driver
from tests.browser.components_driver import READY
from tests.browser.garage import PIN, House

QUIET = """quiet => new Promise(done => {
  let timer = setTimeout(done, quiet);
  new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, quiet); })
    .observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  setTimeout(done, 5000);
})"""
COUNTS = "addEventListener('touchstart', () => { sessionStorage.taps = 1 + (+sessionStorage.taps || 0) }, true)"
CHOICES = "[data-testid=stButtonGroup] button"


class Tablet(components_driver.Tablet):
    """One browser with its own cookies."""

    def __init__(self, context: BrowserContext, house: House, language: str) -> None:
        super().__init__(context.new_page(), house.base)
        self.house, self.language = house, language
        self.problems: list[str] = []
        self.typed = 0  # fields written into
        self.page.add_init_script(COUNTS)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.set_default_timeout(20_000)

    def sign_in(self, name: str, path: str = "/") -> None:
        """The person takes this tablet over: name, PIN on the pad, and to the page asked for."""
        self.page.goto(f"{self.base}/sign-in?switch=1&next={quote(path)}")
        self.page.locator(".names label", has_text=name).tap()
        for digit in PIN:
            self.page.locator(".pad button", has_text=digit).tap()
        self.page.locator("form.sign-in button.primary").tap()
        self._arrived()

    def goto(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(self.base + path)
        self._arrived()

    def _arrived(self) -> None:
        self.page.locator("[data-testid=stMain] [data-testid=stElementContainer]:visible").first.wait_for()
        self.settle()

    def settle(self, quiet: int = 100) -> None:
        """Wait until the server has answered and nothing moves any more; a traceback on the screen fails the test."""
        self.page.locator(READY).wait_for()
        self.page.evaluate(QUIET, quiet)
        self.page.locator(READY).wait_for()
        incident = self.say(
            "Something went wrong here. Go on with another car, and tell the manager this number: {number}"
        )
        broken = self.page.locator("[data-testid=stException]").or_(self.page.get_by_text(incident.split("{")[0]))
        assert broken.count() == 0, broken.first.inner_text()

    @property
    def taps(self) -> int:
        """How often fingers came down on the glass so far; a field written into counts as one."""
        return int(self.page.evaluate("+sessionStorage.taps || 0")) + self.typed

    def key(self, key: str) -> Locator:
        """What stands on the screen under that key."""
        return self.page.locator(f".st-key-{key}")

    def tap(self, key: str) -> None:
        """Tap the button of that key."""
        self.key(key).locator("button").first.tap()
        self.settle()

    def choose(self, key: str, number: int) -> None:
        """Tap the choice at that place (from 0) of a row of choices."""
        self.key(key).locator(CHOICES).nth(number).tap()
        self.settle()

    def press(self, key: str, words: str) -> None:
        """Tap the choice with those words in a row of choices."""
        self.key(key).locator(CHOICES, has_text=words).first.tap()
        self.settle()

    def turn(self, key: str) -> None:
        """Flip a switch."""
        self.key(key).locator("label").first.tap()
        self.settle()

    def type(self, key: str, words: str) -> None:
        """Write into the field of that key and leave it."""
        field = self.key(key).locator("input, textarea").first
        field.fill(words)
        field.blur()
        self.typed += 1
        self.settle()

    def pick(self, key: str, words: str) -> None:
        """Choose from a list by typing."""
        self.key(key).locator("input").first.tap()
        self.key(key).locator("input").first.fill(words)
        self.page.locator("[role=option]", has_text=words).first.tap()
        if self.page.locator("[role=option]:visible").count():
            self.page.keyboard.press("Escape")  # a list of several stays open
        self.settle()

    def more(self, order_id: int, label: str) -> None:
        """A step from the menu of a car's record, by its English name."""
        self.tap(f"more_{order_id}")
        self.page.locator(
            "[role=menuitem], [role=option], [data-testid=stMenuButtonOption]", has_text=self.say(label)
        ).first.tap()
        self.settle()

    def draw(self, key: str) -> None:
        """Two strokes of a finger on a signature pad, then its accepting button."""
        pad = self.key(key)
        pad.locator("canvas").scroll_into_view_if_needed()
        box = pad.locator("canvas").bounding_box()
        assert box
        x, y = box["x"] + 60, box["y"] + box["height"] / 2
        for shift in (0, 120):
            self.stroke(*((x + shift + 12 * i, y + 20 * (-1) ** i) for i in range(8)))
        pad.locator(".accept").tap()
        self.settle()

    def say(self, text: str, **values: object) -> str:
        """A sentence of the program in this tablet's language."""
        return translate(self.language, text, **values)

    def sees(self, text: str, **values: object) -> None:
        """A sentence of the program stands on the screen in this tablet's language."""
        expect(self.page.get_by_text(self.say(text, **values)).first).to_be_visible()

    def reads(self, words: str) -> None:
        """Words people typed stand on the screen."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def shows(self, key: str, words: str) -> None:
        """The part of the screen under that key contains the words."""
        expect(self.key(key).first).to_contain_text(words)

    def asked(self, name: str) -> int:
        """The id in the page's address."""
        found = re.search(rf"[?&]{name}=(\d+)", self.page.url)
        assert found, self.page.url
        return int(found.group(1))

    def picture(self, path: Path) -> None:
        """Keep what the screen shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
