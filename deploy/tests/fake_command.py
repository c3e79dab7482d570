"""Stands in for gcloud, kubectl, docker and kind: notes its arguments, and remembers what was created and deleted."""

import base64
import json
import os
import shutil
import sys
from pathlib import Path

folder = Path(os.environ["FAKE_FOLDER"])
name = Path(sys.argv[0]).name
arguments = sys.argv[1:]
with (folder / "calls.log").open("a") as log:
    log.write(" ".join([name, *arguments]) + "\n")

# Options with a value of their own, as far as they stand before or among the words that name a thing.
WITH_VALUE = {"--project", "--context", "--namespace", "--map"}


def words() -> list[str]:
    """The arguments without options."""
    rest: list[str] = []
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in WITH_VALUE:
            skip = True
        elif not argument.startswith("-"):
            rest.append(argument)
    return rest


def as_object(name: str) -> dict[str, object]:
    """A Secret as the API shows it."""
    keys = (folder / "secret-contents" / name).iterdir()
    data = {path.name: base64.b64encode(path.read_bytes()).decode() for path in keys}
    return {"metadata": {"name": name}, "data": data}


def answer() -> int:
    """What this call prints and how it ends."""
    if (folder / f"{name}-fails").exists():
        return 1
    said = words()
    things = folder / "things"
    things.mkdir(exist_ok=True)
    if name == "gcloud":
        for verb in ("describe", "create", "delete"):
            if verb not in said:
                continue
            place = said.index(verb)
            thing = things / "_".join([*said[:place], said[place + 1]]).replace("/", "-")
            if verb == "create":
                if thing.exists():
                    return 1
                thing.touch()
            elif verb == "delete":
                if not thing.exists():
                    return 1
                thing.unlink()
            elif said[0] == "projects":
                print("4711")
            elif said[:3] == ["artifacts", "docker", "images"]:
                print("sha256:" + "a" * 64)
            elif not thing.exists():
                return 1
            elif "value(address)" in arguments:
                print("203.0.113.7")
        if said[:2] == ["storage", "rm"]:
            (things / f"storage_buckets_{said[2]}".replace("/", "-")).unlink()
    if name == "kubectl":
        if said[:2] == ["config", "current-context"]:
            print((folder / "current-context").read_text().strip())
        if said[:2] == ["get", "secret"]:
            secret = things / f"secret_{said[2]}"
            if not secret.exists():
                return 1
            print(base64.b64encode(b"geheim").decode(), end="")
        if said[:2] == ["get", "rabbitmqcluster"] and not (things / "rabbitmq").exists():
            return 1
        if said[:2] == ["get", "secrets"]:
            print(json.dumps({"items": [as_object(name) for name in said[2:-1]]}))
        if said[:2] == ["get", "pods"]:
            print("pod/" + arguments[arguments.index("--selector") + 1].rsplit("=", 1)[1] + "-0")
        if said[0] == "exec" and "cat" in said:
            mounted = said[1].removeprefix("pod/").removesuffix("-0").removesuffix("-server")
            print((folder / "secret-contents" / mounted / Path(said[-1]).name).read_text(), end="")
        if said[:2] == ["get", "deployment"]:
            if not (things / "deployed").exists():
                return 1
            if "--output" in arguments:
                print((folder / "running-image").read_text(), end="")
        if "apply" in said and "--kustomize" in arguments:
            (things / "deployed").touch()
        if said[:2] == ["rollout", "status"] and (folder / f"{said[-1].replace('/', '-')}-hangs").exists():
            return 1
        if said[:2] == ["create", "secret"]:
            source = Path(arguments[arguments.index("--from-file") + 1])
            (folder / "secret-files").mkdir(exist_ok=True)
            (folder / "secret-files" / said[3]).write_text(" ".join(sorted(path.name for path in source.iterdir())))
            shutil.copytree(source, folder / "secret-contents" / said[3], dirs_exist_ok=True)
            print(f"secret {said[3]}")
        if "apply" in said and "--filename" in arguments and arguments[-1] == "-":
            (things / f"secret_{sys.stdin.read().split()[1]}").touch()
        if "rabbitmq.yaml" in arguments[-1]:
            (things / "rabbitmq").touch()
        if "port-forward" in said:
            serve(int(arguments[-1].split(":")[0]))
    return 0


def serve(port: int) -> None:
    """What is behind a forwarded port: ready, whatever is asked."""
    # Here, since it takes longer to import than all else takes, and hundreds of calls do without.
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

    HTTPServer(("127.0.0.1", port), Answers).serve_forever()


sys.exit(answer())
