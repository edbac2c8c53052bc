"""Does the doctor find what is wrong, say how it is mended, and change nothing?"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy import text

from survey.audit.chain import seal_events
from survey.backup.newest import Newest, find_note, note_newest
from survey.backup.take import take_backup
from survey.doctor import around, kept, outside
from survey.doctor.examine import examine
from survey.doctor.finding import Finding, Level, care, find_status, tell_finding, wrong
from survey.doctor.patient import Patient
from survey.installation import Installation, open_installation
from survey.language import speak
from survey.settings import Settings, load_settings
from survey.store.examined import PostgresState, find_file_system, holds_locks
from survey.store.schema import migrate_down
from tests.postgres_server import PostgresServer, find_free_port
from tests.running.test_backup import make_older
from tests.walks import Calendar, answer_survey, make_settings, open_a_round, opened

PASSWORD = "hemligt-losenord"
GOOD = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8"}
SOUND = PostgresState(GOOD, is_replica=False, may_create=True, ahead=0.0, is_pooled=False)
# What is so wherever these tests run, and no fault of the installation.
OF_THE_MACHINE = {"runs_as_root", "not_running", "packages_differ", "postgres_unsafe", "package_missing"}


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Installation]:
    """A real installation with everything as it should be, but what nobody has decided."""
    copies = tmp_path / "copies"
    copies.mkdir()
    changes = {"KEYS_COPY_DIR": copies, "PORT": find_free_port()}
    with opened(f"sqlite:///{tmp_path / 'var' / 'a.db'}", tmp_path / "var", Calendar(), **changes) as found:
        yield found


def find(settings: Settings, environment: Mapping[str, str] | None = None) -> dict[str, Finding]:
    """What is found, by the code that is told."""
    found = examine(lambda: settings, environment=environment or {}, today=Calendar())
    words = speak("sv")
    return {tell_finding(one, words).code: one for one in found}


def list_wrong(settings: Settings) -> set[str]:
    return {code for code, one in find(settings).items() if one.level is Level.WRONG} - OF_THE_MACHINE


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


# Settings


def test_everything_that_is_wrong_with_the_settings_is_told_and_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {
        "PORT": "hundra",
        "METRICS_TOKEN": "kort",
        "SMTP_HOST": "mejl",
        "DRAIN_SECONDS": "-1",
    }.items():
        monkeypatch.setenv(name, value)

    load_settings.cache_clear()
    (found,) = examine(load_settings, environment={})
    told = tell_finding(found, speak("sv"))
    assert found.level is Level.WRONG
    for name in ("PORT", "DRAIN_SECONDS"):
        assert name in told.what
    assert "kort" not in told.what.replace("kortare", "")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PUBLIC_ADRESS", "PUBLIC_ADDRESS"),
        ("SMTP_PASWORD", "SMTP_PASSWORD"),
        ("KEYS_COPY_DIRS", "KEYS_COPY_DIR"),
    ],
)
def test_a_slip_in_a_variables_name_is_told_and_its_value_is_not(name: str, meant: str) -> None:
    (found,) = around.check_variables({name: PASSWORD, "PATH": "/bin", "HOME": "/", "HOSTNAME": "a"})
    assert found.facts == {"name": name, "meant": meant}


@pytest.mark.parametrize(
    ("address", "found"),
    [("", {"address_missing"}), ("http://svara.example.se", {"address_insecure", "unwatched"}),
     ("https://svara.example.se", {"unwatched"})],
)  # fmt: skip
def test_the_public_address_is_encrypted(address: str, found: set[str], real: Installation) -> None:
    settings = real.settings.model_copy(update={"public_address": address})
    assert {one.code for one in around.check_address(Patient(settings))} == found


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


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_database_on_a_network_disk_is_found(
    kind: str, real: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "find_file_system", lambda _: kind)
    assert "sqlite_on_network" in list_wrong(real.settings)


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


# What it stands between


class Proxy(BaseHTTPRequestHandler):
    """Stands for a proxy that answers as a test says."""

    answers: Mapping[str, tuple[int, Mapping[str, str]]] = {}

    def do_GET(self) -> None:
        status, headers = self.answers.get(self.path, (404, {}))
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def proxy(answers: Mapping[str, tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Proxy,), {"answers": answers}))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


HEADERS = {"Content-Security-Policy": "default-src 'self'"}
PASSES = {"/healthz": (200, HEADERS), "/_stcore/stream": (101, {})}


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (PASSES, []),
        ({**PASSES, "/healthz": (200, {})}, ["policy_lost"]),
        ({**PASSES, "/_stcore/stream": (403, {})}, ["socket_refused"]),
        ({**PASSES, "/metrics": (200, {})}, ["figures_open"]),
        ({"/healthz": (502, {})}, ["address_elsewhere"]),
    ],
)
def test_what_a_proxy_does_wrong_is_found(
    answers: Mapping[str, tuple[int, Mapping[str, str]]], codes: list[str], real: Installation
) -> None:
    with proxy(answers) as address:
        settings = real.settings.model_copy(update={"public_address": address})
        assert [one.code for one in outside.check_proxy(Patient(settings))] == codes


def test_a_port_that_somebody_else_has_is_found(real: Installation) -> None:
    with proxy({"/healthz": (200, {})}) as address:
        settings = real.settings.model_copy(update={"port": int(address.rsplit(":", 1)[1])})
        assert [one.code for one in outside.check_port(Patient(settings))] == ["port_taken"]


def test_a_mail_server_that_is_silent_is_found(real: Installation) -> None:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": find_free_port(), "mail_from": "a@b.se"}
    (found,) = outside.check_mail(Patient(real.settings.model_copy(update=mail)))
    assert found.error is not None and found.error.code == "mail_unreachable"


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
