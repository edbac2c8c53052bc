"""Which pages there are, where, and what a person needs to be let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from pages.accessibility import draw_accessibility
from pages.accounts import draw_accounts
from pages.action_plan import draw_action_plan
from pages.agreement import draw_agreement
from pages.answer import draw_answer, find_answer_language
from pages.audit_log import draw_audit_log
from pages.coding import draw_coding
from pages.comments import draw_comments
from pages.data_protection import draw_data_protection
from pages.definitions import draw_definitions_page
from pages.digest import draw_digest
from pages.files import draw_files
from pages.follow_up import draw_follow_up
from pages.groups import draw_groups
from pages.indicators import draw_indicators
from pages.keying import draw_keying
from pages.learning import draw_learning
from pages.method import draw_method
from pages.missions import draw_missions
from pages.monitoring import draw_monitoring
from pages.municipalities import draw_municipalities
from pages.needing_answer import draw_needing_answer
from pages.organisations import draw_organisations
from pages.own_account import draw_own_account
from pages.panel import draw_panel
from pages.panel_rounds import draw_panel_rounds
from pages.programs import draw_programs
from pages.proposals import draw_proposals
from pages.publications import draw_publications
from pages.reports import draw_reports
from pages.research import draw_research
from pages.rounds import draw_rounds
from pages.set_up import draw_set_up
from pages.shared.frame import Body, Frame, draw_framed, draw_not_started, open_frame
from pages.start import draw_start
from pages.strategy import draw_strategy
from pages.translations import draw_translations
from pages.trends import draw_trends
from pages.week import draw_week
from pages.withdraw import draw_withdraw
from survey.errors import SurveyError
from survey.people.permissions import can_do
from survey.people.roles import Permission, Person


@dataclass(frozen=True)
class Entry:
    """One page. `title` is a key of the catalogue; a page that is not listed is reached by links only.

    `find_language` gives the language of a page that has one of its own, as begun answers have. A press on a
    page that is drawn `alone` leaves the menu and the frame as they are.
    """

    draw: Callable[[Frame], None]
    title: str
    address: str
    permission: Permission
    listed: bool = True
    wide: bool = False
    alone: bool = False
    find_language: Callable[[Frame], str | None] = lambda _frame: None


HOME = ""
FIGURES = Permission.SEE_PUBLIC_FIGURES
# One's own, results and goals, what residents write, the panel, the service. No headings between them: the
# framework's are no lists to those who listen (Streamlit 1.67 puts <li> outside <ul>; axe finds it serious).
MENU: tuple[Entry, ...] = (
    Entry(draw_start, "page.start", HOME, Permission.ANSWER),
    Entry(draw_week, "page.week", "week", Permission.SEE_OWN_WEEK),
    Entry(
        draw_answer,
        "answer.title",
        "answer",
        Permission.ANSWER,
        alone=True,
        find_language=find_answer_language,
    ),
    Entry(draw_withdraw, "answer.withdraw", "withdraw", Permission.ERASE_OWN),
    Entry(draw_digest, "page.digest", "digest", Permission.GET_DIGEST),
    Entry(draw_own_account, "page.account", "account", Permission.HAVE_ACCOUNT),
    Entry(draw_trends, "page.trends", "trends", FIGURES, wide=True),
    Entry(draw_groups, "page.groups", "groups", FIGURES, wide=True),
    Entry(draw_municipalities, "page.municipalities", "municipalities", FIGURES, wide=True),
    Entry(draw_follow_up, "page.follow_up", "follow-up", FIGURES),
    Entry(draw_indicators, "page.indicators", "indicators", FIGURES),
    Entry(draw_strategy, "page.strategy", "strategy", FIGURES, wide=True),
    Entry(draw_reports, "page.reports", "reports", Permission.SEE_SIGNED_IN_FIGURES),
    Entry(draw_method, "page.method", "metod", FIGURES),
    Entry(draw_files, "page.files", "files", FIGURES),
    Entry(draw_comments, "page.comments", "comments", Permission.SEE_THEMES, wide=True),
    Entry(draw_coding, "page.coding", "coding", Permission.CODE_COMMENTS),
    Entry(draw_agreement, "page.agreement", "agreement", Permission.CODE_COMMENTS),
    Entry(draw_needing_answer, "page.answers", "answers", Permission.HANDLE_COMMENTS),
    Entry(draw_learning, "page.learning", "learning", Permission.TEACH_THEMES, wide=True),
    Entry(draw_panel, "page.panel", "panel", Permission.ANSWER_PANEL_ROUND),
    Entry(draw_panel_rounds, "page.panel_rounds", "panel-rounds", Permission.SEE_PANEL_RATINGS),
    Entry(draw_missions, "page.missions", "missions", Permission.FOLLOW_MISSIONS),
    Entry(draw_proposals, "page.proposals", "proposals", Permission.SEE_PROPOSALS),
    Entry(draw_action_plan, "page.action_plan", "action-plan", FIGURES),
    Entry(draw_rounds, "page.rounds", "rounds", Permission.SEE_ROUNDS),
    Entry(draw_definitions_page, "page.definitions", "definitions", Permission.SEE_ROUNDS),
    Entry(draw_keying, "page.keying", "keying", Permission.KEY_PAPER),
    Entry(draw_monitoring, "page.monitoring", "monitoring", Permission.SEE_ROUNDS, wide=True),
    Entry(draw_publications, "page.publications", "publications", Permission.SEE_PUBLICATIONS, wide=True),
    Entry(draw_research, "page.research", "research", Permission.FOLLOW_RESEARCH),
    Entry(draw_translations, "page.translations", "translations", Permission.TRANSLATE, wide=True),
    Entry(draw_accounts, "page.accounts", "accounts", Permission.MANAGE_PEOPLE),
    Entry(draw_organisations, "page.organisations", "organisations", Permission.MANAGE_ORGANISATIONS),
    Entry(draw_programs, "page.programs", "programs", Permission.MANAGE_PROGRAMS),
    Entry(draw_data_protection, "page.data_protection", "data-protection", Permission.SEE_AUDIT),
    Entry(draw_audit_log, "page.audit_log", "audit-log", Permission.SEE_AUDIT, wide=True),
    Entry(draw_accessibility, "page.accessibility", "accessibility", Permission.ANSWER),
    # Whoever holds the address that the first start printed may set up; there is no other person then.
    Entry(draw_set_up, "page.set_up", "set-up", Permission.ANSWER, listed=False),
)


def is_in_menu(entry: Entry, *, viewer: Person) -> bool:
    """Whether the menu lists a page for a person; a page they may not see is not offered."""
    return entry.listed and can_do(entry.permission, by=viewer)


def draw_app() -> None:
    """Draw the menu and the page of the address."""
    try:
        frame = open_frame()
    except SurveyError as wrong:
        draw_not_started(wrong)
        return
    st.navigation([make_page(entry, frame) for entry in MENU]).run()


def make_page(entry: Entry, frame: Frame) -> Page:
    """The page as Streamlit's menu knows it; the frame draws it and checks the permission."""
    return st.Page(
        lambda: draw_entry(entry, frame),
        title=frame.words.say(entry.title),  # keys: page.*, answer.withdraw, answer.title
        url_path=entry.address or "start",
        default=entry.address == HOME,
        visibility="visible" if is_in_menu(entry, viewer=frame.viewer) else "hidden",
    )


def draw_entry(entry: Entry, frame: Frame) -> None:
    """Draw one page of the menu in its frame."""
    body = Body(entry.draw, entry.title, entry.permission, entry.wide)
    reopen = partial(reopen_entry, entry) if entry.alone else None
    draw_framed(turn_to(entry, frame), body, reopen=reopen)


def reopen_entry(entry: Entry) -> Frame:
    """The frame of a page after a press that draws neither frame nor menu. Raises SurveyError not_started."""
    return turn_to(entry, open_frame())


def turn_to(entry: Entry, frame: Frame) -> Frame:
    """The frame of one page of the menu, in the page's language."""
    return frame.turn_to(entry.address, entry.find_language(frame), partial(find_page, frame))


def find_page(frame: Frame, address: str) -> Page:
    """A page of the menu by its address, to link to; made when it is asked for, so that a run leaves nothing
    behind that holds itself."""
    return make_page(next(entry for entry in MENU if entry.address == address), frame)
