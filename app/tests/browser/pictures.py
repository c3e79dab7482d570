"""Pictures of the pages: at the width of a desk and of a hand, in light and in dark."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
Scheme = Literal["light", "dark"]
#: A page is shown whole up to here, in pixels.
TALLEST = 3600


def settle(page: Page) -> None:
    """Return once the page stands still: no script runs, letters and pictures are there, and it has been drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.evaluate("""async () => {
        await document.fonts.ready;
        await Promise.all(Array.from(document.images, image => image.complete || new Promise(done => {
            image.addEventListener('load', done); image.addEventListener('error', done);
        })));
        const moving = () => document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity);
        await Promise.all(moving().map(animation => animation.finished.catch(() => null)));
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    }""")


def take(page: Page, folder: Path, name: str, scheme: Scheme) -> None:
    """Take the pictures of what the page shows now: NAME-desktop-light.png and so on. Leaves the page as it was."""
    before = page.viewport_size
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        settle(page)
        # Streamlit scrolls within the page, so a whole page needs a window that is as tall.
        height = page.evaluate("""() => Math.max(0, ...Array.from(
            document.querySelectorAll('[data-testid="stMain"]'), part => part.scrollHeight))""")
        page.set_viewport_size({"width": viewport["width"], "height": max(viewport["height"], min(height, TALLEST))})
        settle(page)
        page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
    if before:
        page.set_viewport_size(before)
    settle(page)
