"""In the hand, and how every page looks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .person import Person
from .pictures import Scheme, take

FILMS = "Films to rate"
TOP = "Top films for you"
PAGES = {"home": "/"} | {name: f"/{name}" for name in ("rate", "rated", "for-you", "insights", "model", "account")}


def test_the_phone_shows_every_page_without_scrolling_sideways(visitors: Visitors) -> None:
    person = Person(visitors("phone"))
    person.open("/account")
    person.sign_up("joan")
    title = person.titles(FILMS)[0]
    person.rate(title, 4)
    person.sees_state(title, "Saved")
    for path in PAGES.values():
        person.open(path)
        width = person.page.evaluate("""() => Math.max(...Array.from(
            document.querySelectorAll('html, [data-testid="stMain"], [data-testid="stAppViewContainer"]'),
            part => part.scrollWidth))""")
        assert width <= 390, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_has_its_pictures(visitors: Visitors, pictures: Path, scheme: Scheme) -> None:
    person = Person(visitors(scheme=scheme))
    person.open()
    take(person.page, pictures, "start", scheme)
    for rating in (5, 4.5, 4):
        title = next(title for title in person.titles(FILMS) if not person.is_rated(title))
        person.rate(title, rating)
    expect(person.cards("Recommended").nth(4)).to_be_visible()
    take(person.page, pictures, "guest", scheme)
    person.press("Keep them: sign up")
    take(person.page, pictures, "sign-up", scheme)
    person.sign_up(f"rosalind-{scheme}")
    take(person.page, pictures, "genres", scheme)
    person.press("Skip")
    for title, rating in zip(person.titles(FILMS)[3:12], (5, 4, 3.5, 2, 4.5, 1, 3, 5, 4), strict=True):
        person.rate(title, rating)
        person.sees_state(title, "Saved")
    for name, path in PAGES.items():
        person.open(path)
        if name in ("home", "for-you"):
            expect(person.page.get_by_role("listitem").nth(4)).to_be_visible()
        take(person.page, pictures, name, scheme)
    person.open("/for-you")
    title = person.titles(TOP)[0]
    person.shelf(TOP).get_by_role("button", name=f"Thumbs up: {title}", exact=True).click()
    expect(person.shelf(TOP).get_by_role("listitem", name=title, exact=True)).to_have_count(0)
    person.go("Insights")
    expect(person.page.get_by_test_id("stVegaLiteChart").nth(3)).to_be_visible()
    take(person.page, pictures, "insights-changes", scheme)
    person.go("For you")
    person.cards(TOP).first.get_by_role("button", name=re.compile("^Similar to")).click()
    expect(person.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    take(person.page, pictures, "similar", scheme)
