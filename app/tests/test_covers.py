"""Covers: the same for the same item, readable, and safe whatever the title."""

import itertools
import re
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from kindred_app.covers import cover
from kindred_app.models import Item
from kindred_app.motifs import all_motifs
from kindred_app.palettes import OTHERS, all_palettes, contrast

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]> <!-- & &amp; &#60;",
    "' onload='alert(1)",
    "\x00\x08\ud7ff\ufffe‮ title",
    "A" * 500,
    "Word " * 200,
    "千と千尋の神隠し",
    "",
]
SCRIPT = Path(__file__).parent.parent / "kindred_app" / "frontend" / "shelf.js"
#: The elements that the page draws; it leaves out a cover with any other.
ALLOWED = set(re.findall(r'"(\w+)"', SCRIPT.read_text("utf-8").split("new Set([", 1)[1].split("])", 1)[0]))
NAMESPACE = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join("".join(node.itertext()) for node in root.iter(f"{NAMESPACE}text"))


@pytest.mark.parametrize(("title", "place"), list(itertools.product(HOSTILE, range(6))))
def test_hostile_titles_stay_text(title: str, place: int):
    genres = ((), ("<b onclick=x>",), ("Action", "Drama"), ("Comedy",), ("Horror",), ("Western", "Sci-Fi"))[place]
    svg = cover(Item(f'{place}"<', title, 1999, genres))
    root = ElementTree.fromstring(svg)
    for node in root.iter():
        assert node.tag.removeprefix(NAMESPACE).lower() in ALLOWED
        for name, value in node.attrib.items():
            assert not name.lower().startswith(("on", "href", "style")), name
            assert "url(" not in value or value.startswith("url(#c")


def test_every_picture_is_made_of_what_the_page_draws():
    for motif in all_motifs():
        for seed in range(20):
            picture = motif(Random(seed), OTHERS[seed % len(OTHERS)])
            assert set(re.findall(r"<(\w+)", picture)) <= ALLOWED, motif
            ElementTree.fromstring(f"<g>{picture}</g>")


def test_a_title_is_on_its_cover():
    assert "".join(texts(cover(Item("1", "Tom & <Jerry>", 1990, ("Drama",)))).split()).startswith("1990Tom&<Jerry>")


def test_the_same_item_has_the_same_cover_and_others_have_others():
    items = [Item(str(number), f"Film {number}", 1980 + number % 40, ("Drama", "Comedy")) for number in range(200)]
    assert [cover(item) for item in items] == [cover(item) for item in items]
    assert len({cover(item) for item in items}) == len(items)


def test_titles_are_readable_on_all_palettes():
    for palette in all_palettes():
        assert contrast(palette.ink, palette.second) >= 4.5, palette
        assert contrast(palette.small_ink, palette.second) >= 4.5, palette


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
