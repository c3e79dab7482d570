"""Rated: what the user rated, newest first, to be changed or taken back."""

from datetime import datetime

import streamlit as st

from kindred_app import ratings, session
from kindred_app.cards import Shelf, shelves
from kindred_app.chrome import catalogue, guarded, heading, link, words
from kindred_app.models import RatedItem
from kindred_app.problems import Refused
from kindred_app.views import parts
from kindred_app.words import initial, number, plural


def show() -> None:
    word, is_single = words(), catalogue().scale.is_single
    change = "" if is_single else "Change a rating by choosing another; "
    heading(f"What you {word.rated}", f"{change}*Remove* takes it back.")
    parts.follow_saving(_page)
    if session.visitor().account:
        _unwanted()
    parts.similar_dialog()
    if not ratings.profile().total:
        link("rate", f"{initial(word.rate)} {word.many}", ":material/star:", key="rated-rate", primary=True)


def _page() -> None:
    word = words()
    known = ratings.profile(fresh=True)
    everything = _with_removed(known.ratings)
    if not everything:
        st.info(f"You have not {word.rated} any {word.many} yet.")
        return
    shown = f" These are the latest {len(known.ratings):,}." if known.total > len(known.ratings) else ""
    st.caption(f"{plural(known.total, word.one, word.many)} {word.rated}, newest first.{shown}")
    pages = -(-len(everything) // parts.PAGE)
    place = min(st.session_state.get("rated-page", 0), pages - 1)
    rated = everything[place * parts.PAGE : (place + 1) * parts.PAGE]
    notes = {entry.item.id: _note(entry) for entry in rated}
    cards = ratings.cards([entry.item for entry in rated], known, notes)
    label = f"{initial(word.many)} that you {word.rated}"
    shelves("rated-films", label, [Shelf(cards)], ["rate", "remove", "similar"], ratings.carry_out)
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.turn("rated", place, pages, lambda: _turn_to(place - 1), lambda: _turn_to(place + 1))


def _turn_to(place: int) -> None:
    st.session_state["rated-page"] = max(0, place)


def _with_removed(rated: list[RatedItem]) -> list[RatedItem]:
    """What was removed just now stays in its place until the page is opened again, so that it can be rated again."""
    order: list[str] = st.session_state.setdefault("rated-order", [])
    present = {entry.item.id: entry for entry in rated}
    known: dict[str, RatedItem] = st.session_state.setdefault("rated-known", {})
    known.update(present)
    fresh = [entry.item.id for entry in rated if entry.item.id not in order]
    order[:0] = fresh
    return [present.get(item) or known[item] for item in order]


def forget() -> None:
    """When the page is opened: nothing is left of what was removed before."""
    for key in ("rated-order", "rated-known"):
        st.session_state.pop(key, None)


def _note(entry: RatedItem) -> str:
    mean = f"everyone: {number(entry.item.mean_rating)}" if entry.item.mean_rating is not None else ""
    return " · ".join(filter(None, [_day(entry.rated_at), mean]))


def _day(moment: str | None) -> str:
    try:
        return f"{datetime.fromisoformat(moment):%-d %b %Y}" if moment else ""
    except ValueError:
        return ""


@st.fragment
@guarded
def _unwanted() -> None:
    word = words()
    with st.expander(f"{initial(word.many)} you are not interested in", key="unwanted", on_change="rerun") as box:
        if not box.open:
            return
        session.queue().wait(1.0)
        try:
            page = session.client().dismissed()
        except Refused:
            page = None
        if page is None or not page.entries:
            st.caption(f"None. *Not interested* on a recommendation puts {word.many} here.")
            return
        restored = {item for item, entry in ratings.entries().items() if entry.change.dismissed is False}
        items = [item for item in page.entries if item.id not in restored]
        if page.next_token:
            st.caption(f"The latest {len(page.entries)} of {page.total:,}.")
        cards = ratings.cards(items, ratings.profile())
        shelves("unwanted-cards", "Not interested", [Shelf(cards)], ["restore"], ratings.carry_out)
