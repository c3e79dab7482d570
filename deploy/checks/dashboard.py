"""Grafana's dashboard: `python -m checks.dashboard` writes it, and the checks find what does not fit.

Change the table here, not the file it makes. A panel is a title, a unit of Grafana's, and an expression for each legend.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from checks.metrics import known_metrics, metrics_in

FILE = Path(__file__).parent.parent / "components/monitoring/dashboard.json"
WIDTH = 24


class Panel(NamedTuple):
    """Lines over time, or, where `is_stat`, one number each."""

    title: str
    unit: str
    lines: dict[str, str]
    is_stat: bool = False


def rate(metric: str, by: str = "") -> str:
    """How much a counter grows in a second, of all pods together."""
    return f"sum{f' by ({by})' if by else ''} (rate({metric}[$__rate_interval]))"


def quantiles(metric: str, by: str = "", values: tuple[float, ...] = (0.5, 0.99)) -> dict[str, str]:
    """Quantiles of a histogram."""
    labels = f"le, {by}" if by else "le"
    legend = f"{{{{{by}}}}} " if by else ""
    buckets = f"sum by ({labels}) (rate({metric}_bucket[$__rate_interval]))"
    return {f"{legend}{value * 100:g} %": f"histogram_quantile({value}, {buckets})" for value in values}


WORK_QUEUES = r'queue=~"ratings\\.apply|recommend\\..*"'
FAILED = 'kindred_http_requests_total{status=~"5.."}'
OURS = 'pod=~"(gateway|worker)-.*"'

ROWS: dict[str, list[Panel]] = {
    "Is all well?": [
        Panel("Requests", "reqps", {"": rate("kindred_http_requests_total")}, True),
        Panel(
            "Requests that failed for our reasons", "percentunit",
            {"": f"({rate(FAILED)} or vector(0)) / {rate('kindred_http_requests_total')}"},
            True,
        ),
        Panel("Messages that wait for workers", "short", {"": f"sum(rabbitmq_detailed_queue_messages{{{WORK_QUEUES}}})"}, True),
        Panel("Dead letters", "short", {"": 'max(rabbitmq_detailed_queue_messages{queue="jobs.dead"})'}, True),
        Panel("Processes", "short", {"{{service}}": "count by (service) (kindred_build_info)"}, True),
        Panel("Age of the ratings file", "s", {"": "max(kindred_generation_age_seconds)"}, True),
    ],
    "Requests": [
        Panel("Requests by status", "reqps", {"{{status}}": rate("kindred_http_requests_total", "status")}),
        Panel(
            "Slowest routes, 99 % of answers within", "s",
            {"{{route}}": "topk(5, histogram_quantile(0.99, "
             "sum by (le, route) (rate(kindred_http_request_duration_seconds_bucket[$__rate_interval]))))"},
        ),
        Panel(
            "Turned away", "reqps",
            {
                "too often": rate("kindred_rate_limited_requests_total"),
                "too many waiting": rate("kindred_refused_waits_total"),
                "sent again with their key": rate("kindred_repeated_requests_total"),
            },
        ),
    ],
    "Jobs": [
        Panel("Jobs that ended", "ops", {"{{kind}} {{outcome}}": rate("kindred_jobs_total", "kind, outcome")}),
        Panel("Wait for a worker", "s", quantiles("kindred_job_queue_wait_seconds", "kind")),
        Panel("Computing one list", "s", quantiles("kindred_recommendation_duration_seconds")),
        Panel(
            "Not done at once", "ops",
            {
                "held, Redis being away": rate("kindred_jobs_held_total"),
                "tried again": rate("kindred_job_retries_total"),
                "done together with another": rate("kindred_jobs_coalesced_total"),
            },
        ),
    ],
    "RabbitMQ": [
        Panel("Messages", "short", {"{{queue}}": "max by (queue) (rabbitmq_detailed_queue_messages)"}),
        Panel("Consumers", "short", {"{{queue}}": f"max by (queue) (rabbitmq_detailed_queue_consumers{{{WORK_QUEUES}}})"}),
        Panel("Publishes by outcome", "ops", {"{{outcome}}": rate("kindred_publishes_total", "outcome")}),
        Panel("Until a publish is confirmed", "s", quantiles("kindred_publish_duration_seconds")),
        Panel(
            "Memory", "bytes",
            {"{{pod}}": "rabbitmq_process_resident_memory_bytes", "limit of {{pod}}": "rabbitmq_resident_memory_limit_bytes"},
        ),
        Panel(
            "Disk that is free", "bytes",
            {"{{pod}}": "rabbitmq_disk_space_available_bytes", "limit of {{pod}}": "rabbitmq_disk_space_available_limit_bytes"},
        ),
    ],
    "Redis": [
        Panel("Commands by outcome", "ops", {"{{outcome}}": rate("kindred_redis_commands_total", "outcome")}),
        Panel("Until a command is answered", "s", quantiles("kindred_redis_command_duration_seconds")),
        Panel(
            "Connections made anew", "ops",
            {"Redis": rate("kindred_redis_connects_total"), "RabbitMQ": rate("kindred_rabbitmq_connects_total")},
        ),
    ],
    "Data": [
        Panel("Generation that is served", "none", {"{{pod}}": "kindred_generation_number"}),
        Panel("New files that are refused", "none", {"{{pod}}": "kindred_generation_refused"}),
        Panel(
            "Age of the ratings file, and what RabbitMQ remembers", "s",
            {"{{pod}}": "kindred_generation_age_seconds", "RabbitMQ": "max(kindred_rating_log_retention_seconds)"},
        ),
    ],
    "What others said since": [
        Panel("Not learnt yet", "s", {"{{pod}}": "kindred_live_lag_seconds"}),
        Panel("Learnt beside the ratings file", "short", {
            "{{pod}}": "kindred_live_ratings", "limit": "max(kindred_live_ratings_limit)"}),
        Panel("Memory for it", "bytes", {"{{pod}}": "kindred_live_bytes"}),
    ],
    "Processes": [
        Panel("CPU, cores", "none", {"{{pod}}": f"rate(process_cpu_seconds_total{{{OURS}}}[$__rate_interval])"}),
        Panel("Memory, mapped files included", "bytes", {"{{pod}}": f"process_resident_memory_bytes{{{OURS}}}"}),
        Panel("Open files", "short", {"{{pod}}": f"process_open_fds{{{OURS}}}"}),
        Panel("Disks that are free", "percentunit", {
            "{{persistentvolumeclaim}}": 'kubelet_volume_stats_available_bytes{namespace="kindred"} '
            '/ kubelet_volume_stats_capacity_bytes{namespace="kindred"}'}),
    ],
}  # fmt: skip


def made() -> dict[str, Any]:
    """The dashboard, as Grafana reads it."""
    panels: list[dict[str, Any]] = []
    top = 0
    for title, row in ROWS.items():
        panels.append({"type": "row", "title": title, "gridPos": {"x": 0, "y": top, "w": WIDTH, "h": 1}})
        height = 4 if row[0].is_stat else 8
        across = min(len(row), 6 if row[0].is_stat else 4)
        for place, panel in enumerate(row):
            x, y = place % across * (WIDTH // across), top + 1 + place // across * height
            panels.append(as_json(panel, {"x": x, "y": y, "w": WIDTH // across, "h": height}))
        top += 1 + -(-len(row) // across) * height
    for number, each in enumerate(panels, 1):
        each["id"] = number
    source = {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}
    return {
        "uid": "kindred", "title": "Kindred", "tags": ["kindred"], "schemaVersion": 39, "editable": True, "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"}, "templating": {"list": [source]}, "panels": panels,
    }  # fmt: skip


def as_json(panel: Panel, place: dict[str, int]) -> dict[str, Any]:
    """A panel, as Grafana reads it."""
    targets = [
        {"refId": chr(ord("A") + number), "expr": expression, "legendFormat": legend or panel.title}
        for number, (legend, expression) in enumerate(panel.lines.items())
    ]
    defaults = {"unit": panel.unit, "min": 0}
    options = {} if panel.is_stat else {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}}
    return {
        "type": "stat" if panel.is_stat else "timeseries", "title": panel.title, "gridPos": place,
        "datasource": {"type": "prometheus", "uid": "${source}"}, "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": options, "targets": targets,
    }  # fmt: skip


def text(dashboard: dict[str, Any]) -> str:
    """The file's content: a line for each panel."""
    panels = ",\n".join(json.dumps(panel) for panel in dashboard["panels"])
    return json.dumps(dashboard | {"panels": []}).removesuffix("]}") + f"\n{panels}\n]}}\n"


