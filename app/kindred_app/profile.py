"""The ratings of the user at the page: read once, then kept along with what is changed here."""

from datetime import UTC, datetime

from kindred_app.api import Client
from kindred_app.models import Item, RatedItem
from kindred_app.saving import Entry, SavingQueue, State

#: As many of the newest ratings are read, and as many at once.
LARGEST, PAGE = 2000, 100


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
            ratings += page.entries
            token = page.next_token
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

    def rated_at(self, item: Item) -> float:
        """When an item was rated, in seconds since 1970; 0 where it was not, or nobody knows."""
        found = self._ratings.get(item.id)
        try:
            return datetime.fromisoformat(found.rated_at).timestamp() if found and found.rated_at else 0.0
        except ValueError:
            return 0.0

    @property
    def ratings(self) -> list[RatedItem]:
        return list(self._ratings.values())

    @property
    def total(self) -> int:
        return self._total
