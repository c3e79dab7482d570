#!/usr/bin/env python3
"""Makes up every secret of a cluster, as files: FOLDER/NAME/KEY for the key KEY of the Secret NAME.

    make_secrets.py FOLDER                   all of them
    … get secrets … | make_secrets.py FOLDER --beside     new ones, beside which those that are read are good as well
    … get secrets … | make_secrets.py FOLDER --alone      those that are read, without the older ones beside them
    … get secrets … | make_secrets.py FOLDER --rights     of those that are read what changes by the rights that users have now

Users of Redis and RabbitMQ have the rights that docs/redis.md and docs/rabbitmq.md say. Needs nothing but Python.
"""

import base64
import hashlib
import itertools
import json
import os
import re
import secrets
import string
import sys
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"

# What is in which Secret.
SECRETS: dict[str, tuple[str, ...]] = {
    "gateway": ("api-key", "operator-key", "redis-password", "rabbitmq-password"),
    "worker": ("redis-password", "rabbitmq-password"),
    "operator": ("redis-password", "rabbitmq-password"),
    "redis-data": ("users.acl",),
    "redis-cache": ("users.acl",),
    "rabbitmq": ("definitions.json",),
    "keda": ("host",),
    "sentinel": ("replica-password", "sentinel-password"),
}

# The user of each role, to Redis and RabbitMQ.
USERS = {"gateway": "gateway", "worker": "worker", "operator": "kindred"}

# Before and behind the password in the address that KEDA asks.
KEDA_HOST = ("http://keda:", "@rabbitmq.kindred:15672/")

# The rights of which row of docs/rabbitmq.md a role has. Gateways declare what is missing.
RABBITMQ_ROWS = {"gateway": "who declares", "worker": "worker", "operator": "operator"}

# What probes, replicas and sentinels need of Redis, besides the users of docs/redis.md; the last two as Redis' own manual says.
# Reading the file of users again shows and changes nothing that is not in the file.
HEALTH_USER = "user health on nopass +ping +acl|load"
REPLICA_USER = "user replica on {} +psync +replconf +ping"
SENTINEL_USER = (
    "user sentinel on {} allchannels +multi +slaveof +ping +exec +subscribe +config|rewrite +role +publish +info "
    "+client|setname +client|kill +script|kill"
)


def made_up() -> str:
    """32 letters and digits, about 190 bits: nothing that would mean something in a URL or a file of settings."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(32))


Secrets = dict[str, dict[str, str]]


def make_all(kept: Secrets | None = None, beside: Secrets | None = None) -> Secrets:
    """The content of all Secrets, by name and key.

    `kept` are those to take instead of making new ones up, `beside` those that stay good beside the new ones. What replicas and
    sentinels know each other by stays as it is in any case.
    """

    def value(name: str, key: str) -> str:
        return kept[name][key].splitlines()[0] if kept else made_up()

    def old(name: str, key: str) -> list[str]:
        return beside[name][key].splitlines()[:1] if beside else []

    redis = {role: value(role, "redis-password") for role in USERS}
    rabbitmq = {role: value(role, "rabbitmq-password") for role in USERS}
    rabbitmq["keda"] = kept["keda"]["host"].removeprefix(KEDA_HOST[0]).removesuffix(KEDA_HOST[1]) if kept else made_up()
    known = (kept or beside or {}).get("sentinel")
    sentinel = known or {"replica-password": made_up(), "sentinel-password": made_up()}
    made: Secrets = {role: {"redis-password": redis[role], "rabbitmq-password": rabbitmq[role]} for role in USERS}
    made["gateway"] |= {key: "\n".join([value("gateway", key), *old("gateway", key)]) for key in ("api-key", "operator-key")}
    good = {role: [redis[role], *old(role, "redis-password")] for role in USERS}
    more = [
        REPLICA_USER.format(hashed(sentinel["replica-password"])), SENTINEL_USER.format(hashed(sentinel["sentinel-password"]))
    ]  # fmt: skip
    made["redis-data"] = {"users.acl": redis_users("data", good, [HEALTH_USER, *more])}
    made["redis-cache"] = {"users.acl": redis_users("cache", good, [HEALTH_USER])}
    made["rabbitmq"] = {"definitions.json": rabbitmq_definitions(rabbitmq)}
    made["keda"] = {"host": rabbitmq["keda"].join(KEDA_HOST)}
    made["sentinel"] = sentinel
    return made


def read_secrets(text: str) -> Secrets:
    """What `kubectl get secrets … --output json` prints."""
    return {
        item["metadata"]["name"]: {key: base64.b64decode(value).decode() for key, value in item["data"].items()}
        for item in json.loads(text)["items"]
    }


def with_new_rights(there: Secrets) -> Secrets:
    """The Secrets that change when their users get the rights that the documentation says now; all that is good stays good."""
    made = make_all(kept=there)
    made["gateway"] = there["gateway"]
    for store, user in itertools.product(("redis-data", "redis-cache"), USERS.values()):
        passwords = re.compile(rf"^user {user} on (?:#[0-9a-f]{{64}} )+", re.MULTILINE)
        if known := passwords.search(there[store]["users.acl"]):
            made[store]["users.acl"] = passwords.sub(known[0], made[store]["users.acl"])
    return {name: keys for name, keys in made.items() if keys != there.get(name)}


def hashed(password: str) -> str:
    """A password as Redis' file of users may have it, without telling it."""
    return "#" + hashlib.sha256(password.encode()).hexdigest()


