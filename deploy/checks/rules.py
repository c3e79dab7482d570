"""The alert rules, as Prometheus itself reads them, and their runbook."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

DEPLOY = Path(__file__).parent.parent
MONITORING = DEPLOY / "components/monitoring"


def write(folder: Path) -> None:
    """Rules and their tests for promtool: the groups of the PrometheusRule stand by themselves there."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = yaml.safe_load((MONITORING / "rules.yaml").read_text())["spec"]
    (folder / "rules.yaml").write_text(yaml.safe_dump(spec))
    (folder / "rules.test.yaml").write_text((MONITORING / "rules.test.yaml").read_text())


def findings() -> Iterator[str]:
    """Alerts without a paragraph that says what to do, or without a test."""
    spec = yaml.safe_load((MONITORING / "rules.yaml").read_text())["spec"]
    titles = re.findall(r"^#+ (\w+)$", (DEPLOY / "README.md").read_text(), re.MULTILINE)
    tested = re.findall(r'alertname(?:="|: )(\w+)', (MONITORING / "rules.test.yaml").read_text())
    known = set(re.findall(r'"(kindred_\w+)":', "".join(path.read_text() for path in metric_files())))
    known.add("kindred_build_info")
    for rule in (rule for group in spec["groups"] for rule in group["rules"]):
        name = rule["alert"]
        if name not in titles or rule["annotations"].get("runbook") != f"deploy/README.md#{name.lower()}":
            yield f"alert {name}: has no paragraph in deploy/README.md"
        if name not in tested:
            yield f"alert {name}: has no test"
        if rule["labels"].get("severity") not in ("page", "ticket"):
            yield f"alert {name}: its severity is neither page nor ticket"
        for metric in set(re.findall(r"\bkindred_\w+", rule["expr"])):
            if re.sub(r"_(bucket|sum|count)$", "", metric) not in known:
                yield f"alert {name}: there is no metric {metric}"


def metric_files() -> Iterator[Path]:
    """Where the programs list their metrics."""
    return (DEPLOY.parent / "Sources/ServiceRuntime/Telemetry").glob("MetricHelp*.swift")
