"""Parts that several pages are made of."""

from collections.abc import Callable

import streamlit as st

from kindred_app import lists, ratings, session
from kindred_app.cards import Act, Shelf, shelves
from kindred_app.chrome import away_inside, catalogue, escape, guarded, words
from kindred_app.models import ItemPage
from kindred_app.problems import GatewayAway, Refused
from kindred_app.shown import ShownList
from kindred_app.words import label

PAGE = 24
#: Pages of the catalogue that a session remembers, so that going back is at once and works while the gateway is away.
REMEMBERED = 40


def page(query: str, genre: str, token: str | None, size: int = PAGE) -> ItemPage:
    """A page of the catalogue."""
    pages: dict[tuple[str, str, str | None, int], ItemPage] = st.session_state.setdefault("item-pages", {})
    key = (query, genre, token, size)
    if key not in pages:
        pages[key] = session.client().items(query, genre, size, token)
        while len(pages) > REMEMBERED:
            del pages[next(iter(pages))]
    return pages[key]


def carry_out(act: Act) -> None:
    ratings.carry_out(act, catalogue().scale)


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
        st.info(f"Too few people rated this {words().one} to say what is like it.")
        return
    shelves(
        "similar",
        f"Similar to {label(item)}",
        [Shelf(ratings.cards(list(found[:18]), ratings.profile()))],
        catalogue().scale,
        ["similar", "rate"],
        carry_out,
    )


def follow_list(key: str, draw: Callable[[], None]) -> None:
    """Draws the list, gets a newer one when ratings changed, and shows how far that is."""
    looks_again = lists.is_moving(session.visitor().shown)
    st.fragment(_follow, run_every=0.4 if looks_again else None)(key, draw, looks_again)


@guarded
def _follow(key: str, draw: Callable[[], None], looks_again: bool) -> None:
    shown = session.visitor().shown
    # Both are there always, so that cards keep their place, and with it what the browser knows of them, when something is said
    # above them.
    said, drawn = st.container(), st.container()
    with said:
        _step(key, shown)
    with drawn:
        draw()
    open_similar()
    if lists.is_moving(shown) != looks_again:
        # Looking again and again begins and ends with the page, not with the fragment.
        st.rerun()


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
            st.warning(shown.problem, icon=":material/hourglass_empty:")
            st.button("Try again", key=f"{key}-again", on_click=_forgive, args=(shown,))
    lists.progress(shown)


def _forgive(shown: ShownList) -> None:
    shown.problem = ""
