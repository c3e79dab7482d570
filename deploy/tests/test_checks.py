"""Each check finds what it is for: manifests as they are, with one thing made wrong."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType

import pytest

from checks import arrows, policies, schemas, targets, variables
from checks.manifests import Manifests, Object


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Manifests]:
    """All targets."""
    # Beside the manifests: kustomize finds them by relative paths.
    folder = targets.DEPLOY.parent / ".build/deploy-tests"
    return {target.name: target.render(folder) for target in targets.TARGETS}


def pod(manifests: Manifests, kind: str, name: str) -> Object:
    """The specification of the pods of a workload."""
    item = manifests.named(kind, name)
    assert item
    spec = item["spec"]["jobTemplate"]["spec"] if kind == "CronJob" else item["spec"]
    return spec["template"]["spec"]


def policy(manifests: Manifests, name: str) -> Object:
    """The specification of a NetworkPolicy."""
    item = manifests.named("NetworkPolicy", name)
    assert item
    return item["spec"]


def drop(manifests: Manifests, kind: str, name: str) -> None:
    """Without this object."""
    item = manifests.named(kind, name)
    assert item
    manifests.objects.remove(item)


def settings(manifests: Manifests, prefix: str) -> dict[str, str]:
    """The content of a ConfigMap."""
    return next(item["data"] for item in manifests.of_kind("ConfigMap") if item["metadata"]["name"].startswith(f"{prefix}-"))


def test_finds_nothing_in_what_is_committed(rendered: dict[str, Manifests]):
    for manifests in rendered.values():
        for check in (schemas, policies, arrows, variables):
            assert list(check.findings(manifests)) == []
    assert list(variables.missing_settings()) == []
    assert list(targets.unused_components()) == []


Change = Callable[[Manifests], object]
GATEWAY = ("Deployment", "gateway")


def changes() -> Iterator[tuple[ModuleType, str, Change, str]]:
    """The check, what is wrong, and what it says."""
    first = lambda m, *names: pod(m, *(names or GATEWAY))["containers"][0]  # noqa: E731
    yield schemas, "a field that is misspelt", lambda m: first(m).update(imagePullPolitics="Always"), "imagePullPolitics"
    yield schemas, "a number that is text", lambda m: first(m)["ports"][0].update(containerPort="8080"), "8080"
    yield schemas, "a kind nobody knows", lambda m: m.objects[0].update(kind="Nameplace"), "not known"
    yield schemas, "a field of an operator that is misspelt", lambda m: scaled(m).update(minReplicas=2), "minReplicas"
    yield schemas, "a trigger with a number", lambda m: scaled(m)["triggers"][0]["metadata"].update(value=50), "50"
    yield schemas, "a pod of RabbitMQ that is misspelt", lambda m: rabbit_pod(m).update(tolerance=[]), "tolerance"

    yield policies, "an image without a version", lambda m: first(m).update(image="kindred-gateway"), "changes from day to day"
    yield policies, "the latest image", lambda m: first(m).update(image="host:5000/x:latest"), "changes from day to day"
    yield policies, "root", lambda m: pod(m, *GATEWAY)["securityContext"].update(runAsUser=0), "may be root"
    yield (
        policies,
        "a file system to write to",
        lambda m: first(m)["securityContext"].update(readOnlyRootFilesystem=False),
        "may write",
    )
    yield policies, "a capability", lambda m: first(m)["securityContext"]["capabilities"].update(add=["NET_RAW"]), "capabilities"
    yield policies, "no limit", lambda m: first(m)["resources"]["limits"].pop("memory"), "no memory in its limits"
    yield policies, "no request", lambda m: first(m)["resources"]["requests"].pop("cpu"), "no cpu in its requests"
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        yield policies, f"no {probe}", lambda m, probe=probe: first(m).pop(probe), f"has no {probe}"
    yield (
        policies,
        "a probe of nothing",
        lambda m: first(m)["readinessProbe"]["httpGet"].update(port="web"),
        "there is no port web",
    )
    yield policies, "a token", lambda m: pod(m, *GATEWAY).pop("automountServiceAccountToken"), "token"
    yield policies, "a backup that hangs", lambda m: m.named("CronJob", "backup")["spec"]["jobTemplate"]["spec"].pop(
        "activeDeadlineSeconds"), "may hang for ever"  # fmt: skip
    yield (
        policies,
        "two backups at once",
        lambda m: m.named("CronJob", "backup")["spec"].pop("concurrencyPolicy"),
        "twice at once",
    )
    yield policies, "no budget", lambda m: drop(m, "PodDisruptionBudget", "gateway"), "no PodDisruptionBudget"
    yield policies, "all on one node", lambda m: pod(m, *GATEWAY).pop("topologySpreadConstraints"), "not spread"
    yield policies, "two who scale", lambda m: m.named(*GATEWAY)["spec"].update(replicas=3), "has replicas"
    yield policies, "a secret", lambda m: m.objects.append(
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x", "namespace": "kindred"}}), "never rendered"  # fmt: skip
    yield (
        policies,
        "a namespace for loose pods",
        lambda m: m.named("Namespace", "kindred")["metadata"].pop("labels"),
        "restricted",
    )
    yield policies, "no time to end", lambda m: pod(m, *GATEWAY).update(terminationGracePeriodSeconds=15), "less than ten seconds"
    yield policies, "a volume without an end", lambda m: pod(m, *GATEWAY)["volumes"][0].update(emptyDir={}), "no sizeLimit"
    yield policies, "a secret for all", lambda m: pod(m, *GATEWAY)["volumes"][1]["secret"].update(defaultMode=0o644), "others"
    yield policies, "a secret that nobody makes", lambda m: pod(m, *GATEWAY)["volumes"][1]["secret"].update(
        secretName="gate"), "makes no Secret gate"  # fmt: skip
    yield policies, "a file that is not in the secret", lambda m: settings(m, "worker").update(
        REDIS_PASSWORD_FILE="/run/secrets/kindred/redis"), "which the Secret does not have"  # fmt: skip

    yield arrows, "no denial", lambda m: drop(m, "NetworkPolicy", "default-deny"), "no NetworkPolicy denies"
    yield arrows, "a way out too many", lambda m: policy(m, "app")["egress"][0]["to"][0]["podSelector"].update(
        matchLabels={"app.kubernetes.io/name": "redis-data"}), "half an arrow: app -> redis-data:8080"  # fmt: skip
    yield arrows, "an arrow too many", add_arrow, "not in arrows.txt: worker -> gateway:8080"
    yield arrows, "an arrow missing", lambda m: (
        policy(m, "worker")["egress"].pop(0), policy(m, "rabbitmq")["ingress"][0]["from"].pop(1)), "not allowed: worker -> rabbitmq:5672"  # fmt: skip
    yield arrows, "anybody may come in", lambda m: policy(m, "gateway")["ingress"][0].pop("from"), "anybody -> gateway:8080"
    yield arrows, "a block of strangers", lambda m: policy(m, "gateway")["ingress"][0]["from"].append(
        {"ipBlock": {"cidr": "203.0.113.0/24"}}), "203.0.113.0/24 -> gateway:8080"  # fmt: skip
    yield arrows, "a setting that leads nowhere", lambda m: settings(m, "servers").update(
        REDIS_HOST="redis-elsewhere"), "REDIS_HOST of gateway needs gateway -> redis-elsewhere:6379"  # fmt: skip

    yield (
        variables,
        "a setting that is misspelt",
        lambda m: settings(m, "gateway").update(GATEWAY_ACOUNTS="true"),
        "GATEWAY_ACOUNTS",
    )
    yield (
        variables,
        "one of another program",
        lambda m: settings(m, "worker").update(GATEWAY_PORT="1"),
        "GATEWAY_PORT is read by nobody",
    )


def scaled(manifests: Manifests) -> Object:
    """What KEDA is told of the workers."""
    return manifests.named("ScaledObject", "worker")["spec"]


def rabbit_pod(manifests: Manifests) -> Object:
    """The part of RabbitMQ's pods that is ours."""
    return manifests.named("RabbitmqCluster", "rabbitmq")["spec"]["override"]["statefulSet"]["spec"]["template"]["spec"]


