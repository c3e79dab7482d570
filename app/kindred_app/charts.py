"""Plots that one would show a friend."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from kindred_app.models import RatedItem, Scale
from kindred_app.shown import Move
from kindred_app.taste import Group
from kindred_app.words import label

YOU, EVERYONE = "you", "everyone"


def _colours() -> alt.Scale:
    primary = st.get_option("theme.primaryColor") or "#e4572e"
    return alt.Scale(domain=[YOU, EVERYONE], range=[primary, "#8a8f9c"])


def _axis(scale: Scale) -> alt.Scale:
    return alt.Scale(domain=[scale.minimum, scale.maximum], nice=False)


def _plain(text: str) -> str:
    """Text for a plot. Vega draws it as text; only its length has to be kept in check."""
    return text if len(text) <= 42 else text[:41] + "…"


def genres(groups: Sequence[Group], scale: Scale, many: str) -> alt.LayerChart:
    """A dumbbell for each genre: you at one end, everyone at the other."""
    rows = [
        {"genre": _plain(group.name), "who": who, "rating": round(value, 2), "count": group.count}
        for group in groups
        for who, value in ((YOU, group.mine), (EVERYONE, group.everyone))
        if value is not None
    ]
    order = [_plain(group.name) for group in groups]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("genre:N", sort=order, title=None, axis=alt.Axis(labelLimit=140, ticks=False, domain=False))
    )
    bars = base.mark_line(strokeWidth=5, opacity=0.28, color="#8a8f9c").encode(
        x=alt.X("rating:Q", scale=_axis(scale), title="mean rating"), detail="genre:N"
    )
    dots = base.mark_circle(size=170, opacity=1).encode(
        x="rating:Q",
        color=alt.Color("who:N", scale=_colours(), legend=alt.Legend(title=None, orient="top")),
        tooltip=[
            alt.Tooltip("genre:N"),
            alt.Tooltip("who:N", title="whose"),
            alt.Tooltip("rating:Q", title="mean"),
            alt.Tooltip("count:Q", title=f"{many} you rated"),
        ],
    )
    return (bars + dots).properties(height=max(160, 34 * len(groups) + 60))


def decades(groups: Sequence[Group], scale: Scale, many: str) -> alt.LayerChart:
    """How many of each decade, coloured by how much they were liked."""
    rows = [{"decade": group.name, "count": group.count, "rating": round(group.mine, 2)} for group in groups]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("decade:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False))
    )
    bars = base.mark_bar(cornerRadiusEnd=5).encode(
        y=alt.Y("count:Q", title=f"{many} rated", axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color(
            "rating:Q",
            title="your mean",
            scale=alt.Scale(scheme="goldred", domain=[scale.minimum, scale.maximum]),
            legend=alt.Legend(orient="top", gradientLength=180),
        ),
        tooltip=[alt.Tooltip("decade:O"), alt.Tooltip("count:Q", title=many), alt.Tooltip("rating:Q", title="your mean")],
    )
    return (bars + base.mark_text(dy=-9, fontSize=12).encode(y="count:Q", text="rating:Q")).properties(height=280)


def everyone(ratings: Sequence[RatedItem], named: Sequence[RatedItem], scale: Scale) -> alt.LayerChart:
    """Each rated item: everyone's mean across, yours upwards; on the line you agree."""
    names = {rated.item.id for rated in named}
    rows = [
        {
            "title": _plain(label(rated.item)),
            "you": rated.rating,
            "everyone": round(rated.item.mean_rating, 2),
            "name": _plain(label(rated.item)) if rated.item.id in names else "",
        }
        for rated in ratings
        if rated.item.mean_rating is not None
    ]
    ends = [{"x": end, "y": end} for end in (scale.minimum, scale.maximum)]
    line = (
        alt.Chart(alt.Data(values=ends))
        .mark_line(strokeDash=[5, 5], opacity=0.6, color="#8a8f9c")
        .encode(
            x=alt.X("x:Q", scale=_axis(scale), title="everyone's mean"), y=alt.Y("y:Q", scale=_axis(scale), title="your rating")
        )
    )
    base = alt.Chart(alt.Data(values=rows)).encode(x="everyone:Q", y="you:Q")
    dots = base.mark_circle(size=85, opacity=0.72, color=st.get_option("theme.primaryColor") or "#e4572e").encode(
        tooltip=[alt.Tooltip("title:N"), alt.Tooltip("you:Q"), alt.Tooltip("everyone:Q")]
    )
    # The theme colours text marks of its own accord, also in dark mode.
    texts = base.mark_text(align="left", dx=9, dy=-7, fontSize=12).encode(text="name:N")
    return (line + dots + texts).properties(height=420)


