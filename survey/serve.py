"""How the application is served."""

from __future__ import annotations

import uvicorn

from survey.settings import Settings

BACKLOG = 2048  # connections that may wait while the process is busy, as when many letters arrive at once


def serve(settings: Settings) -> None:
    """Serve app.py with uvicorn until the process is told to stop.

    Addresses are not logged: a log of who asked for what and when is what the privacy promise rules out.
    """
    uvicorn.run(
        "app:app",
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        backlog=BACKLOG,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,  # nothing here depends on who a proxy says is asking
    )