def redis_users(role: str, passwords: dict[str, list[str]], more: list[str]) -> str:
    """The file of users for the Redis with the role `data` or `cache`, as docs/redis.md has it."""
    block = re.search(rf"^```acl {role}\n(.*?)^```", (DOCS / "redis.md").read_text(), re.MULTILINE | re.DOTALL)
    if not block:
        raise ValueError(f"docs/redis.md has no users for the role {role}")
    text = block.group(1)
    for key, user in USERS.items():
        text = text.replace(f">{user.upper()}-PASSWORD", " ".join(map(hashed, passwords[key])))
    if ">" in text:
        raise ValueError("docs/redis.md has a user that make_secrets.py does not know")
    return text + "".join(f"{line}\n" for line in more)


def rabbitmq_definitions(passwords: dict[str, str]) -> str:
    """Users and their rights, in the form that RabbitMQ reads when it starts."""
    rights = rabbitmq_rights()
    users = [
        {"name": USERS.get(role, role), "password_hash": rabbitmq_hash(password), "tags": tags(role)}
        | {"hashing_algorithm": "rabbit_password_hashing_sha256"}
        for role, password in passwords.items()
    ]
    nothing = dict.fromkeys(("configure", "write", "read"), "^$")
    permissions = [
        {"user": USERS.get(role, role), "vhost": "/", **(rights[RABBITMQ_ROWS[role]] if role in RABBITMQ_ROWS else nothing)}
        for role in passwords
    ]
    definitions = {"users": users, "vhosts": [{"name": "/"}], "permissions": permissions}
    return json.dumps(definitions, indent=1) + "\n"


def tags(role: str) -> list[str]:
    """Who may look at the pages of RabbitMQ, but change nothing there."""
    return ["monitoring"] if role in ("operator", "keda") else []


def rabbitmq_hash(password: str) -> str:
    """A password as RabbitMQ keeps it: four bytes of salt, and the SHA-256 of salt and password.

    The salt comes of the password, so that the same passwords make the same file; they are too long to be guessed.
    """
    salt = hashlib.sha256(b"salt of " + password.encode()).digest()[:4]
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def rabbitmq_rights() -> dict[str, dict[str, str]]:
    """The table of users in docs/rabbitmq.md: what each may configure, write and read."""
    rights: dict[str, dict[str, str]] = {}
    for line in (DOCS / "rabbitmq.md").read_text().splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) != 4 or not cells[1].startswith("`^"):
            continue
        configure, *others = (cell.strip("`") for cell in cells[1:])
        write, read = (configure if cell == "the same" else cell for cell in others)
        rights[re.sub(r" \(.*", "", cells[0])] = {"configure": configure, "write": write, "read": read}
    return rights


def write(folder: Path, made: Secrets) -> None:
    """Everything, readable by this user only."""
    os.umask(0o077)
    for name, content in made.items():
        (folder / name).mkdir(parents=True)
        for key, value in content.items():
            (folder / name / key).write_text(value)


def main() -> None:
    """Do what the command line says."""
    match sys.argv[1:]:
        case [folder] if not folder.startswith("-"):
            made = make_all()
        case [folder, "--beside"]:
            made = make_all(beside=read_secrets(sys.stdin.read()))
        case [folder, "--alone"]:
            made = make_all(kept=read_secrets(sys.stdin.read()))
        case [folder, "--rights"]:
            made = with_new_rights(read_secrets(sys.stdin.read()))
        case _:
            sys.exit(__doc__)
    write(Path(folder), made)


if __name__ == "__main__":
    main()
