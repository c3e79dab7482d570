"""The main path by keyboard alone: nothing is out of reach, what has the focus is seen, and it does not get lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visitors
from .person import PASSWORD, Person
from .pictures import settle

FILMS = "Films to rate"
TOP = "Top films for you"
#: Keys pressed on the way to something, before it counts as out of reach.
FAR = 150


class Typist(Person):
    """Somebody without a pointer."""

    def reach(self, target: Locator, key: str = "Tab") -> Locator:
        """Press the tabulator until it is there."""
        expect(target).to_be_visible()
        for _ in range(FAR):
            if has_focus(target):
                return target
            self.page.keyboard.press(key)
        raise AssertionError(f"{target} cannot be reached by keyboard")

    def enter(self, target: Locator, key: str = "Tab") -> None:
        self.reach(target, key)
        self.page.keyboard.press("Enter")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=re.compile(f"{name}$")).first


def has_focus(target: Locator) -> bool:
    return target.evaluate("target => document.activeElement === target")


def test_the_main_path_needs_no_pointer(visitors: Visitors) -> None:
    person = Typist(visitors())
    person.open()
    first, second = person.titles(FILMS)[:2]
    # Up to the highest and a step back; from nothing two steps up; changed one's mind.
    for title, keys, rating in ((first, ("End", "ArrowLeft"), 4.5), (second, ("ArrowRight", "ArrowUp"), 1)):
        stars = person.reach(person.stars(title))
        for key in keys:
            person.page.keyboard.press(key)
        person.sees_rating(title, rating)
        expect(stars).to_be_focused()
    person.page.keyboard.press("Delete")
    expect(person.stars(second)).to_have_attribute("aria-valuetext", "not rated")
    expect(person.cards("Recommended").first).to_be_visible()

    person.enter(person.button("Keep them: sign up"))
    form = person.page.get_by_role("tabpanel", name="Sign up")
    person.reach(form.get_by_role("textbox", name="Name"))
    person.page.keyboard.type("katherine")
    for name in ("Password", "Password once more"):
        person.reach(form.get_by_role("textbox", name=name, exact=True))
        person.page.keyboard.type(PASSWORD)
    person.page.keyboard.press("Enter")
    person.read("Rate films")
    person.sees_rating(first, 4.5)
    person.enter(person.button("Skip"))
    expect(person.page.get_by_text("Your genres:")).to_be_visible()
    settle(person.page)
    for title, key in zip(person.titles(FILMS)[1:5], ("End", "Home", "End", "End"), strict=True):
        person.reach(person.stars(title))
        person.page.keyboard.press(key)
        person.sees_state(title, "Saved")
    shown = person.titles(FILMS)
    person.enter(person.button("Show more"))
    expect(person.card(shown[0])).to_be_hidden()

    person.enter(person.link("For you"))
    expect(person.cards(TOP).nth(4)).to_be_visible()
    settle(person.page)
    _thumbs_go_on(person)
    _the_dialog_gives_the_focus_back(person)

    # Back to what is above: a page of recommendations has hundreds of stops below.
    person.enter(person.link("katherine"), "Shift+Tab")
    person.enter(person.button("Log out"))
    expect(person.link("Log in")).to_be_visible()


def _thumbs_go_on(person: Typist) -> None:
    """Who thumbs a film up and sees it go is at the thumb of the next."""
    title = person.titles(TOP)[0]
    thumb = person.shelf(TOP).get_by_role("button", name=f"Thumbs up: {title}", exact=True)
    person.enter(thumb)
    expect(person.shelf(TOP).get_by_role("listitem", name=title, exact=True)).to_have_count(0)
    expect(person.cards(TOP).first.get_by_role("button", name=re.compile("^Thumbs up"))).to_be_focused()


def _the_dialog_gives_the_focus_back(person: Typist) -> None:
    cover = person.cards(TOP).nth(1).get_by_role("button", name=re.compile("^Similar to"))
    person.enter(cover)
    dialog = person.page.get_by_role("dialog")
    expect(dialog.get_by_role("slider").first).to_be_visible()
    person.reach(dialog.get_by_role("slider").first)
    person.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(cover).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_has_the_focus_is_seen(visitors: Visitors, scheme: str) -> None:
    """A picture with the focus differs from one without it, at every stop of the pages with the most kinds of controls."""
    page = visitors(scheme=scheme)
    person = Typist(page)
    for path, stops in (("/", 12), ("/rate", 16), ("/account", 14)):
        person.open(path)
        unseen = [stop for stop in (_next_stop(page) for _ in range(stops)) if stop]
        assert not unseen, path


def _next_stop(page: Page) -> str:
    """Goes on to the next, and returns its name if it looks the same with and without the focus."""
    page.keyboard.press("Tab")
    focused = page.evaluate_handle("() => document.activeElement").as_element()
    assert focused is not None
    if focused.evaluate("node => node === document.body"):
        return ""
    settle(page)
    focused.scroll_into_view_if_needed()
    box = focused.bounding_box()
    assert box is not None
    clip = {"x": max(0, box["x"] - 12), "y": max(0, box["y"] - 12), "width": box["width"] + 24, "height": box["height"] + 24}
    with_focus = page.screenshot(clip=clip, caret="hide")
    focused.evaluate("node => node.blur()")
    settle(page)
    without = page.screenshot(clip=clip, caret="hide")
    focused.evaluate("node => node.focus({ preventScroll: true, focusVisible: true })")
    return focused.evaluate("node => node.outerHTML.slice(0, 200)") if with_focus == without else ""
