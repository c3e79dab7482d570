"""Home: what this is, and recommendations for a guest within seconds."""

import streamlit as st

from kindred_app import lists, ratings, session
from kindred_app.cards import Act, Shelf, shelves
from kindred_app.chrome import catalogue, escape, guarded, link, words
from kindred_app.views import parts
from kindred_app.words import initial, plural

ENOUGH = 3
SHOWN, ROW = 24, 20


def show() -> None:
    found, word = session.visitor(), words()
    st.html(f"<div class='kindred-hero'><p>Kindred</p><h1>{initial(word.many)} that people of kindred taste loved</h1></div>")
    what = catalogue()
    if found.account:
        st.markdown(
            f"Good to see you, **{escape(found.account.name)}**. Here is what people with a taste like yours would hand you."
        )
        with st.container(horizontal=True, key="home-links"):
            link("for-you", "Your recommendations", ":material/auto_awesome:", primary=True)
            link("rate", f"{initial(word.rate)} {word.many}", ":material/star:")
            link("insights", "Your taste in pictures", ":material/insights:")
    else:
        st.markdown(
            f"{initial(word.rate)} a few {word.many} that you know. Kindred finds people who felt the same about them, and shows "
            "what else they loved — in seconds, and without an account."
        )
    st.caption(
        f"{what.item_count:,} {word.many} · {what.rating_count:,} ratings by {what.user_count:,} people · {escape(what.name)}"
    )
    if found.account is None:
        _pick()
    _recommended()
    parts.similar_dialog()


@st.fragment
@guarded
def _pick() -> None:
    """A few well-known items to rate, or whatever one searches for."""
    word = words()
    st.subheader(f"Which {word.many} do you love?", anchor=False)
    query = parts.search("home-search")
    items = list(parts.page(query).entries)
    picked = [pick.item for pick in session.visitor().picks.values()]
    if picked and not query:
        shown = {item.id for item in items[:SHOWN]}
        items = [item for item in picked if item.id not in shown] + items
    if items:
        cards = ratings.cards(items[: SHOWN + len(picked)], ratings.profile())
        shelves("home-picks", f"{initial(word.many)} to {word.rate}", [Shelf(cards, layout="row")], ["rate"], _carry_out)
    else:
        parts.nothing_found()
    count = len(picked)
    if count:
        left = f" — {ENOUGH - count} more {'makes' if count == ENOUGH - 1 else 'make'} it better" if count < ENOUGH else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plural(count, word.one, word.many)} {word.rated}**{left}.")
            if st.button("Start over", key="clear-picks", type="tertiary"):
                session.visitor().picks.clear()
                session.visitor().unwanted.clear()
                st.rerun()
    if st.session_state.pop("home-acted", False):
        st.rerun()


def _carry_out(act: Act) -> None:
    ratings.carry_out(act)
    st.session_state["home-acted"] = True


@guarded
def _recommended() -> None:
    found = session.visitor()
    if found.account is None and not found.picks:
        _trending()
        return
    st.subheader("Made for you", anchor=False)
    parts.follow_list("home-list", _row)
    if found.account is None:
        with st.container(horizontal=True, vertical_alignment="center", key="home-join"):
            link("for-you", "See all of them", ":material/auto_awesome:", key="home-all")
            link("account", "Keep them: sign up", ":material/person_add:", key="home-sign-up", primary=True)


def _trending() -> None:
    """What others like of late, for who has said nothing yet."""
    found = lists.trending() if "trending" in catalogue().algorithms else None
    if found is None or found.fallback or not found.items:
        return
    st.subheader("Trending now", anchor=False)
    cards = ratings.cards([entry.item for entry in found.items[:ROW]], ratings.profile())
    shelves("home-trending", "Trending now", [Shelf(cards, layout="row")], ["similar"], ratings.carry_out)


def _row() -> None:
    shown = session.visitor().shown
    if shown.current is None:
        return
    known = ratings.profile()
    found = {entry.item.id: entry for entry in ratings.still_wanted(shown.current, known)[:ROW]}
    cards = ratings.cards([entry.item for entry in found.values()], known, found=found)
    shelves("home-row", "Recommended", [Shelf(cards, layout="row")], ["similar"], ratings.carry_out)
