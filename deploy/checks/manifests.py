"""Rendered manifests, and the pods that come of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Object = dict[str, Any]

NAME_LABEL = "app.kubernetes.io/name"


@dataclass(frozen=True)
class Pod:
    """What a workload makes pods of."""

    kind: str
    name: str
    labels: dict[str, str]
    spec: Object

    @property
    def containers(self) -> list[Object]:
        """All of them, those first that run before the others."""
        return [*self.spec.get("initContainers", []), *self.spec["containers"]]

    @property
    def runs_on(self) -> bool:
        """Whether it is meant to run for ever."""
        return self.kind in ("Deployment", "StatefulSet", "DaemonSet")

    def __str__(self) -> str:
        """As findings name it."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Manifests:
    """Everything that one kustomization renders to."""

    objects: list[Object]
    components: frozenset[str] = field(default_factory=frozenset)

    @staticmethod
    def parse(text: str, components: frozenset[str] = frozenset()) -> "Manifests":
        """Read the YAML documents of `kubectl kustomize`."""
        return Manifests([document for document in yaml.safe_load_all(text) if document], components)

    def of_kind(self, *kinds: str) -> Iterator[Object]:
        """The objects of these kinds."""
        return (item for item in self.objects if item["kind"] in kinds)

    def named(self, kind: str, name: str) -> Object | None:
        """The object of this name, or None."""
        return next((item for item in self.of_kind(kind) if item["metadata"]["name"] == name), None)

    def pods(self) -> Iterator[Pod]:
        """The pods of workloads whose specification stands here; RabbitMQ's operator makes others."""
        for item in self.of_kind("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"):
            spec = item["spec"]
            if item["kind"] == "CronJob":
                spec = spec["jobTemplate"]["spec"]
            template = spec["template"]
            yield Pod(item["kind"], item["metadata"]["name"], template["metadata"].get("labels", {}), template["spec"])

    def pod_labels(self) -> dict[str, dict[str, str]]:
        """The labels of every kind of pod by its name, those of RabbitMQ's operator too."""
        labels = {pod.labels.get(NAME_LABEL, pod.name): pod.labels for pod in self.pods()}
        for cluster in self.of_kind("RabbitmqCluster"):
            labels[cluster["metadata"]["name"]] = {NAME_LABEL: cluster["metadata"]["name"]}
        return labels

    def environment(self, container: Object) -> dict[str, str]:
        """What a container gets to see, where it does not come from a Secret."""
        variables: dict[str, str] = {}
        for source in container.get("envFrom", []):
            settings = self.named("ConfigMap", source.get("configMapRef", {}).get("name", ""))
            variables.update((settings or {}).get("data", {}))
        variables.update({item["name"]: item.get("value", "") for item in container.get("env", [])})
        return variables


def matches(selector: Object, labels: dict[str, str]) -> bool:
    """Whether a label selector takes these labels. The empty one takes all."""
    if any(labels.get(key) != value for key, value in selector.get("matchLabels", {}).items()):
        return False
    for condition in selector.get("matchExpressions", []):
        value = labels.get(condition["key"])
        match condition["operator"]:
            case "In" if value not in condition["values"]:
                return False
            case "NotIn" if value in condition["values"]:
                return False
            case "Exists" if value is None:
                return False
            case "DoesNotExist" if value is not None:
                return False
    return True
