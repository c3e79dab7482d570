"""Probes of pods, asked from this machine as a kubelet asks them."""

import http.client
import socket
from typing import Any

from engine import Engine, container_name
from pods import Container, Pod


def answers(engine: Engine, pod: Pod, container: Container, probe: dict[str, Any]) -> bool:
    """Whether a probe succeeds now."""
    limit = probe.get("timeoutSeconds", 1)
    if "exec" in probe:
        try:
            engine.run("exec", container_name(pod, container), *probe["exec"]["command"])
        except RuntimeError:
            return False
        return True
    if "tcpSocket" in probe:
        try:
            socket.create_connection((pod.address, _port(container, probe["tcpSocket"])), limit).close()
        except OSError:
            return False
        return True
    if "httpGet" in probe:
        return _get(pod.address, _port(container, probe["httpGet"]), probe["httpGet"].get("path", "/"), limit)
    raise ValueError(f"A probe {probe} is not understood here.")


def _get(host: str, port: int, path: str, limit: float) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=limit)
    try:
        connection.request("GET", path)
        return 200 <= connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _port(container: Container, part: dict[str, Any]) -> int:
    port = part["port"]
    return port if isinstance(port, int) else container.ports[port]
