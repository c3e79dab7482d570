"""Checks everything: `python -m checks FOLDER`, where the folder takes what is rendered on the way."""

import sys
from pathlib import Path

import yaml

from checks import arrows, dashboard, policies, rules, schemas, targets, variables


def main(folder: Path) -> int:
    """Print every finding; 1 if there are any."""
    findings = [*targets.unused_components(), *variables.missing_settings(), *rules.findings(), *dashboard.findings()]
    for target in targets.TARGETS:
        manifests = target.render(folder)
        (folder / f"{target.name}.yaml").write_text(yaml.safe_dump_all(manifests.objects, sort_keys=False))
        for check in (schemas, policies, arrows, variables):
            findings += [f"{target.name}: {finding}" for finding in check.findings(manifests)]
        print(f"    {target.name}: {len(manifests.objects)} objects")
    rules.write(folder / "rules")
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
