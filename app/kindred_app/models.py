"""What the gateway answers, as values. Fields that this app does not use are left out; unknown ones do no harm."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

JSON = dict[str, Any]
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that a rating may take."""

    minimum: float
    maximum: float
    step: float

    @property
    def is_single(self) -> bool:
        """Whether there is but one value: then people like a thing or have not said so."""
        return self.maximum <= self.minimum

    def nearest(self, value: float) -> float:
        """The value of the scale that is nearest."""
        if self.is_single or self.step <= 0:
            return max(self.minimum, min(self.maximum, value))
        steps = round((value - self.minimum) / self.step)
        return max(self.minimum, min(self.maximum, round(self.minimum + steps * self.step, 6)))

    def share(self, value: float) -> float:
        """Where a value stands between nothing and the best, 0 to 1."""
        return max(0.0, min(1.0, value / self.maximum)) if self.maximum > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Genre:
    name: str
    item_count: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is recommended here."""

    name: str
    item_kind: str
    scale: Scale
    user_count: int
    item_count: int
    rating_count: int
    genres: tuple[Genre, ...]
    default_algorithm: str
    algorithms: tuple[str, ...] = ()

    @classmethod
    def of(cls, json: JSON) -> Self:
        scale = json["scale"]
        return cls(
            name=json["name"],
            item_kind=json["itemKind"],
            scale=Scale(float(scale["minimum"]), float(scale["maximum"]), float(scale["step"])),
            user_count=json["userCount"],
            item_count=json["itemCount"],
            rating_count=json["ratingCount"],
            genres=tuple(Genre(genre["name"], genre["itemCount"]) for genre in json.get("genres", [])),
            default_algorithm=json.get("defaults", {}).get("algorithm", ""),
            algorithms=tuple(json.get("algorithms") or ()),
        )


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    title: str
    year: int | None = None
    genres: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    rating_count: int | None = None
    mean_rating: float | None = None

    @classmethod
    def of(cls, json: JSON) -> Self:
        return cls(
            id=json["id"],
            title=json["title"],
            year=json.get("year"),
            genres=tuple(json.get("genres") or ()),
            links=dict(json.get("links") or {}),
            rating_count=json.get("ratingCount"),
            mean_rating=json.get("meanRating"),
        )


@dataclass(frozen=True, slots=True)
class Page(Generic[Entry]):
    """A part of a long list, and the name of the next part."""

    total: int
    entries: tuple[Entry, ...]
    next_token: str | None

    @classmethod
    def of(cls, json: JSON, name: str, entry: Callable[[JSON], Entry]) -> Self:
        """`name` is what the gateway calls the entries."""
        return cls(json["total"], tuple(map(entry, json[name])), json.get("nextPageToken"))


@dataclass(frozen=True, slots=True)
class RatedItem:
    item: Item
    rating: float
    rated_at: str | None

    @classmethod
    def of(cls, json: JSON) -> Self:
        return cls(Item.of(json["item"]), float(json["rating"]), json.get("ratedAt"))


@dataclass(frozen=True, slots=True)
class Reason:
    title: str
    rating: float
    #: How much of the score comes of it; None where that is not known.
    contribution: float | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    rank: int
    item: Item
    predicted_rating: float | None
    match_percent: float | None
    because: tuple[Reason, ...]
    score: float = 0.0

    @classmethod
    def of(cls, json: JSON) -> Self:
        because = json.get("because") or []
        return cls(
            rank=json["rank"],
            item=Item.of(json["item"]),
            predicted_rating=json.get("predictedRating"),
            match_percent=json.get("matchPercent"),
            because=tuple(
                Reason(reason["item"]["title"], float(reason["rating"]), reason.get("contribution")) for reason in because
            ),
            score=json.get("score", 0.0),
        )


@dataclass(frozen=True, slots=True)
class RecommendationList:
    algorithm: str
    fallback: str | None
    neighbours: int | None
    generated_at: str
    items: tuple[Recommendation, ...]

    @classmethod
    def of(cls, json: JSON) -> Self:
        return cls(
            algorithm=json["algorithm"],
            fallback=json.get("fallback"),
            neighbours=json.get("neighbours"),
            generated_at=json["generatedAt"],
            items=tuple(map(Recommendation.of, json["items"])),
        )


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    status: str
    attempt: int
    queue_position: int | None
    can_be_cancelled: bool
    error: str | None
    recommendations: RecommendationList | None

    @property
    def has_ended(self) -> bool:
        return self.status in ("succeeded", "failed", "cancelled", "expired")

    @classmethod
    def of(cls, json: JSON) -> Self:
        found = (json.get("result") or {}).get("recommendations")
        return cls(
            id=json["id"],
            status=json["status"],
            attempt=json.get("attempt", 0),
            queue_position=json.get("queuePosition"),
            can_be_cancelled="cancel" in (json.get("links") or {}),
            error=(json.get("error") or {}).get("detail"),
            recommendations=RecommendationList.of(found) if found else None,
        )


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    user: str
    genres: tuple[str, ...]
    created_at: str | None

    @classmethod
    def of(cls, json: JSON) -> Self:
        return cls(json["name"], json["user"], tuple(json.get("genres") or ()), json.get("createdAt"))


@dataclass(frozen=True, slots=True)
class Session:
    token: str
    expires_at: str

    @classmethod
    def of(cls, json: JSON) -> Self:
        return cls(json["token"], json.get("expiresAt") or "")
