"""Who may do what on which page? One line for each action; every other role is told no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pages.shared.menu_table import MENU
from survey.api.permits import NewPermit, end_permit, list_permits, make_permit
from survey.audit.find import find_events
from survey.calendar.subscriptions import find_address
from survey.comments.learning import find_learning, put_in_force, train_model
from survey.data_protection.facts import find_facts
from survey.definition.interchange.trying import try_file
from survey.digest.subscribe import Asked, ask_for_digest
from survey.errors import SurveyError
from survey.following.actions import add_action
from survey.following.goals import add_goal
from survey.following.rebases import add_rebase
from survey.indicators.load import load_content
from survey.insight.comment_choice import CommentChoice
from survey.insight.comments import search_comments
from survey.installation import Installation
from survey.keying.batches import list_paper_rounds
from survey.keying.opening import find_paper_round
from survey.keying.sampling import set_share
from survey.letters.fetching import check_can_fetch
from survey.letters.orders import throw_away_order
from survey.letters.reminding import check_can_remind, list_unused
from survey.notices.receivers import (
    add_receiver,
    change_secret,
    list_receivers,
    remove_receiver,
    start_receiver,
    stop_receiver,
)
from survey.notices.send import send_trial
from survey.panel.answering import answer_invitation, list_own
from survey.panel.decisions import accept_request, decline_request
from survey.panel.gathering import confirm_group
from survey.panel.members import list_register
from survey.panel.payroll import list_months as list_pay_months
from survey.panel.statistics import find_statistics
from survey.panel.time_log import log_time
from survey.panel_rounds.answer import find_walk
from survey.panel_rounds.close import close_round
from survey.panel_rounds.dialogue import NewDialogue, write_dialogue
from survey.panel_rounds.find import list_panel_rounds
from survey.panel_rounds.ideas import put_aside
from survey.panel_rounds.open import NewPanelRound, open_panel_round
from survey.paper.numbers import check_can_print
from survey.people.accounts import Invitation, invite, invite_again
from survey.people.assignments import NewAssignment, assign_role, end_assignment
from survey.people.ending import close_account, forget_account, sign_out_everywhere, take_second_step
from survey.people.organisations import (
    NewOrganisation,
    add_organisation,
    change_organisation,
    list_organisations,
    remove_organisation,
)
from survey.people.people import find_own, list_people
from survey.people.permissions import can_do
from survey.people.roles import Person, Role
from survey.proposals.decide import decide, promise_another_day
from survey.proposals.faults import NewProposal
from survey.proposals.feedback import tell_residents
from survey.proposals.states import Event
from survey.proposals.support import give_support
from survey.proposals.visibility import list_proposals
from survey.proposals.writing import put_forward, take_down, write_proposal
from survey.reports.orders import ask_for_report, fetch_report, list_own_reports, remove_report
from survey.reports.wish import Asked as AskedReport
from survey.research.agreements import ask_for_file, end_agreement, list_agreements
from survey.research.agreements import decide as decide_file
from survey.research.faults import NewAgreement
from survey.research.fetching import check_can_fetch as check_can_fetch_file
from survey.research.making import make_file
from survey.research.states import Event as FileEvent
from survey.review.agreement import find_agreements
from survey.review.coding import code_comment
from survey.review.decide import answer_flag, ask_for_answer, mask_words, withhold
from survey.review.needing_answer import list_needing_answer
from survey.review.queue import take_next
from survey.store.audits import Search
from survey.strategy.versions import restore_version
from survey.translating.keep import keep_texts
from survey.translating.sets import Set
from survey.ways import add_way, close_way
from survey.week.subscribe import start_letter
from tests.following.written import ACTION, AT, GOAL, REBASE
from tests.walks import opened

ADMINISTRATOR, OFFICER, COORDINATOR = Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.COORDINATOR
MEMBER, MANAGER, STRATEGIST = Role.PANEL_MEMBER, Role.MANAGER, Role.STRATEGY_OWNER
RESEARCHER = Role.RESEARCHER
KEYER = Role.KEYER
SIGNED_IN = set(Role) - {Role.RESIDENT}
AT_WORK = THEMES = {MEMBER, MANAGER, COORDINATOR, STRATEGIST}
TRANSLATING = {COORDINATOR, Role.TRANSLATOR}
LETTERS = {MANAGER, COORDINATOR, STRATEGIST}
CHOICE, BLANK = CommentChoice("x", "07", "2026-Q3"), NewProposal("", "", "")
WHY = {"reason": "", "based_on": 1}
DAY = date(2026, 9, 10)
APPROVERS, IN_RESEARCH = {ADMINISTRATOR, OFFICER}, {ADMINISTRATOR, OFFICER, RESEARCHER}
NO_AGREEMENT = NewAgreement("", "", "", "", "", "")
PANEL_ROUND, TALK = NewPanelRound("", DAY, ()), NewDialogue("", "", "")
PERMIT = NewPermit("", "", 0)
NEW, NOTHING = NewAssignment("manager", "x"), NewOrganisation("", "")
Deed = Callable[[Installation, Person], object]

# page, action, who may, and the action itself.
LINES: list[tuple[str, str, set[Role], Deed]] = [
    ("translations", "approve", TRANSLATING, lambda i, by: keep_texts(i, Set(), "x", [], by=by)),
    ("accounts", "see", {ADMINISTRATOR}, lambda i, by: list_people(i, viewer=by)),
    ("accounts", "invite", {ADMINISTRATOR}, lambda i, by: invite(i, Invitation("", "", NEW), by=by)),
    ("accounts", "invite again", {ADMINISTRATOR}, lambda i, by: invite_again(i, "x", by=by)),
    ("accounts", "forget", {ADMINISTRATOR}, lambda i, by: forget_account(i, "x", based_on=1, by=by)),
    ("accounts", "close", {ADMINISTRATOR}, lambda i, by: close_account(i, "x", based_on=1, by=by)),
    ("accounts", "give a role", {ADMINISTRATOR}, lambda i, by: assign_role(i, "x", NEW, by=by)),
    ("accounts", "take a role back", {ADMINISTRATOR}, lambda i, by: end_assignment(i, "x", by=by)),
    ("accounts", "sign out", {ADMINISTRATOR}, lambda i, by: sign_out_everywhere(i, "x", by=by)),
    ("accounts", "second step", {ADMINISTRATOR}, lambda i, by: take_second_step(i, "x", based_on=1, by=by)),
    ("keying", "see", {KEYER, COORDINATOR}, lambda i, by: list_paper_rounds(i, viewer=by)),
    ("keying", "open a round", {KEYER, COORDINATOR}, lambda i, by: find_paper_round(i, "x", by=by)),
    ("keying", "set the share", {COORDINATOR}, lambda i, by: set_share(i, "x", 10, by=by)),
    ("rounds", "print forms", {COORDINATOR}, lambda i, by: check_can_print(i, "x", by=by)),
    ("organisations", "see", {ADMINISTRATOR}, lambda i, by: list_organisations(i, viewer=by)),
    ("organisations", "add", {ADMINISTRATOR}, lambda i, by: add_organisation(i, NOTHING, by=by)),
    (
        "organisations",
        "change",
        {ADMINISTRATOR},
        lambda i, by: change_organisation(i, "x", NOTHING, based_on=1, by=by),
    ),
    (
        "organisations",
        "remove",
        {ADMINISTRATOR},
        lambda i, by: remove_organisation(i, "x", based_on=1, by=by),
    ),
    ("programs", "see permits", {ADMINISTRATOR}, lambda i, by: list_permits(i, viewer=by)),
    ("programs", "make a permit", {ADMINISTRATOR}, lambda i, by: make_permit(i, PERMIT, by=by)),
    ("programs", "take a permit back", {ADMINISTRATOR}, lambda i, by: end_permit(i, "x", by=by)),
    ("programs", "see receivers", {ADMINISTRATOR}, lambda i, by: list_receivers(i, viewer=by)),
    ("programs", "add a receiver", {ADMINISTRATOR}, lambda i, by: add_receiver(i, "", "", by=by)),
    ("programs", "try a receiver", {ADMINISTRATOR}, lambda i, by: send_trial(i, "x", by=by)),
    ("programs", "new secret", {ADMINISTRATOR}, lambda i, by: change_secret(i, "x", based_on=1, by=by)),
    ("programs", "stop", {ADMINISTRATOR}, lambda i, by: stop_receiver(i, "x", based_on=1, by=by)),
    ("programs", "start", {ADMINISTRATOR}, lambda i, by: start_receiver(i, "x", based_on=1, by=by)),
    ("programs", "remove", {ADMINISTRATOR}, lambda i, by: remove_receiver(i, "x", based_on=1, by=by)),
    ("audit-log", "see", {OFFICER}, lambda i, by: find_events(i, Search(), page=1, viewer=by)),
    ("data-protection", "see", {OFFICER}, lambda i, by: find_facts(i, viewer=by)),
    ("account", "see", SIGNED_IN, lambda i, by: find_own(i, viewer=by, account="x")),
    ("missions", "see the register", {COORDINATOR}, lambda i, by: list_register(i, by=by)),
    ("comments", "see themes", THEMES, lambda i, by: search_comments(i, CHOICE, viewer=by, seed=1)),
    ("coding", "take", {MEMBER}, lambda i, by: take_next(i, survey="x", skipped=(), by=by)),
    ("coding", "code", {MEMBER}, lambda i, by: code_comment(i, b"", themes=(), quotable=False, by=by)),
    ("coding", "mask", {MEMBER}, lambda i, by: mask_words(i, b"", "x", by=by)),
    ("coding", "withhold", {MEMBER}, lambda i, by: withhold(i, b"", "x", by=by)),
    ("coding", "ask for an answer", {MEMBER}, lambda i, by: ask_for_answer(i, b"", "x", by=by)),
    ("agreement", "see", {MEMBER}, lambda i, by: find_agreements(i, survey="x", viewer=by)),
    ("answers", "see", {COORDINATOR}, lambda i, by: list_needing_answer(i, survey="x", viewer=by)),
    ("answers", "answer", {COORDINATOR}, lambda i, by: answer_flag(i, b"", "x", by=by)),
    ("proposals", "see", AT_WORK, lambda i, by: list_proposals(i, "07", viewer=by)),
    ("proposals", "write", {MEMBER}, lambda i, by: write_proposal(i, BLANK, survey="x", area="07", by=by)),
    ("proposals", "put forward", {MEMBER}, lambda i, by: put_forward(i, "x", based_on=1, by=by)),
    ("proposals", "support", {MEMBER}, lambda i, by: give_support(i, "x", by=by)),
    ("proposals", "take an idea", {MEMBER}, lambda i, by: put_aside(i, b"", by=by)),
    ("proposals", "accept", {MANAGER}, lambda i, by: decide(i, "x", Event.ACCEPT, **WHY, by=by)),
    ("proposals", "decline", {MANAGER}, lambda i, by: decide(i, "x", Event.DECLINE, **WHY, by=by)),
    ("proposals", "promise", {MANAGER}, lambda i, by: promise_another_day(i, "x", day="", **WHY, by=by)),
    ("proposals", "tell residents", {MANAGER}, lambda i, by: tell_residents(i, "x", {}, based_on=0, by=by)),
    ("proposals", "take down", {COORDINATOR}, lambda i, by: take_down(i, "x", **WHY, by=by)),
    ("panel-rounds", "see", AT_WORK, lambda i, by: list_panel_rounds(i, viewer=by)),
    ("panel-rounds", "open", {COORDINATOR}, lambda i, by: open_panel_round(i, PANEL_ROUND, by=by)),
    ("panel-rounds", "close", {COORDINATOR}, lambda i, by: close_round(i, "x", seen="", by=by)),
    ("panel-rounds", "rate", {MEMBER}, lambda i, by: find_walk(i, "x", by=by)),
    ("panel-rounds", "talk", {COORDINATOR}, lambda i, by: write_dialogue(i, "", 1, TALK, based_on=0, by=by)),
    ("follow-up", "set a goal", {MANAGER}, lambda i, by: add_goal(i, GOAL, **AT, dimension="x", by=by)),
    ("follow-up", "write an action", {MANAGER}, lambda i, by: add_action(i, ACTION, **AT, by=by)),
    ("follow-up", "new limits", {MANAGER}, lambda i, by: add_rebase(i, REBASE, **AT, dimension="x", by=by)),
    ("missions", "accept", {COORDINATOR}, lambda i, by: accept_request(i, "x", based_on=1, by=by)),
    ("missions", "decline", {COORDINATOR}, lambda i, by: decline_request(i, "x", **WHY, by=by)),
    ("missions", "confirm", {COORDINATOR}, lambda i, by: confirm_group(i, "x", based_on=1, by=by)),
    ("missions", "statistics", {COORDINATOR}, lambda i, by: find_statistics(i, by=by)),
    ("missions", "payroll", {COORDINATOR}, lambda i, by: list_pay_months(i, by=by)),
    ("missions", "own", {MEMBER}, lambda i, by: list_own(i, by=by)),
    ("missions", "answer", {MEMBER}, lambda i, by: answer_invitation(i, "x", comes=True, by=by)),
    ("missions", "log time", {MEMBER}, lambda i, by: log_time(i, "x", day=DAY, minutes=60, by=by)),
    ("learning", "see", {COORDINATOR}, lambda i, by: find_learning(i, by=by)),
    ("learning", "learn", {COORDINATOR}, lambda i, by: train_model(i, survey="x", by=by)),
    ("learning", "put in force", {COORDINATOR}, lambda i, by: put_in_force(i, None, "x", by=by)),
    ("strategy", "edit", {STRATEGIST}, lambda i, by: restore_version(i, 1, based_on=1, by=by)),
    ("indicators", "load", {COORDINATOR}, lambda i, by: load_content(i, "x", b"", by=by)),
    ("definitions", "try a file", {COORDINATOR}, lambda i, by: try_file(i, "x", b"", by=by)),
    ("rounds", "make a link", {COORDINATOR}, lambda i, by: add_way(i, "x", "y", most_a_day=None, by=by)),
    ("rounds", "close a link", {COORDINATOR}, lambda i, by: close_way(i, "x", by=by)),
    ("rounds", "fetch letters", {COORDINATOR}, lambda i, by: check_can_fetch(i, "x", by=by)),
    ("rounds", "remind", {COORDINATOR}, lambda i, by: check_can_remind(i, "x", by=by)),
    ("rounds", "list unused", {COORDINATOR}, lambda i, by: list_unused(i, "x", by=by)),
    ("rounds", "throw codes away", {COORDINATOR}, lambda i, by: throw_away_order(i, "x", by=by)),
    ("reports", "ask for", AT_WORK, lambda i, by: ask_for_report(i, AskedReport(), by=by)),
    ("reports", "see own", AT_WORK, lambda i, by: list_own_reports(i, by=by)),
    ("reports", "fetch", AT_WORK, lambda i, by: fetch_report(i, "x", by=by)),
    ("reports", "remove", AT_WORK, lambda i, by: remove_report(i, "x", by=by)),
    ("week", "calendar address", AT_WORK - {STRATEGIST}, lambda i, by: find_address(i, by=by)),
    ("week", "weekly letter", {MEMBER}, lambda i, by: start_letter(i, by=by)),
    ("research", "see", IN_RESEARCH, lambda i, by: list_agreements(i, viewer=by)),
    ("research", "ask", {RESEARCHER}, lambda i, by: ask_for_file(i, NO_AGREEMENT, by=by)),
    ("research", "approve", APPROVERS, lambda i, by: decide_file(i, "x", FileEvent.APPROVE, **WHY, by=by)),
    ("research", "decline", APPROVERS, lambda i, by: decide_file(i, "x", FileEvent.DECLINE, **WHY, by=by)),
    ("research", "make", {RESEARCHER}, lambda i, by: make_file(i, "x", based_on=1, by=by)),
    ("research", "fetch", {RESEARCHER}, lambda i, by: check_can_fetch_file(i, "x", by=by)),
    ("research", "end", IN_RESEARCH, lambda i, by: end_agreement(i, "x", **WHY, by=by)),
    ("digest", "ask for", LETTERS, lambda i, by: ask_for_digest(i, Asked("", (), "sv"), by=by)),
]  # fmt: skip


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("var")
    with opened(f"sqlite:///{folder / 'actions.db'}", folder) as found:
        yield found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("page", "action", "who", "deed"), LINES, ids=[f"{a}: {b}" for a, b, _, _ in LINES])
def test_an_action_is_for_its_roles_alone(
    page: str, action: str, who: set[Role], deed: Deed, role: Role, installation: Installation
) -> None:
    told = ""
    try:
        deed(installation, Person(role, "f00d"))
    except SurveyError as wrong:
        told = wrong.code
    assert (told != "not_allowed") == (role in who)
    entry = next(one for one in MENU if one.address == page)
    assert role not in who or can_do(entry.permission, by=Person(role))


@pytest.mark.parametrize("role", [ADMINISTRATOR, OFFICER])
def test_who_looks_after_people_or_data_reads_no_comment_and_sees_what_the_public_sees(role: Role) -> None:
    may = Person(role).permissions
    assert not {one for one in may if "comment" in one or "theme" in one or "signed_in" in one}
    shared = {one for one in may if one.startswith("see_")} - {"see_audit"}
    assert shared == {"see_public_figures"}
