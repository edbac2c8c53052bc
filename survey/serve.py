"""How the application is served, and how it stops."""

from __future__ import annotations

import errno
import logging
import resource
import socket
import threading
from types import FrameType

import uvicorn

from survey.errors import SurveyError
from survey.logs import settle_logs
from survey.running import begin_stopping, is_stopping
from survey.settings import Settings
from survey.sockets import RestingSocket

BACKLOG = 2048  # connections that may wait while the process is busy, as when many letters arrive at once
FILES = 65_536  # that may be open: a page of the app takes four, and systems allow 1,024 unless asked
log = logging.getLogger(__name__)


class DrainingServer(uvicorn.Server):
    """A server that, told to stop, is first not ready and goes on answering for some seconds.

    So who sends people to it has seen that before the door closes. Told a second time it stops at once.
    """

    def __init__(self, config: uvicorn.Config, *, drain_seconds: float) -> None:
        super().__init__(config)
        self.drain_seconds = drain_seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What a signal to stop does."""
        was_told = is_stopping()
        begin_stopping()
        if was_told or not self.started or not self.drain_seconds:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        timer = threading.Timer(self.drain_seconds, self.stop)
        timer.daemon = True
        timer.start()

    def stop(self) -> None:
        """Close the door, and finish what is being answered."""
        self.should_exit = True


def open_more_files() -> None:
    """Ask for as many open files as the system lets this process have."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))


def check_door(settings: Settings) -> None:
    """Raises SurveyError port_unavailable when the process cannot listen where it is to."""
    try:
        for family, kind, *_, where in socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        ):
            with socket.socket(family, kind) as door:
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                door.bind(where)
    except (OSError, UnicodeError) as wrong:  # a name that no machine can have is the latter
        if getattr(wrong, "errno", None) != errno.EAFNOSUPPORT:
            raise SurveyError("port_unavailable", address=f"{settings.host}:{settings.port}") from None


def serve(settings: Settings) -> None:
    """Serve app.py with uvicorn until the process is told to stop.

    Addresses are not logged: a log of who asked for what and when is what the privacy promise rules out.
    """
    settle_logs(settings.log_format)
    open_more_files()
    config = uvicorn.Config(
        "app:app",
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws=RestingSocket,
        access_log=False,
        log_config=None,
        log_level="warning",
        backlog=BACKLOG,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,  # nothing here depends on who a proxy says is asking
    )
    server = DrainingServer(config, drain_seconds=settings.drain_seconds)
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        raise SystemExit(3)  # as uvicorn's own command
