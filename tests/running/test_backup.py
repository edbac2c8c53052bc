"""Is a backup whole, private and never kept too long, also when people answer while it is made?"""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey.answering.erase import erase_answers
from survey.answering.keys import KeyRing
from survey.answering.mixer import mix_period
from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import open_payload
from survey.audit.chain import seal_events
from survey.audit.note import keep_note, read_note
from survey.backup import take
from survey.backup.manifest import read_manifest
from survey.backup.newest import find_newest
from survey.backup.restore import Restored, restore_backup
from survey.backup.take import Taken, take_backup
from survey.doctor.examine import examine
from survey.doctor.finding import Level
from survey.errors import SurveyError
from survey.installation import Installation, open_installation
from survey.publication.close import close_ended_months
from survey.settings import Settings
from survey.store import audits, installations, responses, submissions
from survey.store.rounds import Round
from tests.postgres_server import PostgresServer
from tests.walks import ITS_MONTH, Calendar, Walked, answer_survey, make_settings, open_a_round

PEOPLE = 25


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def open_round(installation: Installation) -> Round:
    return open_a_round(installation)


@contextmanager
def empty_place(installation: Installation, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a place with nothing in it, on the engine of an installation."""
    folder = tmp_path / "elsewhere"
    if installation.database.is_sqlite:
        yield make_settings(f"sqlite:///{folder / 'annan.db'}", folder, DEMO=True)
        return
    with PostgresServer(int(installation.database.url.port or 0)).fresh_database() as url:
        yield make_settings(url, folder, DEMO=True)


def back_up(installation: Installation, into: Path, keep_days: int = 30) -> Taken:
    return take_backup(installation, into, keep_days=keep_days)


def put_back(installation: Installation, settings: Settings, folder: Path, **how: bool) -> Restored:
    """Put a backup back with the keys of the installation it was made of."""
    return restore_backup(
        settings, folder, keys_from=installation.keys.folder, today=installation.today, **how
    )


def refusal(code: str) -> pytest.RaisesExc[SurveyError]:
    return pytest.raises(SurveyError, match=f"^{code}( |$)")


def list_kept(installation: Installation) -> set[bytes]:
    """The receipt hashes of every answer, sealed or mixed."""
    with installation.database.read(newest=True) as connection:
        kept = set(responses.list_receipts(connection))
        for period in installations.list_living_periods(connection):
            key = installation.keys.read_period_key(period)
            sealed = submissions.list_sealed(connection, period)
            kept |= {open_payload(one, key).response_hash for _, one in sealed}
    return kept


def hash_own(receipt: str) -> bytes:
    return hash_receipt(read_receipt(receipt), "response")


def make_older(folder: Path, installation: Installation, days: float) -> Path:
    """Let a backup be of some days ago."""
    said = read_manifest(folder)
    older = replace(said, made=(said.made_at - timedelta(days=days)).isoformat())
    take.write_manifest(folder, older, installation.pepper)
    return folder.rename(folder.with_name(f"{folder.name}-{days}"))


def test_what_was_acknowledged_before_a_backup_began_is_in_it_though_people_answer_meanwhile(
    installation: Installation, open_round: Round, backups: Path, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    stop, first = threading.Event(), threading.Event()

    def keep_answering() -> None:
        while not stop.is_set():
            acknowledged.append(answer_survey(installation, open_round).receipt)
            if len(acknowledged) == PEOPLE:
                mix_period(installation, ITS_MONTH)
                first.set()

    writer = threading.Thread(target=keep_answering)
    writer.start()
    assert first.wait(60)
    before = tuple(acknowledged)
    taken = back_up(installation, backups)
    stop.set()
    writer.join()
    with empty_place(installation, tmp_path) as settings:
        done = put_back(installation, settings, taken.folder)
        found = open_installation(settings, today=installation.today)
        kept = list_kept(found)
        grave = examine(lambda: settings, environment={}, today=installation.today)
        found.database.close()
    assert {hash_own(one) for one in before} <= kept <= {hash_own(one) for one in acknowledged}
    assert done.missing == ()
    assert [one.code for one in grave if one.level is Level.WRONG and one.code != "postgres_unsafe"] == []


def test_nobody_but_its_owner_can_read_a_backup_and_no_key_is_in_it(
    installation: Installation, open_round: Round, backups: Path
) -> None:
    answer_survey(installation, open_round)
    folder = back_up(installation, backups).folder
    files = [folder, *folder.iterdir()]
    assert [stat.S_IMODE(one.stat().st_mode) & 0o077 for one in files] == [0] * 3
    secrets = [one.read_bytes() for one in installation.keys.folder.glob("*.key")]
    written = b"".join(one.read_bytes() for one in folder.iterdir())
    assert secrets
    assert [one for one in secrets if one in written or one.hex().encode() in written] == []


def test_a_manifest_says_what_was_published_and_which_keys_are_needed_and_counts_nothing_else(
    installation: Installation, open_round: Round, backups: Path
) -> None:
    answer_survey(installation, open_round)
    said = back_up(installation, backups).manifest
    assert set(said.published) == {"publication", "published_cell", "published_rate", "published_theme"}
    assert said.keys == ("pepper.key", f"period-{ITS_MONTH}.key", "round-runda.key")
    assert (said.label, said.engine) == ("demonstration", installation.database.url.get_backend_name())


def test_a_backup_that_fails_half_way_leaves_nothing(
    on_sqlite: Installation, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(take, "write_manifest", fail)
    with refusal("database_full"):
        back_up(on_sqlite, backups)
    assert list(backups.iterdir()) == []
    assert find_newest(on_sqlite.settings) is None


@pytest.mark.parametrize(("days", "stays"), [(28.9, True), (29.1, False), (40, False)])
def test_a_backup_goes_before_it_is_older_than_is_promised(
    days: float, stays: bool, on_sqlite: Installation, backups: Path
) -> None:
    old = make_older(back_up(on_sqlite, backups).folder, on_sqlite, days)
    taken = back_up(on_sqlite, backups)
    assert (old.exists(), taken.removed) == (stays, 0 if stays else 1)
    assert taken.folder.exists()


@pytest.mark.parametrize("days", [0, 31])
def test_no_backup_is_asked_to_be_kept_longer_than_is_promised(
    days: int, on_sqlite: Installation, backups: Path
) -> None:
    with refusal("backup_days_long"):
        back_up(on_sqlite, backups, keep_days=days)


def test_what_else_lies_there_is_left_alone(on_sqlite: Installation, backups: Path) -> None:
    other = backups / "invanarrosten-semesterbilder"
    other.mkdir(parents=True)
    (other / "manifest.json").write_text("{}")
    back_up(on_sqlite, backups)
    assert other.exists()


@pytest.mark.parametrize("place", [".", "keys", "keys/inuti"])
def test_a_backup_is_not_laid_where_the_keys_are(place: str, on_sqlite: Installation) -> None:
    where = on_sqlite.settings.keys_dir.parent / place.replace("keys", on_sqlite.settings.keys_dir.name)
    with refusal("backup_near_keys"):
        back_up(on_sqlite, where)


# Putting back


def test_a_restore_writes_over_nothing(installation: Installation, open_round: Round, backups: Path) -> None:
    taken = back_up(installation, backups)
    with refusal("restore_not_empty"):
        restore_backup(installation.settings, taken.folder)
    assert answer_survey(installation, open_round).receipt


def test_without_the_keys_nothing_is_put_back(on_sqlite: Installation, backups: Path, tmp_path: Path) -> None:
    taken = back_up(on_sqlite, backups)
    with empty_place(on_sqlite, tmp_path) as settings, refusal("restore_keys_missing"):
        restore_backup(settings, taken.folder)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("cut", "backup_damaged"),
        ("flip", "backup_damaged"),
        ("say", "backup_foreign"),
        ("lose", "backup_unknown"),
    ],
)
def test_a_backup_that_is_not_what_was_written_is_refused(
    spoil: str, code: str, installation: Installation, backups: Path, tmp_path: Path
) -> None:
    folder = back_up(installation, backups).folder
    file, manifest = folder / read_manifest(folder).file, folder / "manifest.json"
    if spoil == "cut":
        os.truncate(file, file.stat().st_size - 1)
    elif spoil == "flip":
        whole = bytearray(file.read_bytes())
        whole[len(whole) // 2] ^= 1
        file.write_bytes(whole)
    elif spoil == "say":
        manifest.write_text(
            json.dumps({**json.loads(manifest.read_text()), "made": datetime.now(UTC).isoformat()})
        )
    else:
        manifest.unlink()
    with empty_place(installation, tmp_path) as settings:
        with refusal(code):
            put_back(installation, settings, folder)
        assert not settings.restore_mark.exists()


def test_after_a_restore_that_was_cut_off_the_service_does_not_start_and_the_restore_begins_anew(
    installation: Installation, backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = back_up(installation, backups)
    with empty_place(installation, tmp_path) as settings:
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            patch.setattr("survey.backup.restore.finish", lambda *_: 1 / 0)
            put_back(installation, settings, taken.folder)
        with refusal("restore_unfinished"):
            open_installation(settings)
        put_back(installation, settings, taken.folder)
        open_installation(settings, today=installation.today).database.close()


# What was erased


@pytest.mark.parametrize("mixed", [False, True], ids=["sealed", "mixed"])
def test_what_was_taken_back_after_a_backup_does_not_come_back_with_it(
    mixed: bool, installation: Installation, open_round: Round, backups: Path, tmp_path: Path
) -> None:
    walked = [answer_survey(installation, open_round, comment=f"Hälsning {n}") for n in range(20)]
    if mixed:
        assert mix_period(installation, ITS_MONTH).mixed == 20
    taken = back_up(installation, backups)
    left: Walked = walked[7]
    erase_answers(installation, left.receipt)
    with empty_place(installation, tmp_path) as settings:
        done = put_back(installation, settings, taken.folder)
        found = open_installation(settings, today=installation.today)
        kept = list_kept(found)
        if mixed:
            with refusal("receipt_unknown"):
                erase_answers(found, left.receipt)
        found.database.close()
    assert (done.replayed.answers, done.replayed.comments) == (1, 2 if mixed else 0)
    assert kept == {hash_own(one.receipt) for one in walked if one is not left}


def test_that_the_log_had_come_further_than_the_backup_raises_no_alarm_when_it_is_put_back(
    installation: Installation, backups: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    taken = back_up(installation, backups)
    with installation.database.write() as connection:
        audits.add_event(connection, "signed in", "somebody", by="somebody")
    seal_events(installation)
    newest = read_note(installation)
    assert newest is not None
    with empty_place(installation, tmp_path) as place:
        keep_note(replace(installation, keys=KeyRing(place.keys_dir, None)), newest)
        put_back(installation, place, taken.folder)
    assert [one.message for one in caplog.records if one.name == "survey.audit.chain"] == []


def test_a_month_that_was_closed_after_a_backup_is_closed_when_it_is_put_back(
    installation: Installation, open_round: Round, calendar: Calendar, backups: Path, tmp_path: Path
) -> None:
    for _ in range(6):
        answer_survey(installation, open_round)
    taken = back_up(installation, backups)
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
    with empty_place(installation, tmp_path) as settings:
        done = put_back(installation, settings, taken.folder)
        found = open_installation(settings, today=installation.today)
        assert answer_survey(found, open_round).receipt
        found.database.close()
    assert done.replayed.unreadable == 6
    assert done.missing == (f"period-{ITS_MONTH}.key",)


def test_a_backup_from_before_the_list_begins_is_put_back_only_by_somebody_who_says_so(
    on_sqlite: Installation, backups: Path, tmp_path: Path
) -> None:
    folder = make_older(back_up(on_sqlite, backups).folder, on_sqlite, 3)
    with empty_place(on_sqlite, tmp_path) as settings:
        with refusal("erasures_gap"):
            put_back(on_sqlite, settings, folder)
        put_back(on_sqlite, settings, folder, accept_gap=True)


def test_a_backup_that_is_older_than_may_be_kept_is_put_back_only_by_somebody_who_says_so(
    on_sqlite: Installation, backups: Path, tmp_path: Path
) -> None:
    folder = make_older(back_up(on_sqlite, backups).folder, on_sqlite, 31)
    with empty_place(on_sqlite, tmp_path) as settings, refusal("backup_too_old"):
        put_back(on_sqlite, settings, folder)
