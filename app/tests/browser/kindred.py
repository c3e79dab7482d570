"""A whole Kindred as processes: two gateways behind one address, a worker, and the web app before them."""

import os
from pathlib import Path

import httpx

from .balancer import Balancer
from .programs import Program, free_port, run
from .waiting import wait_until

APP = Path(__file__).parents[2]
GATEWAYS = 2


class Kindred:
    """Started once for all tests. Uses the Redis and the RabbitMQ that test.sh has started, apart from what else is in them."""

    def __init__(self, folder: Path, python: str) -> None:
        """Everything it writes is in the folder. `python` has the app's packages."""
        self._folder = folder
        self._python = python
        self._programs = Path(os.environ["KINDRED_PROGRAMS"])
        self._ratings = folder / "kindred.ratings"
        self._models = folder / "models"
        self._tokens: dict[str, str] = {}
        self._prepare()
        self._gateway_ports = [free_port() for _ in range(GATEWAYS)]
        self._gateways = [self._start_gateway(number) for number in range(GATEWAYS)]
        self._health_port = free_port()
        self._worker = self._start(
            "worker", "kindred-worker", {"WORKER_HEALTH_HOST": "127.0.0.1", "WORKER_HEALTH_PORT": str(self._health_port)}
        )
        self._balancer = Balancer(free_port(), self._gateway_ports)
        self.url = f"http://127.0.0.1:{self._balancer.port}"
        self._app_port = free_port()
        self.app_url = f"http://127.0.0.1:{self._app_port}"
        self._app = self._start_app()
        self.await_gateways()
        self._await("the worker", self._worker, f"http://127.0.0.1:{self._health_port}/readyz")
        self._await_app()

    def close(self) -> None:
        self._app.kill()
        self._balancer.close()
        for program in (*self._gateways, self._worker):
            program.kill()

    def kill_gateways(self) -> None:
        for number in range(GATEWAYS):
            self.kill_gateway(number)

    def kill_gateway(self, number: int) -> None:
        """Like a node that fails: no notice, no last answer."""
        self._gateways[number].kill()

    def start_gateways(self) -> None:
        """Start those that are gone; whoever needs them waits for them."""
        for number, gateway in enumerate(self._gateways):
            if not gateway.is_running:
                self._gateways[number] = self._start_gateway(number)

    def await_gateways(self) -> None:
        for number, gateway in enumerate(self._gateways):
            self._await(f"gateway {number}", gateway, f"http://127.0.0.1:{self._gateway_ports[number]}/readyz")

    def kill_app(self) -> None:
        self._app.kill()

    def start_app(self) -> None:
        """At the same address, if it is gone; returns once it answers."""
        if not self._app.is_running:
            self._app = self._start_app()
        self._await_app()

    def _await_app(self) -> None:
        self._await("the web app", self._app, f"{self.app_url}/_stcore/health")

    def ratings(self, name: str, password: str) -> list[float]:
        """What somebody rated, as the gateway has it, in order of size. Logs in once: too many tries are slowed."""
        with httpx.Client(base_url=self.url, trust_env=False) as elsewhere:
            if name not in self._tokens:
                session = elsewhere.post("/v1/sessions", json={"name": name, "password": password}).json()["session"]
                self._tokens[name] = session["token"]
            page = elsewhere.get("/v1/users/me/ratings", headers={"Authorization": f"Bearer {self._tokens[name]}"}).json()
        return sorted(entry["rating"] for entry in page["ratings"])

    def _prepare(self) -> None:
        """Import the data set that KINDRED_DATA names, or a made-up one; train and judge the models."""
        data = os.environ.get("KINDRED_DATA")
        log = self._folder / "kindred.log"
        program = self._programs / "kindred"
        if not data:
            data = str(self._folder / "sample")
            run([program, "sample", data], {}, log)
        run([program, "import", data, "--output", self._ratings], {}, log)
        run([program, "train", "--ratings", self._ratings, "--models", self._models], {}, log)
        report = self._models / "evaluation.json"
        algorithms = ("popularity", "item-neighbors", "ease")
        run(
            [
                program,
                "evaluate",
                "--ratings",
                self._ratings,
                "--output",
                report,
                *(f"--algorithm={name}" for name in algorithms),
            ],
            {},
            log,
        )

    def _start_gateway(self, number: int) -> Program:
        return self._start(
            f"gateway-{number}",
            "kindred-gateway",
            {
                "GATEWAY_HOST": "127.0.0.1",
                "GATEWAY_PORT": str(self._gateway_ports[number]),
                "GATEWAY_ACCOUNTS": "true",
                "GATEWAY_TRUSTED_PROXIES": "127.0.0.1,::1",
            },
        )

    def _start(self, name: str, program: str, settings: dict[str, str]) -> Program:
        shared = {
            "REDIS_HOST": "127.0.0.1",
            "REDIS_PORT": os.environ["KINDRED_TEST_REDIS_PORT"],
            "REDIS_DATABASE": "9",
            "RABBITMQ_HOST": "127.0.0.1",
            "RABBITMQ_PORT": os.environ["KINDRED_TEST_RABBITMQ_PORT"],
            "RABBITMQ_PREFIX": f"app-{os.getpid()}.",
            "RABBITMQ_LOG_BYTE_COUNT": "50000000",
            "RATINGS_FILE": str(self._ratings),
            "MODELS_FOLDER": str(self._models),
            "RECOMMENDER_ALGORITHM": "blend",
            "LOG_LEVEL": "info",
            "LOG_FORMAT": "json",
        }
        return Program([self._programs / program], shared | settings, self._folder / f"{name}.log")

    def _start_app(self) -> Program:
        command = [
            self._python,
            "-m",
            "streamlit",
            "run",
            "main.py",
            "--server.address",
            "127.0.0.1",
            "--server.port",
            str(self._app_port),
            "--server.headless",
            "true",
            "--browser.gatherUsageStats",
            "false",
        ]
        settings = {"KINDRED_URL": self.url, "PYTHONDONTWRITEBYTECODE": "1"}
        return Program(command, settings, self._folder / "app.log", folder=APP)

    @staticmethod
    def _await(name: str, program: Program, url: str) -> None:
        def answers() -> bool:
            if not program.is_running:
                raise RuntimeError(f"{name} has ended: {program.last_words}")
            try:
                return httpx.get(url, timeout=2, trust_env=False).is_success
            except httpx.TransportError:
                return False

        wait_until(f"{name} answers", answers, limit=90, why_not=lambda: program.last_words)
