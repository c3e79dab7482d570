"""The app as visitors meet it, page by page, against the fake gateway."""

from dataclasses import replace

import pytest
from conftest import Page, session_queue
from fake_gateway import FakeGateway, RunningGateway, evaluation

from kindred_app import chrome, session
from kindred_app.models import Item
from kindred_app.saving import Change, State

MATRIX, ALIEN, FARGO = "The Matrix", "Alien", "Fargo"


def guest_with_picks(page: Page) -> Page:
    page.open()
    for title in (MATRIX, "Pulp Fiction", "Forrest Gump"):
        page.rate("home-picks", title, 5)
    return page


# Guests


def test_a_guest_gets_recommendations_from_a_few_picks(page: Page, gateway: FakeGateway):
    page.open()
    assert not page.has_shelves("home-row")
    page.rate("home-picks", MATRIX, 5)
    assert len(page.items("home-row")) == 20
    assert MATRIX not in {card["title"] for card in page.shelves("home-row")["items"].values()}
    assert not gateway.users


def test_a_guests_picks_keep_their_rating_and_can_be_cleared(page: Page):
    guest_with_picks(page)
    assert page.card("home-picks", MATRIX)["rating"] == 5
    assert "3 films rated" in page.text
    page.click("clear-picks")
    assert not page.has_shelves("home-row")


def test_a_guest_sees_for_you_and_hides_what_is_unwanted(page: Page):
    guest_with_picks(page).open("for-you")
    first = page.shelves("for-you-rows")["items"][page.items("for-you-rows")[0]]["title"]
    page.act("for-you-rows", first, "never")
    assert first not in {card["title"] for card in page.shelves("for-you-rows")["items"].values()}


def test_without_picks_for_you_leads_to_picking(page: Page):
    page.open("for-you")
    assert "three are enough" in page.text


def test_searching_finds_titles_and_says_when_there_are_none(page: Page):
    page.open().fill(home_search="matrix").test.run()
    assert [card["title"] for card in page.shelves("home-picks")["items"].values()] == [MATRIX]
    page.fill(home_search="zzzz").test.run()
    assert "No film is called that" in page.text


# Accounts


def test_signing_up_takes_the_guests_ratings_along(page: Page, gateway: FakeGateway):
    guest_with_picks(page)
    page.sign_up()
    assert set(gateway.users["ada"].ratings) == {"5", "3", "2"}
    assert "What do you like?" in page.text
    assert page.card("rate-films", MATRIX)["rating"] == 5


def test_a_lost_answer_to_a_sign_up_does_not_take_the_name_from_oneself(page: Page, gateway: FakeGateway):
    gateway.loses_answers = True
    page.sign_up()
    assert "cannot be reached" in page.text
    gateway.loses_answers = False
    page.click("sign-up-send")
    assert page.visitor.account.name == "ada"


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("ada", "short", "too easy to guess"), ("a b", "correct horse", "3 to 32"), ("", "", "needed")],
)
def test_what_is_wrong_with_a_sign_up_is_said_kindly(page: Page, name: str, password: str, said: str):
    page.sign_up(name, password)
    assert said in page.text
    assert page.visitor.account is None


def test_passwords_have_to_match(page: Page, gateway: FakeGateway):
    page.open("account").fill(sign_up_name="ada", sign_up_password="correct horse", sign_up_again="correct hors")
    page.click("sign-up-send")
    assert "not the same" in page.text
    assert not gateway.users


def test_a_taken_name_is_told(page: Page, running: RunningGateway):
    page.sign_up()
    other = Page()
    other.sign_up("ADA", "another horse")
    assert "has that name already" in other.text


def test_logging_out_and_in_again(page: Page, gateway: FakeGateway):
    page.sign_up().rate("rate-films", MATRIX, 4.5).settle()
    page.open("account").click("log-out")
    assert not gateway.sessions
    page.log_in("ada", "wrong")
    assert "not right" in page.text
    page.log_in()
    page.open("rated")
    assert page.card("rated-films", MATRIX)["rating"] == 4.5


