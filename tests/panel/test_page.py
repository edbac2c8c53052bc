"""Does each role see on the page what it needs to do next, and is nothing that was typed lost?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.panel.decisions import accept_request
from survey.panel.members import find_self
from survey.panel.requests import request_mission
from survey.panel.seen import list_missions
from survey.panel.states import State
from survey.panel.tags import load_tags, name_tag
from survey.people.roles import Person
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    NAMES,
    REQUEST,
    accept,
    agree,
    answer,
    do,
    find_asked,
    get,
    get_replies,
    invite,
    member,
    sign,
)
from tests.panel.test_time import approve, log

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say


def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch, by: Person, **asked: str) -> AppTest:
    """The page at an address."""
    frame = Frame(installation, by, "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "missions")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    texts = (
        *page.markdown,
        *page.caption,
        *page.error,
        *page.success,
        *page.warning,
        *page.info,
        *page.header,
    )
    return "\n".join(str(one.value) for one in (*texts, *page.code))


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def test_a_unit_asks_and_everything_wrong_is_told_at_once(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(on_sqlite, monkeypatch, MANAGER, view="request")
    key = "mission-new"
    page.text_area(key=f"{key}-purpose").set_value("Färre besök")
    page.number_input(key=f"{key}-number").set_value(0)
    press(page, f"{key}-press")
    told = read(page)
    for code in ("mission_unit_missing", "mission_question_missing", "mission_number_none"):
        assert SAY(f"error.{code}") in told
    assert page.text_area(key=f"{key}-purpose").value == "Färre besök"
    page.text_input(key=f"{key}-unit").set_value("Hemtjänsten")
    page.text_area(key=f"{key}-question").set_value("Vad är viktigast?")
    page.text_input(key=f"{key}-place").set_value("Biblioteket")
    page.text_input(key=f"{key}-from").set_value("enhetschef")
    page.number_input(key=f"{key}-number").set_value(2)
    press(page, f"{key}-press")
    assert SAY("mission.done.request") in read(page)
    (made,) = list_missions(on_sqlite, viewer=MANAGER)
    assert (made.unit, made.purpose, made.number, made.day) == (
        "Hemtjänsten",
        "Färre besök",
        2,
        date(2026, 10, 8),
    )


def test_a_coordinator_accepts_asks_and_confirms(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = request_mission(on_sqlite, REQUEST, by=MANAGER)
    page = draw(on_sqlite, monkeypatch, COORDINATOR, mission=made.id)
    press(page, f"mission-accept-{made.id}")
    assert SAY("mission.done.accept") in read(page)
    ticked = [one.label for one in page.checkbox if one.value]
    assert ticked[0].startswith("Anna Ek: 2 av 2 önskade erfarenheter")
    assert len(ticked) == 2
    press(page, f"mission-invite-{made.id}-press")
    replies = get_replies(on_sqlite, made)
    assert replies["a"] == "waiting"
    assert page.code[0].value.startswith(
        "http://127.0.0.1:8501/e/u/uppdrag/"
    )  # no mail server: the link is handed over
    for one in replies:
        answer(on_sqlite, made, one)
        sign(on_sqlite, made, one)
    page.run()
    press(page, f"mission-confirm-{made.id}")
    assert get(on_sqlite, made).state == State.AGREED


def test_no_tag_stands_beside_a_name(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invite(on_sqlite, accept(on_sqlite, tags=("dental_care",)), "a", "b")
    answer(on_sqlite, made, "a")
    said = [name_tag(on_sqlite.settings, one, "sv") for one in load_tags(on_sqlite.settings)]
    pages = [
        draw(on_sqlite, monkeypatch, MANAGER, mission=made.id),
        draw(on_sqlite, monkeypatch, COORDINATOR, mission=made.id),
        draw(on_sqlite, monkeypatch, COORDINATOR, view="members"),
        draw(on_sqlite, monkeypatch, COORDINATOR, view="statistics"),
    ]
    wanted = name_tag(on_sqlite.settings, "dental_care", "sv")
    for page in pages:
        labels = "\n".join(one.label for one in page.checkbox)
        assert [one for one in said if one in read(page) + labels] in ([], [wanted])
    seen_by_unit = read(pages[0])
    assert "Anna" in seen_by_unit
    assert not [name for name in NAMES if name in seen_by_unit]  # first names only
    assert "Bo" not in seen_by_unit.replace("Boende", "")


def test_what_somebody_else_decided_meanwhile_is_shown_and_not_written_over(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = request_mission(on_sqlite, REQUEST, by=MANAGER)
    page = draw(on_sqlite, monkeypatch, COORDINATOR, mission=made.id)
    accept_request(on_sqlite, made.id, based_on=1, by=COORDINATOR)
    page.text_area(key=f"mission-decline-{made.id}-text").set_value("Ingen tid")
    press(page, f"mission-decline-{made.id}-press")
    assert get(on_sqlite, made).state == State.ACCEPTED


def test_a_member_says_yes_signs_and_writes_time(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = invite(on_sqlite, accept(on_sqlite, number=1), "a")
    one = find_asked(on_sqlite, made, "a").id
    page = draw(on_sqlite, monkeypatch, member("a"))
    assert "Arvode enligt årets tabell: 1\u00a0066 kr" in read(page)
    press(page, f"yes-{one}")
    press(page, f"agree-{one}-press")
    assert SAY("error.conflict_missing") in read(page)
    page.radio(key=f"agree-{one}-conflict").set_value("none")
    press(page, f"agree-{one}-press")
    assert get_replies(on_sqlite, made) == {"a": "signed"}


def test_a_member_says_no_in_one_press(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invite(on_sqlite, accept(on_sqlite, number=1), "a")
    page = draw(on_sqlite, monkeypatch, member("a"))
    press(page, f"no-{find_asked(on_sqlite, made, 'a').id}")
    assert SAY("mission.done.no") in read(page)
    assert get_replies(on_sqlite, made)["a"] == "no"


def test_after_a_mission_time_is_written_and_it_is_told_how_it_was(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = do(on_sqlite)
    one = find_asked(on_sqlite, made, "a").id
    page = draw(on_sqlite, monkeypatch, member("a"))
    press(page, f"time-{one}-press")
    assert "2026-10-06, 2 timmar, 1\u00a0066 kr, inte godkänd än" in read(page)
    press(page, f"evaluate-{one}-press")
    assert SAY("error.evaluation_empty") in read(page)
    page.radio(key=f"evaluate-{one}-b20").set_value("5")
    press(page, f"evaluate-{one}-press")
    assert SAY("mission.evaluated") in read(page)
    page = draw(on_sqlite, monkeypatch, COORDINATOR, mission=made.id)
    press(page, f"mission-days-{made.id}-press")
    assert "Anna Ek: 2026-10-06, 2 timmar, 1\u00a0066 kr, godkänd" in read(page)


def test_a_member_writes_their_own_page_and_leaves(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(on_sqlite, monkeypatch, member("a"), view="me")
    page.multiselect(key="mission-own-tags").set_value(["carer"])
    page.multiselect(key="mission-own-times").set_value(["tue_evening"])
    press(page, "mission-own-press")
    assert SAY("mission.done.own") in read(page)
    me = find_self(on_sqlite, by=member("a"))
    assert (me.tags, me.times) == (("carer",), ("tue_evening",))
    press(page, "mission-own-leave")
    assert SAY("mission.done.left_panel") in read(page)


def test_somebody_without_a_membership_chooses_whom_to_try_in_a_demonstration(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(on_sqlite, monkeypatch, member(""))
    assert SAY("mission.choose_member") in read(page)
    assert "/roll/panel_member?person=a&amp;to=%2Fmissions" in read(page)
    assert SAY("mission.choose_member") in read(draw(on_sqlite, monkeypatch, member("z")))


def test_somebody_without_a_membership_is_told_so_in_a_real_installation(
    mailing: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = read(draw(mailing, monkeypatch, member("z")))
    assert SAY("mission.no_member") in told
    assert "Anna" not in told


def test_a_coordinator_adds_a_member_and_sees_the_year(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(on_sqlite, monkeypatch, COORDINATOR, view="members")
    page.text_input(key="mission-member-name").set_value("Gun Sjö")
    page.text_input(key="mission-member-address").set_value("gun")
    press(page, "mission-member-press")
    assert SAY("error.address_wrong") in read(page)
    assert page.text_input(key="mission-member-name").value == "Gun Sjö"
    page.text_input(key="mission-member-address").set_value("")
    press(page, "mission-member-press")
    assert "Gun Sjö" in read(page)
    agree(on_sqlite)
    told = read(draw(on_sqlite, monkeypatch, COORDINATOR, view="statistics"))
    assert "1 beställning, 0 genomförda" in told
    assert "Från beställning till klar grupp: 0 dagar (median)" in told
    assert SAY("mission.statistics.told_none") in told
    assert "Anna Ek: tillfrågad 1 gång, kom 1" in told
    assert SAY("error.payroll_empty") in told


def test_the_payroll_file_is_offered_when_there_is_one(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = do(on_sqlite)
    log(on_sqlite, made, "a", 60)
    approve(on_sqlite, made)
    page = draw(on_sqlite, monkeypatch, COORDINATOR, view="statistics")
    assert page.selectbox(key="mission-payroll").options == ["oktober 2026"]


def test_late_feedback_is_said_to_the_unit(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    made = do(on_sqlite)
    on_sqlite.today.turn_to(2026, 11, 7)  # type: ignore[attr-defined]
    told = SAY("mission.feedback_late", day="2026-11-06")
    assert told in read(draw(on_sqlite, monkeypatch, MANAGER)).replace("\\", "")
    page = draw(on_sqlite, monkeypatch, MANAGER, mission=made.id)
    assert told in read(page).replace("\\", "")
    page.text_area(key=f"mission-tell-{made.id}-text").set_value("En ny lapp")
    press(page, f"mission-tell-{made.id}-press")
    assert get(on_sqlite, made).outcome == "En ny lapp"
