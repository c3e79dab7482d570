"""By keyboard alone, in the hand, and how every page looks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .person import Person
from .pictures import settle, take

FILMS = "Films to rate"
PAGES = {
    "home": "Home",
    "rate": "Rate",
    "rated": "Rated",
    "for-you": "For you",
    "insights": "Insights",
    "model": "Model",
    "account": "Log in",
}
#: Keys pressed on the way to something, before it counts as out of reach.
FAR = 150


def test_rating_needs_no_pointer(visitors: Visitors) -> None:
    person = Person(visitors())
    person.open()
    stars = person.page.get_by_role("slider").first
    for _ in range(FAR):
        person.page.keyboard.press("Tab")
        if stars.evaluate("stars => stars.getRootNode().activeElement === stars"):
            break
    expect(stars).to_be_focused()
    for key in ("End", "ArrowLeft"):
        person.page.keyboard.press(key)
    expect(stars).to_have_attribute("aria-valuenow", "4.5")
    expect(person.cards("Recommended").first).to_be_visible()
    person.page.get_by_role("slider").first.press("Delete")
    expect(person.page.get_by_role("slider").first).to_have_attribute("aria-valuetext", "not rated")


def test_the_phone_shows_every_page_without_scrolling_sideways(visitors: Visitors) -> None:
    person = Person(visitors("phone"))
    person.open("/account")
    person.sign_up("joan")
    title = person.titles(FILMS)[0]
    person.rate(title, 4)
    person.sees_state(title, "Saved")
    for path in PAGES:
        person.open(f"/{path}")
        width = person.page.evaluate("""() => Math.max(...Array.from(
            document.querySelectorAll('html, [data-testid="stMain"], [data-testid="stAppViewContainer"]'),
            part => part.scrollWidth))""")
        assert width <= 390, path


@pytest.mark.parametrize("who", ["guest", "user"])
def test_every_page_has_its_picture(visitors: Visitors, pictures: Path, who: str) -> None:
    person = Person(visitors())
    person.open()
    if who == "guest":
        take(person.page, pictures, "guest-start")
    for rating in (5, 4.5, 4):
        title = next(title for title in person.titles(FILMS) if person.stars(title).get_attribute("aria-valuenow") is None)
        person.rate(title, rating)
    expect(person.cards("Recommended").nth(4)).to_be_visible()
    if who == "user":
        person.press("Keep them: sign up")
        person.sign_up("rosalind")
        take(person.page, pictures, "genres")
        person.press("Skip")
        for title, rating in zip(person.titles(FILMS)[3:12], (5, 4, 3.5, 2, 4.5, 1, 3, 5, 4), strict=True):
            person.rate(title, rating)
            person.sees_state(title, "Saved")
    for path, name in PAGES.items():
        # A guest's ratings are the page's, and go when it is loaded anew.
        if who == "user":
            person.open(f"/{path}")
        else:
            person.go(name)
        if path == "for-you":
            expect(person.cards("Top films for you").nth(4)).to_be_visible()
        settle(person.page)
        take(person.page, pictures, f"{who}-{path}")
    person.go("For you")
    person.cards("Top films for you").first.get_by_role("button", name=re.compile("^Similar to")).click()
    expect(person.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    take(person.page, pictures, f"{who}-similar")
