"""Titles and words."""

import pytest

from kindred_app.models import Item, Reason, Recommendation, Scale
from kindred_app.words import Words, full_title, label, match, number, short_title, why


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Matrix, The", "The Matrix"),
        ("Matrix, The (1999)", "The Matrix"),
        ("Seven (a.k.a. Se7en)", "Seven"),
        ("Amelie (Fabuleux destin d'Amélie Poulain, Le)", "Amelie"),
        ("Avventura, L' (Adventure, The)", "L'Avventura"),
        ("American Werewolf in London, An", "An American Werewolf in London"),
        ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"),
        ("Birdman: Or (The Unexpected Virtue of Ignorance)", "Birdman"),
        ("Rage Against the Machine", "Rage Against the Machine"),
        ("(500) Days of Summer", "(500) Days of Summer"),
        ("2001", "2001"),
        ("(1999)", "(1999)"),
    ],
)
def test_titles_are_as_one_says_them(title: str, spoken: str):
    assert short_title(title) == spoken


def test_full_titles_keep_the_other_name():
    assert full_title("Seven (a.k.a. Se7en)") == "Seven (a.k.a. Se7en)"


def test_labels_tell_namesakes_apart():
    assert label(Item("1", "Psycho", 1960)) != label(Item("2", "Psycho", 1998))
    assert label(Item("3", "Björk")) == "Björk"


@pytest.mark.parametrize(
    ("kind", "many"),
    [
        ("movie", "films"),
        ("artist", "artists"),
        ("product", "products"),
        ("dish", "dishes"),
        ("accessory", "accessories"),
        ("toy", "toys"),
        ("series", "series"),
    ],
)
def test_items_are_called_by_their_kind(kind: str, many: str):
    assert Words.of(kind).many == many


def test_products_of_several_sizes_are_told_apart():
    assert label(Item("1", "Shampoo (250 ml)")) != label(Item("2", "Shampoo (500 ml)"))
    assert label(Item("3", "Seven (a.k.a. Se7en)", 1995)) == "Seven (1995)"


def recommendation(predicted: float | None, percent: float | None) -> Recommendation:
    return Recommendation(1, Item("1", "Matrix, The"), predicted, percent, (Reason("Alien", 5.0), Reason("Heat", 4.5)))


def test_a_match_says_what_it_is_a_share_of():
    scale = Scale(0.5, 5, 0.5)
    assert match(recommendation(4.0, 62.4), scale) == ("62% match", "62 of 100 people with a taste like yours rated it")
    text, note = match(recommendation(4.0, None), scale) or ("", "")
    assert text == "80% match"
    assert "expect" in note
    assert match(recommendation(None, None), scale) is None
    assert match(recommendation(1.0, None), Scale(1, 1, 1)) is None


def test_reasons_and_numbers():
    assert why(recommendation(None, None), Scale(0.5, 5, 0.5)) == "Because you rated Alien and Heat"
    assert why(recommendation(None, None), Scale(1, 1, 1)) == "Because you picked Alien and Heat"
    known = Recommendation(
        1, Item("1", "Heat"), None, None, (Reason("Alien", 5.0, 0.5), Reason("Jaws", 4.5, 0.001), Reason("Babe", 4.5)), 1.25
    )
    assert why(known, Scale(0.5, 5, 0.5)) == "Because you rated Alien (40%), Jaws (1%) and Babe"
    beyond = Recommendation(1, Item("1", "Heat"), None, None, (Reason("Alien", 5.0, 2.0),), 1.25)
    assert why(beyond, Scale(0.5, 5, 0.5)) == "Because you rated Alien"
    assert [number(value) for value in (4.0, 4.5, 10.0)] == ["4", "4.5", "10"]


@pytest.mark.parametrize(
    ("scale", "value", "nearest"),
    [
        (Scale(0.5, 5, 0.5), 4.4, 4.5),
        (Scale(1, 10, 1), 9.2, 9),
        (Scale(1, 5, 0.25), 4.6, 4.5),
        (Scale(1, 1, 1), 0.9, 1),
        (Scale(0.5, 5, 0.5), 0.1, 0.5),
    ],
)
def test_ratings_are_on_the_scale(scale: Scale, value: float, nearest: float):
    assert scale.nearest(value) == nearest
