"""What this process and the page's scripts tell each other on every page: about the cookie, and what the browser keeps."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from kindred_app import cookies, kept, ratings, session
from kindred_app.chrome import catalogue

_component = st.components.v2.component(
    "kindred_bridge", js=(Path(__file__).parent / "frontend" / "bridge.js").read_text("utf-8")
)


def show(is_cut_off: bool) -> None:
    """On every page, once. Without a gateway nobody knows of what catalogue: nothing is asked, and what is kept stays."""
    found = session.visitor()
    name = "" if is_cut_off else catalogue().name
    _component(
        key="bridge",
        data={
            "ticket": found.ticket,
            "forget": found.forget,
            "path": cookies.path(st.get_option("server.baseUrlPath") or ""),
            "session": session.name(),
            "ask": kept.asked(name) if name else "",
            "keep": kept.lists(name) if name else {},
        },
        on_kept_change=_hear,
        height=1,
    )


def _hear() -> None:
    """The browser shows what it kept. It is taken back with the next run, since that may need the gateway."""
    state = st.session_state.get("bridge")
    answer = state.get("kept") if isinstance(state, Mapping) else None
    if isinstance(answer, Mapping):
        session.visitor().returned = (str(answer.get("name")), answer.get("changes"))


def take_back() -> None:
    """Goes on with what the browser kept, if that has come."""
    found = session.visitor()
    if found.returned is None:
        return
    what, (name, changes) = catalogue(), found.returned
    if name == kept.asked(what.name):
        kept.take_back(found, kept.read(changes, what.scale), ratings.profile() if found.account else None)
        found.shown_kept.add(name)
    found.returned = None
