"""The secrets that are made up."""

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

import make_secrets


def test_makes_what_the_table_says():
    made = make_secrets.make_all()
    assert {name: tuple(keys) for name, keys in made.items()}.keys() == make_secrets.SECRETS.keys()
    for name, keys in make_secrets.SECRETS.items():
        assert sorted(made[name]) == sorted(keys)
    secret_values = [value for keys in made.values() for key, value in keys.items() if "." not in key]
    assert len(set(secret_values)) == len(secret_values)


def test_files_are_for_nobody_else(tmp_path: Path):
    make_secrets.write(tmp_path / "made", make_secrets.make_all())
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "made").rglob("*"))


def test_the_broker_knows_the_passwords_but_not_in_clear():
    made = make_secrets.make_all()
    definitions = json.loads(made["rabbitmq"]["definitions.json"])
    hashes = {user["name"]: base64.b64decode(user["password_hash"]) for user in definitions["users"]}
    for name, role in (("gateway", "gateway"), ("worker", "worker"), ("kindred", "operator")):
        password = made[role]["rabbitmq-password"].encode()
        assert hashes[name][4:] == hashlib.sha256(hashes[name][:4] + password).digest()
        assert password.decode() not in made["rabbitmq"]["definitions.json"]


def test_workers_may_not_declare_or_publish():
    definitions = json.loads(make_secrets.make_all()["rabbitmq"]["definitions.json"])
    rights = {item["user"]: item for item in definitions["permissions"]}
    assert rights["worker"]["configure"] == rights["worker"]["write"] == "^$"
    assert rights["keda"]["read"] == "^$"
    assert rights["gateway"]["configure"] != "^$"


def test_no_user_of_redis_has_a_password_in_clear():
    made = make_secrets.make_all()
    for store in ("redis-data", "redis-cache"):
        users = made[store]["users.acl"]
        assert ">" not in users
        assert "user default off" in users
        assert users.count("nopass") == 1
        assert "user health on nopass +ping +acl|load\n" in users


def as_kubectl_prints(made: make_secrets.Secrets) -> str:
    """The list of Secrets as JSON."""
    items = [
        {"metadata": {"name": name}, "data": {key: base64.b64encode(value.encode()).decode() for key, value in keys.items()}}
        for name, keys in made.items()
    ]
    return json.dumps({"items": items})


def test_old_passwords_are_good_beside_the_new_ones_until_those_stand_alone():
    old = make_secrets.make_all()
    assert make_secrets.read_secrets(as_kubectl_prints(old)) == old
    both = make_secrets.make_all(beside=old)
    alone = make_secrets.make_all(kept=both)
    for role in make_secrets.USERS:
        password = {name: made[role]["redis-password"] for name, made in (("old", old), ("both", both), ("alone", alone))}
        assert password["old"] != password["both"] == password["alone"]
        assert both[role]["rabbitmq-password"] == alone[role]["rabbitmq-password"] != old[role]["rabbitmq-password"]
        for store in ("redis-data", "redis-cache"):
            users = {name: made[store]["users.acl"] for name, made in (("both", both), ("alone", alone))}
            accepted = {name: make_secrets.hashed(password["old"]) in text for name, text in users.items()}
            assert accepted == {"both": True, "alone": False}
            assert all(make_secrets.hashed(password["both"]) in text for text in users.values())
            assert users["alone"].count("\n") == old[store]["users.acl"].count("\n")
    for key in ("api-key", "operator-key"):
        assert both["gateway"][key].splitlines() == [alone["gateway"][key], old["gateway"][key]]
    assert old["sentinel"] == both["sentinel"] == alone["sentinel"]
    assert old["keda"] != both["keda"] == alone["keda"]
    # A second time the oldest are forgotten.
    assert len(make_secrets.make_all(beside=both)["gateway"]["api-key"].splitlines()) == 2


def test_rights_change_and_passwords_do_not():
    old = make_secrets.make_all(beside=make_secrets.make_all())
    assert make_secrets.with_new_rights(old) == {}
    older = json.loads(json.dumps(old))
    older["redis-data"]["users.acl"] = old["redis-data"]["users.acl"].replace(" ~kindred:clock", "")
    assert make_secrets.with_new_rights(older) == {"redis-data": old["redis-data"]}
    definitions = json.loads(old["rabbitmq"]["definitions.json"])
    definitions["permissions"][1]["read"] = "^$"
    older["rabbitmq"]["definitions.json"] = json.dumps(definitions)
    assert make_secrets.with_new_rights(older).keys() == {"redis-data", "rabbitmq"}
    assert make_secrets.with_new_rights(older)["rabbitmq"] == old["rabbitmq"]


@pytest.mark.skipif(not shutil.which("redis-server"), reason="there is no redis-server")
@pytest.mark.parametrize("store", ["redis-data", "redis-cache"])
def test_redis_takes_users_and_settings(tmp_path: Path, store: str):
    made = make_secrets.make_all()
    (tmp_path / "users.acl").write_text(made[store]["users.acl"])
    settings = (Path(make_secrets.__file__).parent / f"base/settings/{store}.conf").read_text()
    settings = settings.replace("/run/secrets/redis", str(tmp_path)).replace("dir /data", f"dir {tmp_path}")
    # No port: a socket is enough to ask.
    (tmp_path / "redis.conf").write_text(settings + f"port 0\nunixsocket {tmp_path}/socket\n")
    server = subprocess.Popen(["redis-server", tmp_path / "redis.conf"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        for line in server.stdout:
            if "ready to accept connections" in line.lower():
                break
        else:
            pytest.fail("redis-server did not take its settings")

        def ask(user: str, password: str, *command: str) -> tuple[int, str]:
            done = subprocess.run(
                ["redis-cli", "-e", "-s", f"{tmp_path}/socket", "--user", user, *command],
                env={"REDISCLI_AUTH": password, "PATH": "/usr/bin:/bin:/usr/local/bin"}, capture_output=True, text=True,
            )  # fmt: skip
            return done.returncode, done.stdout.strip()

        assert ask("health", "any", "ping") == (0, "PONG")
        assert ask("health", "any", "get", "kindred:job:1")[0] != 0
        role = "worker"
        key = "kindred:user:7:ratings" if store == "redis-data" else "kindred:job:1"
        command = ("hgetall", key) if store == "redis-data" else ("get", key)
        assert ask(role, made[role]["redis-password"], *command)[0] == 0
        assert ask(role, "wrong", *command)[0] != 0
        assert ask(role, made[role]["redis-password"], "flushall")[0] != 0

        newer = make_secrets.make_all(beside=made)
        (tmp_path / "users.acl").write_text(newer[store]["users.acl"])
        assert ask("health", "any", "acl", "load") == (0, "OK")
        assert ask(role, made[role]["redis-password"], *command)[0] == 0
        assert ask(role, newer[role]["redis-password"], *command)[0] == 0
        assert ask("health", "any", "acl", "list")[0] != 0
    finally:
        server.terminate()
        server.wait()
