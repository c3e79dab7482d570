"""What we want of every pod beyond what Kubernetes asks for."""

import re
from collections.abc import Iterator

from checks.manifests import Manifests, Object, Pod, matches

# Of these a restart for slowness makes everything worse, so that they have no liveness probe.
STORES = {"redis-data", "redis-cache", "rabbitmq", "sentinel"}


def findings(manifests: Manifests) -> Iterator[str]:
    """What breaks one of the rules."""
    yield from secrets_and_namespace(manifests)
    for pod in manifests.pods():
        yield from (f"{pod}: {problem}" for problem in pod_problems(pod))
        for container in pod.containers:
            yield from (f"{pod}, container {container['name']}: {problem}" for problem in container_problems(pod, container))
    yield from availability(manifests)
    yield from scaling(manifests)
    yield from references(manifests)
    for item in manifests.of_kind("CronJob"):
        yield from (f"CronJob {item['metadata']['name']}: {problem}" for problem in clock_problems(item["spec"]))


def secrets_and_namespace(manifests: Manifests) -> Iterator[str]:
    """Nothing secret is rendered, and everything is in the one namespace that takes no loose pods."""
    for item in manifests.of_kind("Secret"):
        yield f"Secret {item['metadata']['name']}: secrets are made by deploy/make_secrets.py and never rendered"
    namespace = manifests.named("Namespace", "kindred")
    if not namespace or namespace["metadata"].get("labels", {}).get("pod-security.kubernetes.io/enforce") != "restricted":
        yield "Namespace kindred: takes pods that are not restricted"
    for item in manifests.objects:
        if item["kind"] != "Namespace" and item["metadata"].get("namespace") != "kindred":
            yield f"{item['kind']} {item['metadata']['name']}: is not in the namespace kindred"


def pod_problems(pod: Pod) -> Iterator[str]:
    """Of a pod as a whole."""
    security = pod.spec.get("securityContext", {})
    if security.get("runAsNonRoot") is not True or not security.get("runAsUser"):
        yield "may be root: runAsNonRoot and a runAsUser other than 0 are wanted"
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if pod.spec.get("automountServiceAccountToken") is not False:
        yield "gets a token for Kubernetes' API, which it has no use for"
    if pod.spec.get("enableServiceLinks") is not False:
        yield "gets variables of services, which look like settings: REDIS_PORT=tcp://…"
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.spec.get(key):
            yield f"uses {key}"
    if pod.runs_on and not pod.spec.get("serviceAccountName"):
        yield "has no service account of its own"
    for volume in pod.spec.get("volumes", []):
        if "emptyDir" in volume and "sizeLimit" not in volume["emptyDir"]:
            yield f"volume {volume['name']}: has no sizeLimit, so it may fill the node"
        if "secret" in volume and volume["secret"].get("defaultMode") != 0o440:
            yield f"volume {volume['name']}: others than its user and group may read the secret"
        if "hostPath" in volume:
            yield f"volume {volume['name']}: is a folder of the node"
    grace = pod.spec.get("terminationGracePeriodSeconds", 30)
    for container in pod.containers:
        pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        if grace < pause + 10:
            yield f"container {container['name']}: has less than ten seconds to end after its preStop"


def container_problems(pod: Pod, container: Object) -> Iterator[str]:
    """Of one container."""
    image = container["image"]
    tag = re.search(r":([^:/@]+)(@|$)", image)
    if "@sha256:" not in image and (not tag or tag.group(1) == "latest"):
        yield f"image {image}: which one that is changes from day to day"
    security = container.get("securityContext", {})
    if security.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    if security.get("readOnlyRootFilesystem") is not True:
        yield "may write outside of its volumes"
    if security.get("capabilities", {}).get("drop") != ["ALL"] or security["capabilities"].get("add"):
        yield "has capabilities"
    if security.get("privileged") or security.get("runAsUser") == 0 or security.get("runAsNonRoot") is False:
        yield "is privileged or root"
    resources = container.get("resources", {})
    for kind, name in (("requests", "cpu"), ("requests", "memory"), ("limits", "memory")):
        if name not in resources.get(kind, {}):
            yield f"has no {name} in its {kind}"
    if pod.runs_on and container.get("ports"):
        wanted = ["startupProbe", "readinessProbe"] + ([] if pod.name in STORES else ["livenessProbe"])
        yield from (f"has no {probe}" for probe in wanted if probe not in container)
    names = {port.get("name") for port in container.get("ports", [])}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        for way in ("httpGet", "tcpSocket"):
            port = container.get(probe, {}).get(way, {}).get("port")
            if port is not None and port not in names:
                yield f"{probe}: there is no port {port}"


