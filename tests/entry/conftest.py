"""What a test of the door may ask for: an installation that is served, and browsers without scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette

from survey.answering.throttle import Throttle
from survey.entry import sign_in
from survey.installation import Installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.people import passwords, signing_in
from survey.people.routes import list_routes
from survey.people.tries import Crowd
from survey.running import set_installation
from tests.walks import opened

HOST = "svara.example.se"


class ReadForm(HTMLParser):
    """The hidden fields and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "input" and found.get("type") == "hidden":
            self.hidden[found["name"]] = found["value"]
        if tag == "a":
            self.links.append(found.get("href", ""))

    def handle_data(self, data: str) -> None:
        self.text += data


@dataclass
class Visitor:
    """A browser with cookies of its own, that goes nowhere by itself."""

    client: AsyncClient
    loop: asyncio.AbstractEventLoop
    last: Response | None = field(default=None)

    def get(self, path: str, **headers: str) -> Response:
        self.last = self.loop.run_until_complete(self.client.get(path, headers=headers))
        return self.last

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Response:
        """Send a form as a browser does that says where the form is from."""
        sent = {"Sec-Fetch-Site": "same-origin"} if headers is None else headers
        self.last = self.loop.run_until_complete(self.client.post(path, data=fields, headers=sent))
        return self.last

    @property
    def text(self) -> str:
        assert self.last is not None
        return " ".join(ReadForm(self.last.text).text.split())

    @property
    def hidden(self) -> dict[str, str]:
        assert self.last is not None
        return ReadForm(self.last.text).hidden

    @property
    def session(self) -> str:
        """What the session's cookie holds."""
        return next((one.value or "" for one in self.client.cookies.jar if "session" in one.name), "")


@pytest.fixture
def changes() -> dict[str, object]:
    """What a test sets of the installation's settings."""
    return {"PUBLIC_ADDRESS": f"https://{HOST}"}


@pytest.fixture
def installation(tmp_path: Path, changes: dict[str, object]) -> Iterator[Installation]:
    """The installation that is served."""
    with opened(f"sqlite:///{tmp_path / 'entry.db'}", tmp_path / "var", **changes) as found:
        set_installation(found)
        yield found
        set_installation(None)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that are worked out in no time, and counts that begin anew."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords.make_dummy.cache_clear()
    monkeypatch.setattr(sign_in, "asked", Throttle())
    crowd = Crowd()
    monkeypatch.setattr(signing_in.crowd, "_wrong", crowd._wrong)


@pytest.fixture
def make_visitor(installation: Installation) -> Iterator[Callable[[], Visitor]]:
    """Makes a browser that asks the served installation."""
    secure = installation.settings.is_secure
    served = ProtectResponses(ServeForm(Starlette(routes=list_routes())), secure=secure)
    scheme = "https" if secure else "http"
    loop = asyncio.new_event_loop()
    clients: list[AsyncClient] = []

    def make() -> Visitor:
        client = AsyncClient(transport=ASGITransport(app=served), base_url=f"{scheme}://{HOST}")
        clients.append(client)
        return Visitor(client, loop)

    yield make
    for client in clients:
        loop.run_until_complete(client.aclose())
    loop.close()


@pytest.fixture
def visitor(make_visitor: Callable[[], Visitor]) -> Visitor:
    return make_visitor()