def add_arrow(manifests: Manifests) -> None:
    """Both halves of an arrow that is not listed."""
    label = {"matchLabels": {"app.kubernetes.io/name": "worker"}}
    policy(manifests, "gateway")["ingress"][0]["from"].append({"podSelector": label})
    policy(manifests, "worker")["egress"].append(
        {"to": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "gateway"}}}], "ports": [{"port": 8080}]}
    )


@pytest.mark.parametrize(
    ("check", "change", "finding"), [pytest.param(c, change, text, id=name) for c, name, change, text in changes()]
)
def test_finds_what_is_wrong(rendered: dict[str, Manifests], check: ModuleType, change: Change, finding: str):
    manifests = deepcopy(rendered["gke"])
    change(manifests)
    findings = list(check.findings(manifests))
    assert any(finding in each for each in findings), findings


def test_finds_settings_that_are_left_out_or_mean_nothing(tmp_path: Path):
    for file in (targets.DEPLOY / "base/settings").glob("*.env"):
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "worker.env").write_text((tmp_path / "worker.env").read_text().replace("# WORKER_SLOTS=", "# WORKER_SLOT="))
    findings = list(variables.missing_settings(tmp_path))
    assert findings == [
        "WORKER_SLOTS, which worker reads, stands in none of servers, worker.env",
        "worker.env: WORKER_SLOT is read by nobody",
    ]


def test_what_is_rolled_out_one_after_the_other_can_be_told_apart(rendered: dict[str, Manifests]):
    for name in ("worker", "gateway", "app"):
        labelled = {
            (item["kind"], item["metadata"]["name"])
            for item in rendered["gke"].objects
            if item["metadata"].get("labels", {}).get("app.kubernetes.io/name") == name
        }
        assert ("Deployment", name) in labelled
        assert all(other == name for _, other in labelled)
