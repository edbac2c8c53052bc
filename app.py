"""The application: Streamlit with the plain form, health and doors beside it, in one process."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from survey.health import tell_health
from survey.installation import open_installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.logs import forget_addresses
from survey.notices.send import keep_sending
from survey.people import routes as people
from survey.publication.schedule import keep_doing_chores
from survey.running import set_installation
from survey.settings import load_settings

settings = load_settings()


@asynccontextmanager
async def live(_app: st.App) -> AsyncGenerator[None, None]:
    """Open the installation, do its chores in the background, and close it at the end."""
    forget_addresses()
    import_module("pages.shared.menu_table")  # once: two first visitors would else import plotly half each
    installation = open_installation(settings)
    set_installation(installation)
    stop = threading.Event()
    beside = [
        threading.Thread(target=work, args=(installation, stop), daemon=True)
        for work in (keep_doing_chores, keep_sending)
    ]
    for thread in beside:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in beside:
            thread.join(timeout=10)
        set_installation(None)
        installation.database.close()


app = st.App(
    Path(__file__).parent / "pages" / "menu.py",
    lifespan=live,
    routes=[Route("/healthz", tell_health), *people.list_routes()],
    middleware=[Middleware(ProtectResponses, secure=settings.is_secure), Middleware(ServeForm)],
)
