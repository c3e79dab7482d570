"""What `kubectl apply -k` would send: read, searched, and completed with secrets."""

import base64
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Object = dict[str, Any]


@dataclass(frozen=True)
class Manifests:
    """The objects of one overlay."""

    objects: list[Object]

    @staticmethod
    def render(folder: Path) -> "Manifests":
        """Render an overlay with kustomize, which comes with kubectl."""
        text = subprocess.run(["kubectl", "kustomize", str(folder)], check=True, capture_output=True, text=True).stdout
        return Manifests([part for part in yaml.safe_load_all(text) if part])

    def with_files(self, folder: Path) -> "Manifests":
        """Add Secrets: a folder each, named as it is, with a file for each key."""
        made = [
            _secret(one.name, {file.name: base64.b64encode(file.read_bytes()).decode() for file in one.iterdir()})
            for one in sorted(folder.iterdir())
        ]
        return Manifests(self.objects + made)

    def with_secrets(self) -> "Manifests":
        """Add what an overlay leaves to whoever applies it: a random text for each key of a Secret that is named, not there."""
        wanted: dict[str, set[str]] = {}
        for part in self.of("Deployment", "StatefulSet", "Job"):
            spec = part["spec"]["template"]["spec"]
            for volume in spec.get("volumes") or []:
                if "secret" in volume:
                    keys = {item["key"] for item in volume["secret"].get("items") or []}
                    wanted.setdefault(volume["secret"]["secretName"], set()).update(keys)
            for variable in (one for container in spec["containers"] for one in container.get("env") or []):
                if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
                    wanted.setdefault(reference["name"], set()).add(reference["key"])
        there = {part["metadata"]["name"] for part in self.of("Secret")}
        made = [
            _secret(name, {key: base64.b64encode(secrets.token_hex(16).encode()).decode() for key in sorted(keys)})
            for name, keys in wanted.items()
            if name not in there
        ]
        return Manifests(self.objects + made)

    def of(self, *kinds: str) -> list[Object]:
        """Every object of these kinds, in the order of the overlay."""
        return [part for part in self.objects if part["kind"] in kinds]

    def workload(self, name: str) -> Object:
        """The Deployment, StatefulSet or Job of that name."""
        return next(part for part in self.of("Deployment", "StatefulSet", "Job") if part["metadata"]["name"] == name)

    def data(self, kind: str, name: str) -> dict[str, bytes]:
        """What a ConfigMap or a Secret holds."""
        for part in self.of(kind):
            if part["metadata"]["name"] == name:
                binary = part.get("data" if kind == "Secret" else "binaryData") or {}
                plain = part.get("stringData" if kind == "Secret" else "data") or {}
                return {key: base64.b64decode(value) for key, value in binary.items()} | {
                    key: value.encode() for key, value in plain.items()
                }
        raise KeyError(f"There is no {kind} {name}.")

    def endpoints(self, service: Object) -> list[Object]:
        """The workloads whose pods a Service sends to."""
        selector = (service["spec"].get("selector") or {}).items()
        return [
            part
            for part in self.of("Deployment", "StatefulSet")
            if selector and selector <= (part["spec"]["template"]["metadata"].get("labels") or {}).items()
        ]


def _secret(name: str, data: dict[str, str]) -> Object:
    return {"kind": "Secret", "metadata": {"name": name}, "data": data}
