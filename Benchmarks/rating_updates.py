#!/usr/bin/env python3
"""Rating updates through the whole service: how many a second, and how long one takes.

    ./deploy-local-dev.sh --detach
    Benchmarks/rating_updates.py [--url http://127.0.0.1:8080] [--seconds 10] [--connections 32]

First 300 updates one after the other, each waited for: PUT with `Prefer: wait`, answered when the rating is applied and the
new list is there. Then as many as the service takes, with wrk (Debian's package), until the last job has ended.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import time
import urllib.parse


def ask(connection, method, path, body=None, wait=None):
    headers = {"Content-Type": "application/json"}
    if wait:
        headers["Prefer"] = f"wait={wait}"
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def all_items(connection):
    items, token = [], ""
    while token is not None:
        _, page = ask(connection, "GET", f"/v1/items?pageSize=100&pageToken={urllib.parse.quote(token)}")
        items += [item["id"] for item in page["items"]]
        token = page.get("nextPageToken")
    return items


def one_at_a_time(connection, items, count):
    generator, durations = random.Random(1), []
    for _ in range(count):
        path = f"/v1/users/{generator.randint(1, 610)}/ratings/{generator.choice(items)}"
        began = time.perf_counter()
        status, answer = ask(connection, "PUT", path, {"rating": generator.randint(1, 10) / 2}, wait=10)
        durations.append((time.perf_counter() - began) * 1000)
        assert status == 200 and answer["status"] == "succeeded", answer
    durations.sort()
    print(f"one client: median {durations[count // 2]:.1f} ms, 99 % within {durations[count * 99 // 100]:.1f} ms")


def as_many_as_possible(connection, url, items, seconds, connections):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(items))
        file.flush()
        script = pathlib.Path(__file__).with_name("rating_updates.lua")
        began = time.perf_counter()
        run = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url],
            env=dict(os.environ, ITEMS=file.name), check=True, capture_output=True, text=True)
    accepted, refused, last = re.search(r"accepted (\d+) refused (\d+) last (\S*)", run.stdout).groups()
    # Jobs of one queue are taken in order, so when the last has ended nearly all have.
    while ask(connection, "GET", f"/v1/jobs/{last}", wait=30)[1]["status"] in ("queued", "running", "retrying"):
        pass
    span = time.perf_counter() - began
    print(f"{connections} connections: {int(accepted) / seconds:.0f} accepted a second, {int(accepted) / span:.0f} applied and "
          f"answered with a list a second, {refused} refused")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    address = urllib.parse.urlparse(options.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    items = all_items(connection)
    one_at_a_time(connection, items, 300)
    as_many_as_possible(connection, options.url, items, options.seconds, options.connections)


if __name__ == "__main__":
    main()
