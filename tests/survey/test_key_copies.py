"""Are keys kept in a second place, destroyed there too, and would they do when the first is lost?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from survey.answering.ended_keys import sweep_ended_keys
from survey.answering.keys import KeyRing
from survey.answering.rehearse import Tried, rehearse_keys
from survey.commands import app
from survey.errors import SurveyError
from survey.installation import Installation, ensure_period_key, open_installation
from survey.publication.close import close_month
from survey.settings import Settings
from tests.walks import SURVEYS, Calendar, answer_survey, make_settings, open_a_round, opened

NAMES = ["pepper.key", "period-2026-09.key", "round-runda.key"]


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


@pytest.fixture
def installation(database_url: str, tmp_path: Path, copies: Path) -> Iterator[Installation]:
    """An installation with a second place for its keys and an answer that waits."""
    with opened(database_url, tmp_path / "var", KEYS_COPY_DIR=copies) as found:
        answer_survey(found, open_a_round(found))
        yield found


def list_names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.glob("*.key"))


def find_wrong(tried: tuple[Tried, ...]) -> dict[str, str]:
    return {one.file.name: one.wrong.code for one in tried if one.wrong}


def test_every_key_lies_in_both_places_for_its_owner_alone(installation: Installation) -> None:
    keys = installation.keys
    assert keys.copies is not None
    assert list_names(keys.folder) == list_names(keys.copies) == NAMES
    for name in NAMES:
        assert (keys.folder / name).read_bytes() == (keys.copies / name).read_bytes()
        assert oct((keys.copies / name).stat().st_mode)[-3:] == "600"


def test_a_key_that_is_destroyed_is_gone_from_both(installation: Installation) -> None:
    installation.keys.destroy_period_key("2026-09")
    installation.keys.destroy_round_key("runda")
    assert installation.keys.copies is not None
    assert list_names(installation.keys.folder) == list_names(installation.keys.copies) == ["pepper.key"]


def test_nothing_is_destroyed_while_the_second_place_cannot_be_reached(installation: Installation) -> None:
    keys = installation.keys
    assert keys.copies is not None
    away = keys.copies.rename(keys.copies.parent / "unmounted")
    with pytest.raises(SurveyError) as wrong:
        keys.destroy_period_key("2026-09")
    assert wrong.value.code == "key_undestroyed"
    assert "period-2026-09.key" in list_names(keys.folder)
    away.rename(keys.copies)
    keys.destroy_period_key("2026-09")
    assert "period-2026-09.key" not in list_names(keys.copies)


def test_a_second_place_that_is_named_later_is_filled_at_the_start(tmp_path: Path, copies: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with opened(url, tmp_path / "var") as before:
        answer_survey(before, open_a_round(before))
    with opened(url, tmp_path / "var", KEYS_COPY_DIR=copies) as after:
        assert after.keys.copies is not None
        assert list_names(after.keys.copies) == NAMES


def test_another_key_of_the_same_name_is_never_written_over(tmp_path: Path, copies: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with opened(url, tmp_path / "var", KEYS_COPY_DIR=copies):
        pass
    other = copies / "keys" / "pepper.key"
    other.write_bytes(b"x" * 32)
    with pytest.raises(SurveyError) as wrong:
        open_installation(make_settings(url, tmp_path / "var", KEYS_COPY_DIR=copies), today=Calendar())
    assert (wrong.value.code, other.read_bytes()) == ("key_copy_differs", b"x" * 32)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o606, 0o644, 0o601])
def test_a_key_that_others_can_read_is_refused_with_what_to_do(
    tmp_path: Path, copies: Path, mode: int
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with opened(url, tmp_path / "var") as found:
        path = found.keys.pepper_file
    path.chmod(mode)
    with pytest.raises(SurveyError) as wrong:
        open_installation(make_settings(url, tmp_path / "var"), today=Calendar())
    assert wrong.value.code == "key_readable"
    path.chmod(0o400)
    with opened(url, tmp_path / "var") as found:
        assert found.pepper


def test_the_second_place_may_not_lie_within_the_first(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="setting_keys_copy"):
        Settings(VAR_DIR=tmp_path, KEYS_COPY_DIR=tmp_path / "keys-too", SURVEYS_DIR=SURVEYS)


def test_copies_that_would_do_are_told_to_do(installation: Installation) -> None:
    tried = rehearse_keys(installation)
    assert [one.file.name for one in tried] == NAMES
    assert find_wrong(tried) == {}


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda path: path.unlink(), "key_missing"),
        (lambda path: path.write_bytes(b"x" * 32), "key_differs"),
        (lambda path: path.write_bytes(b"x" * 31), "key_unreadable"),
        (lambda path: path.chmod(0o644), "key_readable"),
    ],
    ids=["gone", "another", "too short", "readable"],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_that_would_not_do_is_told(
    installation: Installation,
    name: str,
    harm,
    told: str,  # type: ignore[no-untyped-def]
) -> None:
    assert installation.keys.copies is not None
    harm(installation.keys.copies / name)
    assert find_wrong(rehearse_keys(installation)) == {name: told}


def test_a_first_place_that_was_lost_fills_itself_from_the_second(installation: Installation) -> None:
    keys = installation.keys
    public = ensure_period_key(installation, "2026-09")
    shutil.rmtree(keys.folder)
    assert ensure_period_key(installation, "2026-09") == public
    assert keys.read_round_key("runda") and keys.read_pepper() == installation.pepper
    assert list_names(keys.folder) == NAMES
    assert oct((keys.folder / "pepper.key").stat().st_mode)[-3:] == "600"
    assert find_wrong(rehearse_keys(installation, keys.folder)) == {}


def test_a_key_that_is_in_neither_place_is_missing(installation: Installation) -> None:
    keys = installation.keys
    assert keys.copies is not None
    for folder in (keys.folder, keys.copies):
        (folder / "period-2026-09.key").unlink()
    with pytest.raises(SurveyError) as wrong:
        ensure_period_key(installation, "2026-09")
    assert wrong.value.code == "key_missing"


def test_a_copy_that_others_can_read_is_not_brought_here(installation: Installation) -> None:
    keys = installation.keys
    assert keys.copies is not None
    keys.find_round_file("runda").unlink()
    (keys.copies / "round-runda.key").chmod(0o644)
    with pytest.raises(SurveyError) as wrong:
        keys.read_round_key("runda")
    assert wrong.value.code == "key_readable"


def test_machines_that_share_the_second_place_make_one_key_between_them(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    rings = [KeyRing(tmp_path / f"machine{n}", shared) for n in range(8)]
    with ThreadPoolExecutor(len(rings)) as machines:
        made = set(machines.map(lambda ring: ring.create_period_key("2026-10"), rings))
    assert len(made) == 1
    assert {bytes(ring.read_period_key("2026-10").public_key) for ring in rings} == made


def test_what_one_machine_ended_is_swept_from_the_others_and_never_copied_back(
    tmp_path: Path, copies: Path, calendar: Calendar
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with opened(url, tmp_path / "one", calendar, KEYS_COPY_DIR=copies) as one:
        answer_survey(one, open_a_round(one))
        with opened(url, tmp_path / "two", calendar, KEYS_COPY_DIR=copies) as two:
            assert ensure_period_key(two, "2026-09") == ensure_period_key(one, "2026-09")
        for day in ((2026, 9, 30), (2026, 10, 1)):
            calendar.turn_to(*day)
        close_month(one, "2026-09")
        gone = "period-2026-09.key"
        with opened(url, tmp_path / "two", calendar, KEYS_COPY_DIR=copies) as two:
            assert two.keys.copies is not None
            assert gone in list_names(two.keys.folder)
            assert gone not in list_names(two.keys.copies)
            sweep_ended_keys(two)
            assert gone not in list_names(two.keys.folder)


def test_nothing_is_asked_of_a_second_place_that_is_away_when_there_is_nothing_to_sweep(
    installation: Installation,
) -> None:
    assert installation.keys.copies is not None
    installation.keys.copies.rename(installation.keys.copies.parent / "unmounted")
    sweep_ended_keys(installation)


def test_without_a_second_place_that_is_said(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'x.db'}", tmp_path / "var") as found:
        assert found.keys == KeyRing(found.settings.keys_dir)
        with pytest.raises(SurveyError) as wrong:
            rehearse_keys(found)
    assert wrong.value.code == "keys_no_copies"


def test_the_command_ends_with_1_when_a_copy_would_not_do(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from survey.settings import load_settings

    for name, value in {"VAR_DIR": tmp_path / "var", "KEYS_COPY_DIR": copies, "DATABASE_URL": ""}.items():
        monkeypatch.setenv(name, str(value))
    load_settings.cache_clear()
    try:
        good = CliRunner().invoke(app, ["rehearse-keys"])
        (copies / "keys" / "pepper.key").unlink()
        (copies / "keys" / "pepper.key").write_bytes(b"y" * 32)
        (copies / "keys" / "pepper.key").chmod(0o600)
        other = tmp_path / "restored"
        shutil.copytree(copies / "keys", other)
        (copies / "keys" / "pepper.key").unlink()
        bad = CliRunner().invoke(app, ["rehearse-keys", "--folder", str(other)])
    finally:
        load_settings.cache_clear()
    assert (good.exit_code, bad.exit_code) == (0, 1), (good.output, bad.output)
