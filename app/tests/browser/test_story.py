"""The whole story: a guest becomes a user, rates, gets lists that follow the ratings, and finds everything again elsewhere."""

import statistics

import httpx
from playwright.sync_api import expect

from .conftest import Visitors
from .kindred import Kindred
from .person import PASSWORD, Person
from .waiting import wait_until

FILMS = "Films to rate"
PAGE = 24
TOP = "Top films for you"


def test_a_guest_becomes_a_user_and_finds_everything_again(visitors: Visitors, kindred: Kindred) -> None:
    ada = Person(visitors())
    picks = _rates_as_guest(ada)
    ada.press("Keep them: sign up")
    ada.sign_up("ada")
    _chooses_genres(ada)
    rated = picks | _rates_while_a_gateway_dies(ada, kindred)
    _is_shown_what_was_rated(ada, rated)
    rated |= _sees_the_list_follow(ada)
    _is_never_shown_again(ada)
    _looks_at_the_other_pages(ada)

    ada.go("ada")
    ada.press("Log out")
    expect(ada.page.get_by_role("link", name="Log in")).to_be_visible()
    ada.open("/rated")
    assert not ada.cards("Films that you rated").count()

    elsewhere = Person(visitors())
    elsewhere.open("/account")
    elsewhere.log_in("ada")
    _is_shown_what_was_rated(elsewhere, rated)
    # The cookie brings the session back after a reload.
    elsewhere.open("/rated")
    _is_shown_what_was_rated(elsewhere, rated)


def _rates_as_guest(person: Person) -> dict[str, float]:
    """A few films, and at once there are recommendations."""
    person.open()
    picks: dict[str, float] = {}
    for rating in (5, 4.5, 1):
        title = next(title for title in person.titles(FILMS) if title not in picks)
        person.rate(title, rating)
        picks[title] = rating
    wait_until("the guest's list", lambda: len(found := person.titles("Recommended")) >= 5 and not set(found) & set(picks))
    return picks


def _chooses_genres(person: Person) -> None:
    page = person.page
    names = page.get_by_role("toolbar", name="Genres, 5 or more").get_by_role("button")
    for place in range(5):
        names.nth(place).click()
    expect(page.get_by_text("That is plenty.")).to_be_visible()
    person.press("Save genres")
    expect(page.get_by_text("Your genres:")).to_be_visible()


def _rates_while_a_gateway_dies(person: Person, kindred: Kindred) -> dict[str, float]:
    """24 films, more, and back; one of the two gateways goes in the middle of it."""
    first = person.titles(FILMS)
    assert len(first) == PAGE
    rated: dict[str, float] = {}
    unrated = [title for title in first if not person.is_rated(title)]
    for place, title in enumerate(unrated[:6]):
        rating = (5, 4, 0.5, 3.5, 4.5, 2)[place]
        if place == 2:
            kindred.kill_gateway(0)
        person.rate(title, rating)
        rated[title] = rating
    for title in rated:
        person.sees_state(title, "Saved")

    person.press("Show more")
    expect(person.card(first[0])).to_be_hidden()
    second = person.titles(FILMS)
    assert second and not set(first) & set(second)
    for title, rating in zip(second, (4, 1.5), strict=False):
        person.rate(title, rating)
        person.sees_state(title, "Saved")
        rated[title] = rating
    person.press("Back")
    expect(person.card(first[0])).to_be_visible()
    assert person.titles(FILMS) == first
    for title in unrated[:6]:
        person.sees_rating(title, rated[title])
    return rated


def _is_shown_what_was_rated(person: Person, rated: dict[str, float]) -> None:
    person.go("Rated")
    expect(person.cards("Films that you rated")).to_have_count(len(rated))
    for title, rating in rated.items():
        person.sees_rating(title, rating)


def _sees_the_list_follow(person: Person) -> dict[str, float]:
    """Thumbs on the list itself, and a rating that is changed on another page."""
    person.go("For you")
    expect(person.cards(TOP).nth(4)).to_be_visible()
    rated, times = {}, []
    for _ in range(5):
        title = person.titles(TOP)[0]
        thumb = person.shelf(TOP).get_by_role("button", name=f"Thumbs up: {title}", exact=True)
        times.append(person.seconds_until_list_differs(thumb.click, TOP, without=title))
        expect(person.shelf(TOP).get_by_role("listitem", name=title, exact=True)).to_have_count(0)
        rated[title] = 4.5
    print(
        f"\nFrom a rating to the new list on the page, in seconds: {', '.join(f'{time:.2f}' for time in times)}; "
        f"median {statistics.median(times):.2f}"
    )

    before = person.titles(TOP)
    changed = next(iter(rated))
    person.go("Rated")
    person.rate(changed, 0.5)
    rated[changed] = 0.5
    person.go("For you")
    expect(person.cards(TOP).nth(4)).to_be_visible()
    wait_until("the list follows the rating", lambda: person.titles(TOP) != before)
    return rated


def _is_never_shown_again(person: Person) -> None:
    title = person.titles(TOP)[0]
    person.shelf(TOP).get_by_role("button", name=f"Not interested: {title}", exact=True).click()
    card = person.page.get_by_role("listitem", name=title, exact=True)
    expect(card).to_have_count(0)
    person.open("/for-you")
    expect(person.cards(TOP).nth(4)).to_be_visible()
    expect(card).to_have_count(0)


def _looks_at_the_other_pages(person: Person) -> None:
    person.go("Insights")
    person.read("Your taste in pictures")
    expect(person.page.get_by_test_id("stVegaLiteChart").nth(1)).to_be_visible()
    person.go("Model")
    person.read("How good is it?")
    expect(person.page.get_by_test_id("stVegaLiteChart").first).to_be_visible()


def test_an_ended_session_leads_back_to_log_in(visitors: Visitors, kindred: Kindred) -> None:
    grace = Person(visitors())
    grace.open("/account")
    grace.sign_up("grace")
    title = grace.titles(FILMS)[0]
    grace.rate(title, 4)
    grace.sees_state(title, "Saved")
    # A new password ends all other sessions.
    changed = "Yojimbo-1961-again"
    with httpx.Client(base_url=kindred.url, trust_env=False) as elsewhere:
        token = elsewhere.post("/v1/sessions", json={"name": "grace", "password": PASSWORD}).json()["session"]["token"]
        elsewhere.put(
            "/v1/accounts/me/password",
            json={"currentPassword": PASSWORD, "newPassword": changed},
            headers={"Authorization": f"Bearer {token}"},
        ).raise_for_status()
    grace.go("For you")
    expect(grace.page.get_by_text("your session has ended")).to_be_visible()
    grace.log_in("grace", changed)
    # Back where it was.
    grace.read("For you")
    grace.go("Rated")
    grace.sees_rating(title, 4)
