"""The saving queues of all users of this process."""

import threading

from kindred_app.api import Client
from kindred_app.saving import SavingQueue


class SavingQueues:
    """A queue for each user: whoever comes back, in whatever tab, finds it again."""

    #: Seconds without use after which a queue with nothing open is forgotten, and after which any is:
    #: the browser has a copy of what it holds.
    lifetime, longest_wait = 3600.0, 86_400.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[str, SavingQueue] = {}

    def queue(self, user: str, client: Client) -> SavingQueue:
        """The queue of a user, which goes on with this client."""
        with self._lock:
            for name, queue in list(self._queues.items()):
                if queue.idle_seconds > (self.longest_wait if queue.open_count else self.lifetime):
                    del self._queues[name]
            if queue := self._queues.get(user):
                queue.renew(client)
            else:
                queue = self._queues[user] = SavingQueue(client)
            return queue

    def find(self, user: str) -> SavingQueue | None:
        with self._lock:
            return self._queues.get(user)

    def forget(self, user: str) -> None:
        """Drops what was not saved: the account is gone."""
        with self._lock:
            self._queues.pop(user, None)


queues = SavingQueues()
