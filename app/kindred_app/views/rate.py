"""Rate: choose genres, then rate page by page; everything is saved as one goes."""

import streamlit as st

from kindred_app import ratings, session
from kindred_app.cards import Shelf, shelves
from kindred_app.chrome import catalogue, escape, guarded, heading, link, words
from kindred_app.problems import Refused
from kindred_app.saving import State
from kindred_app.views import parts
from kindred_app.words import initial, plural

SUGGESTED_GENRES, MOST_GENRES = 5, 20
GOOD_START = 24
ALL = "Everything"


def show() -> None:
    word, what = words(), catalogue()
    heading(f"Rate {word.many}", f"A good start is {GOOD_START} {word.many}. Each rating is saved the moment you give it.")
    if session.visitor().account is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("You are a guest: what you rate is kept for this visit.")
            link("account", "Sign up to keep it", ":material/person_add:", key="rate-sign-up")
    elif what.genres:
        _genres()
    _films()
    parts.similar_dialog()


@guarded
def _genres() -> None:
    account = session.visitor().account
    assert account is not None
    if account.genres or st.session_state.get("genres-skipped"):
        chosen = ", ".join(map(escape, account.genres)) or "none chosen"
        with st.container(horizontal=True, vertical_alignment="center", key="genres-chosen"):
            st.markdown(f"Your genres: **{chosen}**")
            with st.popover("Change", icon=":material/tune:", key="genres-change"):
                _choose_genres()
        return
    with st.container(border=True, key="genres-step"):
        st.subheader("What do you like?", anchor=False)
        _choose_genres()


def _choose_genres() -> None:
    account = session.visitor().account
    assert account is not None
    names = [genre.name for genre in catalogue().genres]
    chosen = st.pills(
        f"Genres, {SUGGESTED_GENRES} or more",
        names,
        selection_mode="multi",
        key="genres",
        default=[genre for genre in account.genres if genre in names],
        persist_state="session",
    )
    count, enough = len(chosen), len(chosen) >= min(SUGGESTED_GENRES, len(names))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Save genres", key="genres-save", type="primary", disabled=not count):
            try:
                session.visitor().account = session.client().choose_genres(chosen[:MOST_GENRES])
            except Refused as problem:
                st.error(escape(str(problem)))
            else:
                st.session_state["rate-genre"] = ALL
                st.rerun()
        if not account.genres and st.button("Skip", key="genres-skip", type="tertiary"):
            st.session_state["genres-skipped"] = True
            st.rerun()
        st.caption("That is plenty." if enough else f"{count} of {SUGGESTED_GENRES}")


def _films() -> None:
    st.fragment(_page, run_every=0.5 if _is_saving() else None)()


def _is_saving() -> bool:
    return any(entry.is_open or entry.state is State.accepted for entry in ratings.entries().values())


@guarded
def _page() -> None:
    word, what, found = words(), catalogue(), session.visitor()
    was_polling = st.session_state.get("rate-polling", False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="rate-tools"):
        query = st.text_input(
            f"Search {word.many} by title",
            key="rate-search",
            placeholder="Part of a title, or a year",
            icon=":material/search:",
            persist_state="session",
        ).strip()
        genres = [
            ALL,
            *(found.account.genres if found.account and found.account.genres else [genre.name for genre in what.genres]),
        ]
        genre = ALL
        if len(genres) > 1:
            genre = st.selectbox("Genre", genres, key="rate-genre", persist_state="session", width=220)
    if found.account:
        # An answer usually comes at once: then there is no "saving" to be seen, and no second look needed.
        session.queue().wait(0.6)
    known = ratings.profile()
    rated = known.total
    st.progress(
        min(1.0, rated / GOOD_START),
        text=f"{plural(rated, word.one, word.many)} rated"
        + (" — your recommendations are waiting" if rated >= GOOD_START else ""),
    )
    trail = _trail(query, genre)
    page = parts.page(query, "" if genre == ALL else genre, trail[-1])
    if page.items:
        shelves(
            "rate-films",
            f"{initial(word.many)} to rate",
            [Shelf(ratings.cards(list(page.items), known))],
            what.scale,
            ["rate", "similar"],
            parts.carry_out,
        )
    else:
        st.info(f"No {word.one} is called that. Try another word of the title.")
    _turn(trail, page.next_page_token, page.total)
    parts.open_similar()
    if found.account and (is_saving := _is_saving()) != was_polling:
        st.session_state["rate-polling"] = is_saving
        st.rerun()


def _trail(query: str, genre: str) -> list[str | None]:
    """The page tokens that led here, the first page's None before them. Another search begins anew."""
    if st.session_state.get("rate-trail-of") != (query, genre):
        st.session_state["rate-trail-of"] = (query, genre)
        st.session_state["rate-trail"] = [None]
    return st.session_state["rate-trail"]


def _turn(trail: list[str | None], next_token: str | None, total: int) -> None:
    pages = -(-total // parts.PAGE)
    with st.container(horizontal=True, vertical_alignment="center", key="rate-turn"):
        st.button("Back", key="rate-back", icon=":material/arrow_back:", disabled=len(trail) < 2, on_click=_back, args=(trail,))
        st.button(
            "Show more",
            key="rate-more",
            icon=":material/arrow_forward:",
            type="primary",
            disabled=next_token is None,
            on_click=trail.append,
            args=(next_token,),
        )
        st.caption(f"Page {len(trail)} of {max(1, pages):,}")
        link("for-you", "See recommendations", ":material/auto_awesome:", key="rate-for-you")


def _back(trail: list[str | None]) -> None:
    # Two clicks may come before the page is drawn again.
    if len(trail) > 1:
        trail.pop()
