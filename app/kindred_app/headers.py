"""What browsers are told with every page."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = (
    # Nobody puts the app in a frame of theirs to have people press a button that they do not see.
    (b"content-security-policy", b"frame-ancestors 'none'; object-src 'none'; base-uri 'self'"),
    (b"x-content-type-options", b"nosniff"),
    # Sites that covers come from need not know what somebody looks at.
    (b"referrer-policy", b"same-origin"),
)


class SafetyHeaders:
    """Adds the headers to every answer that has none of the name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sends(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                added = [header for header in _HEADERS if header[0] not in known]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, sends if scope["type"] == "http" else send)
