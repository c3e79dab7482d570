"""What the browser keeps for the case that this process ends: what a guest did, and of a user what is not saved yet.

The truth is here; the browser has a copy in its local storage and shows it to whatever session comes next. A copy may be old, and
anybody may write into a browser of their own, so what comes back is looked at as closely as what is typed.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from kindred_app import session
from kindred_app.models import JSON, Item, Scale
from kindred_app.profile import Profile
from kindred_app.saving import Change
from kindred_app.session import Pick, Visitor

#: Changes that are kept, the newest, and letters of each text in them: browsers give a site some megabytes.
LARGEST, LONGEST = 500, 500
#: Seconds by which a rating elsewhere has to be newer than one that was kept to count instead: clocks differ.
SLACK = 60.0


def owner(catalogue: str) -> str:
    """Whose things are kept, under the name that they have in the browser: other catalogues have other items."""
    account = session.visitor().account
    return account.user if account else _guest(catalogue)


def _guest(catalogue: str) -> str:
    return f"guest of {catalogue}"


def asked(catalogue: str) -> str:
    """Of whom the browser is to show what it kept; nobody once it did."""
    name = owner(catalogue)
    return "" if name in session.visitor().shown_kept else name


def lists(catalogue: str) -> dict[str, list[JSON]]:
    """What is to be kept of whom. Nothing is said before the browser has shown what it kept: it would be lost."""
    found = session.visitor()
    if asked(catalogue):
        return {}
    if found.account:
        # A guest's picks go when they have become the user's.
        return {_guest(catalogue): [], found.account.user: _write(reversed(session.queue().open_changes()))}
    picked = [Change(pick.item, pick.rating, at=0) for pick in found.picks.values()]
    unwanted = [Change(item, dismissed=True, at=0) for item in found.unwanted.values()]
    return {_guest(catalogue): _write(picked + unwanted)}


def _write(changes: Iterable[Change]) -> list[JSON]:
    return [
        {
            "item": {
                "id": change.item.id,
                "title": change.item.title,
                "year": change.item.year,
                "genres": list(change.item.genres),
                "links": change.item.links,
            },
            "rating": change.rating,
            "dismissed": change.dismissed,
            "at": change.at,
        }
        for change, _ in zip(changes, range(LARGEST), strict=False)
    ]


def read(changes: Any, scale: Scale) -> list[Change]:
    """The changes in what a browser sent; what is none is left out."""
    found = (_change(change, scale) for change in (changes[:LARGEST] if isinstance(changes, list) else ()))
    return [change for change in found if change]


def _change(json: Any, scale: Scale) -> Change | None:
    match json:
        case {
            "item": {"id": str(name), "title": str(title), "year": int() | None as year, "genres": list(genres), "links": links},
            "rating": int() | float() | None as rating,
            "dismissed": bool() | None as dismissed,
            "at": int() | float() as at,
        } if all(isinstance(text, str) for text in (*genres, *_texts(links))) and math.isfinite(rating or 0):
            shortened = {key: link[:LONGEST] for key, link in links.items()}
            item = Item(name[:LONGEST], title[:LONGEST], year, tuple(genre[:LONGEST] for genre in genres[:LONGEST]), shortened)
            return Change(item, None if rating is None else scale.nearest(rating), dismissed, float(at))
    return None


def _texts(links: Any) -> Iterable[Any]:
    return [text for pair in links.items() for text in pair] if isinstance(links, Mapping) else [None]


def take_back(found: Visitor, changes: list[Change], known: Profile | None) -> None:
    """Goes on with what the browser kept. `known` are the ratings of the user; None for guests."""
    if known is None:
        picks = {change.item.id: Pick(change.item, change.rating) for change in changes if change.rating is not None}
        found.picks |= {item: pick for item, pick in picks.items() if item not in found.picks}
        found.unwanted |= {change.item.id: change.item for change in changes if change.dismissed}
        return
    queue = session.queue()
    entries = queue.entries()
    for change in sorted(changes, key=lambda change: change.at):
        # The process may never have ended; and what was rated elsewhere since is the last word.
        if change.item.id not in entries and known.rated_at(change.item) <= change.at + SLACK:
            queue.put(change)
