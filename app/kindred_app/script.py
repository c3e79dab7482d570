"""The script that Streamlit runs for every page and every click."""

import sys
from pathlib import Path

if (home := str(Path(__file__).parent.parent)) not in sys.path:  # Streamlit adds the folder of the script, not the package's.
    sys.path.insert(0, home)

import streamlit as st

from kindred_app import bridge, chrome, session
from kindred_app.problems import GatewayAway, Problem, Refused, SessionExpired
from kindred_app.views import account, for_you, home, insights, model, rate, rated
from kindred_app.words import Words, initial

STYLE = (Path(__file__).parent / "frontend" / "page.css").read_text("utf-8")


def main() -> None:
    st.set_page_config(page_title="Kindred", page_icon=str(Path(__file__).parent / "frontend" / "icon.svg"), layout="wide")
    found = session.visitor()
    hindrance = _arrive()
    name = found.account.name if found.account else "Log in"
    word = Words() if hindrance else chrome.words()
    pages = {
        "home": st.Page(home.show, title="Home", icon=":material/home:", url_path="home", default=True),
        "for-you": st.Page(for_you.show, title="For you", icon=":material/auto_awesome:", url_path="for-you"),
        "rate": st.Page(rate.show, title=initial(word.rate), icon=":material/star:", url_path="rate"),
        "rated": st.Page(rated.show, title=initial(word.rated), icon=":material/checklist:", url_path="rated"),
        "insights": st.Page(insights.show, title="Insights", icon=":material/insights:", url_path="insights"),
        "model": st.Page(model.show, title="Model", icon=":material/science:", url_path="model"),
        "account": st.Page(account.show, title=name, icon=":material/account_circle:", url_path="account"),
    }
    st.session_state.pages = pages
    page = st.navigation(list(pages.values()), position="top")
    names = {entry.url_path: key for key, entry in pages.items()}
    current = names.get(page.url_path, "home")
    if st.session_state.get("page") != current:
        rated.forget()
        st.session_state.pop("similar_to", None)
        st.session_state.page = current
    if found.must_log_in and found.account is None:
        found.must_log_in = False
        if current != "account":
            found.return_to = current
            st.switch_page(pages["account"])
    st.html(f"<style>{STYLE}</style>")
    bridge.show(is_cut_off=hindrance is not None)
    try:
        if hindrance:
            raise hindrance
        page.run()
    except SessionExpired:
        session.expire(current)
        st.rerun()
    except GatewayAway as problem:
        chrome.away(problem)
    except Refused as problem:
        chrome.refused(problem)


def _arrive() -> Problem | None:
    """Finds out what is here and who, and goes on with what was not finished; what is in the way of that, if something is."""
    try:
        chrome.catalogue()
        session.recognize()
        bridge.take_back()
    except SessionExpired:
        session.expire(st.session_state.get("page", "home"))
    except Problem as problem:
        return problem
    return None


main()
