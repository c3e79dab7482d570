"""The pods of the manifests on this machine, and what a cluster's controllers do with them: start, make ready, end."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import probes
from balancer import Balancer
from engine import Engine, container_name
from manifests import Manifests
from network import Network
from pods import Container, Pod, read_pod
from volumes import Volumes

#: In seconds; reached only when something is wrong.
_PATIENCE = 300


@dataclass(frozen=True)
class Farewell:
    """How a pod ended."""

    pod: str
    code: int
    seconds: float


class Cluster:
    """Every pod that runs."""

    def __init__(self, state: Path, manifests: Manifests, tag: str) -> None:
        self.manifests = manifests
        self.tag = tag
        self.network = Network()
        self.hosts = state / "hosts"
        self._volumes = Volumes(state / "volumes", manifests)
        self.engine = Engine(state, manifests, self._volumes, self.hosts)
        self.balancer = Balancer(state / "balancer", manifests, self.network, self.engine)
        self._pods: dict[str, Pod] = {}
        self._namespaces: dict[str, Path] = {}
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()
        self.restarts: dict[str, int] = {}

    def up(self, replicas: dict[str, int] | None = None) -> None:
        """Start everything at once, as `kubectl apply` does, and wait until all of it is ready."""
        self.network.make()
        planned = [
            (workload["metadata"]["name"], self._new_name(workload["metadata"]["name"]))
            for workload in self.manifests.of("StatefulSet", "Deployment", "Job")
            for _ in range((replicas or {}).get(workload["metadata"]["name"], workload["spec"].get("replicas", 1)))
        ]
        for _, pod in planned:
            self.network.address(pod)
        self._write_hosts([pod for _, pod in planned])
        self.balancer.start()
        with ThreadPoolExecutor(len(planned)) as pool:
            for done in [pool.submit(self.start, workload, pod) for workload, pod in planned]:
                done.result()

    def pods(self, workload: str) -> list[Pod]:
        """The pods of a workload, the oldest first."""
        with self._lock:
            return [pod for pod in self._pods.values() if pod.workload == workload]

    def all_pods(self) -> list[Pod]:
        """Every pod."""
        with self._lock:
            return list(self._pods.values())

    def add(self, workload: str, tag: str | None = None, cpus: float | None = None) -> Pod:
        """Start one more pod, and wait until it is ready and requests are sent to it."""
        return self.start(workload, self._new_name(workload), tag, cpus)

    def start(self, workload: str, name: str, tag: str | None = None, cpus: float | None = None) -> Pod:
        """Start a pod by its name."""
        pod = self.prepare(workload, name, tag, cpus)
        for container in pod.containers:
            self.engine.start(container_name(pod, container))
        if pod.kind == "Job":
            self._finish(pod)
            return pod
        self.await_ready(pod)
        self.balancer.add(workload, name, pod.main.ports)
        return pod

    def prepare(self, workload: str, name: str, tag: str | None = None, cpus: float | None = None) -> Pod:
        """Do all that comes before the start of a pod's containers: its network, its volumes, its init containers."""
        pod = read_pod(self.manifests, self.manifests.workload(workload), name, self.network.address(name))
        namespace = self.network.join(name)
        self._volumes.make(pod)
        with self._lock:
            self._pods[name] = pod
            self._namespaces[name] = namespace
        tag = tag or self.tag
        for container in pod.preparations:
            created = self.engine.create(pod, container, namespace, tag)
            self._until_it_succeeds(created)
            self.engine.remove(created)
        for container in pod.containers:
            self.engine.create(pod, container, namespace, tag, cpus if container is pod.main else None)
        return pod

    def await_ready(self, pod: Pod, pause: float = 0.2) -> None:
        """Wait until every container of a pod is ready; a container that ends is started again."""
        limit = time.monotonic() + _PATIENCE
        waiting = {container.name: container for container in pod.containers}
        while waiting:
            for container in list(waiting.values()):
                if self._is_ready(pod, container):
                    del waiting[container.name]
            if waiting and time.monotonic() > limit:
                name = container_name(pod, next(iter(waiting.values())))
                raise RuntimeError(f"{name} did not become ready:\n{self.engine.logs(name)[-3000:]}")
            if waiting:
                time.sleep(pause)
                self._start_again(pod)

    def remove(self, pod: Pod, patience: bool = True) -> Farewell:
        """End a pod as the kubelet does: off the balancer, then preStop, then SIGTERM, then patience, then SIGKILL."""
        self.balancer.remove(pod.workload, pod.name)
        if patience:
            time.sleep(pod.main.pre_stop)
        with ThreadPoolExecutor(len(pod.containers)) as pool:
            grace = pod.grace - pod.main.pre_stop
            ends = list(pool.map(lambda one: self.engine.stop(container_name(pod, one), grace), pod.containers))
        self.engine.remove(*(container_name(pod, container) for container in pod.containers))
        self.network.leave(pod.name)
        self._volumes.forget(pod)
        with self._lock:
            del self._pods[pod.name]
        return Farewell(pod.name, *ends[0])

    def file(self, pod: Pod, path: Path) -> Path:
        """Where a file of a pod's main container lies on this machine."""
        mount = next(one for one in pod.main.mounts if path.is_relative_to(one.path))
        return self._volumes.source(pod, mount) / path.relative_to(mount.path)

    def crashed(self) -> list[str]:
        """Every container that has ended although nobody asked it to, with its last words."""
        found = []
        for pod in self.all_pods():
            for container in pod.containers if pod.kind != "Job" else []:
                name = container_name(pod, container)
                state = self.engine.inspect(name)["State"]
                if not state["Running"]:
                    found.append(f"{name} has ended with {state['ExitCode']}: {self.engine.logs(name)[-2000:]}")
        return found

    def _is_ready(self, pod: Pod, container: Container) -> bool:
        probe = container.probes.get("readiness") or container.probes.get("startup")
        return probe is None or probes.answers(self.engine, pod, container, probe)

    def _start_again(self, pod: Pod) -> None:
        for container in pod.containers:
            name = container_name(pod, container)
            state = self.engine.inspect(name)["State"]
            if state["Status"] == "exited":
                self.restarts[name] = self.restarts.get(name, 0) + 1
                if self.restarts[name] > 20:
                    raise RuntimeError(f"{name} ends again and again:\n{self.engine.logs(name)[-3000:]}")
                time.sleep(1)
                self.engine.start(name)

    def _until_it_succeeds(self, name: str) -> None:
        for _ in range(20):
            self.engine.start(name)
            if self.engine.wait(name) == 0:
                return
            self.restarts[name] = self.restarts.get(name, 0) + 1
            time.sleep(1)
        raise RuntimeError(f"{name} does not succeed:\n{self.engine.logs(name)[-3000:]}")

    def _finish(self, pod: Pod) -> None:
        for container in pod.containers:
            name = container_name(pod, container)
            if self.engine.wait(name):
                self._until_it_succeeds(name)

    def _new_name(self, workload: str) -> str:
        kind = self.manifests.workload(workload)["kind"]
        number = self._numbers.get(workload, 0 if kind == "StatefulSet" else 1)
        self._numbers[workload] = number + 1
        return f"{workload}-{number}"

    def _write_hosts(self, pods: list[str]) -> None:
        """What a cluster's name server would say. One file for all: no service without an address gets further pods here."""
        lines = ["127.0.0.1 localhost"]
        for service in self.manifests.of("Service"):
            name = service["metadata"]["name"]
            names = " ".join(name + suffix for suffix in _suffixes(service))
            if service["spec"].get("clusterIP") != "None":
                lines.append(f"{self.balancer.address(name)} {names}")
                continue
            workloads = {part["metadata"]["name"] for part in self.manifests.endpoints(service)}
            for pod in pods:
                if pod.rpartition("-")[0] in workloads:
                    own = " ".join(f"{pod}.{name}{suffix}" for suffix in _suffixes(service))
                    lines.append(f"{self.network.address(pod)} {names} {own}")
        lines += [f"{self.network.address(pod)} {pod}" for pod in pods]
        self.hosts.write_text("\n".join(lines) + "\n")


def _suffixes(service: dict) -> list[str]:
    namespace = service["metadata"].get("namespace", "default")
    return ["", f".{namespace}", f".{namespace}.svc", f".{namespace}.svc.cluster.local"]
