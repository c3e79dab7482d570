"""The client of the REST API: one method a request, typed answers, time limits, repeats of what may be repeated."""

import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import httpx

from kindred_app import models
from kindred_app.problems import GatewayAway, Refused, SessionExpired

#: Seconds between the tries of one request. Few and short: a page waits for them; what has time the saving queue tries again.
PAUSES = (0.1, 0.4)
#: Answers after which the same request may be sent again.
PASSING = frozenset({502, 503, 504})
#: Entries of a page where nothing is said.
PAGE = 24


def new_key() -> str:
    """A name for a request by which the gateway knows it again."""
    return str(uuid.uuid4())


def _path(*parts: str) -> str:
    return "/v1/" + "/".join(quote(part, safe="") for part in parts)


def _page(size: int, token: str | None, **wishes: str) -> dict[str, str]:
    return {"pageSize": str(size)} | {name: wish for name, wish in (*wishes.items(), ("pageToken", token)) if wish}


class Client:
    """Speaks to the gateway for one visitor. Safe to use from several threads; cheap to make: connections are shared."""

    def __init__(
        self, connections: httpx.Client, token: str | None = None, address: str | None = None, pauses: Sequence[float] = PAUSES
    ) -> None:
        """`address` is the browser's, which the gateway's limits for addresses are about."""
        self._connections = connections
        self._token = token
        self._address = address
        self._pauses = tuple(pauses)

    # What there is

    def catalogue(self) -> models.Catalogue:
        return models.Catalogue.of(self._get(_path("catalogue")))

    def items(
        self, query: str = "", genre: str = "", page_size: int = PAGE, page_token: str | None = None
    ) -> models.Page[models.Item]:
        parameters = _page(page_size, page_token, query=query, genre=genre)
        return models.Page.of(self._get(_path("items"), parameters), "items", models.Item.of)

    def similar(self, item: str) -> tuple[models.Item, ...]:
        return tuple(map(models.Item.of, self._get(_path("items", item, "similar"))["items"]))

    def evaluation(self) -> models.JSON:
        return self._get(_path("evaluation"))

    def is_ready(self) -> bool:
        """Whether the gateway answers; never raises."""
        try:
            return self._connections.get("/readyz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    # Accounts

    def sign_up(
        self, name: str, password: str, ratings: Mapping[str, float], key: str
    ) -> tuple[models.Account, models.Session, models.Job | None]:
        body: models.JSON = {"name": name, "password": password}
        if ratings:
            body["ratings"] = _ratings(ratings.items())
        answer = self._send("POST", _path("accounts"), body, key=key)
        job = answer.get("job")
        return models.Account.of(answer["account"]), models.Session.of(answer["session"]), models.Job.of(job) if job else None

    def log_in(self, name: str, password: str) -> tuple[models.Account, models.Session]:
        # Not repeated: each try counts against the account.
        answer = self._send("POST", _path("sessions"), {"name": name, "password": password}, repeat=False)
        return models.Account.of(answer["account"]), models.Session.of(answer["session"])

    def session(self) -> models.Account:
        return models.Account.of(self._get(_path("sessions", "current"))["account"])

    def log_out(self) -> None:
        self._send("DELETE", _path("sessions", "current"))

    def choose_genres(self, genres: Sequence[str]) -> models.Account:
        return _account(self._send("PATCH", _path("accounts", "me"), {"genres": list(genres)}))

    def change_password(self, current: str, new: str) -> None:
        self._send("PUT", _path("accounts", "me", "password"), {"currentPassword": current, "newPassword": new}, repeat=False)

    def delete_account(self, password: str) -> None:
        self._send("DELETE", _path("accounts", "me"), {"password": password}, repeat=False)

    # Ratings

    def ratings(self, page_size: int = PAGE, page_token: str | None = None) -> models.Page[models.RatedItem]:
        answer = self._get(_path("users", "me", "ratings"), _page(page_size, page_token))
        return models.Page.of(answer, "ratings", models.RatedItem.of)

    def rate(self, ratings: Sequence[tuple[str, float | None]], key: str, wait: int = 0) -> models.Job:
        """Rate items, or take ratings back (None). Lists are not computed along: the page asks for the one that it shows."""
        if len(ratings) == 1:
            item, rating = ratings[0]
            path = _path("users", "me", "ratings", item)
            body = None if rating is None else {"rating": rating}
            method = "DELETE" if rating is None else "PUT"
        else:
            path, method, body = _path("users", "me", "ratings"), "POST", {"ratings": _ratings(ratings)}
        return models.Job.of(self._send(method, path, body, key=key, wait=wait, parameters={"refresh": "false"}))

    def dismiss(self, item: str, dismissed: bool, key: str, wait: int = 0) -> models.Job:
        """Never recommend an item again, or let it be recommended again."""
        method = "PUT" if dismissed else "DELETE"
        path = _path("users", "me", "not-interested", item)
        return models.Job.of(self._send(method, path, key=key, wait=wait, parameters={"refresh": "false"}))

    def dismissed(self, page_size: int = PAGE, page_token: str | None = None) -> models.Page[models.Item]:
        answer = self._get(_path("users", "me", "not-interested"), _page(page_size, page_token))
        return models.Page.of(answer, "items", models.Item.of)

    # Recommendations

    def recommend(
        self,
        count: int,
        genres: Sequence[str] = (),
        wait: int = 0,
        key: str | None = None,
        wishes: models.JSON | None = None,
    ) -> models.RecommendationList | models.Job:
        """The user's list if it is ready within `wait` seconds, or the job. `wishes` is what else a request may say of it."""
        body: models.JSON = {"count": count} | ({"genres": list(genres)} if genres else {}) | (wishes or {})
        return _list_or_job(self._send("POST", _path("users", "me", "recommendations"), body, key=key or new_key(), wait=wait))

    def recommend_to_guest(
        self,
        ratings: Mapping[str, float],
        count: int,
        wait: int = 0,
        key: str | None = None,
        wishes: models.JSON | None = None,
    ) -> models.RecommendationList | models.Job:
        body = {"ratings": _ratings(ratings.items()), "count": count} | (wishes or {})
        return _list_or_job(self._send("POST", _path("recommendations"), body, key=key or new_key(), wait=wait))

    def job(self, job: str, wait: int = 0) -> models.Job:
        return models.Job.of(self._send("GET", _path("jobs", job), wait=wait))

    def cancel(self, job: str) -> None:
        self._send("DELETE", _path("jobs", job))

    # How

    def _get(self, path: str, parameters: Mapping[str, str] | None = None) -> Any:
        return self._send("GET", path, parameters=parameters)

    def _send(
        self,
        method: str,
        path: str,
        body: models.JSON | None = None,
        *,
        key: str | None = None,
        wait: int = 0,
        parameters: Mapping[str, str] | None = None,
        repeat: bool = True,
    ) -> Any:
        """Send a request, and again after an outage where that changes nothing: reads, and what carries a key."""
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if self._address:
            headers["X-Forwarded-For"] = self._address
        if key:
            headers["Idempotency-Key"] = f'"{key}"'
        if wait:
            headers["Prefer"] = f"wait={wait}"
        pauses = iter(self._pauses if repeat and (key or method != "POST") else ())
        while True:
            try:
                answer = self._connections.request(
                    method, path, json=body, params=parameters, headers=headers, timeout=httpx.Timeout(5 + wait, connect=2)
                )
                if answer.status_code not in PASSING:
                    return self._result(answer)
                away = GatewayAway(_problem_title(answer), _retry_after(answer))
            except httpx.HTTPError as error:
                away = GatewayAway(f"The gateway does not answer ({type(error).__name__}).")
            pause = next(pauses, None)
            if pause is None or (away.retry_after or 0) > 1:
                raise away
            time.sleep(pause)

    def _result(self, answer: httpx.Response) -> Any:
        try:
            body = answer.json() if answer.content else None
        except ValueError as error:
            body = None
            if answer.is_success:
                # Not the gateway's: something between here and there has answered in its place.
                raise GatewayAway("Something answered that is not the gateway.") from error
        if answer.is_success:
            return body
        refused = Refused.of(answer.status_code, body, _retry_after(answer))
        if refused.status == 401 and self._token and refused.code != "wrong_credentials":
            raise SessionExpired(str(refused))
        raise refused


def _ratings(ratings: Iterable[tuple[str, float | None]]) -> list[models.JSON]:
    return [{"item": item, "rating": rating} for item, rating in ratings]


def _account(answer: models.JSON) -> models.Account:
    return models.Account.of(answer.get("account", answer))


def _list_or_job(answer: models.JSON) -> models.RecommendationList | models.Job:
    return models.RecommendationList.of(answer) if "generatedAt" in answer else models.Job.of(answer)


def _problem_title(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["title"])
    except (ValueError, KeyError, TypeError):
        return f"The gateway answered {answer.status_code}."


def _retry_after(answer: httpx.Response) -> float | None:
    try:
        return float(answer.headers["Retry-After"])
    except (KeyError, ValueError):
        return None