def findings(dashboard: dict[str, Any] | None = None) -> Iterator[str]:
    """Panels without a unit or with a wrong one, metrics that nobody has, and a file that is not what the table says."""
    if dashboard is None:
        dashboard = json.loads(FILE.read_text())
        if FILE.read_text() != text(made()):
            yield "dashboard.json: is not what the table says; PYTHONPATH=deploy python3 -m checks.dashboard writes it"
    known = known_metrics()
    for panel in dashboard["panels"]:
        if panel["type"] == "row":
            continue
        name, unit = f"dashboard, {panel['title']}", panel["fieldConfig"]["defaults"].get("unit")
        if not unit:
            yield f"{name}: has no unit"
        for target in panel["targets"]:
            for metric in sorted(metrics_in(target["expr"])):
                if metric not in known:
                    yield f"{name}: there is no metric {metric}"
            if (wanted := unit_of(target["expr"])) and unit != wanted:
                yield f"{name}: its unit is {unit}, and {target['expr']} is in {wanted}"


def unit_of(expression: str) -> str | None:
    """The unit that an expression has by the name of its metrics; None where that says nothing."""
    if " / " in expression:
        return "percentunit"
    if "histogram_quantile" in expression or re.search(r"(?<!cpu)_seconds\b", expression):
        return "s"
    return "bytes" if re.search(r"_bytes\b", expression) else None


def rules() -> dict[str, Any]:
    """All expressions as rules, for promtool to read."""
    expressions = [target["expr"] for panel in made()["panels"] for target in panel.get("targets", [])]
    named = [
        {"record": f"dashboard:{number}", "expr": expression.replace("$__rate_interval", "5m")}
        for number, expression in enumerate(expressions)
    ]
    return {"groups": [{"name": "dashboard", "rules": named}]}


if __name__ == "__main__":
    FILE.write_text(text(made()))
