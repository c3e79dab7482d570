"""How the image starts the web app."""

import sys

import pytest
import uvicorn
from streamlit.web import cli

import serve


def test_idle_connections_outlast_those_of_the_balancer(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], int]] = []

    def started() -> None:
        # As Streamlit makes it.
        configuration = uvicorn.Config(None, host="127.0.0.1", port=0, access_log=False)
        seen.append((sys.argv, configuration.timeout_keep_alive))

    monkeypatch.setattr(uvicorn, "Config", uvicorn.Config)
    monkeypatch.setattr(cli, "main", started)
    monkeypatch.setattr(sys, "argv", ["serve.py", "--server.port", "1"])
    serve.run()
    [(arguments, seconds)] = seen
    assert seconds > 600
    assert arguments[:2] == ["streamlit", "run"]
    assert arguments[2].endswith("/main.py")
    assert arguments[3:] == ["--server.port", "1"]
