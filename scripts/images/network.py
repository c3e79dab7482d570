"""Networks of the pods: a namespace each, all on one bridge.

Made with `ip`, because podman's own way needs tables of the kernel's firewall, which not every machine has.
"""

import contextlib
import subprocess
from pathlib import Path

SUBNET = "10.201.77"
_BRIDGE = "kindred0"
_PREFIX = "kindred-"


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


class Network:
    """The bridge, and the addresses on it: pods from .10, services from .200."""

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}
        self._services: dict[str, str] = {}

    def make(self) -> None:
        """Make the bridge. This machine is .1 on it, so that it can ask the pods as a kubelet does."""
        _ip("link", "add", _BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{SUBNET}.1/24", "dev", _BRIDGE)
        _ip("link", "set", _BRIDGE, "up")

    def address(self, pod: str) -> str:
        """The address of a pod, the same whenever a pod of that name is there."""
        return self._addresses.setdefault(pod, f"{SUBNET}.{10 + len(self._addresses)}")

    def service_address(self, service: str) -> str:
        """The address of a service."""
        return self._services.setdefault(service, f"{SUBNET}.{200 + len(self._services)}")

    def join(self, pod: str, *further: str) -> Path:
        """Make the namespace of a pod, with its own address and others."""
        name, address = _PREFIX + pod, self.address(pod)
        outside = f"kdr{address.rsplit('.', 1)[1]}"
        _ip("netns", "add", name)
        _ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("link", "set", outside, "master", _BRIDGE, "up")
        for one in (address, *further):
            _ip("-netns", name, "addr", "add", f"{one}/24", "dev", "eth0")
        _ip("-netns", name, "link", "set", "lo", "up")
        _ip("-netns", name, "link", "set", "eth0", "up")
        return Path("/run/netns") / name

    @staticmethod
    def leave(pod: str) -> None:
        """Remove the namespace of a pod, and its cable with it."""
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("netns", "delete", _PREFIX + pod)

    @staticmethod
    def remove() -> None:
        """Remove everything, also what another run has left."""
        for file in Path("/run/netns").glob(_PREFIX + "*"):
            Network.leave(file.name.removeprefix(_PREFIX))
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("link", "delete", _BRIDGE)
