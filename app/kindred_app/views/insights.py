"""Insights: your taste in pictures, and what your last ratings changed."""

import streamlit as st

from kindred_app import charts, ratings, session, taste
from kindred_app.chrome import catalogue, escape, heading, link, words
from kindred_app.models import RatedItem, Scale
from kindred_app.profile import Profile
from kindred_app.views import parts
from kindred_app.words import initial, label, number

FEWEST = 5


def show() -> None:
    word = words()
    heading("Your taste in pictures")
    known = ratings.profile(fresh=True)
    if len(known.ratings) < FEWEST:
        st.markdown(f"There is more to see with {FEWEST} or more {word.many} {word.rated}; you have {word.rated} {known.total}.")
        link("rate", f"{initial(word.rate)} {word.many}", ":material/star:", key="insights-rate", primary=True)
        return
    _draw(known)


def _draw(known: Profile) -> None:
    word, scale, rated = words(), catalogue().scale, known.ratings
    _figures(known, scale)
    if not scale.is_single:
        _genres(rated, scale)
        _decades(rated, scale)
        _everyone(rated, scale)
    else:
        counts = ", ".join(f"{escape(group.name)} ({group.count})" for group in taste.by_genre(rated)[:8])
        if counts:
            st.markdown(f"You like {word.many} of: {counts}.")
    _changes()


def _figures(known: Profile, scale: Scale) -> None:
    word, rated = words(), known.ratings
    mine, everyone = taste.mean(rated), taste.mean_of_everyone(rated)
    with st.container(horizontal=True, key="figures"):
        st.metric(f"{initial(word.many)} {word.rated}", f"{known.total:,}", border=True, height="stretch")
        if mine is not None and not scale.is_single:
            difference = f"{mine - everyone:+.2f} from everyone" if everyone is not None else None
            st.metric("Your mean rating", f"{mine:.2f}", difference, delta_color="off", border=True, height="stretch")
        if groups := taste.by_genre(rated):
            st.metric("Most loved genre", groups[0].name, border=True, height="stretch")
        decades = taste.by_decade(rated)
        if decades:
            st.metric("Your decade", max(decades, key=lambda group: group.count).name, border=True, height="stretch")


def _genres(rated: list[RatedItem], scale: Scale) -> None:
    groups = taste.by_genre(rated)
    if len(groups) < 2:
        return
    st.subheader("Genres, and how you differ", anchor=False)
    first, last = groups[0], groups[-1]
    st.markdown(
        f"You are kindest to **{escape(first.name)}** ({number(first.mine, 2)}) and hardest on **{escape(last.name)}** "
        f"({number(last.mine, 2)})."
    )
    st.altair_chart(
        charts.genres(groups[:14], scale, words().many),
        key="chart-genres",
        alt="Your mean rating of each genre beside everyone's",
    )


def _decades(rated: list[RatedItem], scale: Scale) -> None:
    groups = taste.by_decade(rated)
    if len(groups) < 2:
        return
    st.subheader("Through the decades", anchor=False)
    st.altair_chart(
        charts.decades(groups, scale, words().many),
        key="chart-decades",
        alt="How many of each decade, and your mean rating of them",
    )


def _everyone(rated: list[RatedItem], scale: Scale) -> None:
    compared = [entry for entry in rated if entry.item.mean_rating is not None]
    if len(compared) < FEWEST:
        return
    st.subheader("You and everyone else", anchor=False)
    named = taste.against_the_grain(compared)
    if named:
        most = named[0]
        assert most.item.mean_rating is not None
        st.markdown(
            f"Most against the grain: **{escape(label(most.item))}**, {number(most.rating)} from you and "
            f"{number(most.item.mean_rating)} from everyone."
        )
    st.altair_chart(charts.everyone(compared, named, scale), key="chart-everyone", alt="Your ratings against everyone's means")


def _changes() -> None:
    st.subheader("What your last ratings changed", anchor=False)
    parts.follow_list("insights-list", _moves)


def _moves() -> None:
    places = 15
    moves = session.visitor().shown.moves(places)
    if not moves:
        st.caption(f"{initial(words().rate)} something more, and here you see how your list moves.")
        return
    came = sum(move.now is not None and move.now <= places and (move.before or places + 1) > places for move in moves)
    went = sum(move.now is None for move in moves)
    st.markdown(f"In the first {places}: {came} new. {went} that stood there {'is' if went == 1 else 'are'} gone from the list.")
    st.altair_chart(
        charts.moves(moves, places), key="chart-moves", alt="The first places of your list before and after your last ratings"
    )
