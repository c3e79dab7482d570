"""Model: how good the algorithms are on ratings that were held out, from the report of `kindred evaluate`."""

from typing import Any

import streamlit as st

from kindred_app import charts, session
from kindred_app.chrome import catalogue, escape, heading
from kindred_app.problems import Refused
from kindred_app.words import plural

_TITLES = {
    "hr": "HR",
    "ndcg": "NDCG",
    "recall": "Recall",
    "mrr": "MRR",
    "coverage": "Coverage",
    "diversity": "Diversity",
    "rmse": "RMSE",
}
_MEANING = {
    "hr": "How often a held-out favourite is among the first {n}",
    "ndcg": "The same, counting more the higher it stands",
}


def show() -> None:
    heading(
        "How good is it?",
        (
            "Some ratings are hidden from the algorithms, which then have to find them among everything there is. "
            "No cherry-picking: all items are ranked, for every user."
        ),
    )
    try:
        report = session.client().evaluation()
    except Refused as problem:
        if problem.status != 404:
            raise
        st.info(
            "Nobody has measured it here yet. `kindred evaluate --output evaluation.json` does, and the gateway shows the report "
            "that it is given.",
            icon=":material/science:",
        )
        return
    try:
        _draw(report)
    except (KeyError, TypeError, ValueError):
        st.info("The report is in a form that this page does not know.")


def _draw(report: dict[str, Any]) -> None:
    data, split = report["dataset"], report["split"]
    st.caption(
        f"{escape(str(data['name']))}: {data['ratings']:,} ratings of {data['items']:,} items by {data['users']:,} users · "
        f"split: {escape(str(split['method']))} · {plural(split['heldOutRatings'], 'held-out rating', 'held-out ratings')} of "
        f"{split['users']:,} users" + (f" · {escape(str(report['date'])[:10])}" if report.get("date") else "")
    )
    cutoff = (report.get("cutoffs") or [10])[0]
    baseline = report.get("baseline")
    best = _best(report, f"ndcg@{cutoff}")
    if best:
        here = catalogue().default_algorithm
        st.markdown(f"Best here: **{escape(best)}**." + (f" Your lists are made by **{escape(here)}**." if here else ""))
    for metric in ("hr", "ndcg"):
        rows = _rows(report, f"{metric}@{cutoff}")
        if rows:
            st.subheader(f"{_TITLES[metric]}@{cutoff}", anchor=False)
            st.caption(_MEANING[metric].format(n=cutoff) + "; the lines are 95 % intervals, grey is the baseline")
            name = f"{_TITLES[metric]}@{cutoff}"
            st.altair_chart(charts.models(rows, name, baseline), key=f"chart-{metric}", alt=f"{name} of each algorithm, as below")
    st.subheader("All figures", anchor=False)
    with st.container(key="figures-table"):
        st.table(_table(report, cutoff), hide_index=True, border="horizontal")
    if command := report.get("command"):
        st.code(" ".join(map(str, command)), language=None, wrap_lines=True)


def _rows(report: dict[str, Any], metric: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for algorithm in report["algorithms"]:
        if estimate := algorithm["metrics"].get(metric):
            interval = estimate.get("interval") or {}
            value = float(estimate["value"])
            rows.append(
                {
                    "algorithm": str(algorithm["name"]),
                    "value": value,
                    "low": float(interval.get("low", value)),
                    "high": float(interval.get("high", value)),
                }
            )
    return rows


def _best(report: dict[str, Any], metric: str) -> str | None:
    rows = _rows(report, metric)
    return str(max(rows, key=lambda row: float(str(row["value"])))["algorithm"]) if rows else None


def _table(report: dict[str, Any], cutoff: int) -> list[dict[str, str]]:
    def place(algorithm: dict[str, Any]) -> float:
        return -float((algorithm["metrics"].get(f"ndcg@{cutoff}") or {"value": 0})["value"])

    wanted = [f"hr@{cutoff}", f"ndcg@{cutoff}", f"recall@{cutoff}", "mrr", f"coverage@{cutoff}", f"diversity@{cutoff}", "rmse"]
    rows = []
    for algorithm in sorted(report["algorithms"], key=place):
        row = {"algorithm": escape(str(algorithm["name"]))}
        for metric in wanted:
            if any(metric in other["metrics"] for other in report["algorithms"]):
                estimate = algorithm["metrics"].get(metric)
                row[_title(metric)] = f"{float(estimate['value']):.4f}" if estimate else "–"
        row["lists / s"] = f"{round(algorithm.get('queriesPerSecond') or 0):,}"
        rows.append(row)
    return rows


def _title(metric: str) -> str:
    kind, _, cutoff = metric.partition("@")
    return f"{_TITLES[kind]}@{cutoff}" if cutoff else _TITLES[kind]
