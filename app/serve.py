"""Starts the web app as `streamlit run main.py` does, for the image.

Idle connections are kept longer than Google's load balancers keep them (600 s): a balancer must not find one closed that it is
about to send a request on. Streamlit has no setting for that, and Uvicorn below it would close them after five seconds.
"""

import functools
import sys
from pathlib import Path

import uvicorn
from streamlit.web import cli

KEEP_ALIVE_SECONDS = 620


def run() -> None:
    """Serve until told to end."""
    uvicorn.Config = functools.partial(uvicorn.Config, timeout_keep_alive=KEEP_ALIVE_SECONDS)  # type: ignore[misc, assignment]
    sys.argv = ["streamlit", "run", str(Path(__file__).with_name("main.py")), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    run()
