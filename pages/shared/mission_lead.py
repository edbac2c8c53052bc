"""What does a coordinator see of a mission, and decide?"""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Hidden, Shown
from pages.shared.calendar_file import draw_calendar_file
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_card import draw_card
from pages.shared.mission_days import draw_days
from pages.shared.mission_deeds import draw_deeds, draw_text_form
from pages.shared.mission_form import Case, do, open_case
from pages.shared.mission_people import draw_asked, draw_candidates
from survey.panel.decisions import accept_request, close_mission, decline_request
from survey.panel.evaluation import Waiting, find_result
from survey.panel.gathering import confirm_group, find_hindrance
from survey.panel.seen import Mission, list_asked
from survey.panel.states import Event, State

ASKED_STATES = (State.INVITING, State.AGREED, State.DONE, State.TOLD)
DONE_STATES = (State.DONE, State.TOLD)


def draw_led_mission(frame: Frame, mission: Mission) -> None:
    """The mission, what to decide now, who is asked, their time, and how it was."""
    case = open_case(frame, mission)
    draw_card(frame, mission)
    draw_calendar_file(frame, mission)
    draw_next(case)
    if mission.state in ASKED_STATES:
        draw_asked(case)
    if case.may(Event.INVITE):
        draw_candidates(case)
    draw_deeds(case)
    if case.may(Event.DECLINE):
        draw_text_form(case, "decline", decline)
    if mission.state in (State.AGREED, *DONE_STATES):
        draw_days(case)
    if mission.state in DONE_STATES:
        draw_result(case)


def draw_next(case: Case) -> None:
    """The one thing to decide next, as a button."""
    frame, words, at = case.frame, case.frame.words, case.mission
    here = (frame.installation, at.id)
    by = {"based_on": case.seen, "by": frame.viewer}
    if case.may(Event.ACCEPT) and draw_button(case, "accept"):
        do(frame, lambda: accept_request(*here, **by), words.say("mission.done.accept"))
    if case.may(Event.CONFIRM) and is_whole(case) and draw_button(case, "confirm"):
        do(frame, lambda: confirm_group(*here, **by), words.say("mission.done.confirm"))
    is_day = at.day <= frame.installation.today()
    if case.may(Event.CLOSE) and is_day and draw_button(case, "close"):
        do(frame, lambda: close_mission(*here, **by), words.say("mission.done.close"))


def is_whole(case: Case) -> bool:
    """Whether everybody who was asked has answered and signed, so that the group can be confirmed."""
    asked = list_asked(case.frame.installation, case.mission, viewer=case.frame.viewer)
    return find_hindrance([one.invitation.state for one in asked]) is None


def draw_button(case: Case, name: str) -> bool:
    """A button that does one thing; whether it was pressed."""
    label = case.frame.words.say(f"mission.do.{name}")  # keys: mission.do.*
    return st.button(label, type="primary", key=case.key(name))


def decline(case: Case, text: str) -> object:
    frame = case.frame
    return decline_request(
        frame.installation, case.mission.id, reason=text, based_on=case.seen, by=frame.viewer
    )


def draw_result(case: Case) -> None:
    """How the mission was for those who took part, where it may be told."""
    frame, words = case.frame, case.frame.words
    st.header(words.say("mission.how_it_was"), anchor=False)
    result = find_result(frame.installation, case.mission, by=frame.viewer)
    if isinstance(result, Shown):
        found = result.value
        told = words.say(
            "mission.result.shown",
            quality=words.number(found.quality),
            answers=words.number(found.answers),
            again=words.number(found.again),
        )
    elif isinstance(result, Hidden):
        told = words.say("mission.result.hidden", threshold=words.number(result.threshold))
    elif isinstance(result, Waiting):
        told = words.say("mission.result.waiting", day=words.day(result.last_day))
    else:
        told = words.say("mission.result.none")
    st.markdown(escape_markdown(told))
