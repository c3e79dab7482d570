"""A client of the gateway over one connection."""

import http.client
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

_REPETITIONS = 60


@dataclass(frozen=True)
class Answer:
    """What the gateway answered."""

    status: int
    body: Any


class Client:
    """Sends requests to an address, and opens a new connection only when the old one is closed."""

    def __init__(self, host: str, port: int = 80, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a request, and read the answer, JSON or text."""
        sent = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent["Content-Type"] = "application/json"
        self._connection.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return Answer(answer.status, json.loads(text) if is_json else text)

    def expect(self, status: int, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The body of an answer that must have this status.

        503 says that nobody knows whether it was done, and to repeat it with the same key: so it is repeated, for a while.
        """
        headers = {"Idempotency_Key": secrets.token_hex(16)} | headers if method == "POST" else headers
        for _ in range(_REPETITIONS):
            answer = self.ask(method, path, body, **headers)
            if answer.status != 503:
                break
            time.sleep(0.5)
        if answer.status != status:
            raise AssertionError(f"{method} {path} was answered with {answer.status} instead of {status}: {answer.body}")
        return answer.body
