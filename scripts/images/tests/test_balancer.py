"""Which services have an address, and who stands behind them."""

from pathlib import Path
from typing import Any

from balancer import Balancer
from engine import Engine
from manifests import Manifests
from network import Network
from volumes import Volumes


def deployment(name: str) -> dict[str, Any]:
    """A Deployment whose pods are labelled with its name."""
    return {"kind": "Deployment", "metadata": {"name": name}, "spec": {"template": {"metadata": {"labels": {"name": name}}}}}


def service(name: str, port: str, **spec: Any) -> dict[str, Any]:
    """A Service for those pods."""
    ports = [{"name": port, "port": 80, "targetPort": port}]
    return {"kind": "Service", "metadata": {"name": name}, "spec": {"selector": {"name": name}, "ports": ports} | spec}


MANIFESTS = Manifests(
    [
        deployment("gateway"),
        deployment("redis"),
        service("gateway", "http"),
        service("broker", "amqp", sessionAffinity="ClientIP"),
        service("redis", "redis", clusterIP="None"),
    ]
)


def test_services_with_an_address_are_balanced_by_what_they_speak(tmp_path: Path):
    engine = Engine(tmp_path, MANIFESTS, Volumes(tmp_path, MANIFESTS), tmp_path / "hosts")
    balancer = Balancer(tmp_path, MANIFESTS, Network(), engine)
    assert balancer.services == ["gateway", "broker"]
    _, gateway, broker = balancer.configuration().split("listen ")
    assert gateway.startswith("gateway-http\n")
    assert f"bind {balancer.address('gateway')}:80\n" in gateway
    assert "mode http" in gateway
    assert "balance roundrobin" in gateway
    assert broker.startswith("broker-amqp\n")
    assert "mode tcp" in broker
    assert "balance source" in broker


def test_pods_stand_behind_the_services_that_select_them():
    gateway, broker, _ = MANIFESTS.of("Service")
    assert [part["metadata"]["name"] for part in MANIFESTS.endpoints(gateway)] == ["gateway"]
    assert MANIFESTS.endpoints(broker) == []
