"""How is each request counted, and given a name that its lines in the log share?"""

from __future__ import annotations

import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey.logs import request_name
from survey.metrics.counted import counted

APP = "app"  # everything that the framework answers itself
STATIC = "static"
METHODS = frozenset({"GET", "POST", "HEAD"})
OTHER = "other"
NAME_BYTES = 4
NOTHING_SENT = 500  # the status of a request that was cut off before anything was answered


class WatchRequests:
    """ASGI middleware, the outermost: names and counts.

    The name is random, is told nobody and taken from nobody: it joins lines of one request and nothing else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_name.set(secrets.token_hex(NAME_BYTES))
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
            return
        counted.note_open(1)
        try:
            await self.app(scope, receive, send)
        finally:
            counted.note_open(-1)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, started = NOTHING_SENT, time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            counted.note_request(name_route(scope), method, status, time.perf_counter() - started)


def name_route(scope: Scope) -> str:
    """The pattern of the route that answered, as it stands in the code; never the address itself.

    What the framework answers has two names: its files, and all else.
    """
    pattern = getattr(scope.get("route"), "path", None)
    if isinstance(pattern, str) and pattern.startswith("/") and not pattern.startswith("/_stcore"):
        return pattern
    return STATIC if scope["path"].startswith("/static/") else APP
