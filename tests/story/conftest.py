"""What a test of the annual story may ask for: an empty installation or one with a full year, each served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from survey.installation import Installation
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.running import set_installation
from tests.light.plain_phone import PlainPhone
from tests.story.full_year import publish_full_year
from tests.walks import opened

HOST = "svara.example.se"


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A county with all that a story can tell; for tests that only read."""
    folder = tmp_path_factory.mktemp("story")
    with opened(f"sqlite:///{folder / 'prov.db'}", folder / "var", DEMO=True) as found:
        publish_full_year(found)
        yield found


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation in September 2026."""
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", DEMO=True) as found:
        yield found


def serve(installation: Installation) -> Iterator[PlainPhone]:
    set_installation(installation)
    pages = ProtectResponses(ServeForm(Starlette()), secure=False)
    with ExitStack() as stack:
        client = AsyncClient(transport=ASGITransport(pages), base_url=f"http://{HOST}")
        yield stack.enter_context(closing(PlainPhone(client)))
    set_installation(None)


@pytest.fixture
def phone(installation: Installation) -> Iterator[PlainPhone]:
    """A browser without scripts at the empty installation."""
    yield from serve(installation)


@pytest.fixture
def reader(full: Installation) -> Iterator[PlainPhone]:
    """A browser without scripts at the full year."""
    yield from serve(full)
