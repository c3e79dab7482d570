"""Serves the app: `streamlit run app/main.py`, or any ASGI server with `main:app`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.starlette import App

from kindred_app.cookies import routes
from kindred_app.headers import SafetyHeaders
from kindred_app.settings import settings

settings()  # A wrong setting is said now, not to the first visitor.
app = App(
    Path(__file__).parent / "kindred_app" / "script.py",
    routes=routes(st.get_option("server.baseUrlPath") or ""),
    middleware=[Middleware(SafetyHeaders)],
)
