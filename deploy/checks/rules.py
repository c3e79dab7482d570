"""The alert rules, as Prometheus itself reads them, and their runbook."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from checks import dashboard
from checks.metrics import known_metrics, metrics_in

DEPLOY = Path(__file__).parent.parent
MONITORING = DEPLOY / "components/monitoring"
DOCS = DEPLOY.parent / "docs"
RUNBOOK = "docs/operations.md"


def write(folder: Path) -> None:
    """Rules and their tests for promtool: the groups of the PrometheusRule stand by themselves there."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = yaml.safe_load((MONITORING / "rules.yaml").read_text())["spec"]
    (folder / "rules.yaml").write_text(yaml.safe_dump(spec))
    (folder / "rules.test.yaml").write_text((MONITORING / "rules.test.yaml").read_text())
    (folder / "dashboard.yaml").write_text(yaml.safe_dump(dashboard.rules()))


def findings(runbook: str | None = None, rules: str | None = None) -> Iterator[str]:
    """Alerts without a paragraph that says what to do, or without a test; paragraphs and mentions without an alert."""
    runbook = runbook if runbook is not None else (DEPLOY.parent / RUNBOOK).read_text()
    spec = yaml.safe_load(rules if rules is not None else (MONITORING / "rules.yaml").read_text())["spec"]
    paragraphs = dict(re.findall(r"^#+ (Kindred\w+)\n\n(.)", runbook, re.MULTILINE))
    tested = re.findall(r'alertname(?:="|: )(\w+)', (MONITORING / "rules.test.yaml").read_text())
    alerts = [rule for group in spec["groups"] for rule in group["rules"]]
    names = {rule["alert"] for rule in alerts}
    for rule in alerts:
        name = rule["alert"]
        if name not in paragraphs or rule["annotations"].get("runbook") != f"{RUNBOOK}#{name.lower()}":
            yield f"alert {name}: has no paragraph in {RUNBOOK}"
        if name not in tested:
            yield f"alert {name}: has no test"
        if rule["labels"].get("severity") not in ("page", "ticket"):
            yield f"alert {name}: its severity is neither page nor ticket"
        for metric in sorted(metrics_in(rule["expr"])):
            if metric not in known_metrics():
                yield f"alert {name}: there is no metric {metric}"
    texts = {RUNBOOK: runbook} | {f"docs/{file.name}": file.read_text() for file in DOCS.glob("*.md") if file.name not in RUNBOOK}
    for place, text in texts.items():
        for name in sorted(set(re.findall(r"\bKindred[A-Z][a-z]\w+", text)) - names):
            yield f"{place}: there is no alert {name}"
