"""Log in, sign up, log out, change the password, delete the account."""

from collections.abc import Callable

import streamlit as st

from kindred_app import ratings, session
from kindred_app.api import new_key
from kindred_app.chrome import escape, heading, pages, words
from kindred_app.problems import GatewayAway, Refused
from kindred_app.queues import queues
from kindred_app.words import listed, plural

_SAID = {
    "name_taken": "Somebody has that name already. Try another.",
    "weak_password": "That password is too easy to guess: take 8 characters or more, not your name, and no common one.",
    "invalid_name": "A name has 3 to 32 letters, digits, hyphens, dots or underscores.",
    "wrong_credentials": "The name or the password is not right.",
    "accounts_off": "This server keeps no accounts. As a guest you can still get recommendations.",
}


def show() -> None:
    found = session.visitor()
    if found.account:
        _manage()
        return
    heading("Welcome")
    if found.notice:
        st.info(escape(found.notice), icon=":material/waving_hand:")
    if found.picks:
        st.markdown(
            f"The **{plural(len(found.picks), words().one, words().many)}** you {words().rated} as a guest come along when you "
            "sign up."
        )
    log_in, sign_up = st.container(width=480).tabs(
        ["Log in", "Sign up"], key="account-tabs", default="Sign up" if found.picks else "Log in"
    )
    with log_in:
        _log_in()
    with sign_up:
        _sign_up()


def _log_in() -> None:
    with st.form("log-in", border=False, enter_to_submit=True):
        name = st.text_input("Name", key="log-in-name", autocomplete="username", persist_state="session")
        password = st.text_input("Password", key="log-in-password", type="password", autocomplete="current-password")
        is_sent = st.form_submit_button("Log in", key="log-in-send", type="primary")
    if is_sent and name and password:
        found = session.visitor()

        def enter() -> None:
            session.enter(*session.client().log_in(name.strip(), password))

        if _try(enter):
            _keep_picks()
            _forget_passwords()
            target, found.return_to = found.return_to, ""
            st.switch_page(pages().get(target) or pages()["for-you"])
    elif is_sent:
        st.error("Both the name and the password are needed.")


def _sign_up() -> None:
    with st.form("sign-up", border=False, enter_to_submit=True):
        name = st.text_input(
            "Name", key="sign-up-name", autocomplete="username", persist_state="session", max_chars=32, help=_SAID["invalid_name"]
        )
        password = st.text_input(
            "Password",
            key="sign-up-password",
            type="password",
            autocomplete="new-password",
            persist_state="session",
            help="8 characters or more.",
        )
        again = st.text_input(
            "Password once more", key="sign-up-again", type="password", autocomplete="new-password", persist_state="session"
        )
        is_sent = st.form_submit_button("Sign up", key="sign-up-send", type="primary")
    if not is_sent:
        return
    if not name or not password:
        st.error("Both a name and a password are needed.")
    elif password != again:
        st.error("The two passwords are not the same.")
    else:
        found = session.visitor()
        picks = {item: pick.rating for item, pick in found.picks.items()}
        # The same key as long as the same is wanted: a lost answer does not make the name "taken" by oneself.
        wish = (name.strip(), password, tuple(picks.items()))
        if st.session_state.get("sign-up-wish") != wish:
            st.session_state["sign-up-wish"], st.session_state["sign-up-key"] = wish, new_key()

        def enter() -> None:
            account, opened, _ = session.client().sign_up(name.strip(), password, picks, st.session_state["sign-up-key"])
            session.enter(account, opened)

        if _try(enter):
            found.picks.clear()
            _keep_picks()
            _forget_passwords()
            st.switch_page(pages()["rate"])


def _forget_passwords() -> None:
    """They were kept while the gateway was away. Whoever sits here next must not find them."""
    for key in ("sign-up-wish", "sign-up-key", "sign-up-password", "sign-up-again", "log-in-password"):
        st.session_state.pop(key, None)


def _keep_picks() -> None:
    """What somebody did before logging in becomes theirs, unless they rated it already."""
    found = session.visitor()
    picks, unwanted = list(found.picks.values()), list(found.unwanted.values())
    found.picks, found.unwanted = {}, {}
    for item in unwanted:
        ratings.dismiss(item)
    if not picks:
        return
    try:
        known = ratings.profile()
    except (GatewayAway, Refused):
        known = None
    for pick in reversed(picks):
        if known is None or known.rating(pick.item) is None:
            ratings.rate(pick.item, pick.rating)


def _try(action: Callable[[], None]) -> bool:
    """Does something that the gateway may refuse or not hear; says so in the words of this page."""
    try:
        action()
    except Refused as problem:
        if problem.code == "too_many_attempts" or problem.status == 429:
            seconds = round(problem.retry_after or 30)
            st.error(f"Too many tries. For your safety, please wait {seconds} seconds and try again.", icon=":material/timer:")
        else:
            st.error(_SAID.get(problem.code) or escape(str(problem)))
    except GatewayAway:
        st.warning(
            "**The recommender cannot be reached just now.** What you typed is still there: send it again in a moment.",
            icon=":material/cloud_off:",
        )
    else:
        return True
    return False


def _manage() -> None:
    account = session.visitor().account
    assert account is not None
    heading(escape(account.name))
    known = ratings.profile()
    about = [f"{plural(known.total, words().one, words().many)} {words().rated}"]
    if account.genres:
        about.append(f"likes {listed(list(map(escape, account.genres)))}")
    st.markdown(" · ".join(about))
    count = session.queue().open_count
    if count:
        st.warning(f"{count} of your ratings are still on their way.")
    if st.button("Log out", key="log-out", icon=":material/logout:"):
        session.queue().wait(2.0)
        session.leave()
        st.switch_page(pages()["home"])
    with (
        st.expander("Change the password", key="change-password"),
        st.form("change-password-form", border=False, clear_on_submit=False),
    ):
        current = st.text_input("Current password", key="password-current", type="password", autocomplete="current-password")
        new = st.text_input(
            "New password", key="password-new", type="password", autocomplete="new-password", help="8 characters or more."
        )
        if st.form_submit_button("Change it", key="password-send") and _try(
            lambda: session.client().change_password(current, new)
        ):
            st.success("Changed. Sessions elsewhere have ended.")
    with st.expander("Delete the account", key="delete-account"):
        st.markdown("Your account, your ratings and your lists go for good. Nobody can bring them back.")
        with st.form("delete-form", border=False):
            password = st.text_input("Password", key="delete-password", type="password", autocomplete="current-password")
            is_sure = st.checkbox("Yes, delete everything of mine", key="delete-sure")
            is_sent = st.form_submit_button("Delete my account", key="delete-send")
        if is_sent and not is_sure:
            st.error("Tick the box first, so that it does not happen by accident.")
        elif is_sent and _try(lambda: session.client().delete_account(password)):
            queues.forget(account.user)
            session.leave()
            st.switch_page(pages()["home"])
