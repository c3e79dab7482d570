"""The cookie of a session: for one ticket, once, from our own page, out of reach of scripts."""

import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kindred_app import cookies

FAR = "2999-01-01T00:00:00Z"


@pytest.fixture
def browser() -> TestClient:
    return TestClient(Starlette(routes=cookies.routes()), base_url="http://app.example")


def post(browser: TestClient, ticket: object, origin: str = "http://app.example", **headers: str):
    return browser.post(cookies.PATH, json={"ticket": ticket}, headers={"Origin": origin, **headers})


def test_a_ticket_is_good_for_one_cookie(browser: TestClient):
    ticket = cookies.tickets.leave("the-token", FAR)
    answer = post(browser, ticket)
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("kindred_session=the-token;")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert post(browser, ticket).status_code == 404


def test_under_https_it_is_secure(browser: TestClient):
    ticket = cookies.tickets.leave("the-token", FAR)
    assert "Secure" in post(browser, ticket, "https://app.example").headers["set-cookie"]


def test_it_lives_as_long_as_the_session(browser: TestClient):
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 600))
    answer = post(browser, cookies.tickets.leave("the-token", moment))
    age = int(answer.headers["set-cookie"].split("Max-Age=")[1].split(";")[0])
    assert 590 <= age <= 600


@pytest.mark.parametrize(
    ("origin", "headers"),
    [
        ("http://evil.example", {}),
        ("null", {}),
        ("", {}),
        ("http://app.example", {"Sec-Fetch-Site": "cross-site"}),
        ("http://app.example", {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_other_sites_can_neither_plant_nor_remove_one(browser: TestClient, origin: str, headers: dict[str, str]):
    ticket = cookies.tickets.leave("the-token", FAR)
    assert post(browser, ticket, origin, **headers).status_code == 403
    assert browser.delete(cookies.PATH, headers={"Origin": origin, **headers}).status_code == 403
    assert post(browser, ticket).status_code == 204


@pytest.mark.parametrize("ticket", ["made-up", "", None, 7, ["x"]])
def test_made_up_tickets_are_good_for_nothing(browser: TestClient, ticket: object):
    assert post(browser, ticket).status_code == 404


def test_tickets_expire(monkeypatch: pytest.MonkeyPatch):
    tickets = cookies.Tickets()
    ticket = tickets.leave("the-token", FAR)
    late = time.monotonic() + 61
    monkeypatch.setattr(cookies.time, "monotonic", lambda: late)
    assert tickets.take(ticket) is None


def test_a_cookie_can_be_removed(browser: TestClient):
    answer = browser.delete(cookies.PATH, headers={"Origin": "http://app.example"})
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]


def test_the_path_follows_the_apps():
    assert cookies.path("kindred/") == "/kindred/kindred/cookie"
    assert cookies.path("") == cookies.PATH
