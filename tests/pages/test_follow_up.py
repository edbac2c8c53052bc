"""Does the page of goals and actions show what stands, teach where nothing does, and lose nothing typed?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.following.actions import add_action, list_actions
from survey.following.goals import add_goal, change_goal, end_goal, list_goals
from survey.following.rebases import add_rebase, list_rebases
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.following.written import (
    ACTION,
    CONTINUITY,
    COUNTY,
    GOAL,
    LJUNGBY,
    MANAGER,
    REBASE,
)
from tests.walks import SURVEY, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", DEMO=True) as found:
        yield found


def draw(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    *,
    open_forms: tuple[str, ...] = (),
    role: Role = Role.MANAGER,
    **asked: str,
) -> AppTest:
    """The page at an address, with some forms opened."""
    frame = Frame(installation, Person(role), "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "follow-up")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    for name, value in asked.items():
        page.query_params[name] = value
    for name in open_forms:
        page.session_state[name] = True
    page.run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*page.markdown, *page.caption, *page.error, *page.success))


def test_an_empty_page_teaches(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    told = read(draw(installation, monkeypatch, area=LJUNGBY))
    for key in ("follow.goals_none", "follow.actions_none", "follow.rebases_none"):
        assert SAY(key, area="Ljungby") in told


def test_what_stands_is_said_in_words(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    add_action(installation, ACTION, survey=SURVEY, area=COUNTY, by=MANAGER)
    add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    told = read(draw(installation, monkeypatch, area=LJUNGBY))
    assert "Kontinuitet ska nå minst 75 poäng senast december 2027." in told
    assert "Fast vårdkontakt införs (åtgärd, planerad)" in told
    assert "Gäller hela Kronobergs län." in told
    assert "Kontinuitet: gränserna räknas om från mars 2026." in told


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_everybody_may_read_and_only_managers_are_offered_forms(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    page = draw(installation, monkeypatch, role=role, area=LJUNGBY)
    assert "Kontinuitet ska nå minst 75 poäng" in read(page)
    assert [one.label for one in page.expander] == []


def test_what_it_was_before_is_in_the_history(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    end_goal(installation, goal.id, reason="Nytt program", based_on=1, by=MANAGER)
    page = draw(installation, monkeypatch, role=Role.RESIDENT, area=LJUNGBY)
    assert [one.label for one in page.expander] == ["Historik"]
    history = page.expander[0].markdown[0].value
    assert "Kontinuitet. Avslutat mål: Nytt program" in history
    assert "minst 75 poäng" in history


def test_a_goal_is_set_in_the_form(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    key = f"goal-add-{LJUNGBY}-0"
    page = draw(installation, monkeypatch, area=LJUNGBY, open_forms=(key,))
    page.text_input(key=f"{key}-target").set_value("72,5")
    page.text_input(key=f"{key}-due").set_value("2027-12")
    page.text_input(key=f"{key}-reason").set_value("Beslut KS")
    page.button(key=f"{key}-save").click().run()
    assert SAY("follow.done.goal_added") in read(page)
    goal = list_goals(installation, LJUNGBY, survey=SURVEY)[0]
    assert (goal.target, goal.since, goal.made_by) == (72.5, "2026-09", "manager")


def test_everything_wrong_is_told_and_what_was_typed_stays(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = f"action-add-{LJUNGBY}-0"
    page = draw(installation, monkeypatch, area=LJUNGBY, open_forms=(key,))
    page.text_input(key=f"{key}-title").set_value("Fast vårdkontakt")
    page.text_input(key=f"{key}-starts").set_value("i mars")
    page.button(key=f"{key}-save").click().run()
    told = read(page)
    assert "Startmånaden ”i mars” är inte en månad" in told
    assert SAY("error.action_owner_missing") in told
    assert page.text_input(key=f"{key}-title").value == "Fast vårdkontakt"
    assert page.text_input(key=f"{key}-starts").value == "i mars"
    assert list_actions(installation, LJUNGBY, survey=SURVEY) == ()


def test_somebody_elses_change_is_not_written_over_unread(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = add_goal(installation, GOAL, **CONTINUITY, by=MANAGER)
    key = f"goal-change-{goal.id}-1"
    page = draw(installation, monkeypatch, area=LJUNGBY, open_forms=(key,))
    other = {**vars(GOAL), "target": "60"}
    change_goal(installation, goal.id, type(GOAL)(**other), based_on=1, by=MANAGER)
    page.text_input(key=f"{key}-target").set_value("80")
    page.button(key=f"{key}-save").click().run()
    assert SAY("error.follow_changed_meanwhile") in read(page)
    assert "minst 60 poäng" in read(page)
    assert page.text_input(key=f"{key}-target").value == "80"
    page.button(key=f"{key}-save").click().run()
    assert [one.target for one in list_goals(installation, LJUNGBY, survey=SURVEY)] == [80.0]


def test_new_limits_are_withdrawn_in_the_form(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = add_rebase(installation, REBASE, **CONTINUITY, by=MANAGER)
    key = f"rebase-withdraw-{made.id}-1"
    page = draw(installation, monkeypatch, area=LJUNGBY, open_forms=(key,))
    page.text_input(key=f"{key}-reason").set_value("Fel månad")
    page.button(key=f"{key}-save").click().run()
    assert SAY("follow.done.rebase_withdrawn") in read(page)
    assert list_rebases(installation, LJUNGBY, survey=SURVEY) == ()


@pytest.mark.parametrize(("area", "survey"), [("9999", SURVEY), (COUNTY, "okand")])
def test_an_address_that_makes_no_sense_is_told_of_and_the_usual_shown(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, area: str, survey: str
) -> None:
    told = read(draw(installation, monkeypatch, area=area, survey=survey))
    assert SAY("follow.usual") in told
    assert SAY("follow.goals_none", area="Kronobergs län") in told
