"""Does the page say what can be done, keep what is typed when something is wrong, and hide what it must?"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table, rating_run
from pages.shared.frame import Frame
from survey.demo.panel_rounds import MEMBERS, make_panel_round
from survey.installation import Installation
from survey.language import speak
from survey.panel_rounds.answer import find_walk, keep_sheet
from survey.panel_rounds.close import Progress, close_round, count_progress
from survey.panel_rounds.find import list_panel_rounds
from survey.panel_rounds.results import find_results, list_ranked
from survey.panel_rounds.states import Event
from survey.people.roles import Person, Role
from tests.panel_rounds.rated import (
    ANNA,
    CONTACT,
    COORDINATOR,
    SPREAD,
    close,
    open_a_round,
    open_again,
    rate_as,
    rate_page,
    rate_together,
)
from tests.walks import SURVEY

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say


def draw(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, viewer: Person, **asked: str
) -> AppTest:
    """The page at an address as a person sees it."""
    frame = Frame(installation, viewer, "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "panel-rounds")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*page.markdown, *page.caption, *page.error, *page.success))


def list_buttons(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def find_choice(page: AppTest, question: str):  # type: ignore[no-untyped-def]
    return next(one for one in page.radio if one.key.endswith(f"-{question}-"))


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.MANAGER, Role.COORDINATOR])
def test_an_empty_page_teaches(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    assert SAY("ratings.none") in read(draw(on_sqlite, monkeypatch, Person(role, "x")))


def test_a_member_without_a_name_is_told_why_they_cannot_answer(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_a_round(on_sqlite)
    page = draw(on_sqlite, monkeypatch, Person(Role.PANEL_MEMBER))
    assert SAY("error.panel_member_unknown") in read(page)
    assert "/roll/panel_member?person=m01" in read(page)
    assert SAY("ratings.begin") not in list_buttons(
        draw(on_sqlite, monkeypatch, Person(Role.PANEL_MEMBER), round=found.id)
    )


@pytest.mark.parametrize(
    ("begun", "sent", "label"),
    [(False, False, "begin_look"), (True, False, "go_on"), (True, True, "see_sent")],
)
def test_the_way_in_says_how_far_a_member_has_come(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, begun: bool, sent: bool, label: str
) -> None:
    found = open_a_round(on_sqlite)
    if sent:
        rate_as(on_sqlite, found.id, ANNA.id, {"1": {"b01": ["5"]}})
    elif begun:
        rate_page(on_sqlite, found.id, "1", {"b01": ["5"]}, by=ANNA)
    page = draw(on_sqlite, monkeypatch, ANNA)
    assert SAY(f"ratings.{label}") in list_buttons(page)


def test_a_page_is_kept_and_leads_on(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    found = open_a_round(on_sqlite)
    page = draw(on_sqlite, monkeypatch, ANNA, round=found.id, page="1")
    find_choice(page, "b01").set_value("4")
    page.button(key="next-1").click().run()
    assert find_walk(on_sqlite, found.id, by=ANNA).own.find("1").answers == {"b01": "4"}
    assert page.query_params["page"] == "2"


def test_who_presses_after_closing_is_told_and_loses_nothing_they_typed(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_a_round(on_sqlite)
    page = draw(on_sqlite, monkeypatch, ANNA, round=found.id, page="1")
    find_choice(page, "b01").set_value("4")
    page.text_area[0].set_value("Ring i stället")
    monkeypatch.setattr("pages.shared.rating_page.keep_sheet", closing_first(on_sqlite, found))
    page.button(key="next-1").click().run()
    assert SAY("error.panel_round_closed") in read(page)
    assert (find_choice(page, "b01").value, page.text_area[0].value) == ("4", "Ring i stället")


def closing_first(installation: Installation, found):  # type: ignore[no-untyped-def]
    """Keeping a page just after a coordinator has closed the round."""

    def keep(*given: object, **named: object) -> object:
        close(installation, found)
        return keep_sheet(*given, **named)  # type: ignore[arg-type]

    return keep


def test_the_second_tab_is_told_and_may_save_again_knowing_it(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_a_round(on_sqlite)
    page = draw(on_sqlite, monkeypatch, ANNA, round=found.id, page="1")
    rate_page(on_sqlite, found.id, "1", {"b01": ["1"]}, by=ANNA)
    find_choice(page, "b01").set_value("4")
    page.button(key="next-1").click().run()
    assert SAY("error.panel_answered_meanwhile") in read(page)
    assert find_choice(page, "b01").value == "4"
    page.button(key="next-1").click().run()
    assert find_walk(on_sqlite, found.id, by=ANNA).own.find("1").answers == {"b01": "4"}


def test_the_second_time_the_groups_answers_and_ones_own_stand_beside(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_a_round(on_sqlite)
    rate_together(on_sqlite, found.id, SPREAD)
    close(on_sqlite, found)
    open_again(on_sqlite, found)
    member = Person(Role.PANEL_MEMBER, "m0")
    told = "\n".join(str(one.proto.body) for one in draw_html(on_sqlite, monkeypatch, member, found.id))
    assert "Avgörande 1, Mycket viktigt 2, Viktigt 1, Mindre viktigt 1, Inte viktigt 0" in told
    assert SAY("ratings.own", answer="Avgörande") in told
    assert SAY("ratings.not_told.none") in told  # of the other questions


def draw_html(installation: Installation, monkeypatch: pytest.MonkeyPatch, viewer: Person, round_id: str):  # type: ignore[no-untyped-def]
    return draw(installation, monkeypatch, viewer, round=round_id, page="1").get("html")


@pytest.mark.parametrize("number", [1, 4])
def test_a_round_that_few_sent_to_says_so_and_shows_nothing(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    found = open_a_round(on_sqlite)
    for one in range(number):
        rate_as(on_sqlite, found.id, f"m{one}", {"1": {"b01": ["1"], "b06": ["En egen tanke"]}})
    close(on_sqlite, found)
    page = draw(on_sqlite, monkeypatch, COORDINATOR, round=found.id)
    assert SAY("ratings.nothing_told", least="5") in read(page)
    assert "En egen tanke" not in read(page)
    assert not page.get("plotly_chart")


def test_of_two_coordinators_the_second_to_close_is_told(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_a_round(on_sqlite)
    page = draw(on_sqlite, monkeypatch, COORDINATOR, round=found.id)

    def close_second(*given: object, **named: object) -> object:
        close(on_sqlite, found)
        return close_round(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setitem(rating_run.DEEDS, Event.CLOSE, close_second)
    page.button(key="close-first_open").click().run()
    assert SAY("error.panel_round_moved") in read(page)


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.MANAGER, Role.STRATEGY_OWNER])
def test_only_coordinators_are_offered_to_run_a_round(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    found = open_a_round(on_sqlite)
    close(on_sqlite, found)
    page = draw(on_sqlite, monkeypatch, Person(role, "x"), round=found.id)
    labels = {SAY(f"ratings.step.{event}") for event in ("close", "open_second", "finish")}
    assert not labels & list_buttons(page)
    assert labels & list_buttons(draw(on_sqlite, monkeypatch, COORDINATOR, round=found.id))


def test_a_subject_that_is_gone_is_said(on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    found = open_a_round(on_sqlite, CONTACT)
    page = draw(on_sqlite, monkeypatch, ANNA, round=found.id, page="7")
    assert SAY("error.panel_subject_gone") in read(page)


@pytest.mark.parametrize("asked", [{"round": "okand"}, {"round": "okand", "page": "1"}])
def test_an_unknown_round_is_said(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    assert SAY("error.panel_round_unknown") in read(draw(on_sqlite, monkeypatch, ANNA, **asked))


def test_the_demonstration_has_a_round_to_rate_again_and_look_at(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_panel_round(on_sqlite, SURVEY)
    make_panel_round(on_sqlite, SURVEY)
    (found,) = list_panel_rounds(on_sqlite, viewer=COORDINATOR)
    assert (found.state, found.first_sent) == ("second_open", len(MEMBERS))
    assert count_progress(on_sqlite, found.id, viewer=COORDINATOR) == Progress(sent=4, begun=0)
    results = find_results(on_sqlite, found.id, viewer=COORDINATOR)
    assert [one.subject.title for one in results.judged if one.is_disagreed] == [
        SAY("demo.proposal.video_title")
    ]
    assert len(list_ranked(results)) == 2
    told = read(draw(on_sqlite, monkeypatch, COORDINATOR, round=found.id))
    assert SAY("ratings.dialogue_needed") in told
    assert SAY("ratings.first", title=SAY("demo.proposal.remind_title")) in told
