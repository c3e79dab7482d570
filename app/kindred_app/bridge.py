"""What this process and the page's scripts tell each other on every page: about the cookie, and what the browser keeps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from kindred_app import cookies, kept, ratings, session
from kindred_app.cards import unheard
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
            "late": st.session_state.get("late-heard", 0),
        },
        on_kept_change=_hear,
        on_late_change=_hear_late,
        height=1,
    )


def _hear() -> None:
    """The browser shows what it kept. It is taken back with the next run, since that may need the gateway."""
    answer = _said("kept")
    if isinstance(answer, Mapping):
        session.visitor().returned = (str(answer.get("name")), answer.get("changes"))


def _hear_late() -> None:
    """What was done on shelves that are gone: a page may change before they are heard, and Streamlit then drops what they say."""
    batches = _said("late")
    for batch in batches if isinstance(batches, list) else []:
        if isinstance(batch, Mapping) and isinstance(number := batch.get("number"), int):
            for act in unheard(str(batch.get("key")), batch.get("acts")):
                if act.what != "similar":
                    ratings.carry_out(act)
            st.session_state["late-heard"] = max(number, st.session_state.get("late-heard", 0))


def _said(event: str) -> Any:
    state = st.session_state.get("bridge")
    return state.get(event) if isinstance(state, Mapping) else None


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
