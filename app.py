"""The application: Streamlit with the plain form, health and doors beside it, in one process."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.shared.delivery import settle_delivery
from pages.shared.theme import settle_theme
from pages.shared.widget_values import settle_widget_values
from survey.errors import SurveyError
from survey.installation import Installation, open_installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.logs import locate_fault, settle_logs
from survey.memory import settle_collector
from survey.metrics import routes as machines
from survey.metrics.watching import WatchRequests
from survey.notices.send import keep_sending
from survey.people import routes as people
from survey.publication.schedule import keep_doing_chores
from survey.running import begin_stopping, set_installation
from survey.settings import load_settings
from survey.warming import begin_warming

settings = load_settings()
settle_theme()
settle_delivery()
settle_widget_values()
log = logging.getLogger("app")


@asynccontextmanager
async def live(_app: st.App) -> AsyncGenerator[None, None]:
    """Open the installation, do its chores in the background, and close it at the end."""
    settle_logs(settings.log_format)
    installation = open_served()
    set_installation(installation)
    settle_collector()
    stop = threading.Event()
    beside = [
        threading.Thread(target=work, args=(installation, stop), daemon=True)
        for work in (keep_doing_chores, keep_sending)
    ]
    for thread in beside:
        thread.start()
    begin_warming("pages.shared.menu_table")
    try:
        yield
    finally:
        begin_stopping()
        stop.set()
        for thread in beside:
            thread.join(timeout=10)
        set_installation(None)
        installation.database.close()


def open_served() -> Installation:
    """The installation; why it does not open is logged, because the server's own words would be more."""
    try:
        return open_installation(settings)
    except SurveyError as wrong:
        log.error("the service does not start: %s", wrong)
        raise
    except Exception as fault:
        log.error("the service does not start: %s", locate_fault(fault))
        raise


app = st.App(
    Path(__file__).parent / "pages" / "menu.py",
    lifespan=live,
    routes=[*machines.list_routes(), *people.list_routes()],
    middleware=[
        Middleware(WatchRequests),
        Middleware(ProtectResponses, secure=settings.is_secure),
        Middleware(ServeForm),
    ],
)
