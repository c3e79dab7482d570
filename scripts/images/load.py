"""A load from the image of the command line, in a container of its own."""

import json
import time
from pathlib import Path
from typing import Any

from client import Client
from cluster import Cluster
from engine import LABEL
from story import service_key

_NAME = "kindred-load"


class Load:
    """`kindred load` against the service's address, while other things happen."""

    def __init__(self, cluster: Cluster, folder: Path, *options: str) -> None:
        self._engine = cluster.engine
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        self.record = folder / "record.jsonl"
        self.record.unlink(missing_ok=True)
        self._network = cluster.network
        namespace = cluster.network.join("load")
        options = ("--url", "http://gateway", "--json", "--record", "/load/record.jsonl", *options)
        self._engine.run(
            "run", "--detach", "--name", _NAME, "--label", f"{LABEL}=load", "--network", f"ns:{namespace}", "--no-hosts",
            "--read-only", "--cap-drop", "ALL", "--user", "10001:10001", "--volume", f"{folder}:/load",
            "--volume", f"{cluster.hosts}:/etc/hosts:ro", "--env", "KINDRED_API_KEY",
            f"localhost/kindred-cli:{cluster.tag}", "load", *options, KINDRED_API_KEY=service_key(cluster),
        )  # fmt: skip

    def is_running(self) -> bool:
        """Whether it goes on."""
        return bool(self._engine.inspect(_NAME)["State"]["Running"])

    def report(self) -> dict[str, Any]:
        """Wait for its end, and return what it measured."""
        code = self._engine.wait(_NAME)
        text = self._engine.logs(_NAME)
        self._engine.remove(_NAME)
        self._network.leave("load")
        start = text.find("{\n") if "{\n" in text else text.find("{")
        if start < 0:
            raise RuntimeError(f"kindred load ended with {code}: {text[-2000:]}")
        (self.folder / "report.json").write_text(text[start:])
        return json.loads(text[start:])


def ended_jobs(cluster: Cluster) -> dict[str, float]:
    """How many jobs each worker that runs has ended so far."""
    found: dict[str, float] = {}
    for pod in cluster.pods("worker"):
        page = Client(pod.address, pod.main.ports["http"]).expect(200, "GET", "/metrics")
        found[pod.name] = sum(
            float(line.rsplit(" ", 1)[1]) for line in page.splitlines() if line.startswith("kindred_jobs_total")
        )
    return found


def jobs_per_second(cluster: Cluster, seconds: float) -> float:
    """How many jobs the workers end in a second, over so many seconds."""
    before, began = ended_jobs(cluster), time.monotonic()
    time.sleep(seconds)
    after, ended = ended_jobs(cluster), time.monotonic()
    return sum(after[pod] - before.get(pod, 0) for pod in after) / (ended - began)


def broker_counts(cluster: Cluster) -> dict[str, int]:
    """What RabbitMQ did with messages of queues that workers take jobs from, since it started: sent, sent again, acknowledged."""
    pod = cluster.pods("rabbitmq")[0]
    page = Client(pod.address, pod.main.ports["prometheus"]).expect(200, "GET", "/metrics")
    return {
        name: sum(
            int(line.rsplit(" ", 1)[1])
            for line in page.splitlines()
            if line.startswith(f"rabbitmq_global_messages_{name}_total{{") and 'queue_type="rabbit_quorum_queue"' in line
        )
        for name in ("delivered", "redelivered", "acknowledged")
    }
