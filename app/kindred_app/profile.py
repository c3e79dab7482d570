"""The ratings of the user at the page: read once, then kept along with what is changed here."""

from datetime import UTC, datetime

from kindred_app.api import Client
from kindred_app.models import Item, RatedItem
from kindred_app.saving import Entry, SavingQueue, State

#: As many of the newest ratings are read; the pages say so where there are more.
LARGEST = 2000
PAGE = 100


class Profile:
    """A user's ratings, newest first."""

    def __init__(self, ratings: list[RatedItem], total: int) -> None:
        self._ratings = {rated.item.id: rated for rated in ratings}
        self._total = total

    @classmethod
    def read(cls, client: Client) -> "Profile":
        ratings: list[RatedItem] = []
        token: str | None = None
        while True:
            page = client.ratings(PAGE, token)
            ratings += page.ratings
            token = page.next_page_token
            if token is None or len(ratings) >= LARGEST:
                return cls(ratings, page.total)

    def with_changes(self, queue: SavingQueue) -> "Profile":
        """What it will be when everything that was changed here is saved."""
        changed = Profile(list(self._ratings.values()), self._total)
        for entry in sorted(queue.entries().values(), key=lambda entry: entry.number):
            if entry.state is not State.failed:
                changed.apply(entry)
        return changed

    def apply(self, entry: Entry) -> None:
        item, rating = entry.change.item, entry.change.rating
        if entry.change.dismissed is not None:
            rating = None
            if not entry.change.dismissed:
                return
        before = self._ratings.get(item.id)
        if rating is None:
            if self._ratings.pop(item.id, None):
                self._total -= 1
        elif before is None or before.rating != rating:
            self._ratings.pop(item.id, None)
            known = before.item if before else item
            now = datetime.now(UTC).isoformat()
            self._ratings = {item.id: RatedItem(known, rating, now), **self._ratings}
            self._total += before is None

    def rating(self, item: Item) -> float | None:
        found = self._ratings.get(item.id)
        return found.rating if found else None

    @property
    def ratings(self) -> list[RatedItem]:
        return list(self._ratings.values())

    @property
    def total(self) -> int:
        return self._total
