"""Parts that several pages are made of."""

from collections.abc import Callable

import streamlit as st

from kindred_app import lists, ratings, session
from kindred_app.api import PAGE
from kindred_app.cards import Shelf, shelves
from kindred_app.chrome import away_inside, escape, guarded, words
from kindred_app.models import Item, Page
from kindred_app.problems import GatewayAway, Refused
from kindred_app.saving import State
from kindred_app.shown import ShownList
from kindred_app.words import label

#: Pages of the catalogue that a session remembers, so that going back is at once and works while the gateway is away.
REMEMBERED = 40


def page(query: str = "", genre: str = "", token: str | None = None) -> Page[Item]:
    """A page of the catalogue."""
    pages: dict[tuple[str, str, str | None], Page[Item]] = st.session_state.setdefault("item-pages", {})
    key = (query, genre, token)
    if key not in pages:
        pages[key] = session.client().items(query, genre, PAGE, token)
        while len(pages) > REMEMBERED:
            del pages[next(iter(pages))]
    return pages[key]


def questions() -> tuple[Item, ...]:
    """Items that say most about somebody who rates them."""
    if "questions" not in st.session_state:
        st.session_state["questions"] = session.client().questionnaire(PAGE)
    found: tuple[Item, ...] = st.session_state["questions"]
    return found


def search(key: str) -> str:
    """A field to search the catalogue, and what was typed into it."""
    word = words()
    has_years = any(item.year for item in page().entries)
    return st.text_input(
        f"Search {word.many} by {word.name}",
        key=key,
        placeholder=f"Part of a {word.name}, or a year" if has_years else f"Part of a {word.name}",
        icon=":material/search:",
        persist_state="session",
    ).strip()


def nothing_found() -> None:
    word = words()
    st.info(f"No {word.one} is called that. Try another word of the {word.name}.")


def turn(key: str, place: int, pages: int, back: Callable[[], None], on: Callable[[], None]) -> None:
    """The buttons that turn pages, the first of which is page 0, in the row that is being filled."""
    st.button("Back", key=f"{key}-back", icon=":material/arrow_back:", disabled=place == 0, on_click=back)
    is_last = place + 1 >= pages
    st.button("Show more", key=f"{key}-more", icon=":material/arrow_forward:", type="primary", disabled=is_last, on_click=on)
    st.caption(f"Page {place + 1} of {max(1, pages):,}")


def open_similar() -> None:
    """In fragments: hands over to the page, which alone may open a dialog."""
    if st.session_state.pop("similar_wanted", False):
        st.rerun()


def _close_similar() -> None:
    st.session_state.pop("similar_to", None)


def similar_dialog() -> None:
    """The dialog of similar items, if somebody asked for it."""
    if "similar_to" in st.session_state:
        st.dialog(f"Similar {words().many}", width="large", on_dismiss=_close_similar)(_similar)()


@guarded
def _similar() -> None:
    item = st.session_state.get("similar_to")
    if item is None:
        return
    st.markdown(f"Who likes **{escape(label(item))}** also likes:")
    try:
        found = session.client().similar(item.id)
    except Refused as problem:
        if problem.status != 404:
            raise
        found = ()
    if not found:
        st.info(f"Too few people {words().rated} this {words().one} to say what is like it.")
        return
    cards = ratings.cards(list(found[:18]), ratings.profile())
    shelves("similar", f"Similar to {label(item)}", [Shelf(cards)], ["similar", "rate"], ratings.carry_out)


def live(draw: Callable[[], None], is_moving: Callable[[], bool], seconds: float) -> None:
    """Draws a part of the page which looks again by itself, every so many seconds, as long as something is on its way."""
    was_moving = is_moving()
    st.fragment(_look, run_every=seconds if was_moving else None)(draw, is_moving, was_moving)


@guarded
def _look(draw: Callable[[], None], is_moving: Callable[[], bool], was_moving: bool) -> None:
    draw()
    open_similar()
    if is_moving() != was_moving:
        # Looking again and again begins and ends with the page, not with the fragment.
        st.rerun()


def is_saving() -> bool:
    """Whether cards have something to say that is not the last word yet."""
    return any(entry.is_open or entry.state is State.accepted for entry in ratings.entries().values())


def follow_saving(draw: Callable[[], None]) -> None:
    """Draws cards with stars, and shows how far what was rated has come."""

    def wait_and_draw() -> None:
        if session.visitor().account:
            # An answer usually comes at once: then there is no "saving" to be seen, and no second look needed.
            session.queue().wait(0.6)
        draw()

    live(wait_and_draw, is_saving, 0.5)


def follow_list(key: str, draw: Callable[[], None]) -> None:
    """Draws the list, gets a newer one when ratings changed, and shows how far that is."""

    def step_and_draw() -> None:
        # Both are there always, so that cards keep their place, and with it what the browser knows of them, when something is
        # said above them.
        said, drawn = st.container(), st.container()
        with said:
            _step(key, session.visitor().shown)
        with drawn:
            draw()

    live(step_and_draw, lambda: lists.is_moving(session.visitor().shown), 0.4)


def _step(key: str, shown: ShownList) -> None:
    if shown.job is not None or (lists.is_stale(shown) and not shown.problem):
        try:
            if shown.current is None and shown.job is None:
                with st.spinner("Finding people with a taste like yours …"):
                    lists.step(shown)
            else:
                lists.step(shown)
        except GatewayAway as problem:
            if shown.current is None:
                raise
            away_inside(problem)
    if shown.problem:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(escape(shown.problem), icon=":material/hourglass_empty:")
            st.button("Try again", key=f"{key}-again", on_click=_forgive, args=(shown,))
    lists.progress(shown)


def _forgive(shown: ShownList) -> None:
    shown.problem = ""
