"""The list that the page shows, and what it was before."""

from dataclasses import dataclass, field

from kindred_app.models import JSON, Item, Job, RecommendationList


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor wants of every list, whatever was rated."""

    #: 0 for the best items however alike they are, 1 for as many kinds as there are.
    diversity: float = 0.0
    #: Genres to leave out.
    without: tuple[str, ...] = ()

    def body(self) -> JSON:
        """As a request says it."""
        wishes: JSON = {"diversity": self.diversity} if self.diversity else {}
        return wishes | ({"excludedGenres": list(self.without)} if self.without else {})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a list was computed of: a user's ratings as the queue counts them or a guest's own, and what was wished for."""

    ratings: object
    wish: Wish = Wish()


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
    of: Basis | None = None
    #: The job that computes the next one, since when it does (seconds), and of what.
    job: Job | None = None
    job_since: float = 0.0
    job_of: Basis | None = None
    problem: str = ""
    #: Lists of single genres, which are asked for when the overall list holds too few; None where one was not ready at once.
    rows: dict[str, RecommendationList | None] = field(default_factory=dict)

    def take(self, found: RecommendationList, of: Basis | None) -> None:
        """Shows a new list; the one before is kept for comparison unless it was of the same ratings."""
        if self.current is not None and self.of and of and self.of.ratings != of.ratings:
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
