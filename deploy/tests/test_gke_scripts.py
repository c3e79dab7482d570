"""The scripts for GKE, with stand-ins for gcloud, kubectl and docker."""

from pathlib import Path

import pytest
from conftest import Workplace

DIGEST = "sha256:" + "b" * 64
COMPLETE = {
    "PROJECT": "film-club",
    "REGION": "europe-west1",
    "CLUSTER": "kindred",
    "DOMAIN": "films.example.net",
    "ENTRANCE": "ingress",
    "DATA_BUCKET": "film-club-data",
    "BACKUP_BUCKET": "film-club-backups",
    "BACKUP_DAYS": "28",
    "REPOSITORY": "kindred",
    "MACHINE_TYPE": "e2-standard-4",
    "SPOT_MACHINE_TYPE": "e2-standard-4",
    "MAXIMUM_SPOT_NODES": "4",
    "BUILD_IMAGE": f"swift:6.3-bookworm@{DIGEST}",
    "RUN_IMAGE": f"debian:bookworm-slim@{DIGEST}",
}
SCRIPTS = ["create-cluster.sh", "build-and-push.sh", "deploy.sh", "rotate-secrets.sh", "tear-down.sh"]


def set_up(workplace: Workplace, **changes: str) -> None:
    """Write the settings."""
    (workplace.folder / ".local").mkdir(exist_ok=True)
    lines = [f"{key}={value}" for key, value in (COMPLETE | changes).items()]
    (workplace.folder / ".local/gke.env").write_text("# ours\n\n" + "\n".join(lines) + "\n")


def built(workplace: Workplace) -> None:
    """As after build-and-push.sh."""
    workplace.run("deploy/gke/build-and-push.sh")
    workplace.forget_calls()


@pytest.mark.parametrize("script", SCRIPTS)
def test_refuses_without_settings(workplace: Workplace, script: str):
    output = workplace.run(f"deploy/gke/{script}", expect=1)
    assert "There are no settings" in output
    assert workplace.calls == []


@pytest.mark.parametrize(
    ("script", "changes", "complaint"),
    [
        ("create-cluster.sh", {"PROJECT": ""}, "PROJECT is not set."),
        ("build-and-push.sh", {"DOMAIN": "$(touch oops)"}, "DOMAIN holds what no name"),
        ("deploy.sh", {"BACKUP_BUCKET": "film-club-data"}, "have to be two"),
        ("tear-down.sh", {"ENTRANCE": "door"}, "ENTRANCE is neither"),
        ("build-and-push.sh", {"RUN_IMAGE": "debian:bookworm-slim"}, "RUN_IMAGE is not pinned"),
        ("deploy.sh", {"COLOUR": "red"}, '"COLOUR=red" sets nothing'),
        ("create-cluster.sh", {"BACKUP_DAYS": "0"}, "BACKUP_DAYS is no number"),
    ],
)
def test_refuses_half_a_configuration(workplace: Workplace, script: str, changes: dict[str, str], complaint: str):
    set_up(workplace, **changes)
    assert complaint in workplace.run(f"deploy/gke/{script}", expect=1)
    assert workplace.calls == []
    assert not (workplace.folder / "oops").exists()


@pytest.mark.parametrize("script", SCRIPTS)
def test_refuses_options_it_does_not_know(workplace: Workplace, script: str):
    set_up(workplace)
    assert "is not known" in workplace.run(f"deploy/gke/{script}", "--fast", expect=1)
    assert workplace.calls == []


def test_a_dry_run_prints_what_a_real_one_does(workplace: Workplace):
    set_up(workplace)
    printed = workplace.run("deploy/gke/create-cluster.sh", "--dry-run").splitlines()
    assert workplace.calls == []
    workplace.run("deploy/gke/create-cluster.sh")
    done = [call for call in workplace.calls if " describe " not in call]
    commands = [line.replace("'", "") for line in printed if line.startswith(("gcloud ", "kubectl "))]
    assert commands == [call.replace("4711", "PROJECT_NUMBER") for call in done]
    assert len(commands) > 12


