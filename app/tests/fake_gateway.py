"""A gateway in memory: the REST API as far as the app uses it, with jobs that take their time and outages on demand.

Run by itself it serves a whole app: `python tests/fake_gateway.py 8080`.
"""

import json
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parent))

from films import FILMS


def _items() -> list[dict[str, Any]]:
    rows = [line.split("|") for line in FILMS.strip().splitlines()]
    return [
        {
            "id": str(number),
            "title": title,
            "year": int(year),
            "genres": genres.split(","),
            "links": {"tmdb": str(600 + number)},
            "ratingCount": 320 - 3 * number,
            "meanRating": round(3.1 + (number * 37 % 15) / 10, 3),
        }
        for number, (title, year, genres) in enumerate(rows, 1)
    ]


class Refusal(Exception):
    def __init__(self, status: int, code: str, title: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(title)
        self.status, self.code, self.title, self.headers = status, code, title, headers or {}


@dataclass
class User:
    name: str
    password: str
    user: str
    genres: list[str] = field(default_factory=list)
    ratings: dict[str, tuple[float, str]] = field(default_factory=dict)
    unwanted: dict[str, None] = field(default_factory=dict)


@dataclass
class Job:
    id: str
    kind: str
    begins: float
    ends: float
    work: Callable[[], dict[str, Any] | None]
    user: str | None
    result: dict[str, Any] | None = None
    status: str = "queued"


class FakeGateway:
    """The state of the gateway, and the switches of the tests."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.items = {item["id"]: item for item in _items()}
        self.scale = {"minimum": 0.5, "maximum": 5.0, "step": 0.5}
        self.name, self.item_kind = "Fake films", "movie"
        self.users: dict[str, User] = {}
        self.sessions: dict[str, User] = {}
        self.jobs: dict[str, Job] = {}
        self.keys: dict[str, tuple[str, Any]] = {}
        self.evaluation: dict[str, Any] | None = None
        #: Seconds that jobs wait and run.
        self.queued, self.running = 0.0, 0.0
        #: Seconds more that ratings wait: workers are many, so what came later may be done earlier.
        self.queued_ratings = 0.0
        #: Of which items each list was computed.
        self.seen: list[set[str]] = []
        #: Whether every request is refused with 503, and whether answers are lost after the work was done.
        self.away, self.loses_answers = False, False
        #: Whether something that is not the gateway answers, and whether answers lack what they should have.
        self.talks_html, self.talks_nonsense = False, False
        self.log: list[tuple[str, str, dict[str, str], Any]] = []
        self.accepted = 0

    # Requests

    def answer(self, method: str, target: str, headers: dict[str, str], body: Any) -> tuple[int, Any, dict[str, str]]:
        parts = urlsplit(target)
        with self.lock:
            self.log.append((method, target, headers, body))
            if self.away:
                raise Refusal(503, "queue_unavailable", "The broker cannot be reached", {"Retry-After": "1"})
        path = [unquote(part) for part in parts.path.strip("/").split("/")]
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        status, answer = self._route(method, path, query, headers, body)
        return status, answer, {}

    def _route(self, method: str, path: list[str], query: dict[str, str], headers: dict[str, str], body: Any) -> tuple[int, Any]:
        match (method, path):
            case ("GET", ["readyz"]):
                return 200, {"status": "ready"}
            case ("GET", ["v1", "catalogue"]):
                return 200, self._catalogue()
            case ("GET", ["v1", "items"]):
                return 200, self._find(query)
            case ("GET", ["v1", "items", item]):
                return 200, self._item(item)
            case ("GET", ["v1", "items", item, "similar"]):
                if query:
                    raise Refusal(400, "invalid_parameter", "A query parameter is not valid")
                return 200, {"items": self._similar(item)}
            case ("GET", ["v1", "evaluation"]):
                if self.evaluation is None:
                    raise Refusal(404, "no_evaluation", "Nothing was evaluated yet")
                return 200, self.evaluation
            case ("POST", ["v1", "accounts"]):
                return self._once(headers, (method, path, body), lambda: self._sign_up(body))
            case ("POST", ["v1", "sessions"]):
                return self._log_in(body)
            case ("POST", ["v1", "recommendations"]):
                ratings = {entry["item"]: entry["rating"] for entry in body["ratings"]}
                return self._recommend(headers, (method, path, body), None, lambda: self._list(ratings, set(), body))
            case ("GET", ["v1", "jobs", job]):
                return 200, self._wait(self._job(job), headers)
            case ("DELETE", ["v1", "jobs", job]):
                self._job(job).status = "cancelled"
                return 200, self._show(self._job(job))
        user = self._user(headers)
        match (method, path):
            case ("GET", ["v1", "sessions", "current"]):
                return 200, {"account": self._account(user), "session": self._times()}
            case ("DELETE", ["v1", "sessions", "current"]):
                self.sessions = {token: owner for token, owner in self.sessions.items() if token != self._token(headers)}
                return 204, None
            case ("GET", ["v1", "accounts", "me"]):
                return 200, {"account": self._account(user)}
            case ("PATCH", ["v1", "accounts", "me"]):
                user.genres = list(body["genres"])
                return 200, {"account": self._account(user)}
            case ("PUT", ["v1", "accounts", "me", "password"]):
                self._check(user, body["currentPassword"])
                user.password = self._good_password(user.name, body["newPassword"])
                return 204, None
            case ("DELETE", ["v1", "accounts", "me"]):
                self._check(user, body["password"])
                del self.users[user.name.lower()]
                self.sessions = {token: owner for token, owner in self.sessions.items() if owner is not user}
                return 204, None
            case ("GET", ["v1", "users", "me", "ratings"]):
                return 200, self._ratings(user, query)
            case ("POST", ["v1", "users", "me", "ratings"]):
                updates = [(entry["item"], entry["rating"]) for entry in body["ratings"]]
                return self._rate(headers, (method, path, body), user, updates)
            case ("PUT", ["v1", "users", "me", "ratings", item]):
                return self._rate(headers, (method, path, body), user, [(item, body["rating"])])
            case ("DELETE", ["v1", "users", "me", "ratings", item]):
                return self._rate(headers, (method, path, body), user, [(item, None)])
            case ("PUT" | "DELETE", ["v1", "users", "me", "not-interested", item]):
                return self._dismiss(headers, (method, path, body), user, item, method == "PUT")
            case ("GET", ["v1", "users", "me", "not-interested"]):
                found = [self._item(item) for item in reversed(user.unwanted)]
                return 200, self._page(found, query)
            case ("POST", ["v1", "users", "me", "recommendations"]):
                ratings = {item: rating for item, (rating, _) in user.ratings.items()}
                return self._recommend(
                    headers,
                    (method, path, body),
                    user.user,
                    lambda: self._list(
                        {item: rating for item, (rating, _) in user.ratings.items()} or ratings, set(user.unwanted), body or {}
                    ),
                )
        raise Refusal(404, "not_found", "There is nothing here")

    # What there is

    def _catalogue(self) -> dict[str, Any]:
        genres = sorted({genre for item in self.items.values() for genre in item["genres"]})
        return {
            "name": self.name,
            "itemKind": self.item_kind,
            "scale": self.scale,
            "userCount": 610,
            "itemCount": len(self.items),
            "ratingCount": 100836,
            "genres": [
                {"name": genre, "itemCount": sum(genre in item["genres"] for item in self.items.values())} for genre in genres
            ],
            "algorithms": ["user-neighbors", "popularity", "trending"],
            "similarities": ["cosine"],
            "defaults": {"count": 20, "algorithm": "user-neighbors", "similarity": "cosine", "neighbours": 50},
        }

    def _item(self, item: str) -> dict[str, Any]:
        if item not in self.items:
            raise Refusal(404, "unknown_item", "There is no such item")
        return self.items[item]

    def _find(self, query: dict[str, str]) -> dict[str, Any]:
        if set(query) - {"query", "genre", "pageSize", "pageToken"}:
            raise Refusal(400, "invalid_parameter", "A query parameter is not valid")
        words = query.get("query", "").lower().split()
        found = [
            item
            for item in self.items.values()
            if all(
                any(part.startswith(word) for part in re.findall(r"\w+", item["title"].lower())) or word == str(item["year"])
                for word in words
            )
            and (not query.get("genre") or query["genre"] in item["genres"])
        ]
        return self._page(found, query)

    def _page(self, found: list[dict[str, Any]], query: dict[str, str], name: str = "items") -> dict[str, Any]:
        size, start = int(query.get("pageSize", 24)), int(query.get("pageToken", "0"))
        page: dict[str, Any] = {"total": len(found), name: found[start : start + size]}
        if start + size < len(found):
            page["nextPageToken"] = str(start + size)
        return page

    def _similar(self, item: str) -> list[dict[str, Any]]:
        genres = set(self._item(item)["genres"])
        alike = [
            {**other, "similarity": len(genres & set(other["genres"])) / len(genres | set(other["genres"]))}
            for other in self.items.values()
            if other["id"] != item
        ]
        return sorted((other for other in alike if other["similarity"]), key=lambda other: -other["similarity"])[:20]

    # Accounts

    def _good_password(self, name: str, password: str) -> str:
        if not 8 <= len(password) <= 128 or password.lower() in (name.lower(), "password", "12345678"):
            raise Refusal(422, "weak_password", "The password is too easy to guess")
        return password

    def _sign_up(self, body: Any) -> tuple[int, Any]:
        if set(body) - {"name", "password", "ratings"}:
            raise Refusal(400, "unknown_field", "There is a field that we do not know")
        if not re.fullmatch(r"[A-Za-z0-9._-]{3,32}", body["name"]):
            raise Refusal(422, "invalid_name", "This is no name")
        with self.lock:
            if body["name"].lower() in self.users:
                raise Refusal(409, "name_taken", "The name is taken")
            user = User(body["name"], self._good_password(body["name"], body["password"]), "~" + secrets.token_hex(8))
            self.users[user.name.lower()] = user
        job = None
        if body.get("ratings"):
            _, job = self._rate({}, None, user, [(entry["item"], entry["rating"]) for entry in body["ratings"]])
        return 201, {"account": self._account(user), "session": self._open(user), "job": job}

    def _log_in(self, body: Any) -> tuple[int, Any]:
        user = self.users.get(body["name"].lower())
        if user is None or user.password != body["password"]:
            raise Refusal(401, "wrong_credentials", "The name or the password is wrong")
        return 201, {"account": self._account(user), "session": self._open(user)}

    def _open(self, user: User) -> dict[str, str]:
        token = secrets.token_urlsafe(32)
        self.sessions[token] = user
        return {"token": token, **self._times()}

    def _times(self) -> dict[str, str]:
        now = datetime.now(UTC)
        return {"expiresAt": (now + timedelta(days=1)).isoformat(), "idleExpiresAt": (now + timedelta(minutes=30)).isoformat()}

    def _account(self, user: User) -> dict[str, Any]:
        return {"name": user.name, "user": user.user, "role": "user", "genres": user.genres, "createdAt": "2026-01-01T00:00:00Z"}

    def _check(self, user: User, password: str) -> None:
        if user.password != password:
            raise Refusal(401, "wrong_credentials", "The name or the password is wrong")

    def _token(self, headers: dict[str, str]) -> str:
        return headers.get("authorization", "").removeprefix("Bearer ")

    def _user(self, headers: dict[str, str]) -> User:
        token = self._token(headers)
        if not token:
            raise Refusal(401, "session_required", "A session is needed")
        if token not in self.sessions:
            raise Refusal(401, "session_expired", "The session has ended")
        return self.sessions[token]

    # Ratings

    def _ratings(self, user: User, query: dict[str, str]) -> dict[str, Any]:
        newest = sorted(user.ratings.items(), key=lambda entry: entry[1][1], reverse=True)
        found = [{"item": self._item(item), "rating": rating, "ratedAt": moment} for item, (rating, moment) in newest]
        return {"user": user.user, "ratingsVersion": None, **self._page(found, query, "ratings")}

    def _rate(
        self, headers: dict[str, str], request: Any, user: User, updates: list[tuple[str, float | None]]
    ) -> tuple[int, Any]:
        for item, rating in updates:
            self._item(item)
            if rating is not None and not self.scale["minimum"] <= rating <= self.scale["maximum"]:
                raise Refusal(422, "rating_off_scale", "A rating is not on the scale")

        def apply() -> dict[str, Any]:
            for item, rating in updates:
                user.unwanted.pop(item, None)
                if rating is None:
                    user.ratings.pop(item, None)
                else:
                    user.ratings[item] = (rating, datetime.now(UTC).isoformat())
            return {"applied": len(updates), "refreshed": False, "recommendations": None}

        return self._once(headers, request, lambda: self._start(headers, "ratings", user.user, apply))

    def _dismiss(self, headers: dict[str, str], request: Any, user: User, item: str, dismissed: bool) -> tuple[int, Any]:
        self._item(item)

        def apply() -> dict[str, Any]:
            if dismissed:
                user.ratings.pop(item, None)
                user.unwanted[item] = None
            else:
                user.unwanted.pop(item, None)
            return {"applied": 1, "refreshed": False, "recommendations": None}

        return self._once(headers, request, lambda: self._start(headers, "ratings", user.user, apply))

    # Jobs

    def _once(self, headers: dict[str, str], request: Any, act: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        key = headers.get("idempotency-key", "").strip('"')
        with self.lock:
            if not key:
                return act()
            known = self.keys.get(key)
            if known is None:
                answer = act()
                self.keys[key] = (json.dumps(request), answer)
                return answer
        if known[0] != json.dumps(request):
            raise Refusal(422, "idempotency_key_reused", "The idempotency key belongs to another request")
        return known[1]

    def _start(
        self, headers: dict[str, str], kind: str, user: str | None, work: Callable[[], dict[str, Any] | None]
    ) -> tuple[int, Any]:
        now = time.monotonic() + (self.queued_ratings if kind == "ratings" else 0)
        job = Job(
            "".join(secrets.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(26)),
            kind,
            now + self.queued,
            now + self.queued + self.running,
            work,
            user,
        )
        self.jobs[job.id] = job
        self.accepted += 1
        shown = self._wait(job, headers)
        return 200 if shown["finishedAt"] else 202, shown

    def _recommend(
        self, headers: dict[str, str], request: Any, user: str | None, work: Callable[[], dict[str, Any]]
    ) -> tuple[int, Any]:
        status, shown = self._once(
            headers, request, lambda: self._start(headers, "recommendations", user, lambda: {"recommendations": work()})
        )
        return (200, shown["result"]["recommendations"]) if shown["status"] == "succeeded" else (status, shown)

    def _job(self, job: str) -> Job:
        if job not in self.jobs:
            raise Refusal(404, "unknown_job", "There is no such job")
        return self.jobs[job]

    def _wait(self, job: Job, headers: dict[str, str]) -> dict[str, Any]:
        asked = re.fullmatch(r"wait=(\d+)", headers.get("prefer", ""))
        until = time.monotonic() + (int(asked[1]) if asked else 0)
        while True:
            shown = self._show(job)
            if shown["finishedAt"] or time.monotonic() >= until:
                return shown
            time.sleep(0.01)

    def _show(self, job: Job) -> dict[str, Any]:
        now = time.monotonic()
        with self.lock:
            if job.status in ("queued", "running"):
                job.status = "queued" if now < job.begins else "running"
                if now >= job.ends:
                    job.result, job.status = job.work(), "succeeded"
        has_ended = job.status in ("succeeded", "cancelled", "failed")
        links = {"self": f"/v1/jobs/{job.id}", "events": f"/v1/jobs/{job.id}/events"}
        if job.kind == "recommendations" and not has_ended:
            links["cancel"] = links["self"]
        return {
            "id": job.id,
            "kind": job.kind,
            "status": job.status,
            "attempt": int(job.status != "queued"),
            "createdAt": "",
            "startedAt": None,
            "finishedAt": "now" if has_ended else None,
            "deadlineAt": None,
            "expiresAt": "",
            "request": {},
            "result": job.result,
            "error": None,
            "links": links,
        }

    def _list(self, ratings: dict[str, float], unwanted: set[str], body: dict[str, Any]) -> dict[str, Any]:
        """Items of genres that were rated well: enough to see that ratings change lists."""
        self.seen.append(set(ratings))
        liked: dict[str, float] = {}
        for item, rating in ratings.items():
            for genre in self._item(item)["genres"]:
                liked[genre] = liked.get(genre, 0) + rating - 2.9
        wanted, without = set(body.get("genres") or []), set(body.get("excludedGenres") or [])
        if body.get("algorithm") == "trending":
            liked = {}
        candidates = [
            item
            for item in self.items.values()
            if item["id"] not in ratings
            and item["id"] not in unwanted
            and (not wanted or wanted & set(item["genres"]))
            and not without & set(item["genres"])
        ]
        scores = {
            item["id"]: sum(liked.get(genre, 0) for genre in item["genres"]) + item["meanRating"] / 10 for item in candidates
        }
        best = sorted(candidates, key=lambda item: -scores[item["id"]])[: body.get("count") or 20]
        because = sorted(ratings, key=lambda item: -ratings[item])[:2]
        return {
            "algorithm": body.get("algorithm") or "user-neighbors",
            "similarity": "cosine",
            "fallback": None if ratings or body.get("algorithm") == "trending" else "popularity",
            "neighbours": 50,
            "ratingsVersion": None,
            "generatedAt": datetime.now(UTC).isoformat(),
            "items": [
                {
                    "rank": rank,
                    "item": {key: item[key] for key in ("id", "title", "year", "genres", "links")},
                    "score": scores[item["id"]],
                    "predictedRating": min(5.0, item["meanRating"] + 0.35),
                    "matchPercent": max(8.0, 88.0 - 2 * rank),
                    "because": [
                        {
                            "item": {"id": why, "title": self._item(why)["title"]},
                            "rating": ratings[why],
                            "contribution": scores[item["id"]] / 4,
                        }
                        for why in because
                    ],
                }
                for rank, item in enumerate(best, 1)
            ],
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.server.has_stopped:  # type: ignore[attr-defined]
            # Connections outlive the socket that took them; those of a process that ended do not.
            self.close_connection = True
            return
        gateway = self.server.gateway  # type: ignore[attr-defined]
        extra: dict[str, str] = {}
        try:
            status, answer, extra = gateway.answer(self.command, self.path, headers, body)
        except Refusal as refusal:
            status, extra = refusal.status, refusal.headers
            answer = {
                "type": f"/docs#{refusal.code}",
                "title": refusal.title,
                "status": status,
                "instance": self.path,
                "code": refusal.code,
            }
        if gateway.loses_answers and self.command != "GET":
            self.close_connection = True
            return
        content = b"" if answer is None else json.dumps(answer).encode()
        if gateway.talks_html:
            content = b"<h1>It works!</h1>"
        elif gateway.talks_nonsense:
            content = b"{}"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, gateway: FakeGateway) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.gateway = gateway
        self.has_stopped = False


class RunningGateway:
    """A fake gateway on a port of this machine, which can be stopped and started again with its state."""

    def __init__(self, port: int = 0) -> None:
        self.gateway = FakeGateway()
        self._server: _Server | None = None
        self.port = port
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = _Server(self.port, self.gateway)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.has_stopped = True
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def evaluation() -> dict[str, Any]:
    """A report as `kindred evaluate` writes it, in brief."""

    def algorithm(name: str, hit_rate: float, ndcg: float) -> dict[str, Any]:
        def estimate(value: float) -> dict[str, Any]:
            return {"value": value, "interval": {"low": value * 0.85, "high": value * 1.15}, "difference": None}

        return {
            "name": name,
            "parameters": {},
            "queriesPerSecond": 5210.4,
            "metrics": {"hr@10": estimate(hit_rate), "ndcg@10": estimate(ndcg), "mrr": estimate(ndcg * 0.8)},
        }

    return {
        "format": "kindred-evaluation/1",
        "date": "2026-11-20T10:00:00Z",
        "command": ["kindred", "evaluate"],
        "dataset": {"name": "Fake films", "users": 610, "items": 91, "ratings": 100836},
        "split": {"method": "leave-last-out", "heldOutRatings": 610, "users": 610},
        "cutoffs": [10, 20],
        "baseline": "popularity",
        "algorithms": [
            algorithm("user-neighbors", 0.081, 0.043),
            algorithm("ease", 0.085, 0.046),
            algorithm("implicit-als", 0.078, 0.04),
            algorithm("popularity", 0.045, 0.022),
            algorithm("classic", 0.038, 0.017),
        ],
    }


if __name__ == "__main__":
    running = RunningGateway(int(sys.argv[1]) if len(sys.argv) > 1 else 8080)
    running.gateway.evaluation = evaluation()
    print(f"A fake gateway at {running.url}")
    threading.Event().wait()
