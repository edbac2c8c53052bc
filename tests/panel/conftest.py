"""An installation with a small panel that nobody has asked for anything yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from tests.digest.readers import make_mail_settings
from tests.mail.mail_server import Mailbox, run_mail_server
from tests.panel.made import make_panel
from tests.walks import Calendar, opened


@pytest.fixture
def calendar() -> Calendar:
    """10 September 2026, until the test turns it."""
    return Calendar()


@pytest.fixture
def installation(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """Without a mail server, on each engine."""
    with opened(database_url, tmp_path / "var", calendar, DEMO=True) as found:
        make_panel(found)
        yield found


@pytest.fixture
def on_sqlite(tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """For rules that no engine has a say in."""
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", calendar, DEMO=True) as found:
        make_panel(found)
        yield found


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server that takes everything, unless the test says otherwise."""
    with run_mail_server() as found:
        yield found


@pytest.fixture
def mailing(tmp_path: Path, calendar: Calendar, box: Mailbox) -> Iterator[Installation]:
    """An installation whose letters go to the mail server of the test."""
    url = f"sqlite:///{tmp_path / 'post.db'}"
    with opened(url, tmp_path / "var", calendar, **make_mail_settings(box.port)) as found:
        make_panel(found)
        yield found
