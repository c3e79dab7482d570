"""What operators do while users are at it: more workers, fewer workers, a new version. Nobody may notice."""

from pathlib import Path
from typing import Any

from cluster import Cluster, Farewell
from ledger import Verdict, audit
from load import Load, jobs_per_second
from story import service_client

# Each worker gets this share of a core, so that it is the workers that limit, and not a machine that has few cores for all.
_CORES = 0.1


def scale(cluster: Cluster, folder: Path, rate: int = 400, seconds: int = 20) -> list[str]:
    """One worker, two, four, and one again, while more ratings come than one can apply."""
    said: list[str] = []
    for pod in cluster.pods("worker"):
        cluster.remove(pod)
    cluster.add("worker", cpus=_CORES)
    load = Load(cluster, folder, "--rate", str(rate), "--duration", f"{7 * seconds}s", "--mix", "rate=1", "--users", "20000",
                "--follow", "0", "--drain", "60s")  # fmt: skip
    jobs_per_second(cluster, 5)
    for count in (1, 2, 4):
        while len(cluster.pods("worker")) < count:
            cluster.add("worker", cpus=_CORES)
        said.append(f"{count} workers of {_CORES} cores: {jobs_per_second(cluster, seconds):.0f} jobs/s of {rate}/s asked for")
    ends = [cluster.remove(pod) for pod in cluster.pods("worker")[1:]]
    said.append(f"1 worker again: {jobs_per_second(cluster, seconds):.0f} jobs/s; {_ends(ends)}")
    # What has piled up is done by workers that are not held back.
    cluster.add("worker")
    report = load.report()
    return said + _judge(cluster, load, report)


def upgrade(cluster: Cluster, folder: Path, new: str, rate: int = 150) -> list[str]:
    """Every gateway and every worker is replaced by one of another version, one at a time, the new one first."""
    load = Load(cluster, folder, "--rate", str(rate), "--duration", "120s", "--follow", "1")
    said: list[str] = []
    for workload in ("worker", "gateway"):
        ends = []
        for old in cluster.pods(workload):
            cluster.add(workload, tag=new)
            ends.append(cluster.remove(old))
        said.append(f"{workload}: {len(ends)} of {cluster.tag} replaced by {new}; {_ends(ends)}")
    return said + _judge(cluster, load, load.report())


def _ends(ends: list[Farewell]) -> str:
    return ", ".join(f"{end.pod} ended with {end.code} after {end.seconds:.1f} s" for end in ends)


def _judge(cluster: Cluster, load: Load, report: dict[str, Any]) -> list[str]:
    figures = report["figures"]
    verdict: Verdict = audit(load.record, service_client(cluster))
    said = [
        f"{figures['requests']} requests, {figures['errors']} of them failed; p50 {figures['all']['latency']['p50']} ms, "
        f"p99 {figures['all']['latency']['p99']} ms",
        f"jobs: { {kind: part['ended'] for kind, part in figures['jobs'].items()} }",
        str(verdict),
    ]
    if figures["errors"] or verdict.lost or verdict.refused or verdict.unanswered:
        raise AssertionError("\n".join([*said, *verdict.lost[:10]]))
    return said
