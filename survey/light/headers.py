"""Which headers every response carries, and in which language the app's own page says it is."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey.language import DEFAULT_LANGUAGE, WHOLE_LANGUAGES
from survey.light.cookies import LANGUAGE_COOKIE

FORM_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Streamlit writes style attributes and draws pictures from blobs; scripts are ours and its own only.
APP_POLICY = (
    "default-src 'self'; script-src 'self' {inline}; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self' ws: wss:; "
    "worker-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
ONE_YEAR = "max-age=31536000"
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
HTML_LANGUAGE = re.compile(rb'<html lang="[a-zA-Z-]*"')
# What is answered without the framework's own page.
PLAIN_PATHS = (
    "/e",
    "/k",
    "/brev",
    "/blankett",
    "/inmatning",
    "/forhandsvisning",
    "/vad-hande-sen",
    "/arsberattelse",
    "/tillganglighet",
    "/kalender",
    "/logga-in",
    "/logga-ut",
    "/konto",
    "/forskning",
    "/oppna-data",
    "/api",
)
PLAIN_FOLDERS = tuple(f"{one}/" for one in PLAIN_PATHS)  # made once: every request is asked twice
CLOSED_PATHS = ("/_stcore/metrics",)  # figures about the process are not for the outside


class ProtectResponses:
    """ASGI middleware: strict headers on everything, the reader's language on the app's HTML page."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] in CLOSED_PATHS:
            await refuse(self.add_headers(send, FORM_POLICY))
        elif is_form_path(scope["path"]):
            await self.app(scope, receive, self.add_headers(send, FORM_POLICY))
        else:
            await self.app(ask_in_the_clear(scope), receive, self.change_page(scope, send))

    def add_headers(self, send: Send, policy: str) -> Send:
        """A send that puts the headers on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.put_headers(message, policy)
            await send(message)

        return send_with_headers

    def put_headers(self, message: Message, policy: str) -> None:
        """Put the headers on, but what the response says of its own."""
        said = {name for name, _ in message["headers"]}
        ours = list_headers(policy, self.secure)
        message["headers"] = [*message["headers"], *(one for one in ours if one[0] not in said)]

    def change_page(self, scope: Scope, send: Send) -> Send:
        """A send that holds the app's HTML page until it is whole, and gives it language and policy."""
        held: list[Message] = []
        body = bytearray()

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                if not is_page(message):
                    self.put_headers(message, APP_POLICY.format(inline=""))
                    await send(message)
                    return
                held.append(message)
                return
            if not held:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await self.send_page(held[0], bytes(body), find_language(scope), send)

        return send_changed

    async def send_page(self, start: Message, body: bytes, language: str, send: Send) -> None:
        page = HTML_LANGUAGE.sub(f'<html lang="{language}"'.encode(), body, count=1)
        self.put_headers(start, APP_POLICY.format(inline=hash_inline_scripts(body)))
        headers = MutableHeaders(raw=start["headers"])
        headers["content-length"] = str(len(page))
        headers["cache-control"] = "no-store"
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await send(start)
        await send({"type": "http.response.body", "body": page})


def ask_in_the_clear(scope: Scope) -> Scope:
    """The request of a page without Accept-Encoding: a compressed page could not be changed."""
    headers = scope["headers"]
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    return {**scope, "headers": [(n, v) for n, v in headers if n != b"accept-encoding"]}


@lru_cache(maxsize=16)
def list_headers(policy: str, secure: bool) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of a policy, as the server takes them."""
    said = {**EVERYWHERE, "Content-Security-Policy": policy}
    if policy == FORM_POLICY:
        said["Cache-Control"] = "no-store"
    if secure:
        said["Strict-Transport-Security"] = ONE_YEAR
    return tuple((name.lower().encode(), value.encode()) for name, value in said.items())


def is_form_path(path: str) -> bool:
    return path.startswith(PLAIN_FOLDERS) or path in PLAIN_PATHS


def is_page(message: Message) -> bool:
    """Whether a response is an HTML page in the clear."""
    headers = MutableHeaders(raw=message["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def find_language(scope: Scope) -> str:
    """The reader's chosen language, Swedish when none is."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                chosen = SimpleCookie(value.decode("latin-1")).get(LANGUAGE_COOKIE)
            except CookieError:
                continue
            if chosen is not None and chosen.value in WHOLE_LANGUAGES:
                return chosen.value
    return DEFAULT_LANGUAGE


@lru_cache(maxsize=8)
def hash_inline_scripts(page: bytes) -> str:
    """The framework's own inline script by its hash, so that no other inline script may run."""
    scripts = INLINE_SCRIPT.findall(page)
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{value}'" for value in hashes)


async def refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})
