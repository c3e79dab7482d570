"""The list that the page shows, and what it was before."""

from dataclasses import dataclass, field

from kindred_app.models import Item, Job, RecommendationList


@dataclass(frozen=True, slots=True)
class Move:
    """Where an item stood before the last ratings and where it stands now; None is nowhere."""

    item: Item
    before: int | None
    now: int | None


@dataclass(slots=True)
class ShownList:
    """A user's or a guest's list with its rows, and the one before it."""

    current: RecommendationList | None = None
    previous: RecommendationList | None = None
    #: Of what the list was computed: the queue's revision, or a guest's ratings.
    of: object = None
    #: The job that computes the next one, since when it does (seconds), and of what.
    job: Job | None = None
    job_since: float = 0.0
    job_of: object = None
    problem: str = ""
    #: Lists of single genres, which are asked for when the overall list holds too few; None where one was not ready at once.
    rows: dict[str, RecommendationList | None] = field(default_factory=dict)

    def take(self, found: RecommendationList, of: object) -> None:
        """Shows a new list; the one before is kept for comparison unless it was of the same ratings."""
        if self.current is not None and self.of != of:
            self.previous = self.current
        self.current, self.of, self.job, self.job_of, self.problem = found, of, None, None, ""
        self.rows = {}

    def moves(self, count: int = 20) -> list[Move]:
        """What came into the first places, what moved there, and what went."""
        if self.current is None or self.previous is None:
            return []
        before = {found.item.id: found.rank for found in self.previous.items}
        now = {found.item.id: found.rank for found in self.current.items}
        moves = [Move(found.item, before.get(found.item.id), found.rank) for found in self.current.items[:count]]
        moves += [Move(found.item, found.rank, None) for found in self.previous.items[:count] if found.item.id not in now]
        return moves
