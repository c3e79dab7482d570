"""Every variable in the manifests is one that its program reads, and every one that programs read stands in `base/settings/`."""

import re
from collections.abc import Iterator
from pathlib import Path

from checks.manifests import Manifests, Object

HERE = Path(__file__).parent.parent

# The list that the programs' own tests keep true.
SETTINGS_FILE = HERE / "settings.txt"

# What others than we read: Streamlit, uvicorn, and Python's idea of a home.
APP_VARIABLES = {
    "STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_PORT", "STREAMLIT_SERVER_BASE_URL_PATH", "FORWARDED_ALLOW_IPS", "HOME",
}  # fmt: skip
# redis-cli's, in the containers of Redis.
OTHER_VARIABLES = {"REDISCLI_AUTH"}

# Which files of settings a program gets.
FILES = {
    "gateway": ("servers", "gateway"),
    "worker": ("servers", "worker"),
    "cli": ("servers", "operator"),
    "app": ("app",),
}


def read_variables() -> dict[str, set[str]]:
    """The variables that each program reads."""
    programs: dict[str, set[str]] = {}
    for line in SETTINGS_FILE.read_text().splitlines():
        if line and not line.startswith("#"):
            program, variable = line.split()
            programs.setdefault(program, set()).add(variable)
    programs.setdefault("app", set()).update(APP_VARIABLES)
    return programs


def findings(manifests: Manifests) -> Iterator[str]:
    """Variables that nobody reads."""
    programs = read_variables()
    shared = set().union(*(programs[name] for name in ("gateway", "worker", "cli")))
    for pod in manifests.pods():
        for container in pod.containers:
            name = re.sub(r"^.*/", "", container["image"]).partition("@")[0].partition(":")[0].removeprefix("kindred-")
            known = programs.get(name, OTHER_VARIABLES)
            for variable, source in sources(manifests, container):
                # What all get, somebody has to read; what one program gets, that program.
                if source == "servers" and variable in shared:
                    continue
                if variable not in known and f"$({variable})" not in container.get("args", []):
                    # One address for each direction: a container has both, and uses its own.
                    if source == "data":
                        continue
                    yield f"{pod}, container {container['name']}: {variable} is read by nobody"


def sources(manifests: Manifests, container: Object) -> Iterator[tuple[str, str]]:
    """The variables of a container, and the ConfigMap that they are from, without the hash in its name."""
    for source in container.get("envFrom", []):
        name = source["configMapRef"]["name"]
        settings = manifests.named("ConfigMap", name) or {}
        yield from ((variable, re.sub(r"-[a-z0-9]{10}$", "", name)) for variable in settings.get("data", {}))
    yield from ((item["name"], "") for item in container.get("env", []))


def missing_settings(folder: Path = HERE / "base/settings") -> Iterator[str]:
    """Settings that an operator would not find in the files, and lines there that mean nothing."""
    for program, variables in read_variables().items():
        written: set[str] = set()
        for file in FILES[program]:
            written |= set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", (folder / f"{file}.env").read_text(), re.MULTILINE))
        for variable in sorted(variables - written):
            # A secret is a file here, and no value.
            if f"{variable}_FILE" not in written:
                yield f"{variable}, which {program} reads, stands in none of {', '.join(FILES[program])}.env"
    shared = set().union(*read_variables().values())
    for file in sorted(folder.glob("*.env")):
        for variable in re.findall(r"^# ([A-Z][A-Z0-9_]+)=", file.read_text(), re.MULTILINE):
            if variable not in shared:
                yield f"{file.name}: {variable} is read by nobody"
