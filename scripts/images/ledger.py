"""Whether everything that the gateway accepted under load was done: what `kindred load --record` wrote, against what there is."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client import Client


@dataclass
class Verdict:
    """What became of the ratings that were accepted."""

    accepted: int = 0
    refused: int = 0
    unanswered: int = 0
    jobs: int = 0
    delivered_again: int = 0
    lost: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.accepted} ratings accepted in {self.jobs} jobs, {self.refused} refused, {self.unanswered} without an answer; "
            f"lost: {len(self.lost)}, jobs that were delivered more than once: {self.delivered_again}"
        )


def audit(record: Path, client: Client) -> Verdict:
    """Look up every job that was accepted, and every rating that should hold by now."""
    verdict = Verdict()
    jobs: set[str] = set()
    newest: dict[tuple[str, str], tuple[str, float]] = {}
    doubtful: set[tuple[str, str]] = set()
    for line in record.read_text().splitlines():
        sent: dict[str, Any] = json.loads(line)
        place = (sent["user"], sent["item"])
        if sent["status"] is None:
            verdict.unanswered += 1
            doubtful.add(place)
        elif sent["status"] >= 300:
            verdict.refused += 1
            doubtful.add(place)
        else:
            verdict.accepted += 1
            jobs.add(sent["job"])
            # Versions are texts of one length, and sort as what they stand for.
            newest[place] = max(newest.get(place, ("", 0.0)), (sent["version"], sent["rating"]))
    verdict.jobs = len(jobs)
    for job in sorted(jobs):
        # Some may still wait for a worker.
        found = client.ask("GET", f"/v1/jobs/{job}", Prefer="wait=60")
        if found.status != 200 or found.body["status"] != "succeeded":
            verdict.lost.append(f"job {job}: {found.body}")
        elif found.body["attempt"] > 1:
            verdict.delivered_again += 1
    held: dict[str, dict[str, float]] = {}
    for (user, item), (_, rating) in newest.items():
        if user not in held:
            held[user] = _ratings(client, user)
        if held[user].get(item) != rating and (user, item) not in doubtful:
            verdict.lost.append(f"{user} rated {item} with {rating}, and what holds is {held[user].get(item)}")
    return verdict


def _ratings(client: Client, user: str) -> dict[str, float]:
    found: dict[str, float] = {}
    token = ""
    while True:
        page = client.expect(200, "GET", f"/v1/users/{user}/ratings?pageSize=100{token}")
        for entry in page["ratings"]:
            found.setdefault(entry["item"]["id"], entry["rating"])
        if not page.get("nextPageToken"):
            return found
        token = f"&pageToken={page['nextPageToken']}"
