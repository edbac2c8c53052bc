"""Does an installation start only when answers are safe in it, and say why when it does not?"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, select, text

from survey.answering.drafts import begin_draft, find_draft, find_survey
from survey.answering.submit import send_answers
from survey.errors import SurveyError
from survey.installation import Installation, check_may_take_answers, find_definition, open_installation
from survey.settings import Settings, load_settings
from survey.store.rounds import Round
from survey.store.tables import audit, definition, inbox
from survey.store.tables import installation as installation_table
from tests.postgres_server import PostgresServer, find_free_port
from tests.processes import run_together
from tests.walks import (
    SURVEY,
    SURVEYS,
    VERSION,
    Calendar,
    answer_survey,
    begin_answering,
    make_settings,
    open_a_round,
    opened,
)

PASSWORD = "hemligt-losenord"
SETTINGS_TOLD = ("PORT", "THRESHOLD_PUBLIC", "THRESHOLD_SIGNED_IN", "DEMO")


def refusal(settings: Settings) -> SurveyError:
    """Why an installation does not open."""
    with pytest.raises(SurveyError) as wrong:
        open_installation(settings, today=Calendar()).database.close()
    return wrong.value


def refuses_answers(installation: Installation, round_: Round) -> str:
    """Why an installation that is open takes no answers."""
    with pytest.raises(SurveyError) as wrong:
        begin_draft(installation, round_, form="full", language="sv")
    return wrong.value.code


def test_a_new_installation_is_labelled_has_its_surveys_and_takes_answers(
    installation: Installation, open_round: Round
) -> None:
    check_may_take_answers(installation)
    assert find_definition(installation, SURVEY, VERSION).survey == SURVEY
    assert answer_survey(installation, open_round).receipt != ""
    with installation.database.read() as connection:
        assert connection.execute(select(installation_table.c.label)).scalars().all() == ["real"]


def test_opening_again_changes_nothing(database_url: str, tmp_path: Path) -> None:
    def read_events() -> list[str]:
        with (
            opened(database_url, tmp_path / "var") as installation,
            installation.database.read() as connection,
        ):
            return sorted(connection.scalars(select(audit.c.action)))

    assert (
        read_events()
        == read_events()
        == ["definition loaded", "definition loaded", "installation created", "strategy loaded"]
    )


def test_processes_that_open_a_new_installation_at_once_open_the_same(
    empty_database_url: str, tmp_path: Path
) -> None:
    settings = make_settings(empty_database_url, tmp_path / "var")
    peppers = run_together(*[lambda: open_installation(settings, today=Calendar()).pepper] * 3)
    assert [one.error for one in peppers] == [""] * 3
    assert len({one.value for one in peppers}) == 1
    with (
        opened(empty_database_url, tmp_path / "var") as installation,
        installation.database.read() as connection,
    ):
        assert len(connection.execute(select(installation_table)).all()) == 1
        assert len(connection.execute(select(definition)).all()) == 2


def test_processes_that_take_a_months_first_answers_share_its_key(
    installation: Installation, open_round: Round
) -> None:
    settings = installation.settings
    installation.database.close()

    def answer_once() -> str:
        return answer_survey(open_installation(settings, today=Calendar()), open_round).receipt

    assert [one.error for one in run_together(*[answer_once] * 4)] == [""] * 4
    with installation.database.read() as connection:
        assert len(connection.execute(select(inbox)).all()) == 4
    check_may_take_answers(installation)


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_and_a_real_installation_never_share_a_database(
    database_url: str, tmp_path: Path, demo: bool
) -> None:
    with opened(database_url, tmp_path / "var", DEMO=demo):
        pass
    wrong = refusal(make_settings(database_url, tmp_path / "var", DEMO=not demo))
    labels = {True: "demonstration", False: "real"}
    assert (wrong.code, wrong.facts) == ("label_differs", {"label": labels[demo], "asked": labels[not demo]})


def test_without_its_pepper_an_installation_does_not_open(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation:
        pepper = installation.keys.pepper_file
    pepper.unlink()
    wrong = refusal(make_settings(database_url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("key_missing", {"file": pepper.as_posix()})
    assert not pepper.exists()


def test_with_another_pepper_an_installation_does_not_open(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation:
        pepper = installation.keys.pepper_file
    pepper.write_bytes(bytes(32))
    wrong = refusal(make_settings(database_url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("key_differs", {"file": pepper.as_posix()})


def test_without_the_months_key_no_answers_are_taken(installation: Installation, open_round: Round) -> None:
    walked = begin_answering(installation, open_round)
    installation.keys.find_period_file("2026-09").unlink()
    with opened(installation.settings.database, installation.settings.var_dir) as again:
        assert refuses_answers(again, open_round) == "key_missing"
        with pytest.raises(SurveyError, match="key_missing"):
            send_answers(again, open_round, walked.secret)
        assert find_draft(again, open_round, walked.secret) is not None


def test_without_the_rounds_key_no_answers_are_taken(installation: Installation, open_round: Round) -> None:
    answer_survey(installation, open_round)
    (installation.keys.folder / f"round-{open_round.id}.key").unlink()
    with opened(installation.settings.database, installation.settings.var_dir) as again:
        assert refuses_answers(again, open_round) == "key_missing"


def test_with_another_months_key_no_answers_are_taken(installation: Installation, open_round: Round) -> None:
    answer_survey(installation, open_round)
    installation.keys.destroy_period_key("2026-09")
    installation.keys.create_period_key("2026-09")
    with opened(installation.settings.database, installation.settings.var_dir) as again:
        assert refuses_answers(again, open_round) == "key_differs"


def test_a_database_of_a_later_version_does_not_open(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation, installation.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    wrong = refusal(make_settings(database_url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("database_newer", {"revision": "9999"})


# Definitions that change


@pytest.fixture
def surveys(tmp_path: Path) -> Path:
    """A folder of surveys that a test may change."""
    return Path(shutil.copytree(SURVEYS, tmp_path / "surveys"))


def change_wording(surveys: Path) -> None:
    path = surveys / SURVEY / f"{VERSION}.yaml"
    path.write_text(path.read_text().replace("Vem handlar svaren om?", "Vem gäller svaren?"))


def read_first_question(installation: Installation) -> str:
    return find_definition(installation, SURVEY, VERSION).questions[0].text["sv"]


def test_a_definition_that_nobody_has_answered_is_replaced(
    database_url: str, tmp_path: Path, surveys: Path
) -> None:
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        begin_answering(installation, open_a_round(installation))
    change_wording(surveys)
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        assert read_first_question(installation) == "Vem gäller svaren?"


def test_a_definition_that_has_been_answered_is_frozen(
    database_url: str, tmp_path: Path, surveys: Path
) -> None:
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        answer_survey(installation, open_a_round(installation))
    change_wording(surveys)
    wrong = refusal(make_settings(database_url, tmp_path / "var", SURVEYS_DIR=surveys))
    assert (wrong.code, wrong.facts) == ("definition_frozen", {"survey": SURVEY, "version": VERSION})
    shutil.copytree(SURVEYS, surveys, dirs_exist_ok=True)
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        assert read_first_question(installation) == "Vem handlar svaren om?"


# Databases that cannot be used


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
    assert (wrong.code, wrong.facts) == ("database_url_wrong", {})
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


# Disks that are full or may not be written


@contextmanager
def told_to(installation: Installation, *statements: str) -> Iterator[None]:
    """Every connection is told something first, until the block ends."""

    def tell(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        if not installation.database.is_sqlite:
            connection.commit()
        cursor.close()

    installation.database.close()
    event.listen(installation.database.engine, "connect", tell)
    try:
        yield
    finally:
        event.remove(installation.database.engine, "connect", tell)
        installation.database.close()


def test_a_disk_on_which_sqlite_cannot_make_its_log_takes_no_answers_and_keeps_what_is_there(
    tmp_path: Path,
) -> None:
    url, log = f"sqlite:///{tmp_path / 'invanarrosten.db'}", tmp_path / "invanarrosten.db-wal"
    with opened(url, tmp_path / "var") as installation:
        round_ = open_a_round(installation)
        walked = begin_answering(installation, round_)
    log.mkdir()
    wrong = refusal(make_settings(url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("database_read_only", {})
    log.rmdir()
    with opened(url, tmp_path / "var") as installation:
        assert find_draft(installation, round_, walked.secret) is not None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EROFS, "database_read_only"),
        (errno.EACCES, "database_read_only"),
        (errno.EPERM, "database_read_only"),
        (errno.ENOSPC, "database_full"),
        (errno.ENOTDIR, "database_url_wrong"),
    ],
)
def test_a_folder_that_cannot_be_made_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    settings = make_settings(f"sqlite:///{tmp_path / 'var' / 'invanarrosten.db'}", tmp_path / "var")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "mkdir", fail)
        assert refusal(settings).code == code


def test_a_key_that_cannot_be_written_stops_the_start(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    wrong = refusal(make_settings(database_url, tmp_path / "file" / "var"))
    pepper = f"{tmp_path}/file/var/keys/pepper.key"
    assert (wrong.code, wrong.facts) == ("key_unwritable", {"file": pepper})


def test_a_database_that_may_only_be_read_takes_no_answers_and_keeps_the_draft(
    installation: Installation, open_round: Round
) -> None:
    walked = begin_answering(installation, open_round)
    on_sqlite, on_postgres = "PRAGMA query_only = ON", "SET default_transaction_read_only = on"
    with (
        told_to(installation, on_sqlite if installation.database.is_sqlite else on_postgres),
        pytest.raises(SurveyError) as wrong,
    ):
        send_answers(installation, open_round, walked.secret)
    assert (wrong.value.code, wrong.value.facts) == ("database_read_only", {})
    assert not send_answers(installation, open_round, walked.secret).again


def test_a_full_disk_takes_no_answer_and_loses_none(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'invanarrosten.db'}", tmp_path / "var") as installation:
        round_ = open_a_round(installation)
        walked = [begin_answering(installation, round_)]
        with told_to(installation, "PRAGMA max_page_count = 120"):
            with pytest.raises(SurveyError, match="database_full"):
                while True:
                    walked.append(begin_answering(installation, round_))
            told = [try_to_send(installation, round_, one.secret) for one in walked]
            kept = [find_draft(installation, round_, one.secret) for one in walked]
            assert [one is not None and one.sent for one in kept] == [one == "sent" for one in told]
            assert set(told) <= {"sent", "database_full"}
            assert told[-1] == "database_full"
            assert None not in kept
            assert count_sealed(installation) == told.count("sent")
        assert [try_to_send(installation, round_, one.secret) for one in walked] == ["sent"] * len(walked)
        assert count_sealed(installation) == len(walked)


def try_to_send(installation: Installation, round_: Round, secret: bytes) -> str:
    try:
        send_answers(installation, round_, secret)
    except SurveyError as wrong:
        return wrong.code
    return "sent"


def count_sealed(installation: Installation) -> int:
    with installation.database.read() as connection:
        return len(connection.execute(select(inbox)).all())


# Settings


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The settings as the environment of a test gives them."""
    load_settings.cache_clear()
    yield monkeypatch
    load_settings.cache_clear()


