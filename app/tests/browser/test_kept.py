"""What the browser keeps outlives the page, and the process of the app."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .kindred import Kindred
from .person import PASSWORD, Person
from .waiting import wait_until

FILMS = "Films to rate"


def test_a_guests_picks_survive_a_reload(visitors: Visitors) -> None:
    guest = Person(visitors())
    guest.open()
    first, second = guest.titles(FILMS)[:2]
    guest.rate(first, 5)
    guest.rate(second, 1.5)
    wait_until("both are kept", lambda: len(kept(guest)) == 2)
    guest.open()
    guest.sees_rating(first, 5)
    guest.sees_rating(second, 1.5)
    expect(guest.cards("Recommended").first).to_be_visible()
    guest.press("Start over")
    expect(guest.stars(first)).to_have_attribute("aria-valuetext", "not rated")
    wait_until("nothing is kept", lambda: not kept(guest))
    guest.open()
    expect(guest.stars(first)).to_have_attribute("aria-valuetext", "not rated")


@pytest.mark.parametrize("how", ["the page stays open", "the browser was closed meanwhile"])
def test_ratings_on_their_way_survive_the_end_of_the_app(visitors: Visitors, kindred: Kindred, how: str) -> None:
    name = "edith" if how.startswith("the page") else "agnes"
    person = Person(visitors())
    person.open("/account")
    person.sign_up(name)
    first, second, third = person.titles(FILMS)[:3]
    person.rate(first, 4)
    person.sees_state(first, "Saved")
    kindred.kill_gateways()
    person.rate(second, 2.5)
    person.sees_state(second, "Retrying")
    person.rate(third, 5)
    wait_until("both are kept", lambda: len(kept(person)) == 2)
    kindred.kill_app()

    if how.startswith("the browser"):
        state = person.page.context.storage_state()
        person.page.close()
        person = Person(visitors(state=state))
    kindred.start_gateways()
    kindred.await_gateways()
    kindred.start_app()
    if how.startswith("the browser"):
        person.open("/rated")
    wait_until("the ratings arrive", lambda: kindred.ratings(name, PASSWORD) == [2.5, 4, 5])
    for title, rating in ((first, 4), (second, 2.5), (third, 5)):
        person.sees_rating(title, rating)
    wait_until("nothing is kept any more", lambda: not kept(person))


def kept(person: Person) -> list[object]:
    """What the browser keeps, of anybody."""
    return person.page.evaluate("""() => Object.keys(localStorage).filter(key => key.startsWith('kindred-kept:'))
        .flatMap(key => JSON.parse(localStorage.getItem(key)))""")
