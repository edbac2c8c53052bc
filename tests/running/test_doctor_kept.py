"""Does the doctor find a database or a disk that may lose what it is given to keep?"""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from survey.doctor import kept
from survey.doctor.finding import tell_finding
from survey.installation import Installation, open_installation
from survey.language import speak
from survey.store.examined import PostgresState, find_file_system, holds_locks
from tests.postgres_server import PostgresServer, find_free_port
from tests.running.examined import PASSWORD, find, list_wrong
from tests.walks import make_settings

GOOD = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8"}
SOUND = PostgresState(GOOD, is_replica=False, may_create=True, ahead=0.0, is_pooled=False)


# PostgreSQL


def change(**settings: str) -> PostgresState:
    return replace(SOUND, settings={**GOOD, **settings})


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (SOUND, []),
        (change(synchronous_commit="off"), ["commit_not_synchronous"]),
        (change(synchronous_commit="remote_apply"), []),
        (change(fsync="off"), ["postgres_unsafe"]),
        (change(full_page_writes="off"), ["postgres_unsafe"]),
        (change(server_encoding="SQL_ASCII"), ["encoding"]),
        (replace(SOUND, is_replica=True), ["writes_to_replica"]),
        (replace(SOUND, may_create=False), ["may_not_create"]),
        (replace(SOUND, ahead=5.0), []),
        (replace(SOUND, ahead=-5.1), ["clocks_differ"]),
        (replace(SOUND, is_pooled=True), ["pooled"]),
    ],
)
def test_a_server_that_may_lose_answers_is_found(state: PostgresState, codes: list[str]) -> None:
    assert [one.code for one in kept.judge_postgres(state)] == codes


def test_a_server_says_of_itself_that_it_does_not_wait_for_the_disk(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.fresh_database() as url:
        settings = make_settings(url, tmp_path / "var")
        open_installation(settings).database.close()
        name = url.rsplit("/", 1)[1]
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off'.encode())
        assert "commit_not_synchronous" in list_wrong(settings)


def test_a_reader_of_another_installation_is_found(real: Installation, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'annan.db'}"
    open_installation(make_settings(other, tmp_path / "annan")).database.close()
    settings = real.settings.model_copy(update={"reader_url": other})
    assert "reader_elsewhere" in list_wrong(settings)


def test_no_password_of_an_address_is_told(tmp_path: Path) -> None:
    url = f"postgresql://svara:{PASSWORD}@127.0.0.1:{find_free_port()}/svara"
    found = find(make_settings(url, tmp_path / "var"))
    assert "database_unreachable" in found
    assert PASSWORD not in repr([tell_finding(one, speak("en")) for one in found.values()])


# Files and disks


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("nfs4", "sqlite_on_network"),
        ("cifs", "sqlite_on_network"),
        ("fuse.sshfs", "sqlite_on_network"),
        ("tmpfs", "sqlite_in_memory"),
        ("ramfs", "sqlite_in_memory"),
    ],
)
def test_a_database_on_a_network_disk_or_in_memory_is_found(
    kind: str, fault: str, real: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "find_file_system", lambda _: kind)
    assert fault in list_wrong(real.settings)


def test_the_nearest_mount_says_which_file_system_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n/dev/b {tmp_path}x xfs rw 0 0\n"
    )
    monkeypatch.setattr("survey.store.examined.MOUNTS", mounts)
    assert find_file_system(tmp_path / "var") == "nfs4"


def test_locks_hold_on_this_disk(tmp_path: Path) -> None:
    assert holds_locks(tmp_path)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "var_unwritable"),
        (errno.EACCES, "var_unwritable"),
        (errno.EIO, "check_failed"),
    ],
)
def test_a_disk_that_takes_nothing_is_no_fault_of_the_program_and_one_that_fails_is_told(
    number: int, told: str, real: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> float:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(kept, "measure_disk", fail)
    assert list_wrong(real.settings) == {told}
