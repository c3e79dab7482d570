"""A pod as a template of the manifests describes it, in the words of this machine: what the kubelet would read out of it.

What is not understood is refused rather than left out: a pod that runs otherwise than in a cluster would prove nothing.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from manifests import Manifests, Object

# Said for schedulers, controllers and clients. They change nothing of how a container runs.
_FOR_OTHERS_POD = {
    "automountServiceAccountToken", "containers", "enableServiceLinks", "initContainers", "restartPolicy", "securityContext",
    "serviceAccount", "serviceAccountName", "terminationGracePeriodSeconds", "topologySpreadConstraints", "affinity",
    "nodeSelector", "tolerations", "priorityClassName", "volumes", "hostname", "dnsPolicy", "imagePullSecrets",
}  # fmt: skip
_UNDERSTOOD_CONTAINER = {
    "name", "image", "imagePullPolicy", "command", "args", "env", "envFrom", "ports", "resources", "securityContext",
    "volumeMounts", "startupProbe", "readinessProbe", "livenessProbe", "lifecycle", "workingDir", "restartPolicy",
    "terminationMessagePolicy", "terminationMessagePath",
}  # fmt: skip
_UNITS = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "k": 1000, "M": 10**6, "G": 10**9, "": 1}


@dataclass(frozen=True)
class Mount:
    """A volume, or a path inside one, as a container sees it."""

    volume: str
    path: str
    inside: str
    read_only: bool


@dataclass(frozen=True)
class Container:
    """One container of a pod."""

    name: str
    image: str
    command: list[str] | None
    arguments: list[str]
    environment: dict[str, str]
    mounts: list[Mount]
    user: str
    read_only: bool
    dropped: list[str]
    confined: bool
    memory: int | None
    ports: dict[str, int]
    probes: dict[str, dict[str, Any]]
    pre_stop: int
    sidecar: bool


@dataclass(frozen=True)
class Pod:
    """One pod, with the address that it has here."""

    name: str
    workload: str
    kind: str
    address: str
    group: int | None
    grace: int
    volumes: list[Object]
    preparations: list[Container] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)

    @property
    def main(self) -> Container:
        """The container that the probes are about: the first one that is no helper of another."""
        return self.containers[0]


def read_pod(manifests: Manifests, workload: Object, name: str, address: str) -> Pod:
    """Read the template of a workload for one of its pods."""
    template = workload["spec"]["template"]
    spec = template["spec"]
    _refuse_unknown(spec, _FOR_OTHERS_POD, name)
    context = spec.get("securityContext") or {}
    volumes = list(spec.get("volumes") or [])
    volumes += [
        {"name": claim["metadata"]["name"], "persistentVolumeClaim": {"claimName": f"{claim['metadata']['name']}-{name}"}}
        for claim in workload["spec"].get("volumeClaimTemplates") or []
    ]

    def container(part: Object) -> Container:
        return _read_container(manifests, part, context, name, address)

    first = [container(part) for part in spec.get("initContainers") or []]
    return Pod(
        name=name,
        workload=workload["metadata"]["name"],
        kind=workload["kind"],
        address=address,
        group=context.get("fsGroup"),
        grace=spec.get("terminationGracePeriodSeconds", 30),
        volumes=volumes,
        preparations=[part for part in first if not part.sidecar],
        containers=[container(part) for part in spec["containers"]] + [part for part in first if part.sidecar],
    )


def _read_container(manifests: Manifests, part: Object, pod_context: Object, pod: str, address: str) -> Container:
    _refuse_unknown(part, _UNDERSTOOD_CONTAINER, f"{pod}/{part['name']}")
    context = pod_context | (part.get("securityContext") or {})
    environment = _environment(manifests, part, pod, address)
    memory = ((part.get("resources") or {}).get("limits") or {}).get("memory")
    stop = ((part.get("lifecycle") or {}).get("preStop") or {}).get("sleep") or {}
    user = str(context.get("runAsUser", ""))
    if user and "runAsGroup" in context:
        user += f":{context['runAsGroup']}"
    return Container(
        name=part["name"],
        image=part["image"],
        command=_expanded(part["command"], environment) if "command" in part else None,
        arguments=_expanded(part.get("args") or [], environment),
        environment=environment,
        mounts=[
            Mount(one["name"], one["mountPath"], one.get("subPath", ""), one.get("readOnly", False))
            for one in part.get("volumeMounts") or []
        ],
        user=user,
        read_only=context.get("readOnlyRootFilesystem", False),
        dropped=(context.get("capabilities") or {}).get("drop") or [],
        confined=context.get("allowPrivilegeEscalation") is False,
        memory=byte_count(memory) if memory else None,
        ports={port.get("name", ""): port["containerPort"] for port in part.get("ports") or []},
        probes={kind: part[f"{kind}Probe"] for kind in ("startup", "readiness", "liveness") if f"{kind}Probe" in part},
        pre_stop=stop.get("seconds", 0),
        sidecar=part.get("restartPolicy") == "Always",
    )


def _environment(manifests: Manifests, part: Object, pod: str, address: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in part.get("envFrom") or []:
        kind = "ConfigMap" if "configMapRef" in source else "Secret"
        reference = source.get("configMapRef") or source["secretRef"]
        values = manifests.data(kind, reference["name"])
        found |= {source.get("prefix", "") + key: value.decode() for key, value in values.items()}
    for variable in part.get("env") or []:
        if "valueFrom" not in variable:
            found[variable["name"]] = _expanded([variable.get("value") or ""], found)[0]
            continue
        source = variable["valueFrom"]
        if "secretKeyRef" in source:
            found[variable["name"]] = manifests.data("Secret", source["secretKeyRef"]["name"])[
                source["secretKeyRef"]["key"]
            ].decode()
        elif "configMapKeyRef" in source:
            reference = source["configMapKeyRef"]
            found[variable["name"]] = manifests.data("ConfigMap", reference["name"])[reference["key"]].decode()
        else:
            fields = {"metadata.name": pod, "status.podIP": address, "metadata.namespace": "kindred", "spec.nodeName": "here"}
            found[variable["name"]] = fields[source["fieldRef"]["fieldPath"]]
    return found


def _expanded(texts: list[str], environment: dict[str, str]) -> list[str]:
    """`$(NAME)` is the variable, if there is one, and `$$(NAME)` is `$(NAME)`."""

    def value(match: re.Match[str]) -> str:
        if match[0].startswith("$$"):
            return match[0][1:]
        return environment.get(match[1], match[0])

    return [re.sub(r"\${1,2}\(([A-Za-z_][A-Za-z0-9_]*)\)", value, text) for text in texts]


def byte_count(quantity: str | int) -> int:
    """Bytes of a quantity such as `512Mi`."""
    match = re.fullmatch(r"(\d+)([A-Za-z]*)", str(quantity))
    if not match or match[2] not in _UNITS:
        raise ValueError(f"{quantity} is no amount of memory that is understood here.")
    return int(match[1]) * _UNITS[match[2]]


def _refuse_unknown(part: Object, known: set[str], place: str) -> None:
    unknown = set(part) - known
    if unknown:
        raise ValueError(f"{place} says {', '.join(sorted(unknown))}, which is not understood here.")
