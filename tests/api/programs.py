"""How does a program ask the served installation in a test?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette
from starlette.types import ASGIApp

from survey.api.permits import NewPermit, make_permit
from survey.installation import Installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.people.roles import Person, Role
from survey.running import set_installation

ADMINISTRATOR = Person(Role.ADMINISTRATOR, "f00d")
ROOT = "/api/v1"
Row = dict[str, Any]


def make_app(*, secure: bool = False) -> ASGIApp:
    """The application as it is served, without Streamlit."""
    return ProtectResponses(ServeForm(Starlette()), secure=secure)


class Program:
    """Asks an application over HTTP, from one address."""

    def __init__(self, app: ASGIApp, address: str = "192.0.2.1") -> None:
        transport = ASGITransport(app, client=(address, 12345))
        self._client = AsyncClient(transport=transport, base_url="http://siffror.example.se")
        self._runner = asyncio.Runner()

    def get(self, address: str, **how: Any) -> Response:
        return self.ask("GET", address, **how)

    def ask(self, method: str, address: str, **how: Any) -> Response:
        return self._runner.run(self._client.request(method, address, **how))

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


@contextmanager
def serving(installation: Installation, address: str = "192.0.2.1") -> Iterator[Program]:
    """A program that asks an installation."""
    set_installation(installation)
    program = Program(make_app(secure=installation.settings.is_secure), address)
    try:
        yield program
    finally:
        program.close()
        set_installation(None)


def give_permit(installation: Installation, figures: str = "signed_in", days: int = 90) -> str:
    """The token of a new permit."""
    return make_permit(installation, NewPermit("Prov", figures, days), by=ADMINISTRATOR).token


def bear(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def read_pages(client: Program, address: str, **how: Any) -> list[Row]:
    """The rows of every page from an address on."""
    rows: list[Row] = []
    following: str | None = address
    while following:
        answer = client.get(following, **how)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        rows += page["rows"]
        following = page["next"]
        assert (following or "") == (answer.links.get("next", {}).get("url", ""))
    return rows
