"""Is time written down, approved once with what it is paid with, and given to whoever pays?"""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from survey.installation import Installation
from survey.language import speak
from survey.panel.payroll import export_month, list_months
from survey.panel.time_log import approve_times, list_all_days, list_own_days, log_time
from survey.people.roles import Person, Role
from survey.store import missions
from survey.store.missions import Mission
from tests.panel.made import (
    COORDINATOR,
    accept,
    agree,
    answer,
    do,
    find_asked,
    find_codes,
    invite,
    list_deeds,
    member,
)
from tests.walks import Calendar

THE_DAY = date(2026, 10, 6)


def log(installation: Installation, mission: Mission, who: str, minutes: int, day: date = THE_DAY) -> None:
    found = find_asked(installation, mission, who)
    log_time(installation, found.id, day=day, minutes=minutes, by=member(who))


def approve(installation: Installation, mission: Mission) -> int:
    days = list_all_days(installation, mission.id, by=COORDINATOR)
    seen = tuple(one.time for one in days if not one.approved)
    return approve_times(installation, mission.id, seen=seen, by=COORDINATOR)


def test_a_days_time_is_written_changed_and_taken_away(installation: Installation) -> None:
    made = do(installation)
    log(installation, made, "a", 120)
    log(installation, made, "a", 60, date(2026, 10, 5))
    log(installation, made, "a", 150)
    found = list_own_days(installation, made.id, by=member("a"))
    assert [(one.time.day.day, one.time.minutes, one.kronor, one.approved) for one in found] == [
        (5, 60, 296, False),
        (6, 150, 1_066, False),
    ]
    log(installation, made, "a", 0)
    assert len(list_own_days(installation, made.id, by=member("a"))) == 1
    assert list_own_days(installation, made.id, by=member("b")) == ()


@pytest.mark.parametrize(
    ("minutes", "day", "codes"),
    [
        (15, THE_DAY, []),
        (720, THE_DAY, []),
        (735, THE_DAY, ["time_minutes_wrong"]),
        (-15, THE_DAY, ["time_minutes_wrong"]),
        (20, THE_DAY, ["time_minutes_wrong"]),
        (15, date(2026, 10, 7), ["time_day_wrong"]),
        (15, date(2026, 7, 8), []),
        (15, date(2026, 7, 7), ["time_day_wrong"]),  # more than 90 days before
    ],
)
def test_what_can_be_no_time_is_refused(
    on_sqlite: Installation, minutes: int, day: date, codes: list[str]
) -> None:
    made = do(on_sqlite)
    if not codes:
        log(on_sqlite, made, "a", minutes, day)
        return
    assert find_codes(log, on_sqlite, made, "a", minutes, day) == codes


def test_time_begins_with_the_agreement_and_the_group(on_sqlite: Installation) -> None:
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    assert find_codes(log, on_sqlite, made, "a", 60) == ["time_not_signed"]
    answer(on_sqlite, made, "a")
    assert find_codes(log, on_sqlite, made, "a", 60) == ["time_not_signed"]
    whole = agree(on_sqlite, "c")
    log(on_sqlite, whole, "c", 60, date(2026, 9, 10))  # preparing counts


def test_approved_time_is_kept_with_what_it_is_paid_with_and_changes_no_more(
    installation: Installation,
) -> None:
    made = do(installation)
    log(installation, made, "a", 300)
    assert approve(installation, made) == 1
    assert find_codes(log, installation, made, "a", 60) == ["time_approved"]
    with installation.database.read() as connection:
        (fee,) = missions.list_fees(connection)
    assert (fee.step, fee.amount, fee.base_amount, fee.minutes) == ("whole_day", 2_131, 59_200, 300)
    assert (fee.approved, fee.approved_by) == (THE_DAY, "coordinator")
    log(installation, made, "b", 60)
    assert approve(installation, made) == 1
    assert approve(installation, made) == 0


def test_what_was_changed_after_the_coordinator_saw_it_is_not_approved(installation: Installation) -> None:
    made = do(installation)
    log(installation, made, "a", 60)
    seen = tuple(one.time for one in list_all_days(installation, made.id, by=COORDINATOR))
    log(installation, made, "a", 720)
    codes = find_codes(approve_times, installation, made.id, seen=seen, by=COORDINATOR)
    assert codes == ["panel_changed_meanwhile"]


def test_without_a_table_of_the_year_nothing_is_approved_and_the_year_is_named(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    made = do(on_sqlite)
    log(on_sqlite, made, "a", 60)
    calendar.turn_to(2027, 1, 2)
    log(on_sqlite, made, "a", 60, date(2027, 1, 2))
    assert [one.kronor for one in list_all_days(on_sqlite, made.id, by=COORDINATOR)] == [296, None]
    assert find_codes(approve, on_sqlite, made) == ["fees_missing"]
    assert list_months(on_sqlite, by=COORDINATOR) == ()


def read_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_for_pay_has_names_and_amounts_and_nothing_to_pay_into(installation: Installation) -> None:
    made = do(installation)
    log(installation, made, "a", 75)
    log(installation, made, "b", 240)
    approve(installation, made)
    assert list_months(installation, by=COORDINATOR) == ("2026-10",)
    first = export_month(installation, "2026-10", speak("sv"), by=COORDINATOR)
    assert first == export_month(installation, "2026-10", speak("sv"), by=COORDINATOR)
    rows = read_rows(first)
    assert [
        (row["Namn"], row["Dag"], row["Timmar"], row["Arvode per"], row["Belopp, kr"]) for row in rows
    ] == [
        ("Anna Ek", "2026-10-06", "1,25", "timme", "370"),
        ("Bo Ask", "2026-10-06", "4,00", "halvdag", "1066"),
    ]
    assert rows[0]["Prisbasbelopp, kr"] == "59200"
    assert "exempel" not in first.decode("utf-8-sig")
    assert list_deeds(installation)[0] == ("payroll taken out", "coordinator")
    assert find_codes(export_month, installation, "2026-11", speak("sv"), by=COORDINATOR) == ["payroll_empty"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PANEL_MEMBER, Role.RESIDENT, Role.STRATEGY_OWNER])
def test_only_coordinators_approve_and_take_the_file(on_sqlite: Installation, role: Role) -> None:
    by = Person(role, "a")
    assert find_codes(approve_times, on_sqlite, "x", seen=(), by=by) == ["not_allowed"]
    assert find_codes(list_months, on_sqlite, by=by) == ["not_allowed"]
    assert find_codes(export_month, on_sqlite, "2026-10", speak("sv"), by=by) == ["not_allowed"]
    assert find_codes(list_all_days, on_sqlite, "x", by=by) == ["not_allowed"]
