"""Brings pages the files that they are made of, past Chromium's own network.

Chromium gives up what it is fetching, even from this very machine, when a network interface of the machine comes or goes
(`net::ERR_NETWORK_CHANGED`), as they do where containers start and end. A page that lost one of its scripts stays empty for ever.
"""

from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Route

#: Streamlit's own files, whose names change with their content.
FILES = "**/static/**"


class Courier:
    """Fetches each file from the app once, not through Chromium, and hands it to every page that asks for it."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[dict[str, str], bytes]] = {}

    def serve(self, context: BrowserContext) -> None:
        """Do so for all pages of the context."""
        context.route(FILES, self._bring)

    def _bring(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        # Nobody waits for the file any more where the page was closed meanwhile.
        with suppress(Error):
            try:
                if path not in self._files:
                    self._fetch(route, path)
            except Error:
                route.abort()
            else:
                headers, body = self._files[path]
                route.fulfill(headers=headers, body=body)

    def _fetch(self, route: Route, path: str) -> None:
        answer = route.fetch()
        if not answer.ok:
            raise Error(f"{path}: {answer.status}")
        self._files[path] = (answer.headers, answer.body())
