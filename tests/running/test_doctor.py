"""Does the doctor find what is wrong, say how it is mended, and change nothing?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from survey.audit.chain import seal_events
from survey.backup.newest import Newest, find_note, note_newest
from survey.backup.take import take_backup
from survey.doctor import around
from survey.doctor.examine import examine
from survey.doctor.finding import Finding, Level, care, find_status, tell_finding, wrong
from survey.doctor.patient import Patient
from survey.installation import Installation
from survey.language import speak
from survey.store.schema import migrate_down
from tests.running.examined import OF_THE_MACHINE, PASSWORD, find, list_wrong
from tests.running.test_backup import make_older
from tests.walks import Calendar, answer_survey, make_settings, open_a_round


def test_an_installation_that_is_well_has_only_what_people_must_decide(real: Installation) -> None:
    answer_survey(real, open_a_round(real))
    assert set(find(real.settings)) - OF_THE_MACHINE == {
        *("address_missing", "backup_none", "margins_missing", "retention_undecided"),
    }


def test_a_database_on_each_engine_is_found_well(installation: Installation) -> None:
    assert list_wrong(installation.settings) == set()


def test_looking_changes_nothing(real: Installation, tmp_path: Path) -> None:
    def read() -> dict[str, bytes]:
        files = (one for one in tmp_path.rglob("*") if one.is_file())
        return {
            str(one): one.read_bytes() for one in files if not one.name.endswith(("-shm", "-wal", ".lock"))
        }

    real.database.close()
    before = read()
    find(real.settings)
    assert read() == before


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path) -> None:
    settings = make_settings(f"sqlite:///{tmp_path / 'var' / 'ny.db'}", tmp_path / "var")
    assert "database_missing" in list_wrong(settings)
    assert not (tmp_path / "var" / "ny.db").exists()


# One thing that breaks, and what is found then


def lose_pepper(found: Installation) -> None:
    for place in (found.keys.folder, found.keys.copies):
        if place is not None:
            (place / found.keys.pepper_file.name).unlink(missing_ok=True)


def change_pepper(found: Installation) -> None:
    found.keys.pepper_file.write_bytes(bytes(32))


def open_pepper(found: Installation) -> None:
    found.keys.pepper_file.chmod(0o644)


def lose_period(found: Installation) -> None:
    found.keys.find_period_file("2026-09").unlink()


def lose_copy(found: Installation) -> None:
    copies = found.keys.copies
    assert copies is not None
    (copies / "pepper.key").unlink()


def lose_second_place(found: Installation) -> None:
    assert found.keys.copies is not None
    shutil.rmtree(found.keys.copies)


def lose_list(found: Installation) -> None:
    found.erasures.find_file().unlink()


def go_back(found: Installation) -> None:
    migrate_down(found.database, "0015")


def change_log(found: Installation) -> None:
    with found.database.write() as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody'"))


def damage(found: Installation) -> None:
    found.database.close()
    path = Path(str(found.database.url.database))
    whole = bytearray(path.read_bytes())
    whole[-3 * 4096 :] = os.urandom(3 * 4096)
    path.write_bytes(whole)


def cut_restore_off(found: Installation) -> None:
    found.settings.restore_mark.touch()


def keep_backup_long(found: Installation) -> None:
    folder = found.settings.var_dir.parent / "kopior"
    take_backup(found, folder, keep_days=30)
    make_older(next(folder.iterdir()), found, 31)
    note_newest(found.settings, Newest(datetime.now(UTC), next(folder.iterdir())))


@pytest.mark.parametrize(
    ("breaks", "code"),
    [
        (lose_pepper, "key_missing"),
        (change_pepper, "key_differs"),
        (open_pepper, "key_readable"),
        (lose_period, "key_missing"),
        (lose_copy, "key_missing"),
        (lose_second_place, "keys_second_place_gone"),
        (lose_list, "erasures_missing"),
        (go_back, "schema_differs"),
        (change_log, "log_broken"),
        (damage, "sqlite_damaged"),
        (cut_restore_off, "restore_unfinished"),
        (keep_backup_long, "backup_kept"),
    ],
)
def test_what_breaks_is_found(breaks: Callable[[Installation], None], code: str, real: Installation) -> None:
    answer_survey(real, open_a_round(real))
    seal_events(real)
    assert code not in list_wrong(real.settings)
    breaks(real)
    assert code in list_wrong(real.settings)


@pytest.mark.parametrize(
    ("hours", "level"), [(25, None), (27, Level.CARE), (24 * 7 - 1, Level.CARE), (24 * 7 + 1, Level.WRONG)]
)
def test_a_backup_gets_old(hours: int, level: Level | None, real: Installation, tmp_path: Path) -> None:
    taken = take_backup(real, tmp_path / "kopior", keep_days=30)
    note_newest(real.settings, Newest(datetime.now(UTC) - timedelta(hours=hours), taken.folder))
    found = find(real.settings).get("backup_old")
    assert (found.level if found else None) == level


def test_a_month_that_is_over_and_not_published_is_found(real: Installation) -> None:
    answer_survey(real, open_a_round(real))
    late = examine(lambda: real.settings, environment={}, today=lambda: Calendar().day + timedelta(days=40))
    assert "months_not_closed" in {one.code for one in late}


# How it is told


@pytest.mark.parametrize(
    ("found", "status"),
    [([], 0), ([care("backup_none")], 1), ([wrong("disk_full")], 2), ([care("a"), wrong("b"), care("c")], 2)],
)
def test_the_exit_status_is_that_of_the_gravest(found: list[Finding], status: int) -> None:
    assert find_status(found) == status


def test_a_check_that_fails_is_a_finding_and_stops_no_other(
    real: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_patient: Patient) -> Iterator[Finding]:
        raise ZeroDivisionError(PASSWORD)

    monkeypatch.setattr("survey.doctor.examine.CHECKS", (fail, around.check_address))
    found = examine(lambda: real.settings, environment={})
    assert [one.code for one in found] == ["check_failed", "address_missing"]
    assert PASSWORD not in tell_finding(found[0], speak("sv")).what


def test_the_note_of_a_backup_that_cannot_be_read_is_none(real: Installation) -> None:
    find_note(real.settings).write_text("{")
    assert "backup_none" in find(real.settings)
