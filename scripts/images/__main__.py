"""Runs the pods of the manifests on this machine: `scripts/images.sh up`, `test`, `rehearse`, `measure` and `down`."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import figures
import rehearsals
import story
from cluster import Cluster
from manifests import Manifests


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="scripts/images.sh")
    parser.add_argument("--state", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("command", choices=["up", "test", "rehearse", "measure", "down"])
    parser.add_argument("--manifests", type=Path, default=_usual_manifests())
    parser.add_argument("--tag", default="local", help="the tag of the images that are started")
    parser.add_argument("--only", choices=["scale", "upgrade"], help="what `rehearse` does, instead of both")
    parser.add_argument("--from", dest="old", default="local", help="what `rehearse` upgrades from")
    options = parser.parse_args()

    state: Path = options.state / "stack"
    state.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(state, _manifests(options.manifests, state), options.old if options.command == "rehearse" else options.tag)
    _take_down(cluster, state)
    if options.command == "down":
        print("Everything is stopped.")
        return 0
    try:
        _say(f"Starting the pods of {options.manifests}")
        cluster.up()
        _show(f"{pod.name} is ready at {pod.address}" for pod in cluster.all_pods())
        _show(f"{name} had to be started again {times} times" for name, times in cluster.restarts.items())
        if options.command == "up":
            for service in cluster.balancer.services:
                print(f"    http://{cluster.balancer.address(service)}/ is {service}")
            return 0
        if options.command == "test":
            _say("The story")
            _show(story.tell(cluster))
        if options.command == "measure":
            _measure(cluster)
        if options.command == "rehearse":
            _rehearse(cluster, state, options.only, options.tag)
        print("All went well.")
        return 0
    except BaseException:
        _keep_logs(cluster, state / "log")
        raise
    finally:
        if options.command != "up":
            _take_down(cluster, state)


def _rehearse(cluster: Cluster, state: Path, only: str | None, new: str) -> None:
    if only != "upgrade":
        _say("Scaling under load")
        _show(rehearsals.scale(cluster, state / "scale"))
    if only != "scale":
        _say(f"Upgrading from {cluster.tag} to {new} under load")
        _show(rehearsals.upgrade(cluster, state / "upgrade", new))


def _measure(cluster: Cluster) -> None:
    _say("Sizes of the images")
    _show(figures.sizes(cluster))
    _say("Memory, once all are ready")
    _show(figures.memory(cluster))
    _say("From the start of a container until it is ready")
    _show(figures.start_times(cluster))


def _manifests(folder: Path, state: Path) -> Manifests:
    """The overlay, and the secrets that are made for a cluster, not applied with it."""
    found, maker, made = Manifests.render(folder), Path("deploy/make_secrets.py"), state / "secrets"
    if maker.exists():
        shutil.rmtree(made, ignore_errors=True)
        subprocess.run([sys.executable, "-B", str(maker), str(made)], check=True, stdout=subprocess.DEVNULL)
        found = found.with_files(made)
    return found.with_secrets()


def _usual_manifests() -> Path:
    overlay = Path("deploy/overlays/local")
    return overlay if overlay.exists() else Path("deploy/base")


def _take_down(cluster: Cluster, state: Path) -> None:
    cluster.engine.remove_all()
    cluster.network.remove()
    for name in ("volumes", "balancer"):
        shutil.rmtree(state / name, ignore_errors=True)


def _keep_logs(cluster: Cluster, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in cluster.engine.names():
        (folder / f"{name}.log").write_text(cluster.engine.logs(name))
    print(f"What the containers wrote is in {folder}.", file=sys.stderr)


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


def _show(lines: object) -> None:
    for line in lines:  # type: ignore[attr-defined]
        print(f"    {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
