"""For you: the overall list and rows by genre, with thumbs that change both."""

from collections import Counter

import streamlit as st

from kindred_app import lists, ratings, session
from kindred_app.cards import Act, Shelf, shelves
from kindred_app.chrome import catalogue, escape, heading, link, words
from kindred_app.models import Recommendation
from kindred_app.profile import Profile
from kindred_app.views import parts
from kindred_app.words import label, number

ROW, SHORTEST_ROW, FIRST_ROWS = 20, 5, 6


def show() -> None:
    found, word = session.visitor(), words()
    heading("For you")
    if found.account is None and not found.picks:
        st.markdown(f"Rate a few {word.many} first: three are enough to begin with.")
        link("home", f"Pick {word.many}", ":material/star:", key="for-you-pick", primary=True)
        return
    if found.account is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"From the {len(found.picks)} you rated as a guest.")
            link("account", "Keep them: sign up", ":material/person_add:", key="for-you-sign-up", primary=True)
    parts.follow_list("for-you", _draw)
    parts.similar_dialog()


def _draw() -> None:
    shown = session.visitor().shown
    if shown.current is None:
        return
    word, known = words(), ratings.profile()
    gone = {item for item, entry in ratings.entries().items() if entry.change.dismissed}
    wanted = [
        entry
        for entry in shown.current.items
        if entry.item.id not in gone and known.rating(entry.item) is None and not ratings.is_unwanted(entry.item)
    ]
    if not wanted:
        st.info(f"Nothing yet: rate a few more {word.many}.")
        return
    st.caption(_explanation(wanted))
    found = {entry.item.id: entry for entry in wanted}
    rows = [
        Shelf(ratings.cards([entry.item for entry in wanted[:ROW]], known, found=found), f"Top {word.many} for you", layout="row")
    ]
    genres = _genres(wanted)
    all_rows = st.session_state.get("for-you-all", False)
    for genre in genres if all_rows else genres[:FIRST_ROWS]:
        rows += _genre_row(genre, wanted, known)
    shelves("for-you-rows", "Recommended for you", rows, catalogue().scale, ["similar", "thumbs"], _carry_out)
    if len(genres) > FIRST_ROWS and not all_rows:
        st.button("More genres", key="more-genres", icon=":material/expand_more:", on_click=_show_all_rows)
    if said := st.session_state.pop("for-you-said", None):
        st.toast(said, icon=":material/check:")


def _show_all_rows() -> None:
    st.session_state["for-you-all"] = True


def _explanation(wanted: list[Recommendation]) -> str:
    shown = session.visitor().shown
    assert shown.current is not None
    if shown.current.fallback:
        return "There is little to go by yet, so this is what most people like. A few more ratings make it yours."
    if any(entry.match_percent is not None for entry in wanted):
        return (
            f"*Match* is the share of the {shown.current.neighbours or 'nearest'} people closest to your taste who rated it; "
            "*expected* is the rating we think you would give."
        )
    return "*Match* is the rating we expect of you, as a share of the best there is."


def _genres(wanted: list[Recommendation]) -> list[str]:
    """The genres of rows: those that were chosen, then those of which the list holds most."""
    found = session.visitor()
    counts = Counter(genre for entry in wanted for genre in entry.item.genres)
    chosen = list(found.account.genres) if found.account else []
    return chosen + [genre for genre, count in counts.most_common() if genre not in chosen and count >= SHORTEST_ROW]


def _genre_row(genre: str, wanted: list[Recommendation], known: Profile) -> list[Shelf]:
    entries = [entry for entry in wanted if genre in entry.item.genres]
    if len(entries) < SHORTEST_ROW:
        more = lists.row(session.visitor().shown, genre)
        entries = [entry for entry in more.items if known.rating(entry.item) is None] if more else entries
    if not entries:
        return []
    found = {entry.item.id: entry for entry in entries[:ROW]}
    return [Shelf(ratings.cards([entry.item for entry in entries[:ROW]], known, found=found), genre, layout="row")]


def _carry_out(act: Act) -> None:
    ratings.carry_out(act, catalogue().scale)
    scale, title = catalogue().scale, escape(label(act.item))
    if act.what in ("up", "down"):
        share = ratings.THUMB_UP if act.what == "up" else ratings.THUMB_DOWN
        st.session_state["for-you-said"] = f"{title}: rated {number(scale.nearest(scale.maximum * share))}."
    elif act.what == "never":
        st.session_state["for-you-said"] = f"{title} will not be shown again."
