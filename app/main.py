"""Serves the app: `streamlit run app/main.py`, or any ASGI server with `main:app`."""

import os
from pathlib import Path

import streamlit as st
from streamlit.starlette import App

from kindred_app.cookies import routes
from kindred_app.settings import settings

settings()  # A wrong setting is said now, not to the first visitor.
app = App(
    Path(__file__).parent / "kindred_app" / "script.py",
    routes=routes(os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "") or st.get_option("server.baseUrlPath") or ""),
)
