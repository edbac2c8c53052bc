"""Is everything that is missing or wrong in a request told at once?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from survey.installation import Installation
from survey.panel.contacts import open_sealed
from survey.panel.faults import read_clock
from survey.panel.requests import NewMission, When, list_request_faults, request_mission
from survey.panel.seen import list_missions
from survey.people.roles import Person, Role
from tests.panel.made import MANAGER, REQUEST, find_codes

WHEN = REQUEST.when


def change(**changes: Any) -> NewMission:
    return replace(REQUEST, **changes)


def move(**changes: Any) -> NewMission:
    return replace(REQUEST, when=replace(WHEN, **changes))


WRONG = {
    "nothing is wrong": (REQUEST, []),
    "one person": (change(number=1), []),
    "everybody": (change(number=6), []),
    "nobody": (change(number=0), ["mission_number_none"]),
    "fewer than nobody": (change(number=-1), ["mission_number_none"]),
    "more than there are": (change(number=7), ["mission_number_many"]),
    "today": (move(day=date(2026, 9, 10)), ["mission_day_past"]),
    "tomorrow": (move(day=date(2026, 9, 11)), []),
    "a slip of the pen": (
        change(when=replace(WHEN, day=date(2036, 10, 6)), feedback_by=date(2036, 11, 6)),
        ["mission_day_far"],
    ),
    "feedback the same day": (change(feedback_by=date(2026, 10, 6)), []),
    "feedback the day before": (change(feedback_by=date(2026, 10, 5)), ["mission_feedback_early"]),
    "feedback in three years": (change(feedback_by=date(2029, 10, 6)), ["mission_day_far"]),
    "no time": (move(minutes=0), ["mission_minutes_wrong"]),
    "twelve hours": (move(minutes=720), []),
    "longer than twelve hours": (move(minutes=721), ["mission_minutes_wrong"]),
    "a time that is none": (move(starts="25.00"), ["mission_starts_wrong"]),
    "an experience that is none": (change(tags=("diabetes",)), ["member_tag_unknown"]),
    "a form that is none": (change(form="dans"), ["mission_form_wrong"]),
    "a number in the purpose": (change(purpose="Ring 070-123 45 67"), ["panel_personal"]),
    "a purpose of 600 signs": (change(purpose="b" * 600), []),
    "a purpose of 601 signs": (change(purpose="b" * 601), ["panel_text_long"]),
    "an address that is none": (change(typed="kontoret"), ["address_wrong"]),
    "an address": (change(typed="chef@exempel.se"), []),
    "everything at once": (
        NewMission("", " ", "", "", When(date(2026, 1, 1), "", 0, ""), 0, (), date(2025, 1, 1), ""),
        [
            "mission_unit_missing",
            "mission_purpose_missing",
            "mission_question_missing",
            "mission_form_wrong",
            "mission_day_past",
            "mission_starts_wrong",
            "mission_minutes_wrong",
            "mission_place_missing",
            "mission_number_none",
            "mission_feedback_early",
            "mission_feedback_from_missing",
        ],
    ),
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from tests.walks import opened

    folder = tmp_path_factory.mktemp("settled")
    with opened(f"sqlite:///{folder / 'prov.db'}", folder / "var", DEMO=True) as found:
        yield found


@pytest.mark.parametrize(("new", "codes"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_at_once(settled: Installation, new: NewMission, codes: list[str]) -> None:
    assert [fault.code for fault in list_request_faults(settled, new, members=6)] == codes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13.30", "13:30"),
        ("9.05", "09:05"),
        ("09:05", "09:05"),
        (" 0.00 ", "00:00"),
        ("23:59", "23:59"),
        ("24.00", None),
        ("13", None),
        ("13.60", None),
        ("", None),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, read: str | None) -> None:
    assert read_clock(typed) == read


def test_an_incomplete_request_is_not_kept(on_sqlite: Installation) -> None:
    assert find_codes(request_mission, on_sqlite, change(unit="", number=0), by=MANAGER) == [
        "mission_unit_missing",
        "mission_number_none",
    ]
    assert list_missions(on_sqlite, viewer=MANAGER) == ()


def test_where_reminders_go_is_sealed(on_sqlite: Installation) -> None:
    made = request_mission(on_sqlite, change(typed=" Chef@Exempel.se"), by=MANAGER)
    assert made.contact is not None
    assert b"exempel" not in made.contact
    assert open_sealed(on_sqlite, made.contact) == {"address": "Chef@exempel.se"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_units_ask(on_sqlite: Installation, role: Role) -> None:
    assert find_codes(request_mission, on_sqlite, REQUEST, by=Person(role)) == ["not_allowed"]
