"""What operators read: links lead somewhere, and commands are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = ["docs/operations.md", "docs/data.md", "deploy/README.md", "Dockerfiles/README.md"]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's titles, as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str):
    found = re.findall(r"\]\(([^)\s]+)\)", (ROOT / page).read_text())
    assert found
    for link in found:
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES)
def test_scripts_that_are_named_are_there(page: str):
    for script in re.findall(r"(?:deploy|scripts)/[\w/-]+\.(?:sh|py)\b", (ROOT / page).read_text()):
        assert (ROOT / script).exists(), script
