"""Saves what people rate in the background, and loses nothing on the way.

A queue belongs to a user, not to a page or a browser tab: it goes on while pages change, and a reloaded page finds it again. What
was sent under a key is sent again under the same key until the gateway has answered, so that an answer that was lost on the way
never makes a second job; what is newer waits until then, so that the last word holds.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kindred_app.api import Client, new_key
from kindred_app.models import Item, Job
from kindred_app.problems import GatewayAway, Problem, Refused, SessionExpired

#: Ratings that the gateway takes at once.
LARGEST_BATCH = 500
#: Seconds before the first repeat, doubled with each up to the last.
FIRST_PAUSE, LAST_PAUSE = 0.5, 5.0
#: Seconds without work after which the thread ends; the next change starts another.
PATIENCE = 30.0

_log = logging.getLogger(__name__)


class State(StrEnum):
    """How far a change has come."""

    saving = "saving"
    #: The gateway has it for good; a worker has not come to it yet.
    accepted = "accepted"
    saved = "saved"
    retrying = "retrying"
    #: The session has ended: it is kept until the user logs in again.
    waiting = "waiting"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants of an item: a rating, none, or never to see it again."""

    item: Item
    rating: float | None = None
    #: None for ratings; otherwise whether the item is to be recommended no more.
    dismissed: bool | None = None
    #: When it was wanted, in seconds since 1970.
    at: float = field(default_factory=time.time, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A change and how far it has come."""

    change: Change
    state: State
    detail: str = ""
    number: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in (State.saving, State.retrying, State.waiting)


@dataclass(slots=True)
class _Batch:
    numbers: tuple[int, ...]
    changes: tuple[Change, ...]
    key: str
    tries: int = 0


class SavingQueue:
    """The changes of one user on their way to the gateway. Safe to use from several threads."""

    def __init__(self, client: Client, pause: Callable[[int], float] | None = None) -> None:
        self._client = client
        self._pause = pause or (lambda tries: min(FIRST_PAUSE * 2 ** (tries - 1), LAST_PAUSE))
        self._changed = threading.Condition()
        self._entries: dict[str, Entry] = {}
        #: Item ids that were not sent yet, in order.
        self._waiting: dict[str, None] = {}
        self._batch: _Batch | None = None
        self._singles: list[_Batch] = []
        self._jobs: list[tuple[str, tuple[tuple[str, int], ...]]] = []
        self._needs_log_in = False
        self._hurry = False
        self._thread: threading.Thread | None = None
        self._number = 0
        self._revision = 0
        self._used = time.monotonic()

    # For pages

    def put(self, change: Change) -> None:
        """Takes a change; it replaces an earlier one of the item that was not sent yet."""
        with self._changed:
            self._number += 1
            state = State.waiting if self._needs_log_in else State.saving
            self._entries[change.item.id] = Entry(change, state, number=self._number)
            self._waiting.pop(change.item.id, None)
            self._waiting[change.item.id] = None
            self._used = time.monotonic()
            self._start()
            self._changed.notify_all()

    def entries(self) -> dict[str, Entry]:
        """What was changed here and how far each has come, by item."""
        with self._changed:
            self._used = time.monotonic()
            return dict(self._entries)

    def forget_saved(self) -> None:
        """Forgets what is saved: whoever read the ratings anew knows better."""
        with self._changed:
            self._entries = {item: entry for item, entry in self._entries.items() if entry.state is not State.saved}

    @property
    def open_count(self) -> int:
        """How many changes the gateway has not confirmed."""
        with self._changed:
            return sum(entry.is_open for entry in self._entries.values())

    def open_changes(self) -> list[Change]:
        """The changes that would be lost with this process."""
        with self._changed:
            return [entry.change for entry in self._entries.values() if entry.is_open]

    @property
    def needs_log_in(self) -> bool:
        """Whether the gateway no longer knows the session."""
        with self._changed:
            return self._needs_log_in

    @property
    def revision(self) -> int:
        """Grows whenever something was saved: lists of an earlier one are out of date."""
        with self._changed:
            return self._revision

    @property
    def idle_seconds(self) -> float:
        with self._changed:
            return time.monotonic() - self._used

    def wait(self, seconds: float, until_applied: bool = False, through_outages: bool = False) -> bool:
        """Waits until nothing is on its way, and if wanted until workers have applied it all; whether it came to that.

        What is tried again may take long: only who says so waits for it.
        """
        awaited = {State.saving} | ({State.accepted} if until_applied else set())
        awaited |= {State.retrying} if through_outages else set()

        def is_done() -> bool:
            return not any(entry.state in awaited for entry in self._entries.values())

        with self._changed:
            return self._changed.wait_for(is_done, timeout=seconds)

    def renew(self, client: Client) -> None:
        """Goes on with another session of the same user."""
        with self._changed:
            self._client = client
            self._needs_log_in = False
            for item, entry in self._entries.items():
                if entry.state is State.waiting:
                    self._entries[item] = replace(entry, state=State.saving)
            if self._has_work:
                self._start()
            self._changed.notify_all()

    def try_now(self) -> None:
        """Ends the pause before the next try."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()

    # The thread

    @property
    def _has_work(self) -> bool:
        return bool(self._waiting or self._batch or self._singles or self._jobs) and not self._needs_log_in

    def _start(self) -> None:
        if self._thread is None and not self._needs_log_in:
            self._thread = threading.Thread(target=self._run, name="saving", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._has_work, timeout=PATIENCE) or self._needs_log_in:
                    self._thread = None
                    return
                if self._batch is None:
                    self._batch = self._next_batch()
                batch, client, jobs = self._batch, self._client, list(self._jobs)
            if batch:
                self._send(batch, client)
            elif jobs:
                self._follow(*jobs[0], client)

    def _next_batch(self) -> _Batch | None:
        if self._singles:
            return self._singles.pop(0)
        taken: list[str] = []
        for item in self._waiting:
            is_rating = self._entries[item].change.dismissed is None
            if not is_rating and taken:
                break
            taken.append(item)
            if not is_rating or len(taken) == LARGEST_BATCH:
                break
        if not taken:
            return None
        for item in taken:
            del self._waiting[item]
        entries = [self._entries[item] for item in taken]
        return _Batch(tuple(entry.number for entry in entries), tuple(entry.change for entry in entries), new_key())

    def _send(self, batch: _Batch, client: Client) -> None:
        try:
            job = self._request(batch, client)
        except SessionExpired:
            with self._changed:
                # Unless somebody logged in meanwhile: then the same batch goes again at once.
                if client is self._client:
                    self._needs_log_in = True
                    for item, entry in self._entries.items():
                        if entry.is_open:
                            self._entries[item] = replace(entry, state=State.waiting)
                self._changed.notify_all()
        except GatewayAway as problem:
            self._try_later(batch, problem.retry_after)
        except Refused as problem:
            if problem.status in (408, 425, 429) or problem.status >= 500:
                self._try_later(batch, problem.retry_after)
            else:
                self._give_up(batch, problem)
        except Exception:
            # Whatever it is: without its thread the queue would stand still, and nobody would know.
            _log.exception("Ratings could not be sent, and will be sent again")
            self._try_later(batch, None)
        else:
            self._done(batch, job)

    @staticmethod
    def _request(batch: _Batch, client: Client) -> Job:
        first = batch.changes[0]
        if first.dismissed is not None:
            return client.dismiss(first.item.id, first.dismissed, batch.key, wait=3)
        return client.rate([(change.item.id, change.rating) for change in batch.changes], batch.key, wait=3)

    def _try_later(self, batch: _Batch, retry_after: float | None) -> None:
        with self._changed:
            batch.tries += 1
            self._mark(batch, State.retrying)
            for item in self._waiting:
                self._entries[item] = replace(self._entries[item], state=State.retrying)
            client, self._hurry = self._client, False
            self._changed.notify_all()
            pause = max(self._pause(batch.tries), min(retry_after or 0, 10))
            # A new session ends the pause; so does whoever finds that the gateway is back.
            self._changed.wait_for(lambda: self._hurry or self._client is not client, timeout=pause)

    def _give_up(self, batch: _Batch, problem: Problem) -> None:
        with self._changed:
            self._batch = None
            if len(batch.changes) > 1:
                # One that is refused must not take the others with it.
                self._singles += [
                    _Batch((number,), (change,), new_key()) for number, change in zip(batch.numbers, batch.changes, strict=True)
                ]
            else:
                self._mark(batch, State.failed, str(problem))
            self._changed.notify_all()

    def _done(self, batch: _Batch, job: Job) -> None:
        with self._changed:
            self._batch = None
            if job.status in ("failed", "cancelled", "expired"):
                self._mark(batch, State.failed, job.error or "The job did not succeed.")
            elif job.has_ended:
                self._mark(batch, State.saved)
                self._revision += 1
            else:
                self._mark(batch, State.accepted)
                self._jobs.append((job.id, self._marks(batch)))
            self._changed.notify_all()

    def _follow(self, job: str, marks: tuple[tuple[str, int], ...], client: Client) -> None:
        """Sees whether an accepted job was applied, a little at a time: new changes come first."""
        try:
            found = client.job(job, wait=1)
            if not found.has_ended:
                return
            state, detail = (State.saved, "") if found.status == "succeeded" else (State.failed, found.error or "It failed.")
        except Refused as problem:
            if problem.status == 429 or problem.status >= 500:
                state, detail = None, ""
            else:
                # Its record is gone; what was accepted is applied all the same.
                state, detail = State.saved, ""
        except Problem:
            state, detail = None, ""
        except Exception:
            _log.exception("The job of ratings could not be looked at, and will be looked at again")
            state, detail = None, ""
        with self._changed:
            if state is None:
                self._changed.wait(FIRST_PAUSE)
                return
            self._jobs = [entry for entry in self._jobs if entry[0] != job]
            for item, number in marks:
                entry = self._entries.get(item)
                if entry and entry.number == number:
                    self._entries[item] = replace(entry, state=state, detail=detail)
            self._revision += 1
            self._changed.notify_all()

    @staticmethod
    def _marks(batch: _Batch) -> tuple[tuple[str, int], ...]:
        return tuple((change.item.id, number) for number, change in zip(batch.numbers, batch.changes, strict=True))

    def _mark(self, batch: _Batch, state: State, detail: str = "") -> None:
        """Notes how far a batch has come, except of items that were changed anew since."""
        for item, number in self._marks(batch):
            entry = self._entries[item]
            if entry.number == number:
                self._entries[item] = replace(entry, state=state, detail=detail)
