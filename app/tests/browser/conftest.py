"""What the tests in a browser share: one Kindred, one browser, and visitors who know nothing of each other."""

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, StorageState, expect, sync_playwright

from .courier import Courier
from .kindred import Kindred
from .pictures import SIZES, Scheme

#: In milliseconds. Generous, since it is only reached when something is wrong.
PATIENCE = 20_000

Visitors = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the programs there is nothing to test here: `./test.sh --app` builds them."""
    if "KINDRED_PROGRAMS" in os.environ:
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="KINDRED_PROGRAMS does not say where the programs are"))


@pytest.fixture(scope="session")
def kindred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kindred]:
    """A Kindred with two gateways and the web app."""
    kindred = Kindred(tmp_path_factory.mktemp("kindred"), sys.executable)
    yield kindred
    kindred.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go: KINDRED_SCREENSHOTS, or a folder that is gone afterwards."""
    folder = Path(os.environ.get("KINDRED_SCREENSHOTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium: nothing is downloaded."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def courier() -> Courier:
    """Brings the files of which pages are made."""
    return Courier()


@pytest.fixture
def visitors(
    browser: Browser, kindred: Kindred, courier: Courier, pictures: Path, request: pytest.FixtureRequest
) -> Iterator[Visitors]:
    """Makes visitors, each with a browser of its own: no cookies, no history, unless `state` is that of another browser.

    `visitors("phone")` holds it in the hand.
    """
    # An earlier test may have left some of them dead.
    kindred.start_gateways()
    kindred.start_app()
    kindred.await_gateways()
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    crashes: list[str] = []
    lost: list[str] = []

    def note(asked: Request) -> None:
        address = urlsplit(asked.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            elsewhere.append(asked.url)

    def visit(size: str = "desktop", scheme: Scheme = "light", state: StorageState | None = None) -> Page:
        context = browser.new_context(
            base_url=kindred.app_url,
            viewport=SIZES[size],
            has_touch=size == "phone",
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            storage_state=state,
        )
        context.set_default_timeout(PATIENCE)
        courier.serve(context)
        context.on("request", note)
        context.on("requestfailed", lambda asked: lost.append(f"{asked.failure}: {asked.url}"))
        context.on("weberror", lambda error: crashes.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield visit
    if failed(request.node):
        for number, context in enumerate(contexts):
            for page in context.pages:
                name = f"failed-{request.node.name}-{number}"
                page.screenshot(path=pictures / f"{name}.png")
                seen = [page.locator("body").aria_snapshot(), "", "Requests that failed:", *lost]
                (pictures / f"{name}.txt").write_text("\n".join(seen))
    for context in contexts:
        context.close()
    assert not elsewhere, "the pages asked for something beyond this machine"
    assert not crashes, "a script of the pages has crashed"


_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


def failed(item: pytest.Item) -> bool:
    """Whether the test that now ends has failed."""
    return item.stash.get(_failed, False)
