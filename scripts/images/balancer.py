"""Services with an address of their own, and the load balancer before them: one HAProxy.

HTTP is balanced by request, as a cluster's ingress does it, so that a pod that is to go gets no more requests while clients keep
their connections. Nothing is sent twice: a request that a pod breaks is a failed request.
"""

import os
import socket
import subprocess
from pathlib import Path

from engine import LABEL, Engine
from manifests import Manifests, Object
from network import Network

_SLOTS = 8
# An address that nobody has.
_UNUSED = "192.0.2.1"
_TOP = """\
global
    stats socket /run/balancer/socket mode 600 level admin
    maxconn 4000
defaults
    timeout connect 5s
    timeout client 90s
    timeout server 90s
    timeout tunnel 1h
    retries 0
"""


class Balancer:
    """Knows which pods stand behind which service."""

    def __init__(self, folder: Path, manifests: Manifests, network: Network, engine: Engine) -> None:
        self._folder = folder
        self._network = network
        self._engine = engine
        self._objects = [service for service in manifests.of("Service") if _has_address(service)]
        self._workloads = {
            service["metadata"]["name"]: {part["metadata"]["name"] for part in manifests.endpoints(service)}
            for service in self._objects
        }
        self._slots: dict[str, list[str | None]] = {service["metadata"]["name"]: [None] * _SLOTS for service in self._objects}

    @property
    def services(self) -> list[str]:
        """The services that it stands for."""
        return list(self._slots)

    def start(self) -> None:
        """Start it, with nobody behind it."""
        (self._folder / "run").mkdir(parents=True, exist_ok=True)
        os.chown(self._folder / "run", 10001, 10001)
        (self._folder / "haproxy.cfg").write_text(self.configuration())
        namespace = self._network.join("balancer", *(self.address(service) for service in self._slots))
        # As on a cluster's nodes: low ports need no privilege.
        ports = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
        subprocess.run(["ip", "netns", "exec", namespace.name, "sh", "-c", f"echo 0 >{ports}"], check=True)
        self._engine.run(
            "run", "--detach", "--name", "kindred-balancer", "--label", f"{LABEL}=balancer", "--network", f"ns:{namespace}",
            "--no-hosts", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
            "--volume", f"{self._folder / 'haproxy.cfg'}:/etc/balancer/haproxy.cfg:ro",
            "--volume", f"{self._folder / 'run'}:/run/balancer", "localhost/kindred-stand-in-balancer:local",
        )  # fmt: skip

    def address(self, service: str) -> str:
        """The address of a service."""
        return self._network.service_address(service)

    def add(self, workload: str, pod: str, ports: dict[str, int]) -> None:
        """Send requests to a pod from now on."""
        for service, ends in self._ends(workload):
            slot = self._slots[service].index(None)
            self._slots[service][slot] = pod
            for name, target in ends:
                server = f"{service}-{name}/{slot}"
                port = target if isinstance(target, int) else ports[target]
                self._tell(f"set server {server} addr {self._network.address(pod)} port {port}")
                self._tell(f"set server {server} state ready")

    def remove(self, workload: str, pod: str) -> None:
        """Send nothing new to a pod; what it has in hand it may finish."""
        for service, ends in self._ends(workload):
            if pod not in self._slots[service]:
                continue
            slot = self._slots[service].index(pod)
            self._slots[service][slot] = None
            for name, _ in ends:
                self._tell(f"set server {service}-{name}/{slot} state maint")

    def configuration(self) -> str:
        """A front and a back for each port of each service, with empty places for pods."""
        parts = [_TOP]
        for service in self._objects:
            for port in service["spec"]["ports"]:
                name = f"{service['metadata']['name']}-{port.get('name', port['port'])}"
                mode = "http" if port.get("name", "").startswith("http") else "tcp"
                lines = [
                    f"listen {name}",
                    f"    bind {self.address(service['metadata']['name'])}:{port['port']}",
                    f"    mode {mode}",
                ]
                if mode == "http":
                    lines += ["    option forwardfor", "    option http-keep-alive"]
                sticky = service["spec"].get("sessionAffinity") == "ClientIP"
                lines += ["    balance source" if sticky else "    balance roundrobin"]
                lines += [f"    server {slot} {_UNUSED}:1 disabled" for slot in range(_SLOTS)]
                parts.append("\n".join(lines))
        return "\n".join(parts) + "\n"

    def _ends(self, workload: str) -> list[tuple[str, list[tuple[str, str | int]]]]:
        return [
            (
                service["metadata"]["name"],
                [(port.get("name", port["port"]), port.get("targetPort", port["port"])) for port in service["spec"]["ports"]],
            )
            for service in self._objects
            if workload in self._workloads[service["metadata"]["name"]]
        ]

    def _tell(self, command: str) -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self._folder / "run" / "socket"))
            connection.sendall(command.encode() + b"\n")
            answer = b"".join(iter(lambda: connection.recv(4096), b"")).decode().strip()
        # Success is silence, or a sentence on the address that was changed.
        if answer and "changed" not in answer and "no need to change" not in answer:
            raise RuntimeError(f"HAProxy says to `{command}`: {answer}")


def _has_address(service: Object) -> bool:
    """Whether a service has an address of its own; without one its name is those of its pods."""
    return service["spec"].get("clusterIP") != "None" and service["spec"].get("type") != "ExternalName"
