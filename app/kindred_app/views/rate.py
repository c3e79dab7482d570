"""Rate: choose genres, then rate page by page; everything is saved as one goes."""

import streamlit as st

from kindred_app import ratings, session
from kindred_app.cards import Shelf, shelves
from kindred_app.chrome import catalogue, escape, guarded, heading, link, words
from kindred_app.problems import Refused
from kindred_app.views import parts
from kindred_app.words import initial, plural

SUGGESTED_GENRES, MOST_GENRES = 5, 20
GOOD_START = 24
ALL = "Everything"


def show() -> None:
    word, what = words(), catalogue()
    saved = "Each pick is saved at once." if what.scale.is_single else "Each rating is saved the moment you give it."
    heading(f"{initial(word.rate)} {word.many}", f"A good start is {GOOD_START} {word.many}. {saved}")
    if session.visitor().account is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"You are a guest: what you {word.rate} is kept in this browser.")
            link("account", "Sign up to keep it", ":material/person_add:", key="rate-sign-up")
    elif what.genres:
        _genres()
    parts.follow_saving(_page)
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


def _page() -> None:
    word = words()
    with st.container(horizontal=True, vertical_alignment="bottom", key="rate-tools"):
        query = parts.search("rate-search")
        genre = _genre()
    known = ratings.profile()
    st.progress(
        min(1.0, known.total / GOOD_START),
        text=f"{plural(known.total, word.one, word.many)} {word.rated}"
        + (" — your recommendations are waiting" if known.total >= GOOD_START else ""),
    )
    trail = _trail(query, genre)
    page = parts.page(query, "" if genre == ALL else genre, trail[-1])
    if page.entries:
        cards = ratings.cards(list(page.entries), known)
        label = f"{initial(word.many)} to {word.rate}"
        shelves("rate-films", label, [Shelf(cards)], ["rate", "similar"], ratings.carry_out)
    else:
        parts.nothing_found()
    with st.container(horizontal=True, vertical_alignment="center", key="rate-turn"):
        pages = -(-page.total // parts.PAGE)
        parts.turn("rate", len(trail) - 1, pages, lambda: _back(trail), lambda: _on(trail, page.next_token))
        link("for-you", "See recommendations", ":material/auto_awesome:", key="rate-for-you")


def _genre() -> str:
    account = session.visitor().account
    genres = account.genres if account and account.genres else tuple(genre.name for genre in catalogue().genres)
    if not genres:
        return ALL
    return st.selectbox("Genre", [ALL, *genres], key="rate-genre", persist_state="session", width=220)


def _trail(query: str, genre: str) -> list[str | None]:
    """The page tokens that led here, the first page's None before them. Another search begins anew."""
    if st.session_state.get("rate-trail-of") != (query, genre):
        st.session_state["rate-trail-of"] = (query, genre)
        st.session_state["rate-trail"] = [None]
    return st.session_state["rate-trail"]


# Two clicks may come before the page is drawn again.


def _back(trail: list[str | None]) -> None:
    if len(trail) > 1:
        trail.pop()


def _on(trail: list[str | None], token: str | None) -> None:
    if token is not None and token not in trail:
        trail.append(token)
