"""How things are called and written, for films as for artists and products."""

import re
from dataclasses import dataclass

from kindred_app.models import Item, Reason, Recommendation, Scale

_KNOWN = {"movie": "film", "music": "record"}
#: Kinds that have titles; others have names.
_TITLED = frozenset({"film", "record", "album", "song", "track", "book", "game", "series", "show", "article", "podcast"})


@dataclass(frozen=True, slots=True)
class Words:
    """How one speaks of what is recommended here."""

    one: str = "film"
    many: str = "films"
    #: What one searches for: a title or a name.
    name: str = "title"
    #: What people do with it, and what they did. Where there is but one rating, they pick.
    rate: str = "rate"
    rated: str = "rated"

    @staticmethod
    def of(item_kind: str, is_single: bool = False) -> "Words":
        kind = item_kind.strip().lower() or "item"
        one = _KNOWN.get(kind, kind)
        name = "title" if one in _TITLED else "name"
        return Words(one, _several(one), name, *_verbs(is_single))


def _verbs(is_single: bool) -> tuple[str, str]:
    return ("pick", "picked") if is_single else ("rate", "rated")


def _several(word: str) -> str:
    if word.endswith("series"):
        return word
    if re.search(r"(s|x|z|ch|sh)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s"


#: Words that library catalogues put behind a comma, by which "Matrix, The" is sorted.
_ARTICLE = re.compile(
    r"^(?P<title>.+), (?P<article>the|an?|le|la|les|l'|il|lo|gli|i|el|los|las|der|die|das|den|det|ein|eine|o|os|as)"
    r"(?P<rest> \(.*\))?$",
    re.IGNORECASE,
)
_ALSO_KNOWN = re.compile(r"\s*\([^()]*\)\s*$")
#: What is left of "Birdman: Or (The Unexpected Virtue of Ignorance)".
_OR = re.compile(r":? or$", re.IGNORECASE)
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
    return full_title(_OR.sub("", spoken))


def spoken(item: Item) -> str:
    """What one calls it. Where no year tells namesakes apart, what is in brackets does: the size of a product."""
    return short_title(item.title) if item.year else full_title(item.title)


def label(item: Item) -> str:
    """The title with its year, by which one tells namesakes apart."""
    return f"{spoken(item)} ({item.year})" if item.year else spoken(item)


def number(value: float, places: int = 1) -> str:
    """A rating in few digits: 4, 4.5."""
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def match(recommendation: Recommendation, scale: Scale) -> tuple[str, str] | None:
    """The match in percent, and what it is the percentage of."""
    if recommendation.match_percent is not None:
        percent = round(recommendation.match_percent)
        return f"{percent}% match", f"{percent} of 100 people with a taste like yours {_verbs(scale.is_single)[1]} it"
    if recommendation.predicted_rating is not None and not scale.is_single:
        percent = round(100 * scale.share(recommendation.predicted_rating))
        return f"{percent}% match", f"the rating we expect of you, as a share of {number(scale.maximum)}"
    return None


def why(recommendation: Recommendation, scale: Scale) -> str:
    titles = [short_title(reason.title) + _share(reason, recommendation.score) for reason in recommendation.because[:3]]
    return f"Because you {_verbs(scale.is_single)[1]} {listed(titles)}" if titles else ""


def _share(reason: Reason, score: float) -> str:
    """How much of the score comes of one rating, where it is a part of it at all."""
    if reason.contribution is None or not 0 < reason.contribution <= score:
        return ""
    return f" ({max(1, round(100 * reason.contribution / score))}%)"


def initial(word: str) -> str:
    return word[:1].upper() + word[1:]
