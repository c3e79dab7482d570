"""What somebody's ratings say of them: counted here, drawn elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kindred_app.models import RatedItem

#: Fewer ratings of a genre than this are chance.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Group:
    """The ratings of a genre or a decade."""

    name: str
    count: int
    mine: float
    #: What everyone gave the same items; None where nobody else rated one.
    everyone: float | None


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _groups(pairs: Iterable[tuple[str, RatedItem]]) -> list[Group]:
    found: dict[str, list[RatedItem]] = defaultdict(list)
    for name, rated in pairs:
        found[name].append(rated)
    return [
        Group(
            name,
            len(rated),
            sum(entry.rating for entry in rated) / len(rated),
            _mean([entry.item.mean_rating for entry in rated if entry.item.mean_rating is not None]),
        )
        for name, rated in found.items()
    ]


def by_genre(ratings: Iterable[RatedItem]) -> list[Group]:
    """Genres with enough ratings, those liked most first."""
    groups = _groups((genre, rated) for rated in ratings for genre in rated.item.genres)
    return sorted((group for group in groups if group.count >= FEWEST), key=lambda group: (-group.mine, -group.count, group.name))


def by_decade(ratings: Iterable[RatedItem]) -> list[Group]:
    """Decades in order."""
    groups = _groups((f"{rated.item.year // 10 * 10}s", rated) for rated in ratings if rated.item.year)
    return sorted(groups, key=lambda group: group.name)


def mean(ratings: Iterable[RatedItem]) -> float | None:
    return _mean([rated.rating for rated in ratings])


def mean_of_everyone(ratings: Iterable[RatedItem]) -> float | None:
    return _mean([rated.item.mean_rating for rated in ratings if rated.item.mean_rating is not None])


def against_the_grain(ratings: Iterable[RatedItem], count: int = 3) -> list[RatedItem]:
    """The ratings that differ most from everyone's."""

    def difference(rated: RatedItem) -> float:
        return abs(rated.rating - (rated.item.mean_rating or rated.rating))

    return sorted((rated for rated in ratings if difference(rated) > 0), key=difference, reverse=True)[:count]
