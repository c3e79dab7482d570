"""The server around the script."""

import runpy
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kindred_app.headers import SafetyHeaders
from kindred_app.settings import Settings, settings

MAIN = Path(__file__).parent.parent / "main.py"


def test_no_page_can_be_framed():
    routes = [Route("/", lambda request: PlainTextResponse("Hello", headers={"Referrer-Policy": "no-referrer"}))]
    headers = TestClient(Starlette(routes=routes, middleware=[Middleware(SafetyHeaders)])).get("/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get_list("referrer-policy") == ["no-referrer"]


def test_a_wrong_setting_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KINDRED_URL", "gateway:8080")
    settings.cache_clear()
    with pytest.raises(ValueError, match="KINDRED_URL"):
        runpy.run_path(str(MAIN))
    settings.cache_clear()


@pytest.mark.parametrize("template", ["javascript:alert(1)//{tmdb}", "https://images.example.org/cover.jpg", "{tmdb}"])
def test_places_of_covers_are_addresses_with_a_link_in_them(template: str):
    with pytest.raises(ValueError, match="KINDRED_APP_IMAGE_URL"):
        Settings.read({"KINDRED_APP_IMAGE_URL": template})


def test_settings_have_defaults():
    assert Settings.read({}) == Settings("http://127.0.0.1:8080", None)
    assert Settings.read({"KINDRED_URL": "https://example.org/"}).url == "https://example.org"
