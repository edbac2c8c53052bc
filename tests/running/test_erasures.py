"""Does the list of what was erased tell nobody anything, and forget in time?"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.answering.keys import KeyRing
from survey.backup.erasures import AgedOut, ErasureList, Erasures, Kind, keep_list, make_mark, read_list
from survey.errors import SurveyError

PEPPER = bytes(range(32))
TODAY = datetime.now(UTC).date()


@pytest.fixture
def erased(tmp_path: Path) -> ErasureList:
    """A list that has begun, with a second place."""
    copies = tmp_path / "copies"
    copies.mkdir()
    found = ErasureList(KeyRing(tmp_path / "keys", copies), PEPPER, keep_days=30)
    found.begin()
    return found


def read(erased: ErasureList) -> Erasures:
    known = erased.read()
    assert known is not None
    return known


def test_an_answer_is_on_the_list_as_two_keyed_hashes_whether_it_had_comments_or_not(
    erased: ErasureList,
) -> None:
    erased.note((Kind.RESPONSE, b"svar"), (Kind.COMMENT, b"kommentar"))
    marks = read(erased).marks[TODAY]
    assert marks == {
        make_mark(PEPPER, Kind.RESPONSE, b"svar"),
        make_mark(PEPPER, Kind.COMMENT, b"kommentar"),
    }


def test_the_file_says_no_order_and_no_time_but_the_day(erased: ErasureList) -> None:
    for number in range(20):
        erased.note((Kind.RESPONSE, bytes([number])))
    file = erased.find_file()
    (marks,) = json.loads(file.read_text())["marks"].values()
    assert marks == sorted(marks)
    midnight = datetime.combine(datetime.now(UTC).date(), time.min, UTC)
    assert datetime.fromtimestamp(file.stat().st_mtime, UTC) == midnight
    assert file.stat().st_mode & 0o077 == 0


def test_who_has_not_the_key_finds_nobody_on_the_list() -> None:
    assert make_mark(PEPPER, Kind.RESPONSE, b"svar") != make_mark(bytes(32), Kind.RESPONSE, b"svar")
    assert make_mark(PEPPER, Kind.RESPONSE, b"svar") != make_mark(PEPPER, Kind.COMMENT, b"svar")


@pytest.mark.parametrize(("days", "stays"), [(0, True), (30, True), (31, False)])
def test_what_no_backup_can_hold_any_more_is_taken_off(days: int, stays: bool, erased: ErasureList) -> None:
    day = TODAY - timedelta(days=days)
    keep_list(erased.find_file(), replace(read(erased), marks={day: frozenset({"aa"})}))
    erased.tend()
    assert (day in read(erased).marks) is stays


def test_a_list_that_has_forgotten_says_that_it_begins_later(erased: ErasureList) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert erased.keys.copies is not None
    for place in (erased.find_file(), erased.keys.copies / "erased.json"):
        keep_list(place, replace(read(erased), since=long_ago))
    erased.tend()
    assert read(erased).since.date() == TODAY - timedelta(days=30)


def test_the_list_is_in_the_second_place_too_and_comes_there_when_that_can_be_reached(
    erased: ErasureList,
) -> None:
    copies = erased.keys.copies
    assert copies is not None
    away = copies.rename(copies.with_name("away"))
    erased.note((Kind.ADDRESS, b"adress"))
    assert not copies.exists()
    away.rename(copies)
    erased.tend()
    assert read_list(copies / "erased.json") == read_list(erased.find_file())


def test_machines_that_share_the_second_place_know_what_each_other_erased(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    one, two = (
        ErasureList(KeyRing(tmp_path / name, tmp_path / "shared"), PEPPER, keep_days=30)
        for name in ("one", "two")
    )
    one.begin()
    one.note((Kind.RESPONSE, b"ett"))
    one.note_aged_out(AgedOut("comments", date(2026, 1, 1), "A"))
    two.begin()
    two.note((Kind.RESPONSE, b"tva"))
    two.note_aged_out(AgedOut("comments", date(2026, 2, 1), "B"))
    two.note_destroyed("2026-08")
    one.tend()
    assert read(one) == read(two)
    assert read(one).marks[TODAY] == {make_mark(PEPPER, Kind.RESPONSE, one) for one in (b"ett", b"tva")}
    assert read(one).aged_out == (AgedOut("comments", date(2026, 2, 1), "B"),)
    assert read(one).periods == ("2026-08",)


def test_nothing_is_erased_when_it_cannot_be_put_on_the_list(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(SurveyError, match="key_unwritable"):
        ErasureList(KeyRing(tmp_path / "keys"), PEPPER, keep_days=30).note((Kind.RESPONSE, b"svar"))


def test_a_list_that_cannot_be_read_is_told_and_not_begun_anew(erased: ErasureList) -> None:
    erased.find_file().write_text("{")
    for deed in (erased.read, erased.tend, lambda: erased.note((Kind.RESPONSE, b"svar"))):
        with pytest.raises(SurveyError, match="key_unreadable"):
            deed()
    os.truncate(erased.find_file(), 0)
    with pytest.raises(SurveyError, match="key_unreadable"):
        erased.read()


def test_of_each_kind_that_came_of_age_the_newest_run_is_kept(erased: ErasureList) -> None:
    for day in (date(2026, 1, 1), date(2026, 2, 1)):
        erased.note_aged_out(AgedOut("comments", day, "dnr 1"))
    erased.note_aged_out(AgedOut("responses", date(2026, 1, 1), "dnr 2"))
    assert read(erased).aged_out == (
        AgedOut("comments", date(2026, 2, 1), "dnr 1"),
        AgedOut("responses", date(2026, 1, 1), "dnr 2"),
    )


@given(days=st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 1, 9)), st.frozensets(st.text(min_size=1))))
def test_the_marks_since_a_day_are_those_of_that_day_and_after(days: dict[date, frozenset[str]]) -> None:
    now = datetime(2026, 1, 9, tzinfo=UTC)
    known = Erasures(now, now, days)
    assert known.list_marks(date(2026, 1, 5)) == {
        mark for day, marks in days.items() if day >= date(2026, 1, 5) for mark in marks
    }
