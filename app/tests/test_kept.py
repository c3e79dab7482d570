"""What the browser keeps comes back when the process of the app, or the page, begins anew."""

from typing import Any

import pytest
from conftest import Page, session_queue
from fake_gateway import FakeGateway, RunningGateway

from kindred_app import kept, session
from kindred_app.api import Client
from kindred_app.models import Item, Scale
from kindred_app.queues import SavingQueues
from kindred_app.saving import State

MATRIX, ALIEN = "The Matrix", "Alien"
GUEST = "guest of Fake films"
HALF_STARS = Scale(0.5, 5, 0.5)


def change(identifier: str = "5", **others: Any) -> dict[str, Any]:
    item = {"id": identifier, "title": "Matrix, The", "year": 1999, "genres": ["Action"], "links": {"tmdb": "603"}}
    return {"item": item, "rating": 4.5, "dismissed": None, "at": 0, **others}


def to_keep(page: Page, owner: str) -> dict[str, float | None]:
    """What the browser is told to keep, on the page and with the cards."""
    return {entry["item"]["id"]: entry["rating"] for entry in page.shelves("bridge")["keep"][owner]}


@pytest.fixture
def process_ends(monkeypatch: pytest.MonkeyPatch):
    """Ends the process: all that is left of it is what the browser and the gateway have."""

    def end(cookie: str) -> Page:
        for queue in session.queues._queues.values():
            # Its thread lives on, but nobody hears it.
            queue.renew(Client(session.connections("http://127.0.0.1:9"), pauses=()))
        fresh = SavingQueues()
        for module in ("kindred_app.queues", "kindred_app.session", "kindred_app.views.account"):
            monkeypatch.setattr(f"{module}.queues", fresh)
        monkeypatch.setattr(type(session.st.context), "cookies", {session.cookies.NAME: cookie})
        return Page()

    return end


def test_a_guests_picks_come_back(page: Page):
    page.open().kept()
    page.rate("home-picks", MATRIX, 5).rate("home-picks", ALIEN, 2)
    keep = page.shelves("bridge")["keep"]
    again = Page().open()
    assert again.card("home-picks", MATRIX)["rating"] is None
    again.kept(keep[GUEST])
    assert again.card("home-picks", MATRIX)["rating"] == 5
    assert again.card("home-picks", ALIEN)["rating"] == 2
    assert again.has_shelves("home-row")
    assert again.shelves("bridge")["keep"] == keep


def test_nothing_is_to_be_kept_before_the_browser_has_shown_what_it_kept(page: Page):
    page.open().rate("home-picks", ALIEN, 2)
    assert page.shelves("bridge")["keep"] == {}
    page.kept([change(), change("20", rating=5)])
    assert to_keep(page, GUEST) == {"5": 4.5, "20": 2}


def test_starting_over_leaves_nothing_in_the_browser(page: Page):
    page.open().kept([change()])
    page.click("clear-picks")
    assert to_keep(page, GUEST) == {}


def test_a_guests_unwanted_films_stay_away_and_come_along(page: Page, gateway: FakeGateway):
    page.open().kept([change(), change("20", rating=None, dismissed=True)])
    page.open("for-you")
    assert "20" not in page.shelves("for-you-rows")["items"]
    page.sign_up().settle()
    assert list(gateway.users["ada"].unwanted) == ["20"]
    assert page.shelves("bridge")["ask"], "the browser may have something of the user as well"
    page.kept()
    assert page.shelves("bridge")["keep"][GUEST] == []


def test_picks_are_those_of_one_catalogue(page: Page, gateway: FakeGateway):
    gateway.name = "Fake artists"
    page.open().send("bridge", "kept", {"name": GUEST, "changes": [change()]})
    assert page.shelves("bridge")["ask"] == "guest of Fake artists"
    assert page.card("home-picks", MATRIX)["rating"] is None


def test_ratings_that_were_not_saved_outlive_the_process(page: Page, running: RunningGateway, process_ends: Any):
    page.sign_up().kept().rate("rate-films", "Fight Club", 3).settle()
    user, token = page.visitor.account.user, page.visitor.token
    assert to_keep(page, user) == {}
    running.gateway.away = True
    page.rate("rate-films", MATRIX, 4.5).rate("rate-films", "Fight Club", 1)
    in_browser = page.shelves("rate-films")["keep"][user]
    assert {entry["item"]["id"]: entry["rating"] for entry in in_browser} == {"5": 4.5, "10": 1}

    again = process_ends(token)
    running.gateway.away = False
    again.open("rate")
    assert again.card("rate-films", MATRIX)["rating"] is None
    again.kept(in_browser).settle()
    assert {item: rating for item, (rating, _) in running.gateway.users["ada"].ratings.items()} == {"5": 4.5, "10": 1}
    assert again.card("rate-films", MATRIX)["state"] == State.saved
    assert to_keep(again, user) == {}


def test_what_was_rated_elsewhere_since_is_the_last_word(page: Page, gateway: FakeGateway):
    page.sign_up().rate("rate-films", MATRIX, 2).settle()
    page.visitor.profile = None
    session_queue(page).forget_saved()
    page.kept([change(at=1.0), change("20", at=1.0)]).settle()
    assert {item: rating for item, (rating, _) in gateway.users["ada"].ratings.items()} == {"5": 2, "20": 4.5}


def test_what_waits_for_a_log_in_is_kept(page: Page, gateway: FakeGateway):
    page.sign_up().kept()
    queue = session_queue(page)
    gateway.sessions.clear()
    page.rate("rate-films", MATRIX, 4.5)
    assert queue.wait(5)
    assert [change.item.id for change in queue.open_changes()] == ["5"]


@pytest.mark.parametrize(
    "hostile",
    [
        None,
        7,
        "text",
        [None],
        [[]],
        [{"item": {}}],
        [change(rating="5")],
        [change(rating=float("nan"))],
        [change(at="now")],
        [change() | {"item": {"id": 5, "title": "x", "year": None, "genres": [], "links": {}}}],
        [change() | {"item": {"id": "5", "title": "x", "year": "1999", "genres": [], "links": {}}}],
        [change() | {"item": {"id": "5", "title": "x", "year": None, "genres": [1], "links": {}}}],
        [change() | {"item": {"id": "5", "title": "x", "year": None, "genres": [], "links": {"tmdb": {}}}}],
        [change() | {"item": {"id": "5", "title": "x", "year": None, "genres": [], "links": []}}],
    ],
)
def test_what_is_no_change_is_left_out(page: Page, hostile: Any):
    assert kept.read(hostile, HALF_STARS) == []
    page.open().send("bridge", "kept", {"name": GUEST, "changes": hostile})
    assert not page.visitor.picks


def test_what_comes_back_is_bounded_and_on_the_scale():
    found = kept.read([change(str(number), rating=99) for number in range(kept.LARGEST + 1)], HALF_STARS)
    assert len(found) == kept.LARGEST
    assert {entry.rating for entry in found} == {5}
    long = change() | {"item": {"id": "5", "title": "x" * 9999, "year": None, "genres": [], "links": {}}}
    assert kept.read([long], HALF_STARS)[0].item == Item("5", "x" * kept.LONGEST)