def test_everything_that_is_wrong_in_the_environment_is_told_at_once(
    environment: pytest.MonkeyPatch,
) -> None:
    bad = {"PORT": "70000", "THRESHOLD_PUBLIC": "3", "THRESHOLD_SIGNED_IN": "many", "DEMO": "perhaps"}
    for name, value in bad.items():
        environment.setenv(name, value)
    environment.setenv("DATABASE_URL", f"postgresql://somebody:{PASSWORD}@127.0.0.1/survey")
    with pytest.raises(SurveyError) as wrong:
        load_settings()
    told = str(wrong.value.facts["problems"])
    assert wrong.value.code == "settings_invalid"
    assert [name for name in SETTINGS_TOLD if name not in told] == []
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("public", "signed_in", "fits"),
    [("10", "5", True), ("5", "5", True), ("9", "10", False), ("100", "100", True)],
)
def test_the_public_never_sees_smaller_groups_than_those_who_are_signed_in(
    environment: pytest.MonkeyPatch, public: str, signed_in: str, fits: bool
) -> None:
    environment.setenv("THRESHOLD_PUBLIC", public)
    environment.setenv("THRESHOLD_SIGNED_IN", signed_in)
    if fits:
        assert load_settings().threshold_public == int(public)
        return
    with pytest.raises(SurveyError, match="THRESHOLD_PUBLIC must be at least THRESHOLD_SIGNED_IN"):
        load_settings()


def test_nothing_need_be_set(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "VAR_DIR", "DEMO", "COUNTIES", "PORT"):
        environment.delenv(name, raising=False)
    environment.chdir(tmp_path)
    settings = load_settings()
    assert settings.database == f"sqlite:///{tmp_path / 'var' / 'invanarrosten.db'}"
    assert (settings.label, settings.port, settings.counties) == ("real", 8501, ("07", "08"))


def test_a_demonstration_keeps_its_database_and_keys_apart() -> None:
    real, demo = Settings(DEMO=False, VAR_DIR="var"), Settings(DEMO=True, VAR_DIR="var")  # type: ignore[arg-type]
    assert real.database != demo.database
    assert real.keys_dir != demo.keys_dir


def test_a_survey_that_is_asked_is_the_one_that_was_stored(
    installation: Installation, open_round: Round
) -> None:
    assert find_survey(installation, open_round, "full").definition.version == VERSION
    changed = replace(open_round, checksum="0" * 64)
    with pytest.raises(SurveyError, match="definition_unknown"):
        find_survey(installation, changed, "full")
