"""Who may speak to whom: what the NetworkPolicies let through is exactly what `arrows.txt` lists, and what the settings need."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checks.manifests import NAME_LABEL, Manifests, Object, matches

ARROWS_FILE = Path(__file__).parent.parent / "arrows.txt"

# What blocks of addresses are for. Those with exceptions are whatever lies outside of the cluster.
BLOCKS = {
    "130.211.0.0/22": "balancer",
    "35.191.0.0/16": "balancer",
    "0.0.0.0/0": "bucket",
    "169.254.20.10/32": "names",
    "169.254.169.252/32": "metadata",
}
METADATA = "169.254.169.254/32"


class Arrow(NamedTuple):
    """One end may connect to a port of the other."""

    source: str
    target: str
    port: int

    def __str__(self) -> str:
        """As findings name it."""
        return f"{self.source} -> {self.target}:{self.port}"


def findings(manifests: Manifests) -> Iterator[str]:
    """Arrows that are not listed, listed ones that are missing, and halves of arrows."""
    names = set(manifests.pod_labels())
    denies = any(
        policy["spec"]["podSelector"] == {}
        and set(policy["spec"].get("policyTypes", [])) == {"Ingress", "Egress"}
        and not policy["spec"].get("ingress")
        and not policy["spec"].get("egress")
        for policy in manifests.of_kind("NetworkPolicy")
    )
    if not denies:
        yield "no NetworkPolicy denies what others do not allow"
    leaving, entering = allowed(manifests, "egress"), allowed(manifests, "ingress")
    inner_leaving = {arrow for arrow in leaving if arrow.target in names}
    inner_entering = {arrow for arrow in entering if arrow.source in names}
    for arrow in sorted(inner_leaving ^ inner_entering):
        side = "may not be entered" if arrow in inner_leaving else "may not be left"
        yield f"half an arrow: {arrow} {side} there"
    open_arrows = (leaving - inner_leaving) | (entering - inner_entering) | (inner_leaving & inner_entering)
    listed = set(expected(manifests))
    yield from (f"not in arrows.txt: {arrow}" for arrow in sorted(open_arrows - listed))
    yield from (f"in arrows.txt, and not allowed: {arrow}" for arrow in sorted(listed - open_arrows))
    for need, variable in needed(manifests):
        if need not in open_arrows:
            yield f"{variable} needs {need}, which is not allowed"


def expected(manifests: Manifests) -> Iterator[Arrow]:
    """The arrows of the list whose component is part of these manifests, and whose ends are."""
    names = set(manifests.pod_labels())
    for line in ARROWS_FILE.read_text().splitlines():
        text, _, rest = line.partition("#")[0].partition("[")
        parts = text.split()
        if not parts or (rest and not manifests.components & set(rest.rstrip("] ").split())):
            continue
        source, target, port = parts
        for each in sorted(names) if source == "*" else [source]:
            # An end that is one of ours, but not of these manifests, has no arrows.
            if (each in names or is_outside(each)) and (target in names or is_outside(target)):
                yield Arrow(each, target, int(port))


def is_outside(end: str) -> bool:
    """Whether it is no pod of ours."""
    return "/" in end or end in {"balancer", "bucket", "metadata", "names", "kubernetes"}


def allowed(manifests: Manifests, direction: str) -> set[Arrow]:
    """What the policies let out of (`egress`) or into (`ingress`) pods."""
    arrows: set[Arrow] = set()
    pods = manifests.pod_labels()
    for policy in manifests.of_kind("NetworkPolicy"):
        spec = policy["spec"]
        selected = [name for name, labels in pods.items() if matches(spec["podSelector"], labels)]
        for rule in spec.get(direction) or []:
            peers = rule.get("to" if direction == "egress" else "from")
            for port in rule.get("ports") or [{"port": 0}]:
                for end in ends(peers, pods, port["port"], policy["metadata"]["name"]):
                    for pod in selected:
                        arrows.add(Arrow(pod, end, port["port"]) if direction == "egress" else Arrow(end, pod, port["port"]))
    return arrows


def ends(peers: list[Object] | None, pods: dict[str, dict[str, str]], port: int, policy: str) -> Iterator[str]:
    """The names of what a rule lets in or out."""
    if peers is None:
        # Anybody. Only the API of Kubernetes is reached so, whose address is not known.
        yield "kubernetes" if (policy, port) == ("rabbitmq-nodes", 443) else "anybody"
        return
    for peer in peers:
        if "ipBlock" in peer:
            block = peer["ipBlock"]["cidr"]
            if block == METADATA:
                yield "names" if port == 53 else "metadata"
            elif block == "0.0.0.0/0" and not peer["ipBlock"].get("except"):
                yield "anybody"
            else:
                yield BLOCKS.get(block, block)
        elif "namespaceSelector" in peer:
            namespace = peer["namespaceSelector"].get("matchLabels", {}).get("kubernetes.io/metadata.name", "*")
            labels = peer.get("podSelector", {}).get("matchLabels", {})
            name = labels.get(NAME_LABEL) or labels.get("app") or "*"
            yield "names" if (namespace, port) == ("kube-system", 53) else f"{namespace}/{name}"
        else:
            yield from (name for name, labels in pods.items() if matches(peer["podSelector"], labels))


def needed(manifests: Manifests) -> Iterator[tuple[Arrow, str]]:
    """What gateway, worker and app connect to, by their settings."""
    for pod in manifests.pods():
        if pod.name not in ("gateway", "worker", "app"):
            continue
        settings = manifests.environment(pod.spec["containers"][0])
        places = []
        if sentinels := settings.get("REDIS_SENTINELS"):
            places += [("REDIS_SENTINELS", name.split(":")[0].split(".")[-1], "26379") for name in sentinels.split(",")]
        for prefix, port in (("REDIS", "6379"), ("REDIS_CACHE", "6379"), ("RABBITMQ", "5672")):
            if prefix == "RABBITMQ" and settings.get("RABBITMQ_TLS") == "true":
                port = "5671"
            if host := settings.get(f"{prefix}_HOST"):
                places.append((f"{prefix}_HOST", host, settings.get(f"{prefix}_PORT", port)))
        if url := settings.get("KINDRED_URL"):
            places.append(("KINDRED_URL", url.removeprefix("http://").split("/")[0], "80"))
        for variable, host, port in places:
            for target, number in served(manifests, host, int(port)):
                yield Arrow(pod.name, target, number), f"{variable} of {pod.name}"


def served(manifests: Manifests, host: str, port: int) -> Iterator[tuple[str, int]]:
    """The pods, and their port, that a service stands for."""
    service = manifests.named("Service", host)
    if not service:
        # RabbitMQ's operator makes a service of the cluster's name.
        yield (host, port)
        return
    wanted = next((item for item in service["spec"]["ports"] if item["port"] == port), None)
    for pod in manifests.pods():
        if not matches({"matchLabels": service["spec"]["selector"]}, pod.labels):
            continue
        number = (wanted or {}).get("targetPort", port)
        for container in pod.containers:
            for each in container.get("ports", []):
                if each.get("name") == number:
                    number = each["containerPort"]
        yield (pod.labels[NAME_LABEL], number if wanted else 0)
