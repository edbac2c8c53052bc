"""What a test of letters may ask for: a mail server, and an installation that sends by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from tests.digest.readers import make_mail_settings
from tests.mail.mail_server import Mailbox, run_mail_server
from tests.walks import Calendar, opened


@pytest.fixture
def calendar() -> Calendar:
    """10 September 2026, until the test turns it."""
    return Calendar()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server that takes everything, unless the test says otherwise."""
    with run_mail_server() as found:
        yield found


@pytest.fixture
def installation(tmp_path: Path, calendar: Calendar, box: Mailbox) -> Iterator[Installation]:
    """A new installation whose letters go to the mail server of the test."""
    url = f"sqlite:///{tmp_path / 'digest.db'}"
    with opened(url, tmp_path / "var", calendar, **make_mail_settings(box.port)) as found:
        yield found
