"""Programs that the tests start, and end by their own process only."""

import os
import random
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Below the ports that Linux gives to outgoing connections, one of which could take a port between the look and its use.
PORTS = range(20000, 32000)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Program:
    """A program that runs until it is ended, and never longer than the tests, however those end.

    The kernel kills it when the thread that started it is gone, so only the main thread starts programs.
    """

    def __init__(
        self, command: Sequence[str | Path], environment: Mapping[str, str], log: Path, folder: Path | None = None
    ) -> None:
        """`environment` is all that the program sees beside PATH and HOME. The log is appended to."""
        self._log = log
        known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *map(str, command)],
                env=known | dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def last_words(self) -> str:
        """The end of its log, which nearly always says why."""
        return self._log.read_text(errors="replace")[-3000:]

    def kill(self) -> None:
        """End it as the kernel does when memory is short: it gets to do nothing more."""
        if self.is_running:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait(20)


def run(command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> None:
    """Run a program to its end; what it says goes to the log, and into the failure."""
    with log.open("ab") as output:
        code = subprocess.run(
            list(map(str, command)),
            env={"PATH": os.environ["PATH"], **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=300,
        ).returncode
    if code != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {code}: {log.read_text(errors='replace')[-3000:]}")
