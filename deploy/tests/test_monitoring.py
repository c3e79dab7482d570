"""What watches the service: rules, runbook and dashboard."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from checks import dashboard, rules
from checks.metrics import metrics_in

Panel = dict[str, Any]

RULE = """
spec:
  groups:
    - name: kindred
      rules:
        - alert: {name}
          expr: {expression}
          labels: {{severity: {severity}}}
          annotations: {{runbook: "{runbook}"}}
"""


def rule(**changes: str) -> str:
    """A rule that is as it should be, but for what is changed."""
    usual = {"name": "KindredDeadLetters", "expression": "kindred_jobs_total > 1", "severity": "page"}
    return RULE.format(**usual | {"runbook": "docs/operations.md#kindreddeadletters"} | changes)


RUNBOOK = "### KindredDeadLetters\n\nLook, then act.\n"
# Other documents name alerts that these few rules do not have.
OTHERS = ("docs/data.md: ", "docs/live.md: ")


@pytest.mark.parametrize(
    ("runbook", "changes", "finding"),
    [
        ("", {}, "alert KindredDeadLetters: has no paragraph"),
        ("### KindredDeadLetters\n### Next\n", {}, "alert KindredDeadLetters: has no paragraph"),
        (RUNBOOK, {"runbook": "docs/operations.md#deadletters"}, "alert KindredDeadLetters: has no paragraph"),
        (RUNBOOK, {"severity": "loud"}, "its severity is neither"),
        (RUNBOOK, {"expression": "kindred_jobs_totals > 1"}, "there is no metric kindred_jobs_totals"),
        (RUNBOOK, {"expression": "rabbitmq_queue_length > 1"}, "there is no metric rabbitmq_queue_length"),
        (RUNBOOK, {"name": "KindredUntested"}, "alert KindredUntested: has no test"),
        (RUNBOOK + "### KindredGone\n\nText.\n", {}, "docs/operations.md: there is no alert KindredGone"),
    ],
)
def test_finds_what_is_wrong_with_rules(runbook: str, changes: dict[str, str], finding: str):
    found = list(rules.findings(runbook, rule(**changes)))
    assert any(finding in each for each in found), found


def test_finds_nothing_where_all_is_well():
    assert [each for each in rules.findings(RUNBOOK, rule()) if not each.startswith(OTHERS)] == []
    assert list(rules.findings()) == []
    assert list(dashboard.findings()) == []


def without_unit(panel: Panel) -> None:
    """Grafana would show bare numbers."""
    del panel["fieldConfig"]["defaults"]["unit"]


def in_bytes(panel: Panel) -> None:
    """Seconds, shown as bytes."""
    panel["fieldConfig"]["defaults"]["unit"] = "bytes"


def misspelt(panel: Panel) -> None:
    """A panel that would stay empty."""
    panel["targets"][0]["expr"] = panel["targets"][0]["expr"].replace("kindred_job_queue_wait", "kindred_queue_wait")


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (without_unit, "has no unit"),
        (in_bytes, "its unit is bytes"),
        (misspelt, "there is no metric kindred_queue_wait_seconds"),
    ],
)
def test_finds_what_is_wrong_with_a_panel(change: Callable[[Panel], None], finding: str):
    made = json.loads(dashboard.text(dashboard.made()))
    change(next(panel for panel in made["panels"] if panel["title"] == "Wait for a worker"))
    found = list(dashboard.findings(made))
    assert any(finding in each for each in found), found


def test_panels_lie_beside_each_other():
    taken: set[tuple[int, int]] = set()
    for panel in dashboard.made()["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken
        assert place["x"] + place["w"] <= dashboard.WIDTH
        taken |= cells


def test_metrics_are_found_and_labels_are_not():
    assert metrics_in('rate(kindred_jobs_total{queue="rabbitmq_x"}[5m]) / kindred_job_duration_seconds_sum') == {
        "kindred_jobs_total", "kindred_job_duration_seconds",
    }  # fmt: skip
