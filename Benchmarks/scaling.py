#!/usr/bin/env python3
"""How the time of a query and the memory of a worker grow with the number of ratings: measures, then draws an SVG.

    python3 Benchmarks/scaling.py FOLDER --kindred .build/release/kindred --output docs/figures/scaling.svg

FOLDER is a data set in MovieLens layout (ratings.csv, movies.csv), as large as the largest size. The smaller sizes are some of its users,
with all of their ratings. `kindred bench` measures each size; its figures are printed as JSON, one line each.
"""
import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

ALGORITHMS = {"user-neighbors": "#2a6fdb", "implicit-als": "#c2410c", "item-neighbors": "#15803d"}


def subsets(folder, shares, target):
    """Writes the ratings of a share of the users for each share; a user is in all larger sets too."""
    paths = []
    files = []
    for number, _ in enumerate(shares):
        path = os.path.join(target, str(number))
        os.makedirs(path)
        shutil.copy(os.path.join(folder, "movies.csv"), path)
        paths.append(path)
        files.append(open(os.path.join(path, "ratings.csv"), "w", buffering=1 << 20))
    with open(os.path.join(folder, "ratings.csv")) as source:
        header = next(source)
        for file in files:
            file.write(header)
        last, chosen = None, []
        for line in source:
            user = line[: line.index(",")]
            if user != last:
                last = user
                # Knuth's multiplicative hash, so that neighbouring ids are independent.
                place = (int(user) * 2654435761 % 2**32) / 2**32
                chosen = [file for file, share in zip(files, shares) if place < share]
            for file in chosen:
                file.write(line)
    for file in files:
        file.close()
    return paths


def bench(program, folder, queries):
    command = [program, "bench", "--data", folder, "--queries", str(queries), "--json"]
    for algorithm in ("item-neighbors", "implicit-als"):
        command += ["--train", algorithm]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


class Plot:
    """One set of axes, both logarithmic."""

    def __init__(self, x, title, unit, low, high, xs):
        self.x, self.title, self.unit = x, title, unit
        self.low, self.high = math.log10(low), math.log10(high)
        self.left, self.right = math.log10(min(xs)), math.log10(max(xs))
        self.parts = []

    WIDTH, HEIGHT, TOP = 330, 230, 60

    def point(self, x, y):
        across = (math.log10(x) - self.left) / (self.right - self.left)
        up = (math.log10(y) - self.low) / (self.high - self.low)
        return self.x + across * self.WIDTH, self.TOP + (1 - up) * self.HEIGHT

    def frame(self, xs):
        bottom = self.TOP + self.HEIGHT
        self.parts.append(f'<text class="title" x="{self.x}" y="{self.TOP - 34}">{self.title}</text>')
        self.parts.append(f'<text x="{self.x}" y="{self.TOP - 16}">{self.unit}</text>')
        for power in range(math.ceil(self.low), math.floor(self.high) + 1):
            _, y = self.point(xs[0], 10**power)
            label = f"{10**power:g}"
            self.parts.append(f'<line class="grid" x1="{self.x}" x2="{self.x + self.WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
            self.parts.append(f'<text class="number" x="{self.x - 8}" y="{y + 4:.1f}">{label}</text>')
        for x in xs:
            place, _ = self.point(x, 10**self.low)
            label = f"{x / 1e6:.3g} M" if x >= 1e6 else f"{x / 1e3:.0f} k"
            self.parts.append(f'<text class="middle" x="{place:.1f}" y="{bottom + 18}">{label}</text>')
        self.parts.append(f'<text class="middle" x="{self.x + self.WIDTH / 2}" y="{bottom + 38}">ratings</text>')

    def line(self, xs, ys, color, dashed=False, label=None):
        points = [self.point(x, y) for x, y in zip(xs, ys)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(f'<polyline points="{path}" stroke="{color}"{dash}/>')
        self.parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{color}"/>' for x, y in points]
        if label:
            x, y = points[-1]
            self.parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" style="fill:{color}">{label}</text>')


def draw(rows):
    xs = [row["ratings"] for row in rows]
    times = Plot(60, "One list of 20", "milliseconds, one thread: median, and dashed 99 in 100", 0.01, 100, xs)
    times.frame(xs)
    for algorithm, color in ALGORITHMS.items():
        query = [row["queries"][algorithm] for row in rows]
        times.line(xs, [q["p50Ms"] for q in query], color, label=algorithm)
        times.line(xs, [q["p99Ms"] for q in query], color, dashed=True)
    memory = Plot(590, "Memory", "MB", 1, 1000, xs)
    memory.frame(xs)
    memory.line(xs, [row["ratingsFileBytes"] / 1e6 for row in rows], "#6b7280", label="file, shared")
    memory.line(xs, [row["privateBytes"] / 1e6 for row in rows], "#7c3aed", label="a worker's own")
    style = """
      text { font: 12px system-ui, sans-serif; fill: #374151 } .title { font-size: 15px; font-weight: 600 }
      .number { text-anchor: end } .middle { text-anchor: middle } .grid { stroke: #9ca3af; stroke-opacity: .35 }
      polyline { fill: none; stroke-width: 2 }
      @media (prefers-color-scheme: dark) { text { fill: #d1d5db } }"""
    body = "\n".join(times.parts + memory.parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1040 350" role="img"><style>{style}</style>\n{body}\n</svg>\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--kindred", default=".build/release/kindred")
    parser.add_argument("--output", default="scaling.svg")
    parser.add_argument("--shares", default="0.004,0.012,0.04,0.12,0.4,1", help="of the users, ascending")
    parser.add_argument("--queries", type=int, default=1000)
    arguments = parser.parse_args()
    shares = [float(share) for share in arguments.shares.split(",")]
    rows = []
    with tempfile.TemporaryDirectory(prefix="kindred-scaling-") as target:
        print("Writing the smaller data sets …", file=sys.stderr)
        for path in subsets(arguments.folder, shares, target):
            row = bench(arguments.kindred, path, arguments.queries)
            rows.append(row)
            print(json.dumps(row), flush=True)
            shutil.rmtree(path)
    with open(arguments.output, "w") as file:
        file.write(draw(rows))


if __name__ == "__main__":
    main()
