"""Sizes, start times and memory of what runs."""

import statistics
import time
from pathlib import Path

import probes
from cluster import Cluster
from engine import container_name

_OWN = ("gateway", "worker", "cli", "app")


def sizes(cluster: Cluster) -> list[str]:
    """Of each image: all of it, and what it has beyond the base that all share."""
    base = int(cluster.engine.run("image", "inspect", "--format", "{{.Size}}", "localhost/kindred-base:bookworm"))
    lines = [f"base     {base / 1e6:6.1f} MB"]
    for name in _OWN:
        size = int(cluster.engine.run("image", "inspect", "--format", "{{.Size}}", f"localhost/kindred-{name}:{cluster.tag}"))
        lines.append(f"{name:8} {size / 1e6:6.1f} MB, {(size - base) / 1e6:.1f} MB of them its own")
    return lines


def start_times(cluster: Cluster, repetitions: int = 5) -> list[str]:
    """From the start of the container to the first success of its readiness probe, on a machine that does nothing else."""
    lines = []
    for workload in ("gateway", "worker", "app"):
        if not cluster.pods(workload):
            continue
        took = []
        for number in range(repetitions):
            pod = cluster.prepare(workload, f"{workload}-{90 + number}")
            probe = pod.main.probes["readiness"]
            began = time.monotonic()
            cluster.engine.start(container_name(pod, pod.main))
            started = time.monotonic()
            while not probes.answers(cluster.engine, pod, pod.main, probe):
                time.sleep(0.005)
            took.append((time.monotonic() - began, started - began))
            cluster.remove(pod, patience=False)
        ready, started = (statistics.median(column) for column in zip(*took, strict=True))
        lines.append(f"{workload:8} {ready:.2f} s, {started:.2f} s of them podman and runc (median of {repetitions})")
    return lines


def memory(cluster: Cluster) -> list[str]:
    """Of each container: its processes' share of memory, and what no other process has."""
    lines = []
    for pod in sorted(cluster.all_pods(), key=lambda one: one.name):
        for container in pod.containers:
            state = cluster.engine.inspect(container_name(pod, container))["State"]
            if not state["Running"]:
                continue
            sums = {"Pss": 0, "Private_Clean": 0, "Private_Dirty": 0}
            for process in _processes(state["Pid"]):
                for line in (process / "smaps_rollup").read_text().splitlines():
                    key, _, rest = line.partition(":")
                    if key in sums:
                        sums[key] += int(rest.split()[0])
            private = sums["Private_Clean"] + sums["Private_Dirty"]
            lines.append(
                f"{pod.name + '/' + container.name:28} {sums['Pss'] / 1024:6.1f} MiB, {private / 1024:.1f} MiB of them private"
            )
    return lines


def _processes(pid: int) -> list[Path]:
    """All processes in the container of one."""
    namespace = Path(f"/proc/{pid}/ns/pid").readlink()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "ns/pid").readlink() == namespace:
                found.append(folder)
        except OSError:
            continue
    return found
