"""Shelves of cards, and what people do with the cards.

The cards are a component of this app's own (see `frontend/`): Streamlit has no half stars, no rows that scroll sideways, and 24
films with its widgets would be 150 of them, each laid out anew with every click. What is shown travels as data, never as markup.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import streamlit as st

from kindred_app import kept, session
from kindred_app.chrome import catalogue
from kindred_app.covers import cover
from kindred_app.models import Item, Recommendation, Scale
from kindred_app.saving import Entry
from kindred_app.settings import settings
from kindred_app.words import label, match, number, spoken, why

_FRONTEND = Path(__file__).parent / "frontend"

_component = st.components.v2.component(
    "kindred_shelves",
    html='<div class="shelves" role="group"></div>',
    css=(_FRONTEND / "shelf.css").read_text("utf-8"),
    # Two files, one module: a component takes one, without anything to import.
    js="".join((_FRONTEND / name).read_text("utf-8") for name in ("stars.js", "shelf.js")),
    # In a tree of its own it would be out of reach of the dialogs' keyboard handling.
    isolate_styles=False,
)

Ability = Literal["rate", "similar", "thumbs", "remove", "restore"]


@dataclass(frozen=True, slots=True)
class Card:
    """An item with all that is said of it."""

    item: Item
    rating: float | None = None
    entry: Entry | None = None
    recommendation: Recommendation | None = None
    note: str = ""
    #: Guests' ratings are kept by the page itself: there is nothing to save.
    is_guest: bool = False

    def facts(self, scale: Scale, can: Sequence[Ability]) -> dict[str, Any]:
        """What the component shows of it."""
        item, found = self.item, self.recommendation
        matched = match(found, scale) if found else None
        expected = ""
        if found and found.predicted_rating is not None and not scale.is_single:
            expected = f"★ {number(found.predicted_rating)} expected"
        return {
            "label": label(item),
            "title": spoken(item),
            "facts": " · ".join(filter(None, [str(item.year or ""), ", ".join(item.genres[:3])])),
            "cover": cover(item),
            "image": image_url(item),
            "match": matched[0] if matched else "",
            "matchNote": matched[1] if matched else "",
            "expected": expected,
            "why": why(found, scale) if found else self.note,
            "rating": self.rating,
            "state": self.entry.state.value if self.entry else "",
            "detail": self.entry.detail if self.entry else "",
            "guest": self.is_guest,
            "can": list(can),
        }


@dataclass(frozen=True, slots=True)
class Shelf:
    """Cards in a grid, or in a row that scrolls sideways."""

    cards: tuple[Card, ...]
    title: str = ""
    layout: Literal["grid", "row"] = "grid"


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did with a card: `rate`, `similar`, `up`, `down`, `never`, `restore`."""

    what: str
    item: Item
    value: float | None


def shelves(key: str, label: str, shelves: Sequence[Shelf], can: Sequence[Ability], on_act: Callable[[Act], None]) -> None:
    """Shows shelves. `on_act` is called before the script runs, once for each thing that was done."""
    what = catalogue()
    scale = what.scale
    cards = {card.item.id: card for shelf in shelves for card in shelf.cards}
    st.session_state[f"{key}-items"] = {name: card.item for name, card in cards.items()}

    def listen() -> None:
        state = st.session_state.get(key)
        for act in unheard(key, state.get("acts") if isinstance(state, Mapping) else None):
            on_act(act)

    _component(
        key=key,
        data={
            "label": label,
            "key": key,
            "session": session.name(),
            "heard": st.session_state.get(f"{key}-heard", 0),
            "scale": {"minimum": scale.minimum, "maximum": scale.maximum, "step": scale.step, "single": scale.is_single},
            "shelves": [{"title": shelf.title, "layout": shelf.layout, "items": _once(shelf.cards)} for shelf in shelves],
            "items": {item: card.facts(scale, can) for item, card in cards.items()},
            "keep": kept.lists(what.name),
        },
        on_acts_change=listen,
    )


def _once(cards: Iterable[Card]) -> list[str]:
    return list(dict.fromkeys(card.item.id for card in cards))


def unheard(key: str, acts: Any) -> list[Act]:
    """What was done on shelves since the last time: they repeat everything until they see that it was heard."""
    items: dict[str, Item] = st.session_state.get(f"{key}-items", {})
    heard_key = f"{key}-heard"
    heard = st.session_state.get(heard_key, 0)
    found: list[Act] = []
    for act in acts if isinstance(acts, list) else []:
        if not isinstance(act, Mapping) or not isinstance(sequence := act.get("sequence"), int) or sequence <= heard:
            continue
        heard = st.session_state[heard_key] = sequence
        item, value = items.get(str(act.get("item"))), act.get("value")
        if item:
            found.append(Act(str(act.get("do")), item, float(value) if isinstance(value, int | float) else None))
    return found


def image_url(item: Item) -> str | None:
    """Where there is a real cover, if somebody said where to look."""
    template = settings().image_url
    if not template:
        return None
    try:
        return template.format_map({name: quote(link, safe="") for name, link in item.links.items()})
    except (KeyError, ValueError, IndexError, AttributeError):
        return None
