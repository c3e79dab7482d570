"""What a template says, in the words of this machine."""

from pathlib import Path
from typing import Any

import pytest

from engine import arguments, local_image
from manifests import Manifests
from pods import Mount, byte_count, read_pod


def workload(**container: Any) -> dict[str, Any]:
    """A Deployment with one container."""
    part = {"name": "main", "image": "kindred-worker:dev"} | container
    spec = {
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10002, "fsGroup": 10003},
        "terminationGracePeriodSeconds": 15,
        "containers": [part],
        "volumes": [{"name": "data", "emptyDir": {}}],
    }
    return {"kind": "Deployment", "metadata": {"name": "worker"}, "spec": {"template": {"metadata": {}, "spec": spec}}}


MANIFESTS = Manifests(
    [
        {"kind": "ConfigMap", "metadata": {"name": "settings"}, "data": {"HOST": "redis", "PORT": "6379"}},
        {"kind": "Secret", "metadata": {"name": "keys"}, "data": {"password": "Z2VoZWlt"}},
    ]
)


def test_a_container_is_confined_as_its_context_says():
    context = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    pod = read_pod(MANIFESTS, workload(securityContext=context, resources={"limits": {"memory": "1Gi"}}), "worker-1", "10.0.0.1")
    found = " ".join(arguments(pod, pod.main))
    for option in (
        "--user 10001:10002",
        "--group-add 10003",
        "--read-only --read-only-tmpfs=false",
        "--cap-drop ALL",
        "--security-opt no-new-privileges",
        "--memory 1073741824",
        "--stop-timeout 15",
    ):
        assert option in found


def test_a_container_without_context_is_not():
    pod = read_pod(MANIFESTS, workload(), "worker-1", "10.0.0.1")
    found = arguments(pod, pod.main)
    assert not {"--read-only", "--cap-drop", "--security-opt", "--memory"} & set(found)


def test_variables_come_from_everywhere_and_are_put_into_each_other():
    pod = read_pod(
        MANIFESTS,
        workload(
            envFrom=[{"configMapRef": {"name": "settings"}}],
            env=[
                {"name": "PORT", "value": "1"},
                {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "password"}}},
                {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                {"name": "URL", "value": "http://$(HOST):$(PORT)/$(OTHER)$$(HOST)"},
            ],
            command=["run", "$(URL)"],
            args=["$(POD)"],
        ),
        "worker-1",
        "10.0.0.1",
    )
    url = "http://redis:1/$(OTHER)$(HOST)"
    assert pod.main.environment == {"HOST": "redis", "PORT": "1", "PASSWORD": "geheim", "POD": "worker-1", "URL": url}
    assert pod.main.command == ["run", url]
    assert pod.main.arguments == ["worker-1"]
    # Nobody reads them off the list of processes.
    assert "geheim" not in " ".join(arguments(pod, pod.main))


def test_claims_belong_to_the_pod_of_that_name():
    claimed = workload(volumeMounts=[{"name": "disk", "mountPath": "/data", "readOnly": True}])
    claimed["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "disk"}}]
    pod = read_pod(MANIFESTS, claimed, "redis-0", "10.0.0.1")
    assert {"name": "disk", "persistentVolumeClaim": {"claimName": "disk-redis-0"}} in pod.volumes
    assert pod.main.mounts == [Mount("disk", "/data", "", True)]
    assert Path(pod.main.mounts[0].path).is_absolute()


def test_helpers_that_go_on_are_no_preparations():
    helped = workload()
    first = [{"name": "fetch", "image": "a"}, {"name": "refresh", "image": "a", "restartPolicy": "Always"}]
    helped["spec"]["template"]["spec"]["initContainers"] = first
    pod = read_pod(MANIFESTS, helped, "worker-1", "10.0.0.1")
    assert [part.name for part in pod.preparations] == ["fetch"]
    assert [part.name for part in pod.containers] == ["main", "refresh"]
    assert pod.main.name == "main"


@pytest.mark.parametrize("unknown", [{"volumeDevices": []}, {"stdin": True}])
def test_what_is_not_understood_is_refused(unknown: dict[str, Any]):
    with pytest.raises(ValueError, match=next(iter(unknown))):
        read_pod(MANIFESTS, workload(**unknown), "worker-1", "10.0.0.1")


@pytest.mark.parametrize(("quantity", "count"), [("512Mi", 512 << 20), ("1G", 10**9), ("7", 7), (7, 7)])
def test_quantities_are_bytes(quantity: str | int, count: int):
    assert byte_count(quantity) == count


def test_half_quantities_are_refused():
    with pytest.raises(ValueError, match=r"1\.5Gi"):
        byte_count("1.5Gi")


@pytest.mark.parametrize(
    ("image", "here"),
    [
        ("kindred-gateway:dev", "localhost/kindred-gateway:next"),
        ("europe-docker.pkg.dev/p/r/kindred-cli@sha256:00", "localhost/kindred-cli:next"),
        ("docker.io/library/redis:7.2.7-bookworm", "localhost/kindred-stand-in-redis:local"),
        ("localhost:5000/rabbitmq:3.13-management", "localhost/kindred-stand-in-rabbitmq:local"),
    ],
)
def test_our_images_are_of_the_tag_and_others_are_stood_in_for(image: str, here: str):
    assert local_image(image, "next") == here
