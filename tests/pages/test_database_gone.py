"""What does somebody at a page of the app read when the database is gone, and when it is back?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.pages.test_problems import MENU_SCRIPT, read_errors
from tests.postgres_server import PostgresServer
from tests.walks import Calendar, open_a_round, opened


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh_database() as address:
        yield address


@pytest.fixture
def installation(url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(url, tmp_path / "var", Calendar(date(2026, 11, 16))) as found:
        open_a_round(found)
        yield found


def test_a_page_says_in_a_sentence_that_the_database_is_gone_and_is_drawn_when_it_is_back(
    installation: Installation, url: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = url.rpartition("/")[2]
    frame = Frame(installation, Person(Role.COORDINATOR), "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "monitoring")
    postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=60).run()
    said = escape_markdown(speak("sv").say("error.database_unreachable"))
    assert (len(page.exception), read_errors(page)) == (0, [said])
    postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    page.run()
    assert (len(page.exception), read_errors(page)) == (0, [])
