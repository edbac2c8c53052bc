"""What a person can do here now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.shared.frame import Frame, draw_heading
from pages.shared.links import Link, draw_links
from pages.shared.proposal_waiting import draw_waiting
from pages.shared.round_card import draw_rounds_to_answer
from pages.shared.signals import draw_signals
from pages.shared.week_tasks import draw_first_tasks
from survey.insight.published import list_all_publications
from survey.people.permissions import can_do
from survey.people.roles import Permission, Role
from survey.rounds import list_open_rounds, list_rounds


def draw_start(frame: Frame) -> None:
    """The start of a role; of a new installation, the three steps to take."""
    is_at_work = frame.viewer.role is not Role.RESIDENT
    draw_heading(frame, frame.words.say("start.title_at_work" if is_at_work else "start.title"))
    if not list_rounds(frame.installation):
        draw_first_steps(frame)
        return
    STARTS[frame.viewer.role](frame)


def draw_first_steps(frame: Frame) -> None:
    """What to do with a new installation."""
    words = frame.words
    st.markdown(words.say("start.empty"))
    steps = (words.say("start.empty_1"), words.say("start.empty_2"), words.say("start.empty_3"))
    for number, step in enumerate(steps, start=1):
        st.markdown(f"{number}. {step}")


def draw_resident_start(frame: Frame) -> None:
    """Answer, take back, see results."""
    words = frame.words
    st.markdown(words.say("start.resident"))
    draw_rounds_to_answer(frame, list_open_rounds(frame.installation, viewer=frame.viewer))
    st.header(words.say("start.afterwards"), anchor=False)
    frame.link_to("trends", words.say("start.see_results"))
    frame.link_to("withdraw", words.say("start.take_back"))
    happened = Link(words.say("light.happened.title"), "/vad-hande-sen")
    draw_links([happened, Link(words.say("light.story.titles"), "/arsberattelse")])


def draw_panel_start(frame: Frame) -> None:
    """The panel's page first."""
    st.markdown(frame.words.say("start.panel"))
    draw_first_tasks(frame)
    frame.link_to("panel", frame.words.say("page.panel"))
    frame.link_to("missions", frame.words.say("mission.view.mine"))
    frame.link_to("panel-rounds", frame.words.say("page.panel_rounds"))
    frame.link_to("trends", frame.words.say("start.see_results"))


def draw_manager_start(frame: Frame) -> None:
    """What needs one's eye first."""
    st.markdown(frame.words.say("start.manager"))
    draw_first_tasks(frame)
    draw_signals(frame)
    draw_waiting(frame)
    frame.link_to("trends", frame.words.say("start.see_results"))
    frame.link_to("publications", frame.words.say("start.see_publications"))
    if can_do(Permission.REQUEST_MISSION, by=frame.viewer):
        frame.link_to("missions", frame.words.say("mission.view.requested"))


def draw_coordinator_start(frame: Frame) -> None:
    """The rounds first."""
    words = frame.words
    st.markdown(words.say("start.coordinator"))
    draw_first_tasks(frame)
    today = frame.installation.today()
    open_now = [one for one in list_rounds(frame.installation) if one.is_open(today)]
    st.markdown(words.count("start.open_rounds", len(open_now)))
    draw_latest(frame)
    frame.link_to("rounds", words.say("start.see_rounds"))
    frame.link_to("missions", words.say("page.missions"))
    frame.link_to("panel-rounds", words.say("page.panel_rounds"))
    frame.link_to("publications", words.say("start.see_publications"))
    frame.link_to("trends", words.say("start.see_results"))
    draw_links([Link(words.say("start.plain_form"), "/e")])


def draw_keyer_start(frame: Frame) -> None:
    """The forms first."""
    st.markdown(frame.words.say("start.keyer"))
    frame.link_to("keying", frame.words.say("page.keying"))
    draw_links([Link(frame.words.say("keying.to_desk"), "/inmatning")])


def draw_administrator_start(frame: Frame) -> None:
    """The people first."""
    st.markdown(frame.words.say("start.administrator"))
    frame.link_to("accounts", frame.words.say("page.accounts"))
    frame.link_to("organisations", frame.words.say("page.organisations"))
    frame.link_to("research", frame.words.say("page.research"))
    frame.link_to("trends", frame.words.say("start.see_results"))


def draw_officer_start(frame: Frame) -> None:
    """The log first."""
    st.markdown(frame.words.say("start.officer"))
    frame.link_to("audit-log", frame.words.say("page.audit_log"))
    frame.link_to("data-protection", frame.words.say("page.data_protection"))
    frame.link_to("research", frame.words.say("page.research"))
    frame.link_to("trends", frame.words.say("start.see_results"))


def draw_researcher_start(frame: Frame) -> None:
    """The files first."""
    st.markdown(frame.words.say("start.researcher"))
    frame.link_to("research", frame.words.say("page.research"))
    frame.link_to("files", frame.words.say("page.files"))
    frame.link_to("trends", frame.words.say("start.see_results"))


def draw_translator_start(frame: Frame) -> None:
    """The texts that wait."""
    st.markdown(frame.words.say("start.translator"))
    frame.link_to("translations", frame.words.say("page.translations"))


def draw_latest(frame: Frame) -> None:
    """Which month was published last."""
    words = frame.words
    found = list_all_publications(frame.installation)
    if found:
        st.markdown(words.say("start.latest", month=words.month(found[0].month)))
    else:
        st.markdown(words.say("error.nothing_published"))


STARTS: Mapping[Role, Callable[[Frame], None]] = {
    Role.RESIDENT: draw_resident_start,
    Role.PANEL_MEMBER: draw_panel_start,
    Role.MANAGER: draw_manager_start,
    Role.COORDINATOR: draw_coordinator_start,
    Role.KEYER: draw_keyer_start,
    Role.STRATEGY_OWNER: draw_manager_start,
    Role.ADMINISTRATOR: draw_administrator_start,
    Role.DATA_PROTECTION_OFFICER: draw_officer_start,
    Role.RESEARCHER: draw_researcher_start,
    Role.TRANSLATOR: draw_translator_start,
}
