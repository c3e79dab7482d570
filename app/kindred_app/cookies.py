"""The cookie that keeps a session over a reload of the page.

Streamlit talks to the browser over a WebSocket, which cannot set cookies. So the script leaves the token under a ticket — random,
for one use within a minute — and the page exchanges the ticket at this route for a cookie that no script can read. The browser
shows the cookie when it opens its next WebSocket, from where the script reads it.
"""

import math
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

NAME = "kindred_session"
PATH = "/kindred/cookie"


@dataclass(frozen=True, slots=True)
class _Deposit:
    token: str
    expires_at: float
    taken_by: float


class Tickets:
    """Tokens that wait for the browser to come for them."""

    lifetime = 60.0
    capacity = 10_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deposits: dict[str, _Deposit] = {}

    def leave(self, token: str, expires_at: str) -> str:
        """Leaves a token, and returns the ticket for it."""
        ticket = secrets.token_urlsafe(24)
        now = time.monotonic()
        with self._lock:
            self._deposits = {name: found for name, found in self._deposits.items() if found.taken_by > now}
            while len(self._deposits) >= self.capacity:
                del self._deposits[next(iter(self._deposits))]
            self._deposits[ticket] = _Deposit(token, _timestamp(expires_at), now + self.lifetime)
        return ticket

    def take(self, ticket: str) -> _Deposit | None:
        """What was left under a ticket, once."""
        with self._lock:
            found = self._deposits.pop(ticket, None)
        return found if found and found.taken_by > time.monotonic() else None


tickets = Tickets()


def _timestamp(moment: str) -> float:
    """Seconds since 1970; a day from now if it cannot be told."""
    try:
        parsed = datetime.fromisoformat(moment)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
    except ValueError:
        return time.time() + 24 * 3600


def _is_from_our_page(request: Request) -> bool:
    """Whether a page of this very address sent the request: others must neither plant a session nor end one."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")


async def exchange(request: Request) -> Response:
    """`POST` sets the cookie of a ticket, `DELETE` removes it."""
    if not _is_from_our_page(request):
        return Response(status_code=403)
    # What the browser itself says of the page is right also behind a proxy that ends TLS.
    is_secure = request.headers["origin"].startswith("https://")
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    if request.method == "DELETE":
        answer.delete_cookie(NAME, path="/", secure=is_secure, httponly=True, samesite="strict")
        return answer
    try:
        body = await request.json()
        deposit = tickets.take(str(body["ticket"]))
    except (ValueError, KeyError, TypeError):
        deposit = None
    if deposit is None:
        return Response(status_code=404)
    seconds = max(0, math.floor(deposit.expires_at - time.time()))
    answer.set_cookie(NAME, deposit.token, max_age=seconds, path="/", secure=is_secure, httponly=True, samesite="strict")
    return answer


def routes(base: str = "") -> list[Route]:
    """The route, under the path at which the app is served."""
    return [Route(path(base), exchange, methods=["POST", "DELETE"])]


def path(base: str = "") -> str:
    trimmed = base.strip("/")
    return f"/{trimmed}{PATH}" if trimmed else PATH
