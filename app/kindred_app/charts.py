"""Plots that one would show a friend."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from kindred_app.models import RatedItem, Scale
from kindred_app.shown import Move
from kindred_app.taste import Group
from kindred_app.words import label

YOU, EVERYONE = "you", "everyone"
GREY = "#8a8f9c"


def _is_dark() -> bool:
    return st.context.theme.type == "dark"


def _primary() -> str:
    return "#e8694c" if _is_dark() else "#b3261e"


def _ink() -> str:
    """Vega draws text marks black unless told otherwise, also on black."""
    return "#f3ede4" if _is_dark() else "#231f1c"


def _readable(chart: alt.LayerChart, height: int) -> alt.LayerChart:
    """With letters in the colour of the page's: Streamlit would have them paler than is easy to read."""
    letters = {"labelColor": _ink(), "titleColor": _ink()}
    return chart.properties(height=height).configure_axis(**letters).configure_legend(**letters)


def _colours() -> alt.Scale:
    return alt.Scale(domain=[YOU, EVERYONE], range=[_primary(), GREY])


def _axis(scale: Scale, values: Sequence[float] | None = None) -> alt.Scale:
    """The rating scale, or the part of it that is used: on the whole of it what differs is hard to see."""
    if not values:
        return alt.Scale(domain=[scale.minimum, scale.maximum], nice=False)
    room = (scale.maximum - scale.minimum) / 9
    low, high = min(values) - room / 2, max(values) + room / 2
    return alt.Scale(domain=[max(scale.minimum, low), min(scale.maximum, high)], nice=False, clamp=True)


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
    means = [mean for group in groups for mean in (group.mine, group.everyone) if mean is not None]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("genre:N", sort=order, title=None, axis=alt.Axis(labelLimit=140, ticks=False, domain=False))
    )
    bars = base.mark_line(strokeWidth=5, opacity=0.28, color=GREY).encode(
        x=alt.X("rating:Q", scale=_axis(scale, means), title="mean rating", axis=alt.Axis(tickCount=6)), detail="genre:N"
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
    return _readable(bars + dots, max(160, 34 * len(groups) + 60))


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
    return _readable(bars + base.mark_text(dy=-9, fontSize=12, color=_ink()).encode(y="count:Q", text="rating:Q"), 280)


def everyone(ratings: Sequence[RatedItem], named: Sequence[RatedItem], scale: Scale) -> alt.LayerChart:
    """Each rated item: everyone's mean across, yours upwards; on the line you agree."""
    rows = [_point(rated, rated.item.mean_rating) for rated in ratings if rated.item.mean_rating is not None]
    means = [mean for rated in ratings if (mean := rated.item.mean_rating) is not None]
    across = _axis(scale, means)
    line = (
        alt.Chart(alt.Data(values=[{"x": end, "y": end} for end in (scale.minimum, scale.maximum)]))
        .mark_line(strokeDash=[5, 5], opacity=0.6, color=GREY, clip=True)
        .encode(
            # Not clamped: a line that leaves the plot is to be cut, not bent.
            x=alt.X(
                "x:Q", scale=alt.Scale(domain=across.domain, nice=False), title="everyone's mean", axis=alt.Axis(tickCount=8)
            ),
            y=alt.Y("y:Q", scale=_axis(scale), title="your rating"),
        )
    )
    dots = (
        alt.Chart(alt.Data(values=rows))
        .mark_circle(size=85, opacity=0.72, color=_primary())
        .encode(x="everyone:Q", y="you:Q", tooltip=[alt.Tooltip("title:N"), alt.Tooltip("you:Q"), alt.Tooltip("everyone:Q")])
    )
    chart = line + dots
    middle = (min(means) + max(means)) / 2
    for place, rated in enumerate(named):
        mean = rated.item.mean_rating
        if mean is None:
            continue
        # Names stand on the side where there is room, by turns above and below, so that neighbours do not cover each other.
        is_right = mean > middle
        below = rated.rating >= scale.maximum or (place % 2 == 1 and rated.rating > scale.minimum)
        chart += (
            alt.Chart(alt.Data(values=[_point(rated, mean)]))
            .mark_text(
                align="right" if is_right else "left",
                dx=-9 if is_right else 9,
                dy=14 if below else -11 - 13 * (place % 2),
                fontSize=12,
                color=_ink(),
            )
            .encode(x="everyone:Q", y="you:Q", text="title:N")
        )
    return _readable(chart, 420)


def _point(rated: RatedItem, mean: float) -> dict[str, object]:
    return {"title": _plain(label(rated.item)), "you": rated.rating, "everyone": round(mean, 2)}


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
        for when, place in enumerate((move.before, move.now)):
            rows.append(
                {
                    "title": _plain(label(move.item)),
                    "when": when,
                    "place": min(place, below) if place else below,
                    "kind": kind,
                    "from": str(move.before or "–"),
                    "to": str(move.now or "–"),
                }
            )
    colour = alt.Color(
        "kind:N",
        title=None,
        legend=alt.Legend(orient="top"),
        scale=alt.Scale(
            domain=["new", "risen", "same", "fallen", "gone"], range=["#2e9e5b", "#5aa9e6", GREY, "#d9822b", "#c0392b"]
        ),
    )
    base = alt.Chart(alt.Data(values=rows)).encode(
        # As much room to the right of "now" as between the two: titles stand there, on phones too.
        x=alt.X(
            "when:Q",
            title=None,
            scale=alt.Scale(domain=[-0.12, 2.1], nice=False),
            axis=alt.Axis(
                values=[0, 1],
                labelExpr="datum.value == 0 ? 'before' : 'now'",
                orient="top",
                domain=False,
                ticks=False,
                grid=False,
                labelFontSize=14,
            ),
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
        base.transform_filter("datum.when == 1 && datum.to != '–'")
        .mark_text(align="left", dx=10, fontSize=12)
        .encode(text="title:N", color=alt.value(_ink()))
    )
    return _readable(lines + dots + texts, 34 * places + 60)


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
        x=alt.X("value:Q", title=metric, axis=alt.Axis(tickCount=6)),
        color=alt.condition(
            alt.datum.algorithm == (baseline or ""),
            alt.value(GREY),
            alt.value(_primary()),
        ),
        tooltip=[
            alt.Tooltip("algorithm:N"),
            alt.Tooltip("value:Q", format=".4f", title=metric),
            alt.Tooltip("low:Q", format=".4f"),
            alt.Tooltip("high:Q", format=".4f"),
        ],
    )
    rule = base.mark_rule(strokeWidth=2, color=_ink()).encode(x="low:Q", x2="high:Q")
    return _readable(bars + rule, 34 * len(rows) + 60)
