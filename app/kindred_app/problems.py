"""What can go wrong between the app and the gateway, told apart by what the app does about it."""

from typing import Any


class Problem(Exception):
    """Something that the gateway, or the way to it, did not do."""


class GatewayAway(Problem):
    """No answer, or none but "come again": whatever was asked for may or may not have happened."""

    def __init__(self, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class SessionExpired(Problem):
    """The session has ended; logging in again goes on where it was."""


class Refused(Problem):
    """The gateway understood and said no: asking again is of no use."""

    def __init__(self, status: int, code: str, title: str, detail: str | None, retry_after: float | None = None) -> None:
        super().__init__(detail or title)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.retry_after = retry_after

    @staticmethod
    def of(status: int, body: Any, retry_after: float | None) -> "Refused":
        """Made from a problem document, or from whatever else came."""
        problem = body if isinstance(body, dict) else {}
        return Refused(
            status,
            str(problem.get("code", "")),
            str(problem.get("title", f"The gateway answered {status}")),
            problem.get("detail"),
            retry_after,
        )
