"""What is rendered: the overlays, and every component at least once."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.manifests import Manifests

DEPLOY = Path(__file__).parent.parent
GKE = ("rabbitmq-cluster", "bucket", "jobs", "hpa", "keda", "spot-workers")


@dataclass(frozen=True)
class Target:
    """An overlay and what is put on top of it."""

    name: str
    overlay: str
    # Those that the overlay has itself; `rabbitmq-cluster` is no folder, but what arrows.txt calls three nodes.
    included: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def render(self, folder: Path) -> Manifests:
        """What `kubectl kustomize` makes of it. A kustomization must lie where it finds the others by a relative path."""
        folder = folder / self.name
        folder.mkdir(parents=True, exist_ok=True)
        lines = ["apiVersion: kustomize.config.k8s.io/v1beta1", "kind: Kustomization", "namespace: kindred", "resources:"]
        lines.append(f"  - {os.path.relpath(DEPLOY / 'overlays' / self.overlay, folder)}")
        if self.added:
            lines.append("components:")
            lines += [f"  - {os.path.relpath(DEPLOY / 'components' / name, folder)}" for name in self.added]
        (folder / "kustomization.yaml").write_text("\n".join(lines) + "\n")
        return Manifests.parse(kustomize(folder), frozenset(self.included + self.added))


TARGETS = (
    Target("local", "local"),
    Target("local-with-more", "local", added=("sentinel", "monitoring")),
    Target("gke", "gke", GKE, ("gke-ingress",)),
    Target("gke-with-more", "gke", GKE, ("gke-gateway", "monitoring", "sentinel", "rabbitmq-tls")),
)


def unused_components() -> Iterator[str]:
    """Components that no target has, so that nothing checks them."""
    used = {name for target in TARGETS for name in target.included + target.added}
    for folder in sorted((DEPLOY / "components").iterdir()):
        if folder.is_dir() and folder.name not in used:
            yield f"components/{folder.name}: is part of no target in checks/targets.py"


def kustomize(folder: Path) -> str:
    """What a kustomization renders to; the messages of kustomize go to standard error."""
    done = subprocess.run(
        [os.environ.get("KUBECTL", "kubectl"), "kustomize", str(folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
