"""Is the log found by what is looked for, by those who may, and is taking it out written in it?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.audit.find import (
    ON_A_PAGE,
    check_log,
    export_events,
    find_events,
    list_known_actions,
    read_search,
)
from survey.audit.reading import READ, note_reading
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store import audits
from survey.store.audits import Search
from tests.walks import Calendar

OFFICER, MEMBER = Person(Role.DATA_PROTECTION_OFFICER, "d1"), Person(Role.PANEL_MEMBER, "m1")


def do(installation: Installation, action: str, subject: str, by: str = "manager a1") -> None:
    with installation.database.write() as connection:
        audits.add_event(connection, action, subject, by=by)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(action="proposal accepted"), ["p1", "p2"]),
        (Search(actor="manager a1"), ["p1", "m1"]),
        (Search(actor="manager"), ["p1", "p2", "m1"]),
        (Search(subject="p"), ["p1", "p2"]),
        (Search(subject="%"), []),
        (Search(actor="_anager"), []),
        (Search(action="proposal accepted", actor="manager a2"), ["p2"]),
        (Search(since=date(2100, 1, 1)), []),
        (Search(until=date(2000, 1, 1)), []),
    ],
)
def test_events_are_found_by_what_is_looked_for(
    installation: Installation, search: Search, found: list[str]
) -> None:
    do(installation, "proposal accepted", "p1")
    do(installation, "proposal accepted", "p2", by="manager a2")
    do(installation, "mission asked for", "m1")
    events = find_events(installation, search, page=1, viewer=OFFICER).events
    assert sorted(one.subject for one in events if one.actor != "system") == sorted(found)


def test_pages_follow_each_other_and_one_too_far_is_the_last(installation: Installation) -> None:
    for number in range(ON_A_PAGE + 3):
        do(installation, "counted", f"{number:03}")
    search = Search(action="counted")
    first, second = (find_events(installation, search, page=page, viewer=OFFICER) for page in (1, 99))
    assert (first.number, first.pages, len(first.events)) == (ON_A_PAGE + 3, 2, ON_A_PAGE)
    assert (second.page, [one.subject for one in second.events]) == (2, ["002", "001", "000"])


@pytest.mark.parametrize("page", [0, -5])
def test_a_page_before_the_first_is_the_first(on_sqlite: Installation, page: int) -> None:
    assert find_events(on_sqlite, Search(), page=page, viewer=OFFICER).page == 1


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({}, []),
        ({"action": "counted"}, []),
        ({"action": "nothing such"}, ["audit_action_unknown"]),
        ({"since": "2026-11-01", "until": "2026-11-01"}, []),
        ({"since": "2026-11-02", "until": "2026-11-01"}, ["audit_days_crossed"]),
        ({"since": "i går"}, ["audit_day_wrong"]),
        ({"since": "2026-02-30", "until": "x"}, ["audit_day_wrong", "audit_day_wrong"]),
        ({"actor": "a" * 80}, []),
        ({"actor": "a" * 81}, ["audit_long"]),
    ],
)
def test_what_is_wrong_in_an_address_is_told_and_left_out(asked: dict[str, str], wrong: list[str]) -> None:
    search, found = read_search(asked, ["counted"])
    assert [one.code for one in found] == wrong
    assert len(search.actor) <= 80
    if wrong:
        assert (search.action, search.since, search.until) == ("", None, None)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.DATA_PROTECTION_OFFICER])
def test_nobody_else_reads_the_log(on_sqlite: Installation, role: Role) -> None:
    by = Person(role, "x")
    for deed in (
        lambda: find_events(on_sqlite, Search(), page=1, viewer=by),
        lambda: list(export_events(on_sqlite, Search(), viewer=by)),
        lambda: check_log(on_sqlite, viewer=by),
        lambda: list_known_actions(on_sqlite, viewer=by),
    ):
        with pytest.raises(SurveyError) as wrong:
            deed()
        assert wrong.value.code == "not_allowed"


def test_taking_the_log_out_is_written_in_it(installation: Installation) -> None:
    do(installation, "counted", "one")
    told = [(one.action, one.actor) for one in export_events(installation, Search(), viewer=OFFICER)]
    assert told[-1] == ("audit log exported", OFFICER.name)
    assert ("counted", "manager a1") in told


def test_checking_seals_first_what_has_happened(installation: Installation) -> None:
    do(installation, "counted", "one")
    verdict = check_log(installation, viewer=OFFICER)
    assert (verdict.is_whole, verdict.unsealed) == (True, 0)


def test_reading_is_written_once_a_day_for_each_reader_and_place(
    installation: Installation, calendar: Calendar
) -> None:
    by = Person(Role.PANEL_MEMBER, "m2")
    real = installation.today()
    noted = [
        note_reading(installation, "invanarupplevelse 07 2026-Q3", by=MEMBER),
        note_reading(installation, "invanarupplevelse 07 2026-Q3", by=MEMBER),
        note_reading(installation, "invanarupplevelse 08 2026-Q3", by=MEMBER),
        note_reading(installation, "invanarupplevelse 07 2026-Q3", by=by),
    ]
    assert noted == [True, False, True, True]
    assert real == calendar.day
    found = find_events(installation, Search(action=READ), page=1, viewer=OFFICER)
    assert found.number == 3
    assert all(not one.facts for one in found.events)
