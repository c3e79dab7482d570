"""Who is at the page, and what of theirs the page holds."""

import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
import streamlit as st

from kindred_app import cookies
from kindred_app.api import Client
from kindred_app.models import Account, Item, Session
from kindred_app.problems import Problem, Refused, SessionExpired
from kindred_app.profile import Profile
from kindred_app.queues import queues
from kindred_app.saving import SavingQueue
from kindred_app.settings import settings
from kindred_app.shown import ShownList, Wish


@cache
def connections(url: str) -> httpx.Client:
    """The connections to the gateway, which all visitors share."""
    return httpx.Client(base_url=url, limits=httpx.Limits(max_connections=100, max_keepalive_connections=20), trust_env=False)


@dataclass(slots=True)
class Pick:
    """What a guest rated."""

    item: Item
    rating: float


@dataclass(slots=True)
class Visitor:
    """Somebody at the page: a guest as long as there is no account."""

    account: Account | None = None
    token: str | None = None
    #: Who it was before the session ended.
    last_user: str | None = None
    #: Whether the cookie was looked at: once, at the beginning.
    is_known: bool = False
    #: What a guest rated, the latest first, and never wants to see again.
    picks: dict[str, Pick] = field(default_factory=dict)
    unwanted: dict[str, Item] = field(default_factory=dict)
    #: A user's ratings, and when they were read (seconds).
    profile: Profile | None = None
    profile_read: float = 0.0
    shown: ShownList = field(default_factory=ShownList)
    wish: Wish = field(default_factory=Wish)
    #: What the browser is to be told about its cookie.
    ticket: str = ""
    forget: str = ""
    #: Whose things the browser has shown that it kept, and what it showed last, with the owner's name.
    shown_kept: set[str] = field(default_factory=set)
    returned: tuple[str, Any] | None = None
    #: The kind word to be said once, and where to go on afterwards.
    notice: str = ""
    return_to: str = ""
    #: Whether the page for logging in is to be shown next; once, for somebody may well go on as a guest.
    must_log_in: bool = False


def visitor() -> Visitor:
    if "visitor" not in st.session_state:
        st.session_state.visitor = Visitor()
    return st.session_state.visitor


def name() -> str:
    """Names this session of the page; whoever has another name knows nothing of what was done in this one."""
    return st.session_state.setdefault("session", secrets.token_hex(8))


def address() -> str:
    """The browser's address, for the gateway's limits."""
    return st.context.ip_address or "127.0.0.1"


def client(token: str | None = None) -> Client:
    """Speaks to the gateway as whoever is at the page."""
    return Client(connections(settings().url), token or visitor().token, address())


def recognize() -> None:
    """Finds the session that the browser's cookie tells of.

    Raises GatewayAway when that cannot be found out now; it is tried again with the next run.
    """
    found = visitor()
    if found.is_known:
        return
    token = st.context.cookies.get(cookies.NAME, "")
    if token:
        try:
            account = client(token).session()
        except SessionExpired:
            found.notice = (
                "Welcome back. Your last session has ended, as sessions do after a while. Log in, and all is as you left it."
            )
            found.forget, found.must_log_in = _order(), True
        except Refused:
            found.forget = _order()
        else:
            _become(account, token)
    found.is_known = True


def _become(account: Account, token: str) -> None:
    found = visitor()
    if found.last_user not in (None, account.user):
        _forget_what_was_typed()
    found.profile, found.shown = None, ShownList()
    found.account, found.token, found.last_user = account, token, account.user
    found.forget = ""
    queues.queue(account.user, client(token))


def _forget_what_was_typed() -> None:
    """Somebody else may come to this page: texts, choices and passwords are nobody's business then."""
    for key in [key for key in st.session_state if key not in ("visitor", "session", "page", "pages")]:
        del st.session_state[key]


def enter(account: Account, session: Session) -> None:
    """Begins a session, of which the browser is to keep a cookie."""
    found = visitor()
    _become(account, session.token)
    found.ticket = cookies.tickets.leave(session.token, session.expires_at)
    found.is_known, found.notice = True, ""


def leave() -> None:
    """Ends the session here and, if it can be reached, at the gateway."""
    found = visitor()
    if found.token:
        try:
            client().log_out()
        except Problem:
            pass  # It ends by itself, and the cookie goes now.
    _forget_what_was_typed()
    st.session_state.visitor = Visitor(is_known=True, forget=_order(), shown_kept=found.shown_kept)


def expire(page: str) -> None:
    """The gateway knows the session no more. What was not saved waits in the queue of the user."""
    found = visitor()
    found.forget, found.token, found.account = _order(), None, None
    found.notice = "You were away for a while, so your session has ended. Log in and go on: nothing you rated is lost."
    found.return_to, found.must_log_in = page, True


def queue() -> SavingQueue:
    """What the user at the page changed and is on its way to the gateway."""
    found = visitor()
    assert found.account is not None
    return queues.find(found.account.user) or queues.queue(found.account.user, client())


def _order() -> str:
    """A name for something that the browser is to do once."""
    return secrets.token_hex(8)


def is_reachable() -> bool:
    return client().is_ready()
