"""A fake gateway for each test, and the app's script against it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

sys.path.insert(0, str(Path(__file__).parent))

from fake_gateway import FakeGateway, RunningGateway

from kindred_app import chrome, session
from kindred_app.api import Client
from kindred_app.queues import SavingQueues
from kindred_app.settings import settings

SCRIPT = str(Path(__file__).parent.parent / "kindred_app" / "script.py")


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningGateway]:
    server = RunningGateway()
    monkeypatch.setenv("KINDRED_URL", server.url)
    settings.cache_clear()
    chrome._catalogues.clear()
    monkeypatch.setattr("kindred_app.api.PAUSES", (0.01,))
    fresh = SavingQueues()
    for module in ("kindred_app.queues", "kindred_app.session", "kindred_app.views.account"):
        monkeypatch.setattr(f"{module}.queues", fresh)
    # Outside a browser these are mocks, which are neither addresses nor cookies.
    for name, value in (("ip_address", None), ("cookies", {}), ("theme", SimpleNamespace(type="light"))):
        monkeypatch.setattr(type(session.st.context), name, value)
    yield server
    server.stop()
    settings.cache_clear()


@pytest.fixture
def gateway(running: RunningGateway) -> FakeGateway:
    return running.gateway


@pytest.fixture
def client(running: RunningGateway) -> Client:
    return Client(session.connections(running.url), pauses=(0.01, 0.01))


class Page:
    """The app as a visitor meets it: pages, widgets and cards, without a browser."""

    def __init__(self) -> None:
        self.test = AppTest.from_file(SCRIPT, default_timeout=20)
        self.sequence = 0

    def open(self, page: str = "home") -> "Page":
        self.test._page_hash = calc_hash("" if page == "home" else page)
        self.test.run()
        # From here on it stays wherever the page leads.
        self.test._page_hash = ""
        self.check()
        return self

    def check(self) -> None:
        assert not self.test.exception, [entry.value for entry in self.test.exception]

    def shelves(self, key: str) -> dict[str, Any]:
        """What a component of cards is given to show."""
        found = [node for node in self._components() if node.key == key]
        assert found, [node.key for node in self._components()]
        return json.loads(found[-1].proto.json)

    def has_shelves(self, key: str) -> bool:
        return any(node.key == key for node in self._components())

    def items(self, key: str) -> list[str]:
        return [item for shelf in self.shelves(key)["shelves"] for item in shelf["items"]]

    def card(self, key: str, title: str) -> dict[str, Any]:
        return next(card for card in self.shelves(key)["items"].values() if card["title"] == title)

    def act(self, key: str, title: str, what: str, value: float | None = None) -> "Page":
        """What the component sends when somebody does something with a card."""
        data = self.shelves(key)
        item = next(item for item, card in data["items"].items() if card["title"] == title)
        self.sequence += 1
        return self.send(key, "acts", [{"sequence": self.sequence, "do": what, "item": item, "value": value}])

    def send(self, key: str, event: str, value: object) -> "Page":
        """What a component's script sends."""
        node = [node for node in self._components() if node.key == key][-1]
        states = self.test._tree.get_widget_states()
        states.widgets.append(WidgetState(id=node.proto.id, json_value="{}"))
        states.widgets.append(
            WidgetState(
                id=f"$$STREAMLIT_INTERNAL_KEY_{node.proto.id}__events",
                json_trigger_value=json.dumps([{"event": event, "value": value}]),
            )
        )
        self.test._run(states)
        self.check()
        return self

    def kept(self, changes: object = None) -> "Page":
        """What the browser does first: it shows what it kept."""
        ask = self.shelves("bridge")["ask"]
        assert ask
        return self.send("bridge", "kept", {"name": ask, "changes": [] if changes is None else changes})

    def rate(self, key: str, title: str, rating: float | None) -> "Page":
        return self.act(key, title, "rate", rating)

    def click(self, key: str) -> "Page":
        self.test.button(key=key).click().run()
        self.check()
        return self

    def fill(self, **texts: str) -> "Page":
        for key, text in texts.items():
            self.test.text_input(key=key.replace("_", "-")).set_value(text)
        return self

    def sign_up(self, name: str = "ada", password: str = "correct horse") -> "Page":
        self.open("account").fill(sign_up_name=name, sign_up_password=password, sign_up_again=password)
        return self.click("sign-up-send")

    def log_in(self, name: str = "ada", password: str = "correct horse") -> "Page":
        self.open("account").fill(log_in_name=name, log_in_password=password)
        return self.click("log-in-send")

    @property
    def visitor(self) -> session.Visitor:
        return self.test.session_state["visitor"]

    @property
    def text(self) -> str:
        """All that is written on the page."""
        kinds = ("markdown", "caption", "info", "warning", "error", "success", "title", "subheader", "header")
        return "\n".join(str(entry.value) for kind in kinds for entry in getattr(self.test, kind))

    def settle(self) -> "Page":
        """Waits until what was rated is saved, and looks again."""
        assert session_queue(self).wait(10, until_applied=True, through_outages=True)
        self.test.run()
        self.check()
        return self

    def _components(self) -> list[Any]:
        return [node for node in self.test._tree if node.type == "bidi_component"]


def session_queue(page: Page) -> Any:
    account = page.test.session_state["visitor"].account
    queue = session.queues.find(account.user)
    assert queue is not None
    return queue


@pytest.fixture
def page(running: RunningGateway) -> Page:
    return Page()
