"""Do the pages of proposals and of the plan teach where nothing is, show what is, and lose nothing typed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.frame import Frame
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.proposals.activities import Organisation, add_activity, list_plan
from survey.proposals.decide import decide
from survey.proposals.feedback import find_told
from survey.proposals.states import Event, State
from survey.proposals.support import give_support
from survey.proposals.visibility import find_history, list_proposals
from tests.following.written import ACTION
from tests.proposals.written import (
    COORDINATOR,
    LJUNGBY,
    MANAGER,
    MARKARYD,
    MEMBER,
    NEW,
    OTHER,
    REASON,
    add_comment,
    make,
    propose,
    show_themes,
)
from tests.walks import SURVEY, Calendar, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
WORDS = speak("sv")
SAY = WORDS.say
HOSTILE = ":red[x] **y** ![z](//x.example) <b>"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", DEMO=True) as found:
        yield found


def draw(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    *,
    page: str = "proposals",
    open_forms: tuple[str, ...] = (),
    viewer: Person = MEMBER,
    **asked: str,
) -> AppTest:
    """A page at an address, with some forms opened."""
    monkeypatch.setattr(menu_table, "open_frame", lambda: Frame(installation, viewer, "sv"))
    monkeypatch.setattr(menu_table, "HOME", page)
    drawn = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    for name, value in asked.items():
        drawn.query_params[name] = value
    for name in open_forms:
        drawn.session_state[name] = True
    drawn.run()
    assert not drawn.exception
    return drawn


def read(page: AppTest) -> str:
    told = (*page.markdown, *page.caption, *page.error, *page.success, *page.header, *page.subheader)
    return "\n".join(str(one.value) for one in told)


def list_forms(page: AppTest) -> set[str]:
    return {one.label for one in page.expander} - {SAY("follow.history")}


def test_an_empty_page_teaches(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    told = read(draw(installation, monkeypatch, area=LJUNGBY))
    assert SAY("proposals.none", area="Ljungby") in told
    told = read(draw(installation, monkeypatch, page="action-plan", area=LJUNGBY, viewer=MANAGER))
    assert SAY("plan.none", area="Ljungby") in told
    assert SAY("plan.nothing_accepted", area="Ljungby") in told


def test_a_late_answer_is_said_to_be_late(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(installation)
    assert SAY("proposals.answer_by", day="2026-11-09") in read(draw(installation, monkeypatch, area=LJUNGBY))
    late = replace(installation, today=Calendar(date(2026, 11, 10)))
    assert SAY("proposals.late", day="2026-11-09") in read(draw(late, monkeypatch, area=LJUNGBY))


def test_a_place_without_figures_is_said_to_be_so(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = propose(installation, area=MARKARYD)
    told = read(draw(installation, monkeypatch, proposal=one.id))
    assert SAY("proposals.about.no_figures", area="Markaryd") in told


def test_what_is_shown_is_what_was_written(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = replace(NEW, text=HOSTILE, framework="kronoberg", item="L01", theme="continuity")
    one = propose(installation, new)
    told = read(draw(installation, monkeypatch, proposal=one.id))
    assert "\\:red\\[x\\]" in told or ":red\\[x\\]" in told
    assert "![z]" not in told
    assert "Hör till strategikartan: " in told
    assert "Tema i kommentarerna: " in told


# The forms that each is offered in each state.
OFFERS = [
    (MEMBER, State.DRAFT, {"write", "propose", "withdraw"}),
    (MEMBER, State.PROPOSED, {"withdraw"}),
    (MEMBER, State.ACCEPTED, set[str]()),
    (MANAGER, State.PROPOSED, {"accept", "decline", "promise"}),
    (MANAGER, State.ACCEPTED, {"tell"}),
    (MANAGER, State.DECLINED, {"accept", "tell"}),
    (COORDINATOR, State.PROPOSED, {"take_down"}),
    (COORDINATOR, State.ACCEPTED, {"take_down"}),
    (Person(Role.STRATEGY_OWNER), State.PROPOSED, set[str]()),
]


@pytest.mark.parametrize(("viewer", "state", "offers"), OFFERS)
def test_a_person_is_offered_what_they_may_do_now(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    viewer: Person,
    state: State,
    offers: set[str],
) -> None:
    one = make(installation, state)
    page = draw(installation, monkeypatch, viewer=viewer, proposal=one.id)
    assert list_forms(page) == {SAY(f"proposals.form.{event}") for event in offers}


@pytest.mark.parametrize(("viewer", "state"), [(MANAGER, State.DRAFT), (MANAGER, State.WITHDRAWN)])
def test_what_a_person_may_not_see_is_told_as_what_is_not_there(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, viewer: Person, state: State
) -> None:
    one = make(installation, state)
    for asked in (one.id, "0" * 16, "<b>"):
        told = read(draw(installation, monkeypatch, viewer=viewer, proposal=asked))
        assert SAY("error.proposal_unknown") in told
        assert NEW.text not in told


def test_a_proposal_is_written_in_the_form_with_its_quotes(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_themes(installation)
    said = add_comment(installation, "Jag får börja om.")
    key = f"proposal-new-{LJUNGBY}-0"
    page = draw(installation, monkeypatch, area=LJUNGBY, open_forms=(key,))
    page.text_input(key=f"{key}-title").set_value(NEW.title)
    page.multiselect(key=f"{key}-quotes").set_value([said.hex()])
    page.button(key=f"{key}-save").click().run()
    assert SAY("error.proposal_text_missing") in read(page)
    assert page.text_input(key=f"{key}-title").value == NEW.title
    page.text_area(key=f"{key}-text").set_value(NEW.text)
    page.button(key=f"{key}-save").click().run()
    assert SAY("proposals.done.write") in read(page)
    (one,) = list_proposals(installation, LJUNGBY, viewer=MEMBER)
    assert (one.title, one.made_by) == (NEW.title, "panel_member anka")


def test_a_member_supports_and_takes_back(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = propose(installation)
    give_support(installation, one.id, by=OTHER)
    page = draw(installation, monkeypatch, proposal=one.id)
    page.button(key="support").click().run()
    assert WORDS.count("proposals.support", 2) in read(page)
    page.button(key="support").click().run()
    assert WORDS.count("proposals.support", 1) in read(page)
    page = draw(installation, monkeypatch, proposal=one.id, viewer=Person(Role.PANEL_MEMBER))
    assert SAY("error.support_needs_member") in read(page)


@pytest.mark.parametrize("mine", [Event.ACCEPT, Event.DECLINE])
@pytest.mark.parametrize("theirs", [Event.ACCEPT, Event.DECLINE])
def test_somebody_elses_decision_is_told_and_what_was_typed_stays(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, mine: Event, theirs: Event
) -> None:
    one = propose(installation)
    key = f"proposal-{mine}-{one.id}-2"
    page = draw(installation, monkeypatch, viewer=MANAGER, proposal=one.id, open_forms=(key,))
    page.text_area(key=f"{key}-reason").set_value("Mitt skäl")
    made = decide(installation, one.id, theirs, reason=REASON, based_on=2, by=MANAGER)
    page.button(key=f"{key}-save").click().run()
    told = read(page)
    assert SAY("error.proposal_decided_meanwhile") in told
    assert REASON in told
    assert page.text_area(key=f"{key}-reason").value == "Mitt skäl"
    assert find_history(installation, one.id, viewer=MANAGER)[-1] == made


def test_a_decision_needs_its_reason(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    one = propose(installation)
    key = f"proposal-decline-{one.id}-2"
    page = draw(installation, monkeypatch, viewer=MANAGER, proposal=one.id, open_forms=(key,))
    page.button(key=f"{key}-save").click().run()
    assert SAY("error.proposal_reason_missing") in read(page)
    page.text_area(key=f"{key}-reason").set_value(REASON)
    page.button(key=f"{key}-save").click().run()
    assert SAY("proposals.done.decline") in read(page)
    assert f"Skäl: {REASON}" in read(page)


def test_residents_are_told_in_the_form(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    one = make(installation, State.ACCEPTED)
    key = f"proposal-tell-{one.id}-0"
    page = draw(installation, monkeypatch, viewer=MANAGER, proposal=one.id, open_forms=(key,))
    for part in ("heard", "decided"):
        page.text_area(key=f"{key}-{part}-sv").set_value("Så här.")
    page.button(key=f"{key}-save").click().run()
    assert SAY("error.proposal_heard_sv_x_lattlast_missing") in read(page)
    for part in ("heard", "decided"):
        page.text_area(key=f"{key}-{part}-easy").set_value("Så här.")
    page.button(key=f"{key}-save").click().run()
    assert SAY("proposals.done.tell") in read(page)
    assert find_told(installation, [one])[one.id].texts.keys() == {"sv", "sv-x-lattlast"}


def test_an_activity_is_planned_in_the_form(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(installation, State.ACCEPTED)
    key = f"activity-add-{LJUNGBY}-0"
    page = draw(
        installation, monkeypatch, page="action-plan", viewer=MANAGER, area=LJUNGBY, open_forms=(key,)
    )
    page.text_input(key=f"{key}-title").set_value("Ny rutin")
    page.button(key=f"{key}-save").click().run()
    assert SAY("error.action_owner_missing") in read(page)
    page.text_input(key=f"{key}-owner").set_value("områdeschef")
    page.multiselect(key=f"{key}-dimensions").set_value(["kontinuitet"])
    page.button(key=f"{key}-save").click().run()
    told = read(page)
    assert SAY("plan.done.added") in told
    assert "Planerat. Ansvarar: regionen och kommunen, områdeschef. Start: september 2026." in told
    assert SAY("plan.outcome.not_begun", dimension="Kontinuitet") in told
    assert [one.action.title for one in list_plan(installation, LJUNGBY, survey=SURVEY)] == ["Ny rutin"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_everybody_reads_the_plan_and_only_managers_write_in_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    one = make(installation, State.ACCEPTED)
    add_activity(installation, one, ACTION, organisation=Organisation.REGION, by=MANAGER)
    page = draw(installation, monkeypatch, page="action-plan", viewer=Person(role), area=LJUNGBY)
    assert "Fast vårdkontakt införs" in read(page)
    assert list_forms(page) == set()
