"""Waiting on conditions, never on the clock alone."""

import time
from collections.abc import Callable

#: Between two looks, in seconds.
PAUSE = 0.02


def wait_until(what: str, condition: Callable[[], object], limit: float = 30, why_not: Callable[[], str] = str) -> None:
    """Return once the condition holds; fail after `limit` seconds with what was awaited and what `why_not` knows."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"Not within {limit:g} s: {what}. {why_not()}".rstrip())
        time.sleep(PAUSE)
