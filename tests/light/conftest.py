"""What a test of the plain form may ask for: an installation that is served, and phones without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from survey.answering.throttle import Throttle
from survey.installation import Installation
from survey.light import doors, follow, sending
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.metrics.routes import list_routes as list_machine_routes
from survey.people.routes import list_routes
from survey.running import set_installation
from survey.store.rounds import Round
from tests.light.plain_phone import PlainPhone
from tests.walks import Calendar, open_a_round, opened

HOST = "svara.example.se"
MakePhone = Callable[[], PlainPhone]


@pytest.fixture
def calendar() -> Calendar:
    """10 September 2026, until the test turns it."""
    return Calendar()


@pytest.fixture
def url() -> str:
    """The database of the installation; SQLite unless a test says another."""
    return ""


@pytest.fixture
def changes() -> dict[str, object]:
    """What a test sets of the installation's settings."""
    return {}


@pytest.fixture
def installation(
    url: str, tmp_path: Path, calendar: Calendar, changes: dict[str, object]
) -> Iterator[Installation]:
    """The installation that is served."""
    with opened(url, tmp_path / "var", calendar, **changes) as found:
        set_installation(found)
        yield found
        set_installation(None)


@pytest.fixture
def open_round(installation: Installation) -> Round:
    """A round that anybody may answer, all of 2026."""
    return open_a_round(installation, "alla")


@pytest.fixture
def coded_round(installation: Installation) -> Round:
    """A round that takes a code, all of 2026."""
    return open_a_round(installation, "brev", door="coded")


@pytest.fixture
def make_phone(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePhone]:
    """Makes a phone with cookies of its own, which asks the served installation."""
    throttle = Throttle()
    monkeypatch.setattr(doors, "wrong_codes", throttle)
    monkeypatch.setattr(sending, "wrong_codes", throttle)
    monkeypatch.setattr(follow, "asked_lately", Throttle(most=follow.MOST_ASKED))
    beside = Starlette(routes=[*list_machine_routes(), *list_routes()])
    secure = installation.settings.is_secure
    served = ProtectResponses(ServeForm(beside), secure=secure)
    scheme = "https" if secure else "http"
    with ExitStack() as phones:

        def make() -> PlainPhone:
            client = AsyncClient(transport=ASGITransport(served), base_url=f"{scheme}://{HOST}")
            return phones.enter_context(closing(PlainPhone(client)))

        yield make


@pytest.fixture
def phone(make_phone: MakePhone) -> PlainPhone:
    return make_phone()
