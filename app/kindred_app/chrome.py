"""What all pages share: the catalogue and its words, what is said when the gateway is away, links between pages."""

import functools
import time
from collections.abc import Callable
from typing import Any, ParamSpec

import streamlit as st

from kindred_app import session
from kindred_app.models import Catalogue
from kindred_app.problems import GatewayAway, Problem, Refused, SessionExpired
from kindred_app.settings import settings
from kindred_app.words import Words

#: Seconds for which the catalogue is taken as it was; after that it is asked for again, and kept should nobody answer.
CATALOGUE_LIFETIME = 60.0
Parameters = ParamSpec("Parameters")
_catalogues: dict[str, tuple[float, Catalogue]] = {}


def catalogue() -> Catalogue:
    """What is recommended here."""
    url = settings().url
    read_at, known = _catalogues.get(url, (0.0, None))
    if known is None or time.monotonic() - read_at > CATALOGUE_LIFETIME:
        try:
            known = session.client().catalogue()
        except Problem:
            if known is None:
                raise
        _catalogues[url] = (time.monotonic(), known)
    return known


def words() -> Words:
    what = catalogue()
    return Words.of(what.item_kind, what.scale.is_single)


def away(problem: GatewayAway | None = None) -> None:
    """Says that the gateway cannot be reached, and comes back by itself."""
    with st.container(key="away"):
        st.warning(
            "**The recommender cannot be reached just now.** Whatever you rated and typed is kept, and this page goes on by "
            "itself as soon as it is back.",
            icon=":material/cloud_off:",
        )
        if problem:
            st.caption(str(problem))
    _wait_for_gateway()


def _wait_for_gateway() -> None:
    st.fragment(_look_for_gateway, run_every=2.0)(time.monotonic())


def _look_for_gateway(since: float) -> None:
    # Not in the run in which nobody answered: where only a part of the gateway is away, runs would chase each other.
    if time.monotonic() - since > 1 and session.is_reachable():
        if session.visitor().account:
            session.queue().try_now()
        st.rerun()


def guarded(body: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """For fragments, which run without the page around them: what goes wrong in them is for the page to say."""

    @functools.wraps(body)
    def guard(*arguments: Parameters.args, **named: Parameters.kwargs) -> None:
        try:
            body(*arguments, **named)
        except SessionExpired:
            session.expire(st.session_state.get("page", ""))
            st.rerun()
        except GatewayAway as problem:
            away_inside(problem)
        except Refused as problem:
            refused(problem)

    return guard


def away_inside(problem: GatewayAway) -> None:
    """The same inside a fragment: the page around it stays as it is.

    All of it is one fragment. When the one around it runs again at once, Streamlit takes back what that one has drawn and not yet
    sent, but not the fragments in it: one that had a place after such elements would break the whole page.
    """
    st.fragment(_say_away_inside, run_every=2.0)(str(problem), time.monotonic())


def _say_away_inside(problem: str, since: float) -> None:
    st.warning(
        "**The recommender cannot be reached just now.** Nothing is lost; this goes on by itself as soon as it is back.",
        icon=":material/cloud_off:",
    )
    st.caption(problem)
    _look_for_gateway(since)


def refused(problem: Refused) -> None:
    """Says what the gateway says where no page has better words for it."""
    st.error(f"**{escape(problem.title)}.** {escape(problem.detail or '')}", icon=":material/error:")


def pages() -> dict[str, Any]:
    """The pages by name, as `script.py` made them in this run."""
    return st.session_state.pages


def link(page: str, label: str, icon: str | None = None, key: str | None = None, primary: bool = False) -> None:
    """A button that leads to a page: unlike Streamlit's links it can be the main thing on a page."""
    if st.button(label, icon=icon, key=key or f"go-{page}", type="primary" if primary else "secondary"):
        st.switch_page(pages()[page])


def heading(title: str, lead: str = "") -> None:
    st.title(title, anchor=False)
    if lead:
        st.markdown(lead)


def escape(text: str) -> str:
    """Text that Markdown takes for nothing but text."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|~$<>:&^=" else letter for letter in text)
