"""Asks a running Kindred for what live.sh measures; see there."""
import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import threading
import time
import urllib.parse
from typing import Any

# So many lists in a row that show an effect mean that all workers do: they take turns.
RUN = 10


class Gateway:
    """One connection, kept open."""

    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)

    def ask(self, method: str, path: str, body: Any = None, wait: int = 0) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if wait:
            headers["Prefer"] = f"wait={wait}"
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        with self.connection.getresponse() as answer:
            return answer.status, json.loads(answer.read() or b"null")

    def ready(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                status, _ = self.ask("PUT", "/v1/users/first/ratings/none", {"rating": 4})
                if status == 404:
                    return
            except (OSError, http.client.HTTPException, ValueError):
                self.connection.close()
            if time.monotonic() > deadline:
                raise SystemExit("the gateway is not ready")
            time.sleep(0.1)

    def rate(self, user: str, ratings: dict[str, float], wait: int = 0) -> None:
        body = {"ratings": [{"item": item, "rating": rating} for item, rating in ratings.items()]}
        status, answer = self.ask("POST", f"/v1/users/{user}/ratings?refresh=false", body, wait)
        if status not in (200, 202):
            raise SystemExit(f"a rating was refused: {answer}")

    def listed(self, user: str) -> list[tuple[str, float]]:
        body = {"count": 50, "algorithm": "user-neighbors"}
        status, answer = self.ask("POST", f"/v1/users/{user}/recommendations", body, 30)
        if status != 200:
            raise SystemExit(f"no list came: {answer}")
        return [(entry["item"]["id"], entry["score"]) for entry in answer["items"]]


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def settled(gateway: Gateway, user: str) -> list[tuple[str, float]]:
    """The list once it stays as it is."""
    last, run = gateway.listed(user), 1
    deadline = time.monotonic() + 30
    while run < RUN:
        new = gateway.listed(user)
        last, run = new, run + 1 if new == last else 1
        if time.monotonic() > deadline:
            raise SystemExit("a list does not come to rest")
    return last


def trial(gateway: Gateway, number: int, user: str, choice: random.Random) -> tuple[float, float] | None:
    """Seconds from the 202 to the first list that shows the rating, and to the first after which all do; nil if none did."""
    twin = f"twin-{number}"
    _, profile = gateway.ask("GET", f"/v1/users/{user}/ratings?pageSize=50")
    gateway.rate(twin, {entry["item"]["id"]: entry["rating"] for entry in profile["ratings"]}, 30)
    before = settled(gateway, user)
    if not before:
        return None
    item = choice.choice(before[:20])[0]
    gateway.rate(twin, {item: 5})
    accepted = time.monotonic()
    first, last_without, run = None, accepted, 0
    while run < RUN and time.monotonic() < accepted + 20:
        asked = time.monotonic()
        shows = gateway.listed(user) != before
        now = time.monotonic()
        run = run + 1 if shows else 0
        if shows and first is None:
            first = now
        if shows and run == 1:
            since = now
        if not shows:
            last_without = asked
    if first is None or run < RUN or since < last_without:
        return None
    return first - accepted, since - accepted


def effect(options: argparse.Namespace) -> None:
    gateway = Gateway(options.url)
    gateway.ready()
    choice = random.Random(7)
    _, catalogue = gateway.ask("GET", "/v1/catalogue")
    users = choice.sample(range(1, catalogue["userCount"] + 1), options.trials)
    times = [trial(gateway, number, str(user), choice) for number, user in enumerate(users)]
    seen = [both for both in times if both is not None]
    print(f"{catalogue['name']}: {options.trials} trials, {len(times) - len(seen)} without an effect")
    for name, values in (("first list that shows it", [a for a, _ in seen]), ("all workers show it", [b for _, b in seen])):
        milliseconds = [1000 * value for value in values]
        print(
            f"    {name:26} median {statistics.median(milliseconds):7.1f} ms   p95 {quantile(milliseconds, 0.95):7.1f} ms"
            f"   most {max(milliseconds):7.1f} ms")
    if len(seen) < len(times):
        raise SystemExit(1)


class Switching(threading.Thread):
    """Changes the files every few seconds, forth and back, until it is told to stop."""

    def __init__(self, kindred: str, every: float) -> None:
        super().__init__()
        self.kindred, self.every = kindred, every
        self.stopped = threading.Event()
        self.count = 0

    def run(self) -> None:
        while not self.stopped.wait(self.every):
            self.count += 1
            target = "1" if self.count % 2 else "2"
            subprocess.run([self.kindred, "data", "rollback", "--to", target], check=True, stdout=subprocess.DEVNULL)


def load(options: argparse.Namespace, *arguments: str) -> dict[str, Any]:
    command = [options.kindred, "load", "--url", options.url, "--json", *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def switches(options: argparse.Namespace) -> int:
    """How often all workers together have changed their files."""
    count = 0
    for port in options.worker:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/metrics")
        for line in connection.getresponse().read().decode().splitlines():
            if line.startswith("kindred_generation_switches_total"):
                count += int(float(line.split()[-1]))
        connection.close()
    return count


def switch(options: argparse.Namespace) -> None:
    gateway = Gateway(options.url)
    gateway.ready()
    rate = options.rate
    if rate is None:
        most = load(options, "--max", "--connections", "32", "--duration", "5")["answeredPerSecond"]
        rate = max(1, int(0.7 * most))
    gateway.rate("first", {item["id"]: 4 for item in gateway.ask("GET", "/v1/items?pageSize=5")[1]["items"]}, 30)
    # Generation 2: with what was said until now. Those that follow have the files of 1 and of 2 by turns.
    subprocess.run([options.kindred, "compact"], check=True, stdout=subprocess.DEVNULL)
    time.sleep(4)
    print(f"{rate} requests a second, {options.seconds} s each, a change every {options.every} s")
    failed = changes = 0
    p99s: dict[str, dict[bool, list[float]]] = {}
    for round_number in range(2 * options.rounds):
        # By turns, and not always the same one first, since the machine has other work too.
        changing = round_number % 4 in (1, 2)
        thread = Switching(options.kindred, options.every)
        before = switches(options)
        if changing:
            thread.start()
        figures = load(options, "--rate", str(rate), "--duration", str(options.seconds), "--seed", str(round_number + 1))["figures"]
        thread.stopped.set()
        if changing:
            thread.join()
        unended = {name: jobs["ended"] for name, jobs in figures["jobs"].items() if set(jobs["ended"]) - {"succeeded"}}
        lost = sum(jobs["unfinished"] for jobs in figures["jobs"].values())
        bad = sum(sum(count for end, count in ended.items() if end != "succeeded") for ended in unended.values())
        changed = switches(options) - before
        changes += changed
        failed += bad + lost + figures["errors"]
        latencies = {name: jobs["latency"]["p99Ms"] for name, jobs in figures["jobs"].items()}
        latencies["all requests"] = figures["all"]["latency"]["p99Ms"]
        for name, value in latencies.items():
            p99s.setdefault(name, {True: [], False: []})[changing].append(value)
        followed = sum(jobs["followed"] for jobs in figures["jobs"].values())
        print(
            f"    {'changing' if changing else 'at rest ':8} {figures['requests']:7} requests, {figures['errors']} errors, "
            f"{followed} jobs followed, {bad + lost} failed, {changed} changes; p99 ms: "
            + ", ".join(f"{name} {value:.1f}" for name, value in latencies.items()), flush=True)
    for name, values in p99s.items():
        rest, change = statistics.median(values[False]), statistics.median(values[True])
        print(f"{name}: p99 {change:.1f} ms while files change, {rest:.1f} ms at rest: {change / rest:.2f} times")
    print(f"changes of files: {changes}, failed: {failed}")
    if failed or not changes:
        raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["effect", "switch"])
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--worker", type=int, action="append", default=[], help="the port of a worker's metrics")
    parser.add_argument("--kindred", default=os.path.join(".build", "release", "kindred"))
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--rate", type=int)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=float, default=4)
    options = parser.parse_args()
    {"effect": effect, "switch": switch}[options.what](options)


if __name__ == "__main__":
    main()
