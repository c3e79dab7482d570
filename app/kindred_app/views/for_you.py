"""For you: the overall list and rows by genre, with thumbs that change both."""

from collections import Counter

import streamlit as st

from kindred_app import lists, ratings, session
from kindred_app.cards import Act, Shelf, shelves
from kindred_app.chrome import catalogue, escape, heading, link, words
from kindred_app.models import Recommendation
from kindred_app.profile import Profile
from kindred_app.shown import Wish
from kindred_app.views import parts
from kindred_app.words import initial, label, number

ROW, SHORTEST_ROW, FIRST_ROWS = 20, 5, 6


def show() -> None:
    found, word = session.visitor(), words()
    heading("For you")
    if found.account is None and not found.picks:
        st.markdown(f"{initial(word.rate)} a few {word.many} first: three are enough to begin with.")
        link("home", f"Pick {word.many}", ":material/star:", key="for-you-pick", primary=True)
        return
    if found.account is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"From the {len(found.picks)} you {word.rated} as a guest.")
            link("account", "Keep them: sign up", ":material/person_add:", key="for-you-sign-up", primary=True)
    _wishes()
    parts.follow_list("for-you", _draw)
    parts.similar_dialog()


def _wishes() -> None:
    """What else the list should be like."""
    wish = session.visitor().wish
    genres = [genre.name for genre in catalogue().genres]
    with st.expander("Another kind of list", icon=":material/tune:", expanded=wish != Wish()):
        st.slider(
            "How varied",
            min_value=0.0,
            max_value=1.0,
            value=wish.diversity,
            step=0.1,
            key="wish-varied",
            help="To the left what fits you best, though it be all of a kind; to the right as many kinds as there are.",
            on_change=_wish,
        )
        if genres:
            st.multiselect("Leave out", genres, default=list(wish.without), key="wish-without", on_change=_wish)


def _wish() -> None:
    session.visitor().wish = Wish(st.session_state["wish-varied"], tuple(sorted(st.session_state.get("wish-without", ()))))


def _draw() -> None:
    shown = session.visitor().shown
    if shown.current is None:
        return
    word, known = words(), ratings.profile()
    wanted = ratings.still_wanted(shown.current, known)
    if not wanted:
        st.info(f"Nothing yet: {word.rate} a few more {word.many}.")
        return
    st.caption(_explanation(wanted) + _shares(wanted))
    rows = [_row(f"Top {word.many} for you", wanted, known)]
    genres = _genres(wanted)
    all_rows = st.session_state.get("for-you-all", False)
    for genre in genres if all_rows else genres[:FIRST_ROWS]:
        entries = [entry for entry in wanted if genre in entry.item.genres]
        if len(entries) < SHORTEST_ROW and (more := lists.row(shown, genre)):
            entries = ratings.still_wanted(more, known)
        if entries:
            rows.append(_row(genre, entries, known))
    shelves("for-you-rows", "Recommended for you", rows, ["similar", "thumbs"], _carry_out)
    if len(genres) > FIRST_ROWS and not all_rows:
        st.button("More genres", key="more-genres", icon=":material/expand_more:", on_click=_show_all_rows)
    if said := st.session_state.pop("for-you-said", None):
        st.toast(said, icon=":material/check:")


def _show_all_rows() -> None:
    st.session_state["for-you-all"] = True


def _row(title: str, entries: list[Recommendation], known: Profile) -> Shelf:
    found = {entry.item.id: entry for entry in entries[:ROW]}
    return Shelf(ratings.cards([entry.item for entry in found.values()], known, found=found), title, layout="row")


def _explanation(wanted: list[Recommendation]) -> str:
    shown, word = session.visitor().shown, words()
    assert shown.current is not None
    if shown.current.fallback:
        return (
            f"There is little to go by yet, so this is what most people like. {initial(word.rate)} a few more to make it yours."
        )
    if any(entry.match_percent is not None for entry in wanted):
        share = (
            f"*Match* is the share of the {shown.current.neighbours or 'nearest'} people closest to your taste who "
            f"{word.rated} it"
        )
        return f"{share}." if catalogue().scale.is_single else f"{share}; *expected* is the rating we think you would give."
    return "*Match* is the rating we expect of you, as a share of the best there is."


def _shares(wanted: list[Recommendation]) -> str:
    if not any(reason.contribution for entry in wanted for reason in entry.because):
        return ""
    return f" What you {words().rated} is named with its share in the score."


def _genres(wanted: list[Recommendation]) -> list[str]:
    """The genres of rows: those that were chosen, then those of which the list holds most."""
    found = session.visitor()
    counts = Counter(genre for entry in wanted for genre in entry.item.genres)
    chosen = list(found.account.genres) if found.account else []
    found_often = [genre for genre, count in counts.most_common() if genre not in chosen and count >= SHORTEST_ROW]
    return [genre for genre in chosen + found_often if genre not in found.wish.without]


def _carry_out(act: Act) -> None:
    ratings.carry_out(act)
    title = escape(label(act.item))
    if act.what in ("up", "down"):
        given = "" if catalogue().scale.is_single else f" {number(ratings.thumb(act.what))}"
        st.session_state["for-you-said"] = f"{title}: {words().rated}{given}."
    elif act.what == "never":
        st.session_state["for-you-said"] = f"{title} will not be shown again."
