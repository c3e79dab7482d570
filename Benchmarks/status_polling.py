#!/usr/bin/env python3
"""How much of what the HTTP server can do is left to who polls a job.

    ./deploy-local-dev.sh --detach
    swift build -c release --product EmptyServer
    Benchmarks/status_polling.py [--url http://127.0.0.1:8080] [--seconds 5] [--connections 64] [--rounds 3]

wrk (Debian's package) asks a server with one empty handler, then the gateway for a job that has ended, by turns. Prints the
requests a second of both, and their ratio, as medians over the rounds.
"""
import argparse
import json
import pathlib
import re
import socket
import statistics
import subprocess
import time
import urllib.request


def ask(url, body=None, method=None, headers=None):
    request = urllib.request.Request(url, json.dumps(body).encode() if body is not None else None, headers or {}, method=method)
    with urllib.request.urlopen(request, timeout=40) as response:
        return json.loads(response.read())


def requests_per_second(url, options):
    run = subprocess.run(
        ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s", url], check=True, capture_output=True, text=True)
    if "Non-2xx" in run.stdout:
        raise SystemExit(run.stdout)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", run.stdout).group(1))


def await_port(port):
    deadline = time.monotonic() + 10
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit(f"the empty server does not answer on port {port}")
            time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--port", type=int, default=18099, help="where the empty server listens")
    options = parser.parse_args()
    item = ask(f"{options.url}/v1/items?pageSize=1")["items"][0]["id"]
    json_headers = {"Content-Type": "application/json", "Prefer": "wait=10"}
    job = ask(f"{options.url}/v1/users/poller/ratings/{item}?refresh=false", {"rating": 4}, "PUT", json_headers)
    program = pathlib.Path(__file__).resolve().parent.parent / ".build/release/EmptyServer"
    empty = subprocess.Popen([program, str(options.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(options.port)
        rounds = []
        for _ in range(options.rounds):
            best = requests_per_second(f"http://127.0.0.1:{options.port}/", options)
            polled = requests_per_second(f"{options.url}/v1/jobs/{job['id']}", options)
            rounds.append((best, polled, polled / best))
            print(f"empty handler {best:,.0f}/s, polling {polled:,.0f}/s: {polled / best:.0%}")
        print(f"median: {statistics.median(ratio for _, _, ratio in rounds):.0%}")
    finally:
        empty.terminate()
        empty.wait()


if __name__ == "__main__":
    main()
