"""A demonstration without any round, on each engine and on one; and with comments of a published quarter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from survey.installation import Installation
from tests.comments.readers import PHONE
from tests.comments.written import VAXJO, close_and_publish, make_writers, write
from tests.demonstrations import calendar, installation, on_sqlite
from tests.walks import Calendar

__all__ = ["calendar", "installation", "on_sqlite"]


@pytest.fixture
def published(installation: Installation, calendar: Calendar) -> Iterator[Installation]:
    """Thirty comments of a quarter that is published."""
    write(installation, make_writers(VAXJO, 30, PHONE))
    close_and_publish(installation, calendar, 2026, 10)
    yield installation


@pytest.fixture
def quick(on_sqlite: Installation, calendar: Calendar) -> Iterator[Installation]:
    """The same where no engine has a say."""
    write(on_sqlite, make_writers(VAXJO, 30, PHONE))
    close_and_publish(on_sqlite, calendar, 2026, 10)
    yield on_sqlite
