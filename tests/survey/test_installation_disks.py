"""Is no answer lost, and the fault told, when a disk is full or may not be written?"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from survey.answering.drafts import find_draft
from survey.answering.submit import send_answers
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store.rounds import Round
from survey.store.tables import inbox
from tests.survey.refusing_to_start import refusal
from tests.walks import begin_answering, make_settings, open_a_round, opened


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
        (errno.ENOTDIR, "database_folder_wrong"),
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
