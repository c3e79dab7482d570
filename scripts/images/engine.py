"""Containers: podman with runc, told to confine them as a cluster's nodes do."""

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from manifests import Manifests
from pods import Container, Pod
from volumes import Volumes

LABEL = "io.kindred.images"

# A machine without systemd, or inside another container, has lower limits of its own than podman would ask for.
_SETTINGS = """\
# Written anew at every run.
[containers]
default_ulimits = ["nofile=8192:8192", "nproc=4096:4096"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "none"
"""


class Engine:
    """Runs the containers of pods."""

    def __init__(self, state: Path, manifests: Manifests, volumes: Volumes, hosts: Path) -> None:
        self._volumes = volumes
        self._manifests = manifests
        self._hosts = hosts
        settings = state / "containers.conf"
        settings.write_text(_SETTINGS)
        self._environment = os.environ | {"CONTAINERS_CONF": str(settings)}

    def run(self, *arguments: str, **further: str) -> str:
        """Run podman, and return what it says. Further arguments are variables that only it sees."""
        done = subprocess.run(
            ["podman", *arguments], capture_output=True, text=True, env=self._environment | further, check=False
        )
        if done.returncode:
            raise RuntimeError(f"podman {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout.strip()

    def create(self, pod: Pod, container: Container, namespace: Path, tag: str, cpus: float | None = None) -> str:
        """Make a container of a pod, without starting it. Its environment is in no list of processes."""
        name = container_name(pod, container)
        options = [*arguments(pod, container), "--name", name, "--network", f"ns:{namespace}"]
        options += ["--volume", f"{self._hosts}:/etc/hosts:ro"]
        for mount in container.mounts:
            options += ["--volume", f"{self._volumes.source(pod, mount)}:{mount.path}{':ro' if mount.read_only else ''}"]
        if cpus:
            options += ["--cpus", str(cpus)]
        image = local_image(container.image, tag)
        self.run("create", *options, image, *(container.command or [])[1:], *container.arguments, **container.environment)
        return name

    def start(self, name: str) -> None:
        """Start what was made."""
        self.run("start", name)

    def inspect(self, name: str) -> dict[str, Any]:
        """What podman knows of a container."""
        return json.loads(self.run("container", "inspect", name))[0]

    def wait(self, name: str) -> int:
        """Wait for its end, and return its exit code."""
        return int(self.run("wait", name))

    def stop(self, name: str, grace: int) -> tuple[int, float]:
        """Ask it to end and kill it after the grace; return its exit code and how long it took in seconds."""
        began = time.monotonic()
        self.run("stop", "--time", str(grace), name)
        return int(self.inspect(name)["State"]["ExitCode"]), time.monotonic() - began

    def logs(self, name: str) -> str:
        """What it has written."""
        done = subprocess.run(
            ["podman", "logs", name],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self._environment,
            check=False,
        )
        return done.stdout

    def names(self) -> list[str]:
        """All containers that this program has ever made and not removed."""
        return self.run("ps", "--all", "--format", "{{.Names}}", "--filter", f"label={LABEL}").split()

    def remove(self, *names: str) -> None:
        """Remove containers, running or not."""
        if names:
            self.run("rm", "--force", "--time", "0", *names)

    def remove_all(self) -> None:
        """Remove all that this program has ever made."""
        self.remove(*self.names())


def container_name(pod: Pod, container: Container) -> str:
    """What podman knows it as."""
    return f"kindred-{pod.name}-{container.name}"


def local_image(image: str, tag: str) -> str:
    """The image of this machine for one that the manifests name: our own under a tag, a stand-in for what others publish."""
    name = image.split("@")[0].rsplit("/", 1)[-1].split(":")[0]
    return f"localhost/{name}:{tag}" if name.startswith("kindred-") else f"localhost/kindred-stand-in-{name}:local"


def arguments(pod: Pod, container: Container) -> list[str]:
    """The options of podman that mean what the pod's template says."""
    found = ["--label", f"{LABEL}={pod.name}", "--hostname", pod.name, "--no-hosts", "--image-volume", "ignore"]
    found += ["--stop-timeout", str(pod.grace)]
    if container.user:
        found += ["--user", container.user]
    if pod.group is not None:
        found += ["--group-add", str(pod.group)]
    if container.read_only:
        found += ["--read-only", "--read-only-tmpfs=false"]
    for capability in container.dropped:
        found += ["--cap-drop", capability]
    if container.confined:
        found += ["--security-opt", "no-new-privileges"]
    if container.memory:
        found += ["--memory", str(container.memory), "--memory-swap", str(container.memory)]
    if container.command:
        found += ["--entrypoint", json.dumps(container.command[:1])]
    # By name only: podman takes the values from its own environment.
    for variable in container.environment:
        found += ["--env", variable]
    return found
