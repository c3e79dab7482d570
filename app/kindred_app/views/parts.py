"""Parts that several pages are made of."""

from collections.abc import Callable

import streamlit as st

from kindred_app import lists, ratings, session
from kindred_app.cards import Act, Shelf, shelves
from kindred_app.chrome import away_inside, catalogue, escape, guarded, words
from kindred_app.models import ItemPage
from kindred_app.problems import GatewayAway, Refused
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
    shown = session.visitor().shown
    every = 0.4 if shown.job is not None else None
    st.fragment(_follow, run_every=every)(key, draw)


@guarded
def _follow(key: str, draw: Callable[[], None]) -> None:
    shown = session.visitor().shown
    had_job = shown.job is not None
    if had_job or (lists.is_stale(shown) and not shown.problem):
        try:
            if shown.current is None and not had_job:
                with st.spinner("Finding people with a taste like yours …"):
                    lists.step(shown)
            else:
                lists.step(shown)
        except GatewayAway as problem:
            if shown.current is None:
                raise
            away_inside(problem)
    if had_job != (shown.job is not None):
        # Looking again and again begins and ends with the page, not with the fragment.
        st.rerun()
    if shown.problem:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(shown.problem, icon=":material/hourglass_empty:")
            if st.button("Try again", key=f"{key}-again"):
                shown.problem = ""
                st.rerun()
    lists.progress(shown)
    draw()
    open_similar()
