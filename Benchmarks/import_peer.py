#!/usr/bin/env python3
"""Import of a folder in MovieLens' form, beside what polars and scipy need for the same two matrices.

    swift build -c release --product kindred
    python3 -m venv peers && peers/bin/pip install polars scipy
    peers/bin/python Benchmarks/import_peer.py FOLDER [--kindred .build/release/kindred] [--runs 3]

Kindred reads the list of films and the ratings, and writes the ratings file to the disk, synced. The peer reads the ratings with
polars.read_csv and makes the rows (CSR) and the columns (CSC) with scipy; it writes nothing, has no times in its rows, and takes the
ids for the numbers of rows and columns. Each in a process of its own, by turns; the page cache is warm for both. The CPU seconds are those of all
threads; on a machine with other work on it they say more than the wall clock.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

PEER = """
import sys, polars, scipy.sparse
ratings = polars.read_csv(sys.argv[1])
users, items, values = (ratings.to_series(column).to_numpy() for column in range(3))
pairs = scipy.sparse.coo_matrix((values.astype("float32"), (users, items)))
rows, columns = pairs.tocsr(), pairs.tocsc()
print(rows.nnz, columns.nnz)
"""


def measure(command):
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return {
        "seconds": seconds,
        "cpuSeconds": usage.ru_utime + usage.ru_stime,
        "peakMiB": usage.ru_maxrss / 1024,
        "output": output.decode(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--kindred", default=".build/release/kindred")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    ratings = arguments.folder / "ratings.csv"
    with open(ratings, "rb") as file:  # into the page cache, and not into this process, whose size a child begins with
        while file.read(1 << 20):
            pass

    runs = {"kindred": [], "polars + scipy": []}
    with tempfile.TemporaryDirectory(dir=".") as folder:
        for _ in range(arguments.runs):
            output = os.path.join(folder, "bench.ratings")
            runs["kindred"].append(measure([arguments.kindred, "import", str(arguments.folder), "--output", output, "--json"]))
            runs["polars + scipy"].append(measure([sys.executable, "-c", PEER, str(ratings)]))
        file_size = os.path.getsize(output)

    def median(name, figure):
        return statistics.median(run[figure] for run in runs[name])

    report = json.loads(runs["kindred"][0]["output"])
    ratios = {figure: median("polars + scipy", figure) / median("kindred", figure) for figure in ("seconds", "cpuSeconds", "peakMiB")}
    if arguments.json:
        medians = {name: {figure: median(name, figure) for figure in ratios} for name in runs}
        print(json.dumps({"ratings": report["ratings"], "medians": medians, "ratios": ratios, "load": os.getloadavg()[0]}, indent=2))
        return
    print(f"{report['ratings']:,} ratings, {ratings.stat().st_size / 1e6:.0f} MB; the ratings file has {file_size / 1e6:.0f} MB")
    print(f"{'':16}{'seconds':>10}{'CPU seconds':>14}{'peak MiB':>12}   medians of {arguments.runs}, load {os.getloadavg()[0]:.1f}")
    for name in runs:
        print(f"{name:16}{median(name, 'seconds'):>10.2f}{median(name, 'cpuSeconds'):>14.2f}{median(name, 'peakMiB'):>12.0f}")
    print(f"{'ratio':16}" + "".join(f"{ratios[figure]:>{width}.1f}" for figure, width in zip(ratios, (10, 14, 12))))


if __name__ == "__main__":
    main()