def moves(found: Sequence[Move], places: int) -> alt.LayerChart:
    """From the list before to the list now: what rose, what came, what went."""
    below = places + 1.5
    rows = []
    for move in found:
        kind = (
            "new"
            if move.before is None
            else "gone"
            if move.now is None
            else ("risen" if move.now < move.before else "fallen" if move.now > move.before else "same")
        )
        for when, place in (("before", move.before), ("now", move.now)):
            rows.append(
                {
                    "title": _plain(label(move.item)),
                    "when": when,
                    "place": min(place, below) if place else below,
                    "kind": kind,
                    "from": move.before or "–",
                    "to": move.now or "–",
                }
            )
    colour = alt.Color(
        "kind:N",
        title=None,
        legend=alt.Legend(orient="top"),
        scale=alt.Scale(
            domain=["new", "risen", "same", "fallen", "gone"], range=["#2e9e5b", "#5aa9e6", "#8a8f9c", "#d9822b", "#c0392b"]
        ),
    )
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "when:N",
            sort=["before", "now"],
            title=None,
            scale=alt.Scale(padding=0.25),
            axis=alt.Axis(labelAngle=0, orient="top", domain=False, ticks=False, labelFontSize=14),
        ),
        y=alt.Y("place:Q", title=None, scale=alt.Scale(domain=[below + 0.3, 0.5], nice=False), axis=None),
        color=colour,
    )
    lines = base.mark_line(strokeWidth=2.5, interpolate="monotone").encode(
        detail="title:N",
        tooltip=[alt.Tooltip("title:N"), alt.Tooltip("from:N", title="before"), alt.Tooltip("to:N", title="now")],
    )
    dots = base.mark_circle(size=70, opacity=1)
    texts = (
        base.transform_filter("datum.when == 'now' && datum.to != '–'")
        .mark_text(align="left", dx=10, fontSize=12)
        .encode(text="title:N", color=alt.value("#8a8f9c"))
    )
    return (lines + dots + texts).properties(height=34 * places + 60)


def models(rows: Sequence[dict[str, object]], metric: str, baseline: str | None) -> alt.LayerChart:
    """The algorithms by one metric, with the interval in which the truth lies 95 times of 100."""
    base = alt.Chart(alt.Data(values=list(rows))).encode(
        y=alt.Y(
            "algorithm:N",
            sort=alt.EncodingSortField("value", order="descending"),
            title=None,
            axis=alt.Axis(labelLimit=160, ticks=False, domain=False),
        )
    )
    bars = base.mark_bar(cornerRadiusEnd=4, height=18).encode(
        x=alt.X("value:Q", title=metric),
        color=alt.condition(
            alt.datum.algorithm == (baseline or ""),
            alt.value("#8a8f9c"),
            alt.value(st.get_option("theme.primaryColor") or "#e4572e"),
        ),
        tooltip=[
            alt.Tooltip("algorithm:N"),
            alt.Tooltip("value:Q", format=".4f", title=metric),
            alt.Tooltip("low:Q", format=".4f"),
            alt.Tooltip("high:Q", format=".4f"),
        ],
    )
    rule = base.mark_rule(strokeWidth=2, color="#6c7280").encode(x="low:Q", x2="high:Q")
    return (bars + rule).properties(height=34 * len(rows) + 60)
