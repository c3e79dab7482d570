"""Everything that is written can be read: by computing, not by looking."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .person import Person
from .pictures import Scheme, settle
from .test_everywhere import PAGES, TOP

CHECK = (Path(__file__).parent / "contrast.js").read_text("utf-8")
FILMS = "Films to rate"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read(visitors: Visitors, scheme: Scheme) -> None:
    person = Person(visitors(scheme=scheme))
    poor: list[str] = []

    def look(name: str) -> None:
        poor.extend(f"{name}: {text}" for text in hard_to_read(person.page))

    for name in ("home", "rate", "model", "account"):
        person.open(PAGES[name])
        look(f"{name} of a guest")
    person.page.get_by_role("tab", name="Sign up").click()
    look("sign up")
    person.sign_up(f"dorothy-{scheme}")
    look("genres")
    for title, rating in zip(person.titles(FILMS)[:12], (5, 4, 3.5, 2, 4.5, 1, 3, 5, 4, 4.5, 2, 1), strict=True):
        person.rate(title, rating)
        person.sees_state(title, "Saved")
    look("ratings that are saved")
    for name, path in PAGES.items():
        person.open(path)
        if name in ("home", "for-you"):
            expect(person.page.get_by_role("listitem").nth(4)).to_be_visible()
        look(name)
    person.open("/for-you")
    person.shelf(TOP).get_by_role("button", name=f"Similar to {person.titles(TOP)[0]}", exact=True).click()
    expect(person.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    look("similar")
    assert not poor, "\n".join(poor)


def test_what_is_hard_to_read_is_found(visitors: Visitors) -> None:
    """Greys on white of which it is known: #767676 is just enough, #777777 is not, nor is black of which half is seen."""
    page = visitors()
    page.set_content("""<body style="background: white">
        <p style="color: #767676">enough</p><p style="color: #777777">not enough</p><h1 style="color: #777777">large</h1>
        <div style="opacity: .5"><p style="color: black">faint</p></div>
        <div style="background: black"><p style="color: #222">dark on dark</p></div>
        <div style="position: absolute; background: rgb(0 0 0 / .1); color: white">over anything</div>
        <button disabled style="color: #ccc">off</button></body>""")
    assert [text.split(" is ")[0] for text in hard_to_read(page)] == ["not enough", "faint", "dark on dark", "over anything"]


def hard_to_read(page: Page) -> list[str]:
    if page.url.startswith("http"):
        settle(page)
    found = page.evaluate(CHECK)
    assert found["looked"] > 5
    return [
        f"{text['text'][:50]} is {text['ratio']}, should be {text['needed']}: {text['colour']} on {text['element'][:80]}"
        for text in found["poor"]
    ]