def test_the_cookie_brings_the_session_back(page: Page, running: RunningGateway, monkeypatch: pytest.MonkeyPatch):
    page.sign_up()
    token = page.visitor.token
    ticket = page.shelves("bridge")["ticket"]
    assert session.cookies.tickets.take(ticket).token == token
    reloaded(monkeypatch, token)
    again = Page().open("account")
    assert again.visitor.account.name == "ada"


def reloaded(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setattr(type(session.st.context), "cookies", {session.cookies.NAME: token})


def test_a_cookie_of_an_ended_session_leads_to_a_kind_word(running: RunningGateway, monkeypatch: pytest.MonkeyPatch):
    reloaded(monkeypatch, "long-gone")
    page = Page().open("account")
    assert "Welcome back" in page.text
    assert page.shelves("bridge")["forget"]


def test_an_ended_session_loses_nothing(page: Page, gateway: FakeGateway):
    page.sign_up()
    queue = session_queue(page)
    gateway.sessions.clear()
    page.rate("rate-films", MATRIX, 4.5)
    queue.wait(5)
    page.test.run()
    assert "your session has ended" in page.text
    assert page.visitor.account is None
    page.log_in()
    assert queue.wait(10, through_outages=True)
    assert gateway.users["ada"].ratings["5"][0] == 4.5
    assert page.test.session_state["page"] == "rate"
    assert page.card("rate-films", MATRIX)["rating"] == 4.5


def test_somebody_else_on_the_same_page_sees_nothing_of_the_first(page: Page, gateway: FakeGateway):
    page.sign_up().rate("rate-films", MATRIX, 4.5).settle()
    page.open("account").click("log-out")
    page.sign_up("bob", "another horse")
    assert page.card("rate-films", MATRIX)["rating"] is None
    assert not gateway.users["bob"].ratings


def test_whoever_logs_in_after_another_session_ended_starts_afresh(page: Page, gateway: FakeGateway):
    page.sign_up().rate("rate-films", MATRIX, 4.5).settle().open("for-you")
    gateway.sessions.clear()
    session_queue(page).put(Change(Item("7", "Jurassic Park"), 3))
    session_queue(page).wait(5)
    page.open("rated")
    page.sign_up("bob", "another horse")
    assert page.card("rate-films", MATRIX)["rating"] is None
    assert page.visitor.shown.current is None
    assert not gateway.users["bob"].ratings


def test_whoever_comes_next_finds_nothing_that_was_typed_or_chosen(page: Page, gateway: FakeGateway):
    page.sign_up().test.pills(key="genres").select("Drama").select("Western").run()
    page.click("genres-skip").fill(rate_search="the").test.run()
    page.open("account")
    for key in ("sign-up-password", "sign-up-again", "sign-up-wish"):
        assert key not in page.test.session_state, key
    page.click("log-out").open("account")
    for key in ("sign-up-name", "sign-up-password", "sign-up-again", "log-in-name", "log-in-password"):
        assert not page.test.text_input(key=key).value, key
    page.sign_up("bob", "another horse")
    assert "0 of 5" in page.text
    assert not page.test.text_input(key="rate-search").value


def test_changing_the_password_and_deleting_the_account(page: Page, gateway: FakeGateway):
    page.sign_up().open("account").fill(password_current="correct horse", password_new="better horse").click("password-send")
    assert gateway.users["ada"].password == "better horse"
    page.fill(delete_password="better horse").click("delete-send")
    assert "Tick the box" in page.text
    assert gateway.users
    page.test.checkbox(key="delete-sure").check()
    page.fill(delete_password="better horse").click("delete-send")
    assert not gateway.users
    assert page.visitor.account is None


# Rating


def test_ratings_are_saved_as_one_goes(page: Page, gateway: FakeGateway):
    page.sign_up().rate("rate-films", MATRIX, 4.5).settle()
    assert gateway.users["ada"].ratings["5"][0] == 4.5
    assert page.card("rate-films", MATRIX)["state"] == "saved"
    page.rate("rate-films", MATRIX, 2).settle()
    page.rate("rate-films", "Fight Club", 3).settle()
    assert {item: rating for item, (rating, _) in gateway.users["ada"].ratings.items()} == {"5": 2, "10": 3}


def test_there_are_24_a_page_with_more_and_back(page: Page):
    page.sign_up()
    first = page.items("rate-films")
    assert len(first) == 24
    page.click("rate-more")
    second = page.items("rate-films")
    assert len(second) == 24
    assert not set(first) & set(second)
    page.click("rate-back")
    assert page.items("rate-films") == first


def test_what_a_page_says_after_it_is_gone_is_heard_once(page: Page, gateway: FakeGateway):
    page.sign_up().open("insights")
    acts = [{"sequence": 1, "do": "rate", "item": "5", "value": 4.5}, {"sequence": 2, "do": "similar", "item": "5"}]
    page.send("bridge", "late", [{"number": 1, "key": "rate-films", "acts": acts}]).settle()
    assert gateway.users["ada"].ratings["5"][0] == 4.5
    assert page.shelves("bridge")["late"] == 1
    gateway.users["ada"].ratings.clear()
    page.send("bridge", "late", [{"number": 1, "key": "rate-films", "acts": acts}, None, {"number": 2, "key": "x"}]).settle()
    assert not gateway.users["ada"].ratings
    assert not page.has_shelves("similar")


def test_genres_are_suggested_kept_and_skippable(page: Page, gateway: FakeGateway):
    page.sign_up()
    assert "0 of 5" in page.text
    page.test.pills(key="genres").select("Drama").select("Western").run()
    page.check()
    assert "2 of 5" in page.text
    page.click("genres-save")
    assert set(gateway.users["ada"].genres) == {"Drama", "Western"}
    assert "Your genres" in page.text
    other = Page().sign_up("bob", "another horse")
    other.click("genres-skip")
    assert "What do you like?" not in other.text
    assert other.items("rate-films")


def test_a_genre_narrows_the_page(page: Page):
    page.sign_up()
    page.test.selectbox(key="rate-genre").select("Western").run()
    assert {card["title"] for card in page.shelves("rate-films")["items"].values()} >= {"Unforgiven"}
    assert len(page.items("rate-films")) == 3


def test_an_outage_keeps_pages_ratings_and_typed_text(page: Page, running: RunningGateway):
    page.sign_up().fill(rate_search="the").test.run()
    running.stop()
    page.rate("rate-films", MATRIX, 4.5)
    assert page.card("rate-films", MATRIX)["rating"] == 4.5
    assert page.card("rate-films", MATRIX)["state"] in ("saving", "retrying")
    page.open("insights")
    assert "You have" in page.text or "you have rated" in page.text
    page.open("rate")
    assert page.test.text_input(key="rate-search").value == "the"
    running.start()
    page.settle()
    assert running.gateway.users["ada"].ratings["5"][0] == 4.5


def test_an_outage_at_the_first_visit_is_said_and_ends_by_itself(page: Page, running: RunningGateway):
    running.stop()
    page.open()
    assert "cannot be reached" in page.text
    running.start()
    page.open()
    assert "cannot be reached" not in page.text
    assert page.items("home-picks")


def test_what_was_typed_to_sign_up_is_kept_while_the_gateway_is_away(page: Page, running: RunningGateway):
    page.open("account")
    running.stop()
    page.fill(sign_up_name="ada", sign_up_password="correct horse", sign_up_again="correct horse").click("sign-up-send")
    assert "What you typed is still there" in page.text
    assert page.test.text_input(key="sign-up-name").value == "ada"
    running.start()
    page.click("sign-up-send")
    assert page.visitor.account.name == "ada"


def test_a_refused_rating_says_so_and_is_not_shown_as_given(page: Page, gateway: FakeGateway):
    page.sign_up()
    gateway.scale = {"minimum": 1, "maximum": 3, "step": 1}
    page.rate("rate-films", MATRIX, 4.5).settle()
    card = page.card("rate-films", MATRIX)
    assert card["state"] == State.failed
    assert card["rating"] is None


# Rated


def test_rated_is_newest_first_and_can_be_changed_and_removed(page: Page, gateway: FakeGateway):
    page.sign_up()
    for title in (MATRIX, "Fight Club", "Pulp Fiction"):
        page.rate("rate-films", title, 4).settle()
    page.open("rated")
    assert [page.shelves("rated-films")["items"][item]["title"] for item in page.items("rated-films")] == [
        "Pulp Fiction",
        "Fight Club",
        MATRIX,
    ]
    page.rate("rated-films", MATRIX, 1.5).settle()
    page.rate("rated-films", "Fight Club", None).settle()
    assert {item: rating for item, (rating, _) in gateway.users["ada"].ratings.items()} == {"3": 4, "5": 1.5}
    assert page.card("rated-films", "Fight Club")["rating"] is None
    page.open("home").open("rated")
    assert "Fight Club" not in {card["title"] for card in page.shelves("rated-films")["items"].values()}


# For you


def with_ratings(page: Page) -> Page:
    page.sign_up()
    for title, rating in ((MATRIX, 5), ("Forrest Gump", 1), ("Star Wars: Episode IV - A New Hope", 4.5), ("Fight Club", 4)):
        page.rate("rate-films", title, rating)
    return page.settle()


def test_for_you_has_a_list_and_rows_of_genres(page: Page):
    with_ratings(page).open("for-you")
    titles = [shelf["title"] for shelf in page.shelves("for-you-rows")["shelves"]]
    assert titles[0] == "Top films for you"
    assert len(titles) > 3
    card = next(iter(page.shelves("for-you-rows")["items"].values()))
    assert "match" in card["match"]
    assert card["why"].startswith("Because you rated")
    assert "expected" in card["expected"]


def test_a_list_can_be_wished_otherwise(page: Page, gateway: FakeGateway):
    with_ratings(page).open("for-you")

    def genres() -> set[str]:
        items = page.items("for-you-rows")
        return {genre for item in items for genre in gateway.items[item]["genres"]}

    assert "Action" in genres()
    page.test.multiselect(key="wish-without").set_value(["Action"]).run()
    page.check()
    page.test.slider(key="wish-varied").set_value(0.4).run()
    page.check()
    assert "Action" not in genres()
    asked = [body for method, target, _, body in gateway.log if method == "POST" and target.endswith("/me/recommendations")]
    assert asked[-1]["excludedGenres"] == ["Action"]
    assert asked[-1]["diversity"] == 0.4
    # It is the same wherever one comes back from.
    page.open("rate").open("for-you")
    assert page.test.slider(key="wish-varied").value == 0.4
    assert "Action" not in genres()


def test_a_guest_sees_what_is_trending(page: Page, gateway: FakeGateway):
    page.open("home")
    assert page.items("home-trending")
    page.open("home")
    asked = [body for method, target, _, body in gateway.log if (method, target) == ("POST", "/v1/recommendations")]
    assert [body["algorithm"] for body in asked] == ["trending"]
    page.rate("home-picks", MATRIX, 5)
    assert not page.has_shelves("home-trending")


def test_thumbs_change_the_list_in_the_same_run(page: Page, gateway: FakeGateway):
    with_ratings(page).open("for-you")
    first, second, third = (page.shelves("for-you-rows")["items"][item]["title"] for item in page.items("for-you-rows")[:3])
    before = page.items("for-you-rows")
    page.act("for-you-rows", first, "up")
    assert first not in {card["title"] for card in page.shelves("for-you-rows")["items"].values()}
    assert page.items("for-you-rows") != before
    page.act("for-you-rows", second, "down")
    page.act("for-you-rows", third, "never")
    shown = {card["title"] for card in page.shelves("for-you-rows")["items"].values()}
    assert not {first, second, third} & shown
    user = gateway.users["ada"]
    assert {4.5, 1.5} <= {rating for rating, _ in user.ratings.values()}
    assert len(user.unwanted) == 1


def test_a_list_has_seen_the_thumb_before_it(page: Page, gateway: FakeGateway):
    with_ratings(page).open("for-you")
    gateway.queued_ratings = 0.4
    item, lists = page.items("for-you-rows")[0], len(gateway.seen)
    page.act("for-you-rows", page.shelves("for-you-rows")["items"][item]["title"], "up")
    assert item in gateway.seen[-1]
    assert len(gateway.seen) == lists + 1


def test_what_is_unwanted_can_be_allowed_again(page: Page, gateway: FakeGateway):
    with_ratings(page).open("for-you")
    title = page.shelves("for-you-rows")["items"][page.items("for-you-rows")[0]]["title"]
    page.act("for-you-rows", title, "never").settle()
    assert gateway.users["ada"].unwanted
    page.open("rated")
    page.test.session_state["unwanted"] = True
    page.test.run()
    page.act("unwanted-cards", title, "restore").settle()
    assert not gateway.users["ada"].unwanted


def test_a_slow_job_shows_its_state_and_not_a_frozen_page(page: Page, gateway: FakeGateway):
    with_ratings(page)
    gateway.queued, gateway.running = 5, 0.5
    page.open("for-you")
    visitor = page.visitor
    assert visitor.shown.job is not None
    assert "The job is queued" in page.text
    for _ in range(10):
        if visitor.shown.job is None:
            break
        page.test.run()
    page.check()
    assert visitor.shown.job is None
    assert page.items("for-you-rows")


def test_rows_that_are_not_ready_at_once_are_not_asked_for_again(
    page: Page, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kindred_app.lists.FIRST_WAIT", 0)
    with_ratings(page)
    page.visitor.account = replace(page.visitor.account, genres=("Western", "Film-Noir", "Documentary"))
    page.open("for-you")
    gateway.queued = 60
    page.visitor.shown.rows.clear()
    page.test.run()
    jobs = len(gateway.jobs)
    page.test.run()
    assert len(gateway.jobs) == jobs
    assert list(page.visitor.shown.rows.values()) == [None]


def test_a_job_that_nobody_knows_any_more_is_asked_for_again(page: Page, gateway: FakeGateway):
    with_ratings(page)
    gateway.queued = 60
    page.open("for-you")
    gateway.jobs.clear()
    gateway.keys.clear()
    gateway.queued = 0
    page.test.run()
    page.test.run()
    page.check()
    assert page.items("for-you-rows")


def test_a_job_can_be_cancelled(page: Page, gateway: FakeGateway):
    with_ratings(page)
    gateway.queued = 60
    page.open("for-you").click("cancel-list")
    page.test.run()
    assert "cancelled" in page.text


def test_similar_films_open_from_a_cover(page: Page):
    with_ratings(page).open("for-you")
    title = page.shelves("for-you-rows")["items"][page.items("for-you-rows")[0]]["title"]
    page.act("for-you-rows", title, "similar")
    assert len(page.items("similar")) == 18
    assert "also likes" in page.text


# Insights and model


def test_insights_draw_the_taste(page: Page):
    page.sign_up()
    for place, item in enumerate(page.items("rate-films")[:12]):
        page.rate("rate-films", page.shelves("rate-films")["items"][item]["title"], 1 + place % 9 / 2)
    page.settle().open("for-you").open("insights")
    assert "You are kindest to" in page.text
    assert "Most against the grain" in page.text
    assert {entry.label for entry in page.test.metric} >= {"Films rated", "Your mean rating", "Most loved genre"}


def test_insights_show_what_the_last_rating_changed(page: Page):
    with_ratings(page)
    page.rate("rate-films", "Pulp Fiction", 5).settle()
    page.open("for-you")
    title = page.shelves("for-you-rows")["items"][page.items("for-you-rows")[0]]["title"]
    page.act("for-you-rows", title, "up").open("insights")
    assert "gone from the list" in page.text


def test_insights_ask_for_more_ratings_first(page: Page):
    page.sign_up().open("insights")
    assert "There is more to see" in page.text


def test_the_model_page_shows_the_report_or_how_to_make_one(page: Page, gateway: FakeGateway):
    page.open("model")
    assert "kindred evaluate" in page.text
    gateway.evaluation = evaluation()
    page.open("home").open("model")
    assert "Best here: **ease**" in page.text
    assert len(page.test.table[0].value) == 5


def test_a_report_of_another_form_is_no_error(page: Page, gateway: FakeGateway):
    gateway.evaluation = {"format": "kindred-evaluation/9"}
    page.open("model")
    assert "does not know" in page.text


# Other catalogues


def test_other_kinds_of_items_are_called_by_their_names(page: Page, gateway: FakeGateway):
    gateway.item_kind = "artist"
    for item in gateway.items.values():
        item.update(year=None, genres=[])
    page.open()
    assert "Which artists do you love?" in page.text
    page.rate("home-picks", MATRIX, 5).open("for-you")
    assert [shelf["title"] for shelf in page.shelves("for-you-rows")["shelves"]] == ["Top artists for you"]
    page.sign_up()
    assert "Rate artists" in page.text
    assert "What do you like?" not in page.text


def test_what_has_no_titles_and_years_is_searched_by_name(page: Page, gateway: FakeGateway):
    assert page.open().test.text_input(key="home-search").placeholder == "Part of a title, or a year"
    gateway.item_kind = "artist"
    for item in gateway.items.values():
        item.update(year=None)
    chrome._catalogues.clear()
    search = Page().open().test.text_input(key="home-search")
    assert (search.label, search.placeholder) == ("Search artists by name", "Part of a name")


def test_where_there_is_but_one_rating_people_pick(page: Page, gateway: FakeGateway):
    gateway.scale, gateway.item_kind = {"minimum": 1, "maximum": 1, "step": 1}, "product"
    page.open()
    assert "Pick a few products" in page.text
    page.rate("home-picks", MATRIX, 1)
    assert "1 product picked" in page.text
    assert next(iter(page.shelves("home-row")["items"].values()))["why"] == "Because you picked The Matrix (25%)"
    page.sign_up()
    assert "Pick products" in page.text
    page.open("rated")
    assert "What you picked" in page.text
    for name in ("home", "for-you", "rate", "rated", "insights", "account"):
        assert "rated" not in page.open(name).text.replace("everyone rated", ""), name


def test_another_scale_is_handed_to_the_stars(page: Page, gateway: FakeGateway):
    gateway.scale = {"minimum": 1, "maximum": 10, "step": 1}
    page.open().rate("home-picks", MATRIX, 9.4)
    assert page.card("home-picks", MATRIX)["rating"] == 9
    assert page.shelves("home-picks")["scale"] == {"minimum": 1, "maximum": 10, "step": 1, "single": False}


def test_hostile_titles_travel_as_data(page: Page, gateway: FakeGateway):
    page.open().fill(home_search="sons").test.run()
    card = next(iter(page.shelves("home-picks")["items"].values()))
    assert "<script>" in card["title"]
    assert "<script" not in card["cover"]
    assert "<img" not in card["cover"]
    page.rate("home-picks", card["title"], 5)
    page.act("home-row", next(iter(page.shelves("home-row")["items"].values()))["title"], "similar")
    for entry in (*page.test.markdown, *page.test.caption):
        assert not entry.allow_html
    assert not any("<script" in entry.value for entry in page.test.markdown)


def test_covers_come_from_elsewhere_only_when_told(page: Page, monkeypatch: pytest.MonkeyPatch):
    from kindred_app.settings import settings

    assert next(iter(page.open().shelves("home-picks")["items"].values()))["image"] is None
    monkeypatch.setenv("KINDRED_APP_IMAGE_URL", "https://images.example/{tmdb}.jpg")
    settings.cache_clear()
    assert next(iter(Page().open().shelves("home-picks")["items"].values()))["image"] == "https://images.example/601.jpg"
    monkeypatch.setenv("KINDRED_APP_IMAGE_URL", "https://images.example/{isbn}.jpg")
    settings.cache_clear()
    assert next(iter(Page().open().shelves("home-picks")["items"].values()))["image"] is None


def test_the_catalogue_is_never_read_whole(page: Page, gateway: FakeGateway):
    with_ratings(page)
    for name in ("home", "for-you", "rate", "rated", "insights", "model"):
        page.open(name)
    assert sum("/v1/items?" in target for _, target, _, _ in gateway.log) <= 2


def test_what_was_heard_is_not_done_twice(page: Page, gateway: FakeGateway):
    page.sign_up().rate("rate-films", MATRIX, 4).settle()
    page.sequence -= 1
    page.rate("rate-films", "Fight Club", 4).settle()
    assert set(gateway.users["ada"].ratings) == {"5"}
