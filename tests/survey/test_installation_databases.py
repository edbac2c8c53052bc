"""Is a database that cannot be used told of, and never its password or what it held?"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from survey.errors import SurveyError
from survey.installation import Installation
from tests.postgres_server import PostgresServer, find_free_port
from tests.survey.refusing_to_start import PASSWORD, refusal
from tests.walks import make_settings


@pytest.mark.parametrize(
    "url",
    [
        "mysql://somebody:{}@127.0.0.1/survey",
        "postgresql+asyncpg://somebody:{}@127.0.0.1/survey",
        "postgresql://somebody:{}@127.0.0.1:port/survey",
        "postgresql://somebody:{}@127.0.0.1/",
        "sqlite://",
        "somebody:{}",
        "file:///{}",
    ],
)
def test_an_address_of_no_database_we_know_is_wrong(
    tmp_path: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = refusal(make_settings(url.format(PASSWORD), tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("database_url_wrong", {"name": "DATABASE_URL"})
    check_password_is_not_told(wrong, caplog)


def test_a_database_that_nobody_answers_for_is_unreachable(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"postgresql://somebody:{PASSWORD}@127.0.0.1:{find_free_port()}/survey"
    wrong = refusal(make_settings(url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("database_unreachable", {})
    check_password_is_not_told(wrong, caplog)


def test_a_wrong_password_is_not_told(
    postgres: PostgresServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with postgres.fresh_database() as address, asking_for_a_password(address) as user:
        url = address.replace("postgres@", f"{user}:{PASSWORD}@")
        wrong = refusal(make_settings(url, tmp_path / "var"))
        right = refusal(make_settings(url.replace(PASSWORD, "right"), tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("database_unreachable", {})
    assert right.code == "database_failed"  # let in, but not allowed to make tables
    check_password_is_not_told(wrong, caplog)


@contextmanager
def asking_for_a_password(address: str) -> Iterator[str]:
    """A user whom the server lets in with the password "right" only."""
    user = f"locked_{os.getpid()}"
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        rules = Path(str(connection.execute("SHOW hba_file").fetchone()[0]))  # type: ignore[index]
        before = rules.read_text()
        connection.execute(f"CREATE ROLE {user} LOGIN PASSWORD 'right'".encode())
        rules.write_text(f"host all {user} 127.0.0.1/32 scram-sha-256\n{before}")
        connection.execute("SELECT pg_reload_conf()")
        try:
            yield user
        finally:
            rules.write_text(before)
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"DROP ROLE {user}".encode())


def check_password_is_not_told(wrong: SurveyError, caplog: pytest.LogCaptureFixture) -> None:
    told = [str(wrong), repr(wrong), caplog.text, "".join(traceback.format_exception(wrong))]
    assert [one for one in told if PASSWORD in one] == []


def test_what_is_logged_of_a_database_error_is_its_kind_and_nothing_it_held(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(SurveyError, match="database_failed") as wrong,
        installation.database.write() as connection,
    ):
        connection.execute(text("INSERT INTO response (id) VALUES (:value)"), {"value": PASSWORD.encode()})
    check_password_is_not_told(wrong.value, caplog)
    assert "database error database_failed" in caplog.text
