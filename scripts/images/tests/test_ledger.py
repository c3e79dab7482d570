"""A load's record against what the service has."""

import json
from pathlib import Path
from typing import Any

from client import Answer, Client
from ledger import audit


class FakeClient(Client):
    """A gateway that has these jobs and these ratings."""

    def __init__(self, jobs: dict[str, dict[str, Any]], ratings: dict[str, float]) -> None:
        self._jobs = jobs
        self._ratings = ratings

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:  # noqa: ARG002
        """Answer as the gateway would."""
        if path.startswith("/v1/jobs/"):
            job = self._jobs.get(path.removeprefix("/v1/jobs/"))
            return Answer(200, job) if job else Answer(404, {"code": "job_unknown"})
        return Answer(200, {"ratings": [{"item": {"id": item}, "rating": rating} for item, rating in self._ratings.items()]})


DONE = {"status": "succeeded", "attempt": 1}


def record(folder: Path, *lines: tuple[int | None, str | None, str, float]) -> Path:
    """A record of ratings by one user: status, job, item and rating; each is newer than the one before."""
    file = folder / "record.jsonl"
    texts = [
        {"user": "u", "status": status, "job": job, "version": f"{place:024}", "item": item, "rating": rating}
        for place, (status, job, item, rating) in enumerate(lines)
    ]
    file.write_text("".join(json.dumps(text) + "\n" for text in texts))
    return file


def test_nothing_is_lost_when_everything_is_there(tmp_path: Path):
    file = record(tmp_path, (202, "a", "1", 4), (202, "b", "1", 5), (202, "c", "2", 3))
    verdict = audit(file, FakeClient({"a": DONE, "b": DONE | {"attempt": 2}, "c": DONE}, {"1": 5, "2": 3}))
    assert (verdict.accepted, verdict.jobs, verdict.delivered_again, verdict.lost) == (3, 3, 1, [])


def test_a_job_that_did_not_succeed_is_lost(tmp_path: Path):
    file = record(tmp_path, (202, "a", "1", 4), (202, "b", "2", 5))
    verdict = audit(file, FakeClient({"a": {"status": "queued", "attempt": 0}}, {"1": 4, "2": 5}))
    assert len(verdict.lost) == 2


def test_a_rating_that_is_not_the_newest_is_lost(tmp_path: Path):
    file = record(tmp_path, (202, "a", "1", 4), (202, "b", "1", 5))
    assert len(audit(file, FakeClient({"a": DONE, "b": DONE}, {"1": 4})).lost) == 1
    assert len(audit(file, FakeClient({"a": DONE, "b": DONE}, {})).lost) == 1


def test_what_had_no_answer_may_hold_or_not(tmp_path: Path):
    file = record(tmp_path, (202, "a", "1", 4), (None, None, "1", 5), (503, None, "2", 5))
    for held in (4.0, 5.0):
        verdict = audit(file, FakeClient({"a": DONE}, {"1": held}))
        assert (verdict.refused, verdict.unanswered, verdict.lost) == (1, 1, [])
