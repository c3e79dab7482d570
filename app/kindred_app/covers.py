"""Covers drawn from what is known of an item: the same item has the same cover everywhere and always.

A cover is SVG text. Titles come from whoever made the data set, so every one is escaped; a test holds hostile ones against it.
"""

import hashlib
import unicodedata
from functools import lru_cache
from html import escape
from random import Random

from kindred_app.models import Item
from kindred_app.motifs import motifs
from kindred_app.palettes import palettes
from kindred_app.words import spoken

#: Where the title stands, in units of the field of 200 × 300.
_LEFT, _WIDTH, _BOTTOM, _ROOM = 14, 172, 272, 92
_SIZES = (30, 27, 24, 21, 18.5, 16, 14)
_LOUD = frozenset({"action", "sci-fi", "thriller", "war", "horror", "crime"})


def cover(item: Item) -> str:
    """The cover of an item, as an SVG document."""
    return _draw(item.id, spoken(item), item.year, item.genres)


@lru_cache(maxsize=4096)
def _draw(identifier: str, title: str, year: int | None, genres: tuple[str, ...]) -> str:
    seed = hashlib.sha256(f"{identifier}\0{title}".encode()).digest()
    random = Random(seed)
    # The first genre in alphabetical lists is Action or Adventure far too often: any of the item's own will do.
    genre = random.choice(genres) if genres else ""
    palette = random.choice(palettes(genre))
    picture = random.choice(motifs(genre))(random, palette)
    is_loud = genre.lower() in _LOUD
    size, lines = _set(title.upper() if is_loud else title, 1.06 if is_loud else 1.0)
    leading = size * 1.08
    first = _BOTTOM - leading * (len(lines) - 1)
    family = (
        "'Source Sans', 'Helvetica Neue', Arial, sans-serif" if is_loud else "'Source Serif', Georgia, 'Times New Roman', serif"
    )
    spans = "".join(
        f'<tspan x="{_LEFT}" y="{first + leading * place:.1f}">{_text(line)}</tspan>' for place, line in enumerate(lines)
    )
    mark = f"c{seed.hex()[:10]}"
    edge = first - size - 34
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<defs><linearGradient id="{mark}" x1="0" y1="0" x2="0.35" y2="1"><stop offset="0" stop-color="{palette.ground}"/>'
        f'<stop offset="1" stop-color="{palette.second}"/></linearGradient>'
        f'<linearGradient id="{mark}f" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{palette.second}" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{palette.second}"/></linearGradient></defs>'
        f'<rect width="200" height="300" fill="url(#{mark})"/>{picture}'
        f'<rect y="{edge - 30:.1f}" width="200" height="30.5" fill="url(#{mark}f)"/>'
        f'<rect y="{edge:.1f}" width="200" height="{300 - edge:.1f}" fill="{palette.second}"/>'
        f'<text x="{_LEFT}" y="{first - size - 13:.1f}" fill="{palette.small_ink}"'
        f" font-family=\"'Source Sans', Arial, sans-serif\""
        f' font-size="10.5" font-weight="600" letter-spacing="2">{_text(str(year) if year else (genre.upper() or "·"))}</text>'
        f'<rect x="{_LEFT}" y="{first - size - 5:.1f}" width="26" height="2.5" fill="{palette.accent}"/>'
        f'<text fill="{palette.ink}" font-family="{family}" font-size="{size}" font-weight="{800 if is_loud else 650}"'
        f' letter-spacing="{"0" if is_loud else "-0.2"}">{spans}</text></svg>'
    )


def _text(text: str) -> str:
    """Text that is nothing but text in XML: escaped, and without characters that XML knows not how to write."""
    return escape("".join(letter for letter in text if letter.isprintable()), quote=True)


def _set(title: str, breadth: float) -> tuple[float, list[str]]:
    """Lines in the largest size in which the title fits; what fits in none is cut."""
    for size in _SIZES:
        lines = _wrap(title, _WIDTH / (size * breadth))
        if len(lines) * size * 1.08 <= _ROOM and all(_em(line) * size * breadth <= _WIDTH for line in lines):
            return size, lines
    size = _SIZES[-1]
    limit = _WIDTH / (size * breadth)
    lines = _wrap(title, limit, breaks_words=True)
    room = int(_ROOM // (size * 1.08))
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1][:-1].rstrip() + "…"]
    return size, lines


def _wrap(title: str, limit: float, breaks_words: bool = False) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and _em(f"{lines[-1]} {word}") <= limit:
            lines[-1] += f" {word}"
        elif breaks_words and _em(word) > limit:
            for letter in word:
                if not lines or _em(lines[-1] + letter) > limit:
                    lines.append("")
                lines[-1] += letter
        else:
            lines.append(word)
    return lines or ["·"]


def _em(text: str) -> float:
    """About how wide a text is, in units of its size: rather too wide than too narrow."""
    return sum(map(_letter_em, text))


def _letter_em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    if letter in "iljtfI.,:;'!|()[] ·-’":
        return 0.33
    if letter in "mwMW@%&—":
        return 0.88
    return 0.66 if letter.isupper() else 0.54
