"""What operators do while users are at it: more workers, fewer workers, a new version. Nobody may notice."""

from collections.abc import Iterator
from pathlib import Path

from cluster import Cluster, Farewell
from ledger import audit
from load import Load, broker_counts, jobs_per_second
from story import service_client

# Each worker gets this share of a core, so that it is the workers that limit, and not a machine that has few cores for all.
_CORES = 0.02


def scale(cluster: Cluster, folder: Path, rate: int = 300, seconds: int = 12) -> Iterator[str]:
    """One worker, two, four, and one again, while more ratings come than one can apply. Says what was seen."""
    for pod in cluster.pods("worker"):
        cluster.remove(pod)
    cluster.add("worker", cpus=_CORES)
    load = Load(cluster, folder, "--rate", str(rate), "--duration", f"{8 * seconds}s", "--mix", "rate=1", "--users", "5000",
                "--follow", "0", "--drain", "60s")  # fmt: skip
    jobs_per_second(cluster, 5)
    for count in (1, 2, 4):
        while len(cluster.pods("worker")) < count:
            cluster.add("worker", cpus=_CORES)
        yield f"{count} workers of {_CORES} cores each: {jobs_per_second(cluster, seconds):.0f} of {rate} jobs a second"
    ends = [cluster.remove(pod) for pod in cluster.pods("worker")[1:]]
    yield f"1 worker again: {jobs_per_second(cluster, seconds):.0f} jobs a second; {_ends(ends)}"
    # What has piled up is done by a worker that is not held back.
    cluster.add("worker")
    yield from _judge(cluster, load)


def upgrade(cluster: Cluster, folder: Path, new: str, rate: int = 100, seconds: int = 90) -> Iterator[str]:
    """Every worker, then every gateway gives way to one of another version, the new one first. Says what was seen."""
    load = Load(
        cluster, folder, "--rate", str(rate), "--duration", f"{seconds}s", "--mix", "reads=40,ratings=40,recommendations=20"
    )
    # A worker understands what older gateways write, and not always the other way round.
    for workload in ("worker", "gateway"):
        ends = []
        for old in cluster.pods(workload):
            cluster.add(workload, tag=new)
            ends.append(cluster.remove(old))
        yield f"{workload}: {len(ends)} of {cluster.tag} replaced by {new}; {_ends(ends)}"
    if not load.is_running():
        raise AssertionError("The load had ended before the upgrade had.")
    yield from _judge(cluster, load)


def _ends(ends: list[Farewell]) -> str:
    if any(end.code for end in ends):
        raise AssertionError(f"Not all ended in an orderly way: {ends}")
    return ", ".join(f"{end.pod} ended in {end.seconds:.1f} s" for end in ends)


def _judge(cluster: Cluster, load: Load) -> Iterator[str]:
    figures = load.report()["figures"]
    if crashed := cluster.crashed():
        raise AssertionError("\n".join(crashed))
    latency = figures["all"]["latency"]
    times = f"p50 {latency['p50Ms']:.1f} ms, p99 {latency['p99Ms']:.1f} ms"
    yield f"{figures['requests']} requests, {figures['errors']} of them failed; {times}"
    for kind, part in figures["jobs"].items():
        if part["followed"]:
            yield f"{kind}: {part['accepted']} jobs accepted, {part['followed']} of them followed: {part['ended']}"
            if set(part["ended"]) != {"succeeded"} or part["unfinished"]:
                raise AssertionError(f"Not all jobs succeeded: {part}")
    verdict = audit(load.record, service_client(cluster))
    yield str(verdict)
    counts = broker_counts(cluster)
    yield (
        f"RabbitMQ sent {counts['delivered']} messages to workers, and {counts['acknowledged']} were acknowledged; "
        f"{counts['redelivered']} it had taken out of a queue before"
    )
    if figures["errors"] or verdict.lost or verdict.refused or verdict.unanswered:
        raise AssertionError("\n".join([str(figures["all"]["errors"]), *verdict.lost[:10]]))
