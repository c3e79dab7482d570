"""What people do with the app, in the words that they and screen readers find on its pages."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .pictures import settle
from .waiting import wait_until

PASSWORD = "Seven-Samurai-1954"


class Person:
    """Somebody in front of a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Pages

    def open(self, path: str = "/") -> None:
        """Type the address: everything is loaded anew."""
        self.page.goto(path)
        settle(self.page)

    def go(self, name: str) -> None:
        """Choose a page in the navigation."""
        self.page.get_by_role("link", name=re.compile(rf"{re.escape(name)}$")).first.click()

    def read(self, heading: str) -> None:
        """See that a page is there."""
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    # Cards

    def shelf(self, name: str) -> Locator:
        """A grid or a row of cards."""
        return self.page.get_by_role("region", name=name, exact=True)

    def cards(self, shelf: str) -> Locator:
        return self.shelf(shelf).get_by_role("listitem")

    def titles(self, shelf: str) -> list[str]:
        """The titles on a shelf, with their years, from left to right; there is at least one."""
        expect(self.cards(shelf).first).to_be_visible()
        return self.cards(shelf).evaluate_all("cards => cards.map(card => card.getAttribute('aria-label'))")

    def card(self, title: str) -> Locator:
        return self.page.get_by_role("listitem", name=title, exact=True).first

    def stars(self, title: str) -> Locator:
        return self.page.get_by_role("slider", name=f"Your rating of {title}", exact=True).first

    def rate(self, title: str, rating: float) -> None:
        """Point at the stars, and see the rating there."""
        stars = self.stars(title)
        stars.scroll_into_view_if_needed()
        symbols = stars.locator(".off").bounding_box()
        assert symbols is not None
        highest = float(stars.get_attribute("aria-valuemax") or 5)
        # Within the half star, left of its right edge.
        x = symbols["width"] * (rating - 0.2) / highest
        stars.locator(".off").click(position={"x": x, "y": symbols["height"] / 2}, force=True)
        self.sees_rating(title, rating)

    def is_rated(self, title: str) -> bool:
        return self.stars(title).get_attribute("aria-valuenow") is not None

    def sees_rating(self, title: str, rating: float) -> None:
        expect(self.stars(title)).to_have_attribute("aria-valuenow", f"{rating:g}")

    def sees_state(self, title: str, state: str) -> None:
        """What the card says of its rating: Saving…, Saved, Retrying…"""
        expect(self.card(title).get_by_role("status")).to_have_text(re.compile(f"^{state}"))

    # Accounts

    def sign_up(self, name: str) -> None:
        """On the page for it, to be led to the one where one rates."""
        self.page.get_by_role("tab", name="Sign up").click()
        self.fill_in_to_sign_up(name).get_by_role("button", name="Sign up").click()
        expect(self.page.get_by_role("heading", name=re.compile("^Rate "))).to_be_visible()
        self._keeps_cookie()

    def fill_in_to_sign_up(self, name: str) -> Locator:
        form = self.page.get_by_role("tabpanel", name="Sign up")
        form.get_by_role("textbox", name="Name").fill(name)
        form.get_by_role("textbox", name="Password", exact=True).fill(PASSWORD)
        form.get_by_role("textbox", name="Password once more").fill(PASSWORD)
        return form

    def log_in(self, name: str, password: str = PASSWORD) -> None:
        """On the page for it."""
        self.page.get_by_role("tab", name="Log in").click()
        form = self.page.get_by_role("tabpanel", name="Log in")
        form.get_by_role("textbox", name="Name").fill(name)
        form.get_by_role("textbox", name="Password", exact=True).fill(password)
        form.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("link", name=re.compile(f"{name}$"))).to_be_visible()
        self._keeps_cookie()

    def _keeps_cookie(self) -> None:
        """See that the browser has the session now, so that a reload brings it back."""
        wait_until(
            "the browser keeps a cookie",
            lambda: any(cookie.get("name") == "kindred_session" for cookie in self.page.context.cookies()),
        )

    # Time

    def seconds_until_list_differs(self, act: Callable[[], None], shelf: str, without: str) -> float:
        """The time from an act until a shelf shows other cards, or says other things of them, than before.

        `without` is a card that may go without any of that: it was rated. The page looks with every frame, so the time is that of
        the picture, not of the answer.
        """
        before = self.page.evaluate(f"argument => ({_SHELF})(argument)", [shelf, without])
        began = time.monotonic()
        act()
        self.page.wait_for_function(
            f"argument => {{ const now = ({_SHELF})(argument); return now && now !== argument[2] }}",
            arg=[shelf, without, before],
            polling="raf",
        )
        return time.monotonic() - began


#: What a shelf says but for one card.
_SHELF = """([shelf, without]) => {
    const section = [...document.querySelectorAll('section')].find(section => section.getAttribute('aria-label') === shelf)
    if (!section) return ''
    const says = card => [card.getAttribute('aria-label'),
        ...['.match', '.expected', '.why'].map(part => card.querySelector(part)?.textContent)].join('|')
    return [...section.querySelectorAll('.card')].filter(card => card.getAttribute('aria-label') !== without).map(says).join(';')
}"""