def availability(manifests: Manifests) -> Iterator[str]:
    """What there are several of is spread over nodes, and not taken away all at once."""
    budgets = list(manifests.of_kind("PodDisruptionBudget"))
    for pod in manifests.pods():
        workload = manifests.named(pod.kind, pod.name)
        if not pod.runs_on or not workload or workload["spec"].get("replicas", 2) < 2:
            continue
        if not any(matches(budget["spec"]["selector"], pod.labels) for budget in budgets):
            yield f"{pod}: no PodDisruptionBudget is for it"
        spread = pod.spec.get("topologySpreadConstraints", [])
        if not pod.spec.get("affinity", {}).get("podAntiAffinity") and not (
            {"topology.kubernetes.io/zone", "kubernetes.io/hostname"} <= {item["topologyKey"] for item in spread}
        ):
            yield f"{pod}: is not spread over zones and nodes"
        for item in spread:
            if not matches(item["labelSelector"], pod.labels):
                yield f"{pod}: counts others' pods when it is spread"
    for budget in budgets:
        labels = manifests.pod_labels().values()
        if not any(matches(budget["spec"]["selector"], each) for each in labels):
            yield f"PodDisruptionBudget {budget['metadata']['name']}: is for nobody"


def scaling(manifests: Manifests) -> Iterator[str]:
    """Who is scaled by itself says no number of its own, which each `kubectl apply` would set again."""
    targets: list[str] = []
    for item in manifests.of_kind("HorizontalPodAutoscaler", "ScaledObject"):
        name = item["spec"]["scaleTargetRef"]["name"]
        workload = manifests.named("Deployment", name)
        if not workload:
            yield f"{item['kind']} {item['metadata']['name']}: there is no Deployment {name}"
        elif "replicas" in workload["spec"]:
            yield f"Deployment {name}: has replicas, though {item['kind']} {item['metadata']['name']} decides on them"
        if name in targets:
            yield f"Deployment {name}: two scale it"
        targets.append(name)


def references(manifests: Manifests) -> Iterator[str]:
    """ConfigMaps, claims and accounts that are named exist; Secrets are those that `make_secrets.py` makes."""
    from make_secrets import SECRETS

    known = {name: set(keys) for name, keys in SECRETS.items()}
    for pod in manifests.pods():
        account = pod.spec.get("serviceAccountName")
        if account and not manifests.named("ServiceAccount", account):
            yield f"{pod}: there is no ServiceAccount {account}"
        wanted = [volume["configMap"]["name"] for volume in pod.spec.get("volumes", []) if "configMap" in volume]
        for container in pod.containers:
            wanted += [source["configMapRef"]["name"] for source in container.get("envFrom", []) if "configMapRef" in source]
        yield from (
            f"{pod}: there is no ConfigMap {name}" for name in sorted(set(wanted)) if not manifests.named("ConfigMap", name)
        )
        for volume in pod.spec.get("volumes", []):
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            if claim and not manifests.named("PersistentVolumeClaim", claim):
                yield f"{pod}: there is no PersistentVolumeClaim {claim}"
            secret = volume.get("secret", {})
            name = secret.get("secretName")
            # That one is made by whoever signs certificates.
            if name == "rabbitmq-tls" or name is None:
                continue
            missing = {item["key"] for item in secret.get("items", [])} - known.get(name, set())
            if name not in known or missing:
                yield f"{pod}: deploy/make_secrets.py makes no Secret {name}{''.join(f' with {key}' for key in sorted(missing))}"
            yield from secret_file_problems(manifests, pod, volume["name"], known.get(name, set()))


def secret_file_problems(manifests: Manifests, pod: Pod, volume: str, keys: set[str]) -> Iterator[str]:
    """Files of secrets that a setting names are in the Secret that is mounted there."""
    for container in pod.containers:
        for mount in container.get("volumeMounts", []):
            if mount["name"] != volume:
                continue
            for variable, path in manifests.environment(container).items():
                folder, _, name = path.rpartition("/")
                if variable.endswith("_FILE") and folder == mount["mountPath"] and name not in keys:
                    yield f"{pod}, container {container['name']}: {variable} names {path}, which the Secret does not have"


def clock_problems(spec: Object) -> Iterator[str]:
    """What is done by the clock must not pile up or hang."""
    if spec.get("concurrencyPolicy") != "Forbid":
        yield "may run twice at once"
    if "startingDeadlineSeconds" not in spec:
        yield "is never started again after a hundred missed times: startingDeadlineSeconds is wanted"
    if "activeDeadlineSeconds" not in spec["jobTemplate"]["spec"]:
        yield "may hang for ever: activeDeadlineSeconds is wanted"
