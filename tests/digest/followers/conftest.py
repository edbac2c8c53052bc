"""What a test of followers may ask for: a demonstration that sends letters, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from tests.digest.readers import make_mail_settings
from tests.mail.mail_server import Mailbox
from tests.walks import Calendar, opened


@pytest.fixture
def installation(
    database_url: str, tmp_path: Path, calendar: Calendar, box: Mailbox
) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", calendar, DEMO=True, **make_mail_settings(box.port)) as found:
        yield found