def test_creates_what_is_missing_and_nothing_twice(workplace: Workplace):
    set_up(workplace, ENTRANCE="gateway")
    workplace.run("deploy/gke/create-cluster.sh")
    assert sum(" create " in call for call in workplace.calls) == 9
    workplace.forget_calls()
    output = workplace.run("deploy/gke/create-cluster.sh")
    assert not any(" create " in call for call in workplace.calls)
    assert "203.0.113.7" in output


def test_workers_alone_go_to_spot_nodes_and_only_two_may_write(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    spot = [call for call in workplace.calls if "--spot" in call.split()]
    assert len(spot) == 1
    assert "--node-taints cloud.google.com/gke-spot=true:NoSchedule" in spot[0]
    grants = [call for call in workplace.calls if "add-iam-policy-binding" in call]
    writers = sorted(call.rsplit("/", 1)[1] for call in grants if "roles/storage.objectUser" in call)
    assert writers == ["backup", "retrain"]
    assert all("/sa/backup" in call for call in grants if "film-club-backups" in call)
    assert sum("4711-compute@developer.gserviceaccount.com" in call for call in grants) == 2


def test_a_command_that_fails_ends_the_script(workplace: Workplace):
    set_up(workplace)
    (workplace.folder / "gcloud-fails").touch()
    assert "This did not succeed:" in workplace.run("deploy/gke/create-cluster.sh", expect=1)
    assert len(workplace.calls) == 1


def test_images_are_noted_by_digest(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/build-and-push.sh")
    notes = (workplace.folder / ".local/gke/images/0123456789ab").read_text().splitlines()
    place = "europe-west1-docker.pkg.dev/film-club/kindred"
    assert notes == [f"kindred-{name} {place}/kindred-{name} sha256:{'a' * 64}" for name in ("gateway", "worker", "cli", "app")]
    builds = [call for call in workplace.calls if call.startswith("docker build")]
    assert len(builds) == 4
    assert all(f"RUN_IMAGE=debian:bookworm-slim@{DIGEST}" in call for call in builds)


def test_what_is_not_committed_is_not_built(workplace: Workplace):
    set_up(workplace)
    (workplace.folder / "dirty").write_text(" M Package.swift\n")
    assert "not committed" in workplace.run("deploy/gke/build-and-push.sh", expect=1)
    assert workplace.calls == []


def test_deploys_only_what_was_built(workplace: Workplace):
    set_up(workplace)
    assert "were not built" in workplace.run("deploy/gke/deploy.sh", expect=1)
    assert workplace.calls == []


def test_deploys_in_order(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    workplace.run("deploy/gke/deploy.sh")
    steps = [
        "namespace.yaml",
        "create secret generic",
        "rabbitmq.yaml",
        "AllReplicasReady",
        "apply --kustomize",
        "deployment/app",
    ]
    places = [next(number for number, call in enumerate(workplace.calls) if step in call) for step in steps]
    assert places == sorted(places)
    assert all("--context gke_film-club_europe-west1_kindred" in call for call in workplace.calls
               if call.startswith("kubectl") and "--dry-run=client" not in call)  # fmt: skip
    kustomization = (workplace.folder / ".local/gke/kustomization/kustomization.yaml").read_text()
    for text in (
        "films.example.net",
        "gs://film-club-data",
        "gs://film-club-backups",
        "203.0.113.7",
        f'digest: "sha256:{"a" * 64}"',
    ):
        assert text in kustomization

    workplace.forget_calls()
    workplace.run("deploy/gke/deploy.sh")
    again = "\n".join(workplace.calls)
    assert "create secret" not in again
    assert "rabbitmq.yaml" not in again


def test_secrets_are_made_whole_and_left_nowhere(workplace: Workplace):
    set_up(workplace)
    built(workplace)
    assert "The address kindred is not there." in workplace.run("deploy/gke/deploy.sh", expect=1)
    workplace.run("deploy/gke/create-cluster.sh")
    workplace.run("deploy/gke/deploy.sh", TMPDIR=str(workplace.folder))
    made = {path.name: path.read_text() for path in (workplace.folder / "secret-files").iterdir()}
    assert made["gateway"] == "api-key operator-key rabbitmq-password redis-password"
    assert len(made) == 8
    assert [call.split()[6] for call in workplace.calls if "create secret" in call][-1] == "gateway"
    assert not [*workplace.folder.glob("kindred-secrets-*"), *Path("/dev/shm").glob("kindred-secrets-*")]


def test_secrets_are_rotated_while_the_old_ones_are_good(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    workplace.run("deploy/gke/deploy.sh")
    key = workplace.folder / "secret-contents/gateway/api-key"
    old = key.read_text()

    printed = workplace.run("deploy/gke/rotate-secrets.sh", "--dry-run")
    assert key.read_text() == old
    workplace.forget_calls()
    workplace.run("deploy/gke/rotate-secrets.sh", TMPDIR=str(workplace.folder))
    new = key.read_text().splitlines()
    assert new[1:] == [old]
    steps = [
        "create secret generic redis-data",
        "exec pod/redis-data-0 -- redis-cli -e --user health acl load",
        "create secret generic redis-cache",
        "exec pod/redis-cache-0 -- redis-cli -e --user health acl load",
        "create secret generic rabbitmq",
        "exec pod/rabbitmq-server-0 -- rabbitmqctl import_definitions",
        "create secret generic worker",
        "create secret generic gateway",
        "rollout restart deployment/worker",
        "rollout restart deployment/gateway",
    ]
    places = [next(number for number, call in enumerate(workplace.calls) if step in call) for step in steps]
    assert places == sorted(places)
    assert all(step in printed.replace("'", "") for step in steps)

    workplace.forget_calls()
    workplace.run("deploy/gke/rotate-secrets.sh", "--finish")
    assert key.read_text() == new[0]
    assert not any("rabbitmq" in call for call in workplace.calls if "get secrets" not in call)
    assert sum("acl load" in call for call in workplace.calls) == 2
    assert [call.rsplit(" ", 1)[1] for call in workplace.calls if "rollout restart" in call] == ["deployment/gateway"]
    assert not [*workplace.folder.glob("kindred-secrets-*"), *Path("/dev/shm").glob("kindred-secrets-*")]


def test_an_upgrade_gives_the_rights_that_it_needs_first(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    workplace.run("deploy/gke/deploy.sh")
    assert not any("acl load" in call or "import_definitions" in call for call in workplace.calls)
    users = workplace.folder / "secret-contents/redis-cache/users.acl"
    wanted = users.read_text()
    users.write_text(wanted.replace(" ~kindred:job:*", ""))
    running(workplace, "feedfacefeed", "c")
    workplace.forget_calls()
    workplace.run("deploy/gke/deploy.sh")
    assert users.read_text() == wanted
    loads = [number for number, call in enumerate(workplace.calls) if "acl load" in call]
    assert len(loads) == 1
    assert "exec pod/redis-cache-0" in workplace.calls[loads[0]]
    assert loads[0] < next(number for number, call in enumerate(workplace.calls) if "apply --kustomize" in call)
    assert not any("import_definitions" in call for call in workplace.calls)


def test_a_dry_run_of_deploy_changes_nothing(workplace: Workplace):
    set_up(workplace)
    built(workplace)
    output = workplace.run("deploy/gke/deploy.sh", "--dry-run", "--more", "monitoring")
    assert workplace.calls == []
    assert "kubectl --context gke_film-club_europe-west1_kindred apply --kustomize" in output
    assert "components/monitoring" in (workplace.folder / ".local/gke/kustomization/kustomization.yaml").read_text()


def rollout(calls: list[str]) -> list[str]:
    """What was applied and waited for, in order, without what all such calls have in common."""
    told = []
    for call in calls:
        if "apply --kustomize" in call:
            told.append(
                "apply" + call.partition("kustomization")[2].replace(" --selector app.kubernetes.io/name notin ", " but ")
            )
        elif "rollout status" in call:
            told.append("wait " + call.rsplit(" ", 1)[1])
    return told


def running(workplace: Workplace, version: str, letter: str) -> None:
    """As if the cluster ran a version that was built before, whose images have a digest of this letter."""
    images = workplace.folder / ".local/gke/images"
    (images / version).write_text((images / "0123456789ab").read_text().replace("a" * 64, letter * 64))
    (workplace.folder / "running-image").write_text(f"europe-west1-docker.pkg.dev/x/kindred-gateway@sha256:{letter * 64}")
    (workplace.folder / "things").mkdir(exist_ok=True)
    (workplace.folder / "things/deployed").touch()


STORES = ["wait statefulset/redis-data", "wait deployment/redis-cache"]


def test_installs_all_at_once(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    workplace.run("deploy/gke/deploy.sh")
    pods = ["wait deployment/worker", "wait deployment/gateway", "wait deployment/app"]
    assert rollout(workplace.calls) == ["apply", *STORES, *pods]


def test_upgrades_workers_before_gateways(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    running(workplace, "feedfacefeed", "c")
    output = workplace.run("deploy/gke/deploy.sh")
    assert rollout(workplace.calls) == [
        "apply but (gateway,app)", *STORES, "wait deployment/worker",
        "apply but (app)", "wait deployment/gateway", "apply", "wait deployment/app",
    ]  # fmt: skip
    assert "To go back: deploy/gke/deploy.sh --back feedfacefeed" in output


def test_goes_back_to_a_version_the_other_way_round(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    running(workplace, "feedfacefeed", "c")
    printed = workplace.run("deploy/gke/deploy.sh", "--back", "feedfacefeed", "--dry-run").splitlines()
    assert workplace.calls == []
    assert "c" * 64 in (workplace.folder / ".local/gke/kustomization/kustomization.yaml").read_text()
    wanted = [
        "apply but (gateway,worker)", *STORES, "wait deployment/app",
        "apply but (worker)", "wait deployment/gateway", "apply", "wait deployment/worker",
    ]  # fmt: skip
    assert rollout([line.replace("'", "") for line in printed]) == wanted
    workplace.run("deploy/gke/deploy.sh", "--back", "feedfacefeed")
    assert rollout(workplace.calls) == wanted


def test_leaves_gateways_alone_when_workers_do_not_come(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    built(workplace)
    running(workplace, "feedfacefeed", "c")
    (workplace.folder / "deployment-worker-hangs").touch()
    output = workplace.run("deploy/gke/deploy.sh", expect=1)
    assert rollout(workplace.calls)[-1] == "wait deployment/worker"
    assert "deployment/worker is not ready with version 0123456789ab." in output
    assert "To go back: deploy/gke/deploy.sh --back feedfacefeed" in output


def test_tears_down_only_what_is_named(workplace: Workplace):
    set_up(workplace)
    assert "Nothing was removed" in workplace.run("deploy/gke/tear-down.sh", expect=1)
    assert "Nothing was removed" in workplace.run("deploy/gke/tear-down.sh", "--yes", "another", expect=1)
    assert workplace.calls == []


def test_tears_down_what_there_is_and_again_nothing(workplace: Workplace):
    set_up(workplace)
    workplace.run("deploy/gke/create-cluster.sh")
    workplace.forget_calls()
    workplace.run("deploy/gke/tear-down.sh", "--yes", "kindred")
    removed = [call for call in workplace.calls if " delete " in call]
    kinds = [call.split(" delete ")[0].rsplit(" ", 1)[1] for call in removed]
    assert kinds == ["gke_film-club_europe-west1_kindred", "clusters", "addresses"]
    assert not any("storage rm" in call for call in workplace.calls)
    workplace.forget_calls()
    workplace.run("deploy/gke/tear-down.sh", "--yes", "kindred", "--data")
    assert sum("storage rm" in call for call in workplace.calls) == 2
    workplace.forget_calls()
    workplace.run("deploy/gke/tear-down.sh", "--yes", "kindred", "--data")
    assert not any(" delete " in call and "gcloud" in call for call in workplace.calls)
    assert not any("storage rm" in call for call in workplace.calls)
