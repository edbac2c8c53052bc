"""Does what a member writes as a proposal in a round become a draft once, and is it nobody's?"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.panel_rounds.ideas import draft_idea, list_ideas, put_aside
from survey.panel_rounds.open import withdraw_subject
from survey.people.roles import Person, Role
from survey.proposals.faults import NewProposal
from survey.proposals.visibility import list_proposals
from survey.store import audits
from survey.store.panel_rounds import PanelRound
from tests.panel_rounds.rated import (
    ACCESS,
    ANNA,
    BO,
    COORDINATOR,
    EVENING,
    close,
    find_code,
    open_a_round,
    rate_as,
)
from tests.walks import SURVEY

LJUNGBY = "0781"
WHERE = {"survey": SURVEY, "area": LJUNGBY}
MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SAY = speak("sv").say


def write_ideas(installation: Installation, number: int = 5) -> PanelRound:
    """A round about one theme in which so many members wrote a proposal each, closed."""
    found = open_a_round(installation, ACCESS)
    for one in range(number):
        rate_as(installation, found.id, f"m{one}", {"1": {"b10": ["4"], "b14": [f"Ring upp, sätt {one}"]}})
    return close(installation, found)


def complete(text: str) -> NewProposal:
    return NewProposal("Ring upp", text, "kontinuitet", theme="access")


def test_what_five_wrote_is_offered_to_the_panel_with_its_theme(installation: Installation) -> None:
    found = write_ideas(installation)
    ideas = list_ideas(installation, viewer=ANNA)
    assert sorted(one.text for one in ideas) == [f"Ring upp, sätt {one}" for one in range(5)]
    assert {(one.theme, one.round.id) for one in ideas} == {("access", found.id)}


@pytest.mark.parametrize(("sent", "offered"), [(4, 0), (5, 5)])
def test_of_fewer_than_five_nothing_is_offered(on_sqlite: Installation, sent: int, offered: int) -> None:
    write_ideas(on_sqlite, sent)
    assert len(list_ideas(on_sqlite, viewer=ANNA)) == offered


def test_a_round_that_is_open_offers_nothing(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite, ACCESS)
    rate_as(on_sqlite, found.id, "m1", {"1": {"b14": ["Ring upp"]}})
    assert list_ideas(on_sqlite, viewer=ANNA) == ()


def test_only_the_question_that_asks_for_a_proposal_gives_one(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite, ACCESS, EVENING)
    for one in range(5):
        texts = {"b11": ["En tanke om varför"], "b10": ["4"]}
        rate_as(on_sqlite, found.id, f"m{one}", {"2": texts, "1": {"b06": ["Gör det bättre"]}})
    close(on_sqlite, found)
    assert list_ideas(on_sqlite, viewer=ANNA) == ()


def test_an_idea_becomes_a_draft_once_and_the_second_is_told(installation: Installation) -> None:
    write_ideas(installation)
    idea = list_ideas(installation, viewer=ANNA)[0]
    made = draft_idea(installation, idea.id, complete(idea.text), **WHERE, by=ANNA)
    assert (made.state, made.text, made.theme) == ("draft", idea.text, "access")
    assert idea not in list_ideas(installation, viewer=BO)
    assert find_code(draft_idea, installation, idea.id, complete("Mitt"), **WHERE, by=BO) == "idea_gone"
    assert find_code(put_aside, installation, idea.id, by=BO) == "idea_gone"
    assert [one.id for one in list_proposals(installation, LJUNGBY, viewer=BO)] == [made.id]


def test_a_draft_that_lacks_something_leaves_the_idea_where_it_is(on_sqlite: Installation) -> None:
    write_ideas(on_sqlite)
    idea = list_ideas(on_sqlite, viewer=ANNA)[0]
    lacking = NewProposal("", idea.text, "kontinuitet")
    assert find_code(draft_idea, on_sqlite, idea.id, lacking, **WHERE, by=ANNA) == "proposal_title_missing"
    assert idea in list_ideas(on_sqlite, viewer=ANNA)


def test_what_is_put_aside_is_offered_no_more_and_the_log_does_not_say_what_it_was(
    installation: Installation,
) -> None:
    found = write_ideas(installation)
    idea = list_ideas(installation, viewer=ANNA)[0]
    put_aside(installation, idea.id, by=ANNA)
    assert idea not in list_ideas(installation, viewer=ANNA)
    with installation.database.read() as connection:
        event = next(one for one in audits.list_events(connection) if one.action == "panel idea put aside")
    assert (event.subject, event.facts) == (found.id, {})


def test_a_theme_that_was_taken_out_takes_its_ideas_with_it(on_sqlite: Installation) -> None:
    found = write_ideas(on_sqlite)
    withdraw_subject(on_sqlite, found.id, 1, by=COORDINATOR)
    assert list_ideas(on_sqlite, viewer=ANNA) == ()


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.PANEL_MEMBER])
def test_only_the_panel_reads_them(on_sqlite: Installation, role: Role) -> None:
    assert find_code(list_ideas, on_sqlite, viewer=Person(role, "x")) == "not_allowed"
    assert find_code(put_aside, on_sqlite, b"x" * 16, by=Person(role, "x")) == "not_allowed"


def test_an_id_that_is_none_is_told(on_sqlite: Installation) -> None:
    assert find_code(put_aside, on_sqlite, b"", by=ANNA) == "idea_gone"


def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch, *opened: str) -> AppTest:
    frame = Frame(installation, ANNA, "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "proposals")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    page.query_params["area"] = LJUNGBY
    for one in opened:
        page.session_state[one] = True
    page.run()
    assert not page.exception
    return page


def test_the_page_makes_a_draft_with_the_ideas_words(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ideas(on_sqlite)
    idea = list_ideas(on_sqlite, viewer=ANNA)[0]
    form = f"idea-{idea.id.hex()}-{LJUNGBY}-0"
    page = draw(on_sqlite, monkeypatch, form)
    assert page.text_area(key=f"{form}-text").value == idea.text
    page.text_input(key=f"{form}-title").input("Ring upp den som väntar")
    page.button(key=f"{form}-save").click().run()
    assert [one.value for one in page.success] == [SAY("proposals.done.write")]
    (made,) = list_proposals(on_sqlite, LJUNGBY, viewer=ANNA)
    assert (made.title, made.text, made.theme) == ("Ring upp den som väntar", idea.text, "access")


def test_who_puts_aside_what_is_gone_is_told(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ideas(on_sqlite)
    idea = list_ideas(on_sqlite, viewer=ANNA)[0]
    page = draw(on_sqlite, monkeypatch)

    def come_second(*_given: object, **_named: object) -> None:
        raise SurveyError("idea_gone")

    monkeypatch.setattr("pages.shared.panel_ideas.put_aside", come_second)
    page.button(key=f"aside-{idea.id.hex()}").click().run()
    assert [one.value for one in page.error] == [SAY("error.idea_gone")]


def test_what_was_written_on_an_idea_that_another_took_meanwhile_is_shown_and_said(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ideas(on_sqlite)
    idea = list_ideas(on_sqlite, viewer=ANNA)[0]
    form = f"idea-{idea.id.hex()}-{LJUNGBY}-0"
    page = draw(on_sqlite, monkeypatch, form)
    page.text_input(key=f"{form}-title").input("Ring upp den som väntar")
    put_aside(on_sqlite, idea.id, by=BO)
    page.button(key=f"{form}-save").click().run()
    assert [one.value for one in page.error] == [SAY("error.idea_gone")]
    assert [one.value for one in page.code] == [f"Ring upp den som väntar\n\n{idea.text}"]
    page.run()
    assert (len(page.error), len(page.code)) == (0, 0)


def test_who_puts_aside_the_last_idea_after_another_is_told(
    on_sqlite: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ideas(on_sqlite)
    idea, *others = list_ideas(on_sqlite, viewer=ANNA)
    for one in others:
        put_aside(on_sqlite, one.id, by=BO)
    page = draw(on_sqlite, monkeypatch)
    put_aside(on_sqlite, idea.id, by=BO)
    page.button(key=f"aside-{idea.id.hex()}").click().run()
    assert [one.value for one in page.error] == [SAY("error.idea_gone")]
    assert not page.code
