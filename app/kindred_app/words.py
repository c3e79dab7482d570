"""How things are called and written, for films as for artists and products."""

import re
from dataclasses import dataclass

from kindred_app.models import Item, Recommendation, Scale

_KNOWN = {
    "movie": ("film", "films", "watched"),
    "film": ("film", "films", "watched"),
    "artist": ("artist", "artists", "heard"),
    "music": ("record", "records", "heard"),
    "album": ("album", "albums", "heard"),
    "song": ("song", "songs", "heard"),
    "book": ("book", "books", "read"),
    "game": ("game", "games", "played"),
    "product": ("product", "products", "used"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What one item of the catalogue is called, several, and what people did with it."""

    one: str
    many: str
    did: str

    @staticmethod
    def of(item_kind: str) -> "Words":
        kind = item_kind.strip().lower() or "item"
        return Words(*_KNOWN.get(kind, (kind, kind + "s", "tried")))


#: Words that library catalogues put behind a comma, by which "Matrix, The" is sorted.
_ARTICLE = re.compile(
    r"^(?P<title>.+), (?P<article>the|an?|le|la|les|l'|il|lo|gli|i|el|los|las|der|die|das|den|det|ein|eine|o|os|as)"
    r"(?P<rest> \(.*\))?$",
    re.IGNORECASE,
)
_ALSO_KNOWN = re.compile(r"\s*\((?:a\.?k\.?a\.?\s[^()]*|[^()]*)\)\s*$")
_YEAR = re.compile(r"\s*\(\d{4}\)\s*$")


def full_title(title: str) -> str:
    """The title as one says it: `Matrix, The (1999)` is The Matrix."""
    title = _YEAR.sub("", title).strip() or title
    found = _ARTICLE.match(title)
    if not found:
        return title
    article, rest = found["article"], found["rest"] or ""
    space = "" if article.endswith("'") else " "
    return f"{article}{space}{found['title']}{rest}"


def short_title(title: str) -> str:
    """The title without what else it is known as."""
    spoken = full_title(title)
    while (shorter := _ALSO_KNOWN.sub("", spoken).strip()) and shorter != spoken:
        spoken = shorter
    return full_title(spoken)


def label(item: Item) -> str:
    """The title with its year, by which one tells namesakes apart."""
    return short_title(item.title) + (f" ({item.year})" if item.year else "")


def number(value: float, places: int = 1) -> str:
    """A rating in few digits: 4, 4.5."""
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def listed(words: list[str], last: str = "and") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def match(recommendation: Recommendation, scale: Scale) -> tuple[str, str] | None:
    """The match in percent, and what it is the percentage of."""
    if recommendation.match_percent is not None:
        percent = round(recommendation.match_percent)
        return f"{percent}% match", f"{percent} of 100 people with a taste like yours rated it"
    if recommendation.predicted_rating is not None and not scale.is_single:
        percent = round(100 * scale.share(recommendation.predicted_rating))
        return f"{percent}% match", f"the rating we expect of you, as a share of {number(scale.maximum)}"
    return None


def why(recommendation: Recommendation) -> str:
    titles = [short_title(reason.title) for reason in recommendation.because[:3]]
    return f"Because you rated {listed(titles)}" if titles else ""


def initial(word: str) -> str:
    return word[:1].upper() + word[1:]
