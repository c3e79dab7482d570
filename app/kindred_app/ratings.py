"""What whoever is at the page rates: users' ratings go through their queue, guests' are picks."""

import time

import streamlit as st

from kindred_app import session
from kindred_app.cards import Act, Card
from kindred_app.chrome import catalogue
from kindred_app.models import Item, RatedItem, Recommendation, RecommendationList
from kindred_app.problems import SessionExpired
from kindred_app.profile import Profile
from kindred_app.saving import Change, Entry
from kindred_app.session import Pick

#: What a thumb says, as a share of the scale.
THUMB_UP, THUMB_DOWN = 0.9, 0.3
#: Seconds after which ratings that are shown as a list are read anew: they may have changed elsewhere.
FRESH = 30.0


def rate(item: Item, rating: float | None) -> None:
    found = session.visitor()
    if found.account:
        session.queue().put(Change(item, rating))
    elif rating is None:
        found.picks.pop(item.id, None)
    else:
        found.picks = {item.id: Pick(item, rating)} | {name: pick for name, pick in found.picks.items() if name != item.id}


def dismiss(item: Item, dismissed: bool = True) -> None:
    found = session.visitor()
    if found.account:
        session.queue().put(Change(item, dismissed=dismissed))
    elif dismissed:
        found.unwanted[item.id] = item


def thumb(what: str) -> float:
    """The rating that a thumb gives."""
    scale = catalogue().scale
    return scale.nearest(scale.maximum * (THUMB_UP if what == "up" else THUMB_DOWN))


def carry_out(act: Act) -> None:
    """Does what somebody did with a card. Does not wait for anything: it is called before the page is drawn."""
    match act.what:
        case "rate":
            rate(act.item, None if act.value is None else catalogue().scale.nearest(act.value))
        case "up" | "down":
            rate(act.item, thumb(act.what))
        case "never":
            dismiss(act.item)
        case "restore":
            dismiss(act.item, dismissed=False)
        case "similar":
            st.session_state.similar_to = act.item
            st.session_state.similar_wanted = True


def profile(fresh: bool = False) -> Profile:
    """The ratings of the user at the page, as they will be when all is saved; a guest's picks."""
    found = session.visitor()
    if found.account is None:
        return guest_profile()
    age = time.monotonic() - found.profile_read
    queue = session.queue()
    if queue.needs_log_in:
        raise SessionExpired("The session ended while ratings were saved.")
    if found.profile is None or (fresh and age > FRESH and not queue.open_count):
        found.profile = Profile.read(session.client())
        queue.forget_saved()
        found.profile_read = time.monotonic()
    return found.profile.with_changes(queue)


def guest_profile() -> Profile:
    picks = session.visitor().picks.values()
    return Profile([RatedItem(pick.item, pick.rating, None) for pick in picks], len(picks))


def entries() -> dict[str, Entry]:
    return session.queue().entries() if session.visitor().account else {}


def cards(
    items: list[Item], known: Profile, notes: dict[str, str] | None = None, found: dict[str, Recommendation] | None = None
) -> tuple[Card, ...]:
    """Cards of items, with their ratings and how far those have come."""
    states = entries()
    is_guest = session.visitor().account is None
    return tuple(
        Card(
            item,
            known.rating(item),
            states.get(item.id),
            (found or {}).get(item.id),
            (notes or {}).get(item.id, ""),
            is_guest=is_guest,
        )
        for item in items
    )


def still_wanted(found: RecommendationList, known: Profile) -> list[Recommendation]:
    """What of a list was neither rated nor refused since it was made."""
    gone = {item for item, entry in entries().items() if entry.change.dismissed} | session.visitor().unwanted.keys()
    return [entry for entry in found.items if entry.item.id not in gone and known.rating(entry.item) is None]
