#!/usr/bin/env python3
"""Asking for a job's status, against an empty handler of the same HTTP server in the same run.

    ./deploy-local-dev.sh --detach
    Benchmarks/status_polling.py [--url http://127.0.0.1:8080] [--seconds 5] [--rounds 3] [--connections 32]

Builds the empty server (Benchmarks/EmptyServer) and asks both in turns with wrk (Debian's package): for a job that only applied a
rating, for a job that carries a list of 20, and for nothing. The median of the rounds counts.
"""
import argparse
import http.client
import json
import os
import pathlib
import re
import statistics
import subprocess
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent


def ended_job(address, user, item, query):
    """The path of a job that has ended, and how many bytes its status has."""
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    headers = {"Content-Type": "application/json"}
    connection.request("PUT", f"/v1/users/{user}/ratings/{item}{query}", json.dumps({"rating": 4}), headers)
    response = connection.getresponse()
    path = response.getheader("Location")
    response.read()
    connection.request("GET", path, headers={"Prefer": "wait=30"})
    body = connection.getresponse().read()
    assert json.loads(body)["status"] == "succeeded", body
    return path, len(body)


def first_item(address):
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.request("GET", "/v1/items?pageSize=1")
    return json.loads(connection.getresponse().read())["items"][0]["id"]


def requests_per_second(url, options):
    run = subprocess.run(
        ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s", url], check=True, capture_output=True, text=True)
    assert "Non-2xx" not in run.stdout and "Socket errors" not in run.stdout, run.stdout
    return float(re.search(r"Requests/sec:\s*([\d.]+)", run.stdout).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--empty-port", type=int, default=18099)
    options = parser.parse_args()
    environment = dict(os.environ, KINDRED_BENCHMARKS="1")
    subprocess.run(["swift", "build", "-c", "release", "--product", "EmptyServer"], cwd=ROOT, env=environment, check=True)
    address = urllib.parse.urlparse(options.url)
    item = first_item(address)
    small, small_size = ended_job(address, "poll-small", item, "?refresh=false")
    large, large_size = ended_job(address, "poll-large", item, "")
    empty = f"http://127.0.0.1:{options.empty_port}"
    targets = {
        "empty handler": empty + small,
        f"job, {small_size} bytes": options.url + small,
        f"job with its list, {large_size} bytes": options.url + large,
    }
    server = subprocess.Popen([ROOT / ".build/release/EmptyServer", str(options.empty_port)])
    try:
        while True:
            try:
                http.client.HTTPConnection("127.0.0.1", options.empty_port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.05)
        rates = {name: [] for name in targets}
        for _ in range(options.rounds):
            for name, url in targets.items():
                rates[name].append(requests_per_second(url, options))
    finally:
        server.terminate()
        server.wait()
    base = statistics.median(rates["empty handler"])
    for name, found in rates.items():
        median = statistics.median(found)
        print(f"{name:32} {median:9.0f} requests/s  {100 * median / base:4.0f} %   rounds: " + ", ".join(f"{r:.0f}" for r in found))


if __name__ == "__main__":
    main()
