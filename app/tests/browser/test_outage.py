"""When no gateway is there, the app says so, keeps what was typed and rated, and goes on by itself."""

from playwright.sync_api import expect

from .conftest import Visitors
from .kindred import Kindred
from .person import PASSWORD, Person

FILMS = "Films to rate"


def test_nothing_typed_is_lost_while_all_gateways_are_away(visitors: Visitors, kindred: Kindred) -> None:
    mary = Person(visitors())
    mary.open("/account")
    mary.sign_up("mary")
    first, second, third = mary.titles(FILMS)[:3]
    mary.rate(first, 4)
    mary.sees_state(first, "Saved")
    typing = Person(visitors())
    typing.open("/account")

    kindred.kill_gateways()
    mary.rate(second, 2.5)
    mary.sees_state(second, "Retrying")
    mary.rate(third, 5)
    # To another page and back: the ratings wait elsewhere than on the page.
    mary.go("For you")
    expect(mary.page.get_by_text("cannot be reached").first).to_be_visible()
    mary.go("Rate")
    mary.sees_rating(second, 2.5)
    typing.page.get_by_role("tab", name="Sign up").click()
    form = typing.fill_in_to_sign_up("margaret")
    form.get_by_role("button", name="Sign up").click()
    expect(typing.page.get_by_text("cannot be reached").first).to_be_visible()

    kindred.start_gateways()
    for title, rating in ((second, 2.5), (third, 5)):
        mary.sees_state(title, "Saved")
        mary.sees_rating(title, rating)
    assert kindred.ratings("mary", PASSWORD) == [2.5, 4, 5]

    expect(form.get_by_role("textbox", name="Name")).to_have_value("margaret")
    expect(form.get_by_role("textbox", name="Password", exact=True)).to_have_value(PASSWORD)
    form.get_by_role("button", name="Sign up").click()
    expect(typing.page.get_by_text("Rate films").first).to_be_visible()


def test_a_page_opened_while_all_gateways_are_away_comes_by_itself(visitors: Visitors, kindred: Kindred) -> None:
    kindred.kill_gateways()
    guest = Person(visitors())
    guest.page.goto("/rate")
    expect(guest.page.get_by_text("cannot be reached").first).to_be_visible()
    kindred.start_gateways()
    expect(guest.cards(FILMS).first).to_be_visible()
