"""`deploy-local-dev.sh --kubernetes`, with stand-ins for kubectl, docker and kind."""

import shutil
import socket
from collections.abc import Iterator

import pytest
from conftest import Workplace


@pytest.fixture
def cluster(workplace: Workplace) -> Iterator[Workplace]:
    """A workplace set to a cluster of kind; what it started ends with it."""
    (workplace.folder / "current-context").write_text("kind-films\n")
    yield workplace
    # Whatever a test left running: by the notes of the script, as the script itself would.
    if (workplace.folder / ".local/kubernetes/run").is_dir():
        workplace.run("./deploy-local-dev.sh", "--kubernetes", "down")


def ports(cluster: Workplace) -> dict[str, int]:
    """What is forwarded where."""
    lines = (cluster.folder / ".local/kubernetes/choices").read_text().splitlines()
    return {line[5:].split("=")[0]: int(line.split("=")[1]) for line in lines if line.startswith("port_")}


def listens(port: int) -> bool:
    """Whether somebody takes connections."""
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def test_brings_everything_up_and_down(cluster: Workplace):
    output = cluster.run("./deploy-local-dev.sh", "--kubernetes", "up")
    assert "Kindred runs in the cluster kind-films." in output
    calls = cluster.calls
    order = [
        "kind load docker-image --name films kindred-gateway:dev kindred-worker:dev kindred-cli:dev kindred-app:dev",
        "kubectl --context kind-films apply --filename deploy/base/namespace.yaml",
        "kubectl --context kind-films --namespace kindred delete job sample --ignore-not-found",
        "kubectl --context kind-films apply --kustomize deploy/overlays/local",
        "kubectl --context kind-films --namespace kindred rollout status --timeout 10m deployment/app",
    ]
    places = [calls.index(call) for call in order]
    assert places == sorted(places)
    forwarded = ports(cluster)
    assert set(forwarded) == {"gateway", "app", "rabbitmq", "management", "redis-data", "redis-cache"}
    assert all(listens(port) for port in forwarded.values())
    secret = cluster.folder / ".local/kubernetes/secrets/worker/redis-password"
    assert secret.read_text() == "geheim"
    assert secret.stat().st_mode & 0o077 == 0

    cluster.forget_calls()
    cluster.run("./deploy-local-dev.sh", "--kubernetes", "down")
    assert any("delete namespace kindred" in call for call in cluster.calls)
    assert not any(listens(port) for port in forwarded.values())
    assert not secret.exists()


def test_an_up_after_an_up_keeps_secrets_and_ports(cluster: Workplace):
    cluster.run("./deploy-local-dev.sh", "--kubernetes")
    before = ports(cluster)
    cluster.forget_calls()
    cluster.run("./deploy-local-dev.sh", "--kubernetes", "up", "--no-images")
    assert ports(cluster) == before
    assert not any(
        "create secret" in call or "port-forward" in call or call.startswith(("docker", "kind")) for call in cluster.calls
    )


def test_leaves_clusters_elsewhere_alone(cluster: Workplace):
    (cluster.folder / "current-context").write_text("gke_films_europe-west1_production\n")
    output = cluster.run("./deploy-local-dev.sh", "--kubernetes", "up", expect=1)
    assert "does not look like a cluster of this machine" in output
    assert all("config current-context" in call for call in cluster.calls)
    shutil.rmtree(cluster.folder / ".local")


def test_says_when_there_is_no_cluster(cluster: Workplace):
    (cluster.folder / "current-context").write_text("")
    assert "kubectl is set to no cluster" in cluster.run("./deploy-local-dev.sh", "--kubernetes", expect=1)
    shutil.rmtree(cluster.folder / ".local")


@pytest.mark.parametrize("arguments", [("dance",), ("up", "--fast"), ("run",), ("status", "now")])
def test_refuses_what_it_does_not_know(cluster: Workplace, arguments: tuple[str, ...]):
    cluster.run("./deploy-local-dev.sh", "--kubernetes", *arguments, expect=1)
    assert not any("apply" in call or "delete" in call for call in cluster.calls)
    shutil.rmtree(cluster.folder / ".local", ignore_errors=True)
