"""Which identity providers can a test ask: a real one in a process of its own, and one that lies?"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.postgres_server import find_free_port

CLIENT = "invanarrosten"
SECONDS_TO_START = 20
RULES = """
- group: chefer
  role: manager
  organisation: Region Test
- group: strategi
  role: strategy_owner
  organisation: Region Test
"""


@contextmanager
def run_provider(*people: Mapping[str, Any]) -> Iterator[str]:
    """The issuer of a provider in a process of its own, which knows some people and asks for a nonce."""
    port = find_free_port()
    known = [part for one in people for part in ("--user-claims", json.dumps(one))]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "-p",
        str(port),
        "-n",
        "true",
        *known,
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{issuer}/.well-known/openid-configuration")
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str) -> None:
    """Raises RuntimeError when nothing answers in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise RuntimeError("the identity provider did not start")


def say_yes(address: str, subject: str) -> str:
    """What the provider sends a browser back to when somebody says who they are."""
    return httpx.post(address, data={"sub": subject}).headers["location"]


def find_asked(address: str) -> dict[str, str]:
    """What a browser is sent to the provider with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@dataclass
class Liar:
    """A provider that says what it is told to. `claims` and `said` are put over what would be right."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs_with: RSAKey | None = None
    header: dict[str, str] = field(default_factory=lambda: {"alg": "RS256", "kid": "1"})
    claims: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    nonce: str = ""

    def describe(self) -> dict[str, Any]:
        ends = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
        return {"issuer": self.issuer, **{one: f"{self.issuer}/{one}" for one in ends}, **self.said}

    def answer(self) -> dict[str, Any]:
        now = int(time.time())
        right = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "mia",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
        }
        claims = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        made = jwt.encode(self.header, claims, self.signs_with or self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token or made}


@contextmanager
def run_liar() -> Iterator[Liar]:
    """A liar on the loopback address."""
    liar = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_keys = self.path == "/jwks_uri"
            self.reply({"keys": [liar.key.as_dict(private=False)]} if is_keys else liar.describe())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.reply(liar.answer())

        def reply(self, document: dict[str, Any]) -> None:
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
