"""The metrics there are: those of the programs, from their sources, and those of what they run on."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DEPLOY = Path(__file__).parent.parent
TELEMETRY = DEPLOY.parent / "Sources/ServiceRuntime/Telemetry"

# Of kubelets and of kube-state-metrics, as far as rules and dashboard use them.
CLUSTER = (
    "kubelet_volume_stats_available_bytes",
    "kubelet_volume_stats_capacity_bytes",
    "kube_cronjob_status_last_successful_time",
)


@cache
def known_metrics() -> frozenset[str]:
    """Their names; of histograms without what Prometheus puts behind them."""
    names = {*CLUSTER, "kindred_build_info"}
    for file in metric_files():
        names.update(re.findall(r'"(kindred_\w+)":', file.read_text()))
    names.update(re.findall(r'"(process_\w+)"', (TELEMETRY / "ProcessMetrics.swift").read_text()))
    names.update(line for line in (DEPLOY / "checks/rabbitmq-metrics.txt").read_text().splitlines() if not line.startswith("#"))
    return frozenset(names)


def metrics_in(expression: str) -> set[str]:
    """The metrics that an expression of PromQL names."""
    named = re.findall(r"\b(?:kindred|rabbitmq|process|kubelet|kube)_\w+", re.sub(r'"[^"]*"', "", expression))
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in named}


def metric_files() -> Iterator[Path]:
    """Where the programs list their metrics."""
    return TELEMETRY.glob("MetricHelp*.swift")
