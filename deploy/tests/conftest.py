"""Commands that stand in for gcloud, kubectl and docker, and note how they were called."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FAKE = Path(__file__).with_name("fake_command.py")


GIT = """#!/bin/sh
case "$*" in
*short*) echo 0123456789ab ;;
*HEAD) echo 0123456789abcdef ;;
status*) cat "$FAKE_FOLDER/dirty" 2>/dev/null ;;
esac
exit 0
"""


@dataclass
class Workplace:
    """A copy of what the scripts need, with stand-ins before all other commands."""

    folder: Path
    bin: Path

    @property
    def calls(self) -> list[str]:
        """What was called so far, each as one line."""
        log = self.folder / "calls.log"
        return log.read_text().splitlines() if log.exists() else []

    def forget_calls(self) -> None:
        """Begin the notes anew."""
        (self.folder / "calls.log").unlink(missing_ok=True)

    def run(self, *command: str, expect: int = 0, **environment: str) -> str:
        """Run a script of the copy; returns what it printed on both channels."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("KINDRED_")}
        variables = inherited | {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "FAKE_FOLDER": str(self.folder),
            "NO_COLOR": "1",
            **environment,
        }
        done = subprocess.run(
            list(command), cwd=self.folder, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
        )
        output = done.stdout + done.stderr
        assert done.returncode == expect, output
        return output


@pytest.fixture
def workplace(tmp_path: Path):
    """A workplace whose commit is clean."""
    folder = tmp_path / "kindred"
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "scripts" / "lib", folder / "scripts" / "lib")
    shutil.copytree(ROOT / "Dockerfiles", folder / "Dockerfiles")
    (folder / "docs").mkdir()
    for name in ("redis.md", "rabbitmq.md"):
        shutil.copy(ROOT / "docs" / name, folder / "docs")
    shutil.copy(ROOT / "deploy-local-dev.sh", folder)
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    for name in ("gcloud", "kubectl", "docker", "kind"):
        script = bin_folder / name
        script.write_text(f"#!{sys.executable} -SE\n" + FAKE.read_text())
        script.chmod(0o755)
    git = bin_folder / "git"
    git.write_text(GIT)
    git.chmod(0o755)
    return Workplace(folder, bin_folder)
