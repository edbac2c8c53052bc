"""Does each role see its own week and calendar, with ways that lead to the very thing?"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.panel.decisions import cancel_mission, decline_request
from survey.panel.requests import request_mission
from survey.people.roles import Person, Role
from survey.week.subscribe import gets_letter
from survey.week.tasks import FIRST_SHOWN, find_path, list_tasks
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    OTHER_UNIT,
    REQUEST,
    accept,
    agree,
    invite,
    member,
)
from tests.panel.test_moving import move
from tests.panel.test_page import press, read
from tests.proposals.written import propose
from tests.walks import Calendar, open_a_round

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say
OWNER = Person(Role.STRATEGY_OWNER)


def draw(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    by: Person,
    address: str = "week",
    **asked: str,
) -> AppTest:
    """The page of an address as it is drawn for somebody."""
    frame = Frame(installation, by, "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", address)
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def list_links(page: AppTest) -> list[tuple[str, str]]:
    """The ways that a page offers to others: label and address with what it asks for."""
    found: list[tuple[str, str]] = []
    for one in page.get("page_link"):
        proto = one.proto
        query = f"?{proto.query_string}" if proto.query_string else ""
        found.append((proto.label, f"/{proto.page}{query}"))
    return found


def test_a_quiet_week_is_said_kindly(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    for by in (member("a"), MANAGER, COORDINATOR):
        page = draw(on_sqlite, monkeypatch, by)
        assert SAY("week.free") in read(page)
        assert not [one for one in page.header if one.value]


def test_a_member_reads_what_is_late_first_and_comes_to_the_mission(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, calendar: Calendar
) -> None:
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    page = draw(on_sqlite, monkeypatch, member("a"))
    assert [one.value for one in page.header] == [SAY("week.group.later")]
    assert SAY("week.free_but_later") in read(page)
    calendar.turn_to(2026, 9, 17)
    page = draw(on_sqlite, monkeypatch, member("a"))
    assert [one.value for one in page.header] == [SAY("week.today")]
    label = "Svara om du kan vara med i uppdraget hos Hemtjänsten i Ljungby."
    assert (label, f"/missions?mission={made.id}") in list_links(page)
    page = draw(on_sqlite, monkeypatch, member("c"))
    assert SAY("week.free") in read(page)


@pytest.mark.parametrize("by", [member("a"), MANAGER, COORDINATOR, OWNER], ids=lambda by: by.role.value)
def test_every_task_of_a_role_leads_to_its_place(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, by: Person
) -> None:
    invite(on_sqlite, accept(on_sqlite), "a", "b")
    accept(on_sqlite)
    propose(on_sqlite)
    page = draw(on_sqlite, monkeypatch, by)
    paths = {path for _, path in list_links(page)}
    tasks = list_tasks(on_sqlite, by=by, words=speak("sv"))
    assert tasks
    assert {find_path(one) for one in tasks} <= paths


def test_the_start_page_shows_the_first_and_the_way_to_the_rest(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_a_round(on_sqlite)
    for _ in range(FIRST_SHOWN + 1):
        propose(on_sqlite)
    links = list_links(draw(on_sqlite, monkeypatch, MANAGER, ""))
    assert len([one for one, _ in links if one.startswith("Svara på förslaget")]) == FIRST_SHOWN
    assert (SAY("week.more"), "/week") in links
    links = list_links(draw(on_sqlite, monkeypatch, member("a"), ""))
    assert SAY("week.more") not in dict(links)


def test_the_month_in_the_address_is_shown_with_the_months_beside_it(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = agree(on_sqlite)
    asked = {"view": "calendar", "month": "2026-10"}
    for by in (member("a"), MANAGER, COORDINATOR):
        page = draw(on_sqlite, monkeypatch, by, "missions", **asked)
        assert "Tisdag 6 oktober klockan 13" in read(page)
        assert SAY("calendar.standing.confirmed") in read(page)
        asked_for = {path.partition("?")[2] for _, path in list_links(page)}
        beside = {"view=calendar&month=2026-09", "view=calendar&month=2026-11"}
        assert {f"mission={made.id}"} | beside <= asked_for
    for by in (member("c"), OTHER_UNIT):
        page = draw(on_sqlite, monkeypatch, by, "missions", **asked)
        assert SAY("calendar.none", month="oktober 2026") in read(page)
        assert "Kommunhuset" not in read(page)


def test_a_moved_mission_stands_at_its_new_day_and_one_called_off_says_so(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = move(on_sqlite, agree(on_sqlite))
    asked = {"view": "calendar", "month": "2026-10"}
    said = read(draw(on_sqlite, monkeypatch, member("a"), "missions", **asked))
    assert "Tisdag 20 oktober klockan 09" in said
    assert "6 oktober" not in said
    assert SAY("calendar.standing.tentative") in said
    cancel_mission(on_sqlite, made.id, reason="Ingen lokal", based_on=made.version, by=MANAGER)
    page = draw(on_sqlite, monkeypatch, member("a"), "missions", **asked)
    assert SAY("calendar.standing.cancelled") in read(page)
    assert f"mission={made.id}" not in str(list_links(page))  # it stands on its member's page no more
    page = draw(on_sqlite, monkeypatch, MANAGER, "missions", **asked)
    assert f"mission={made.id}" in str(list_links(page))


@pytest.mark.parametrize("month", ["2026-13", "x", "<b>"])
def test_a_month_that_is_none_is_told_of_and_this_one_shown(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, month: str
) -> None:
    page = draw(on_sqlite, monkeypatch, COORDINATOR, "missions", view="calendar", month=month)
    assert SAY("calendar.wrong_month") in read(page)
    assert next(one.value for one in page.header) == "September 2026"


def test_an_address_to_follow_is_made_shown_and_taken_back(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(on_sqlite, monkeypatch, member("a"), "missions", view="calendar")
    assert not page.code
    press(page, "calendar-make")
    assert page.code[0].value.startswith("http://127.0.0.1:8501/kalender/")
    assert SAY("calendar.made") in read(page)
    press(page, "calendar-take-back")
    assert not page.code


def test_a_mission_is_taken_into_a_calendar_until_its_day_is_over_and_out_when_it_is_called_off(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, calendar: Calendar
) -> None:
    def list_files(by: Person, mission: str) -> list[str]:
        page = draw(on_sqlite, monkeypatch, by, "missions", mission=mission)
        return [one.proto.label.partition(":")[0].rstrip("\\") for one in page.get("download_button")]

    made, gone = agree(on_sqlite), agree(on_sqlite, "c", "d")
    cancel_mission(on_sqlite, gone.id, reason="Ingen lokal", based_on=gone.version, by=MANAGER)
    declined = request_mission(on_sqlite, REQUEST, by=MANAGER)
    decline_request(on_sqlite, declined.id, reason="För många", based_on=1, by=COORDINATOR)
    calendar.turn_to(2026, 10, 6)
    for by in (member("a"), MANAGER, COORDINATOR):
        assert list_files(by, made.id) == ["Lägg in i din kalender"]
    assert list_files(MANAGER, gone.id) == ["Ta bort ur din kalender"]
    assert list_files(COORDINATOR, declined.id) == []
    calendar.turn_to(2026, 10, 7)
    for by in (member("a"), MANAGER, COORDINATOR):
        assert list_files(by, made.id) == []


def test_a_mission_in_the_address_is_shown_alone_and_anothers_not_at_all(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = invite(on_sqlite, accept(on_sqlite), "a", "b")
    second = invite(on_sqlite, accept(on_sqlite, unit="Biblioteket"), "a", "c")
    for shown, hidden in ((first, second), (second, first)):
        said = read(draw(on_sqlite, monkeypatch, member("a"), "missions", mission=shown.id))
        assert shown.unit in said
        assert hidden.unit not in said
    said = read(draw(on_sqlite, monkeypatch, member("b"), "missions", mission=second.id))
    assert (first.unit in said, second.unit in said) == (True, False)
    assert SAY("mission.not_waiting") in said
    assert SAY("mission.not_waiting") not in read(draw(on_sqlite, monkeypatch, member("b"), "missions"))


def test_a_mission_that_is_not_there_has_a_way_on(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = '<a href="/missions" target="_self">Till Uppdrag</a>'
    for by in (MANAGER, COORDINATOR):
        assert way in read(draw(on_sqlite, monkeypatch, by, "missions", mission="x"))
        assert way not in read(draw(on_sqlite, monkeypatch, by, "missions"))
    assert "Till Uppdrag" not in read(
        draw(on_sqlite, monkeypatch, Person(Role.RESIDENT), "missions", mission="x")
    )


def test_a_view_of_another_role_is_ones_own_first_without_a_way_to_itself(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for view in ("me", "x"):
        links = dict(list_links(draw(on_sqlite, monkeypatch, MANAGER, "missions", view=view)))
        assert SAY("mission.view.requested") not in links
        assert SAY("mission.view.calendar") in links


@pytest.mark.parametrize(
    ("month", "day", "said"),
    [(9, 10, "Vecka 37, 7 till 13 september"), (10, 1, "Vecka 40, 28 september till 4 oktober")],
)
def test_the_week_is_said_with_its_months(
    on_sqlite: Installation,
    monkeypatch: pytest.MonkeyPatch,
    calendar: Calendar,
    month: int,
    day: int,
    said: str,
) -> None:
    calendar.turn_to(2026, month, day)
    shown = draw(on_sqlite, monkeypatch, MANAGER).get("html")
    assert any(said in one.proto.body for one in shown)


def test_a_member_begins_and_ends_the_letter_on_their_own_page(
    mailing: Installation, on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(mailing, monkeypatch, member("a"), "missions", view="me")
    press(page, "week-letter-start")
    assert gets_letter(mailing, by=member("a"))
    assert SAY("week.own.is_on") in read(page)
    press(page, "week-letter-stop")
    assert not gets_letter(mailing, by=member("a"))
    page = draw(on_sqlite, monkeypatch, member("a"), "missions", view="me")
    assert SAY("week.own.no_address") in read(page)
