"""What does a member see of the missions they were asked about, and answer?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.calendar_file import draw_calendar_file
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import Link, draw_links
from pages.shared.mission_agree import draw_agreement
from pages.shared.mission_card import draw_card
from pages.shared.mission_evaluate import draw_evaluation
from pages.shared.mission_form import do
from pages.shared.mission_own_time import draw_own_time
from survey.panel.answering import Invited, answer_invitation, leave_mission, list_own
from survey.panel.evaluation import can_evaluate
from survey.panel.members import is_member, list_to_try
from survey.panel.states import COMING, Reply, State
from survey.panel.time_log import LOGGED_STATES
from survey.panel.timing import estimate_fee


def is_somebody(frame: Frame, *, to: str = "/missions") -> bool:
    """Whether it is known which member this is; it is said when not, and in a demonstration one is chosen,
    who comes to an address."""
    if is_member(frame.installation, by=frame.viewer):
        return True
    if not frame.installation.is_demo:
        st.markdown(frame.words.say("mission.no_member"))
        return False
    st.markdown(frame.words.say("mission.choose_member"))
    people = list_to_try(frame.installation).items()
    draw_links([Link(name, "/roll/panel_member", to, {"person": one}) for one, name in people])
    return False


def draw_own_missions(frame: Frame) -> None:
    """What waits for an answer first, then what one takes part in, the latest first; one mission alone where
    the address names it."""
    if not is_somebody(frame):
        return
    words = frame.words
    known = list_own(frame.installation, by=frame.viewer)
    every = select_asked(frame, known)
    waiting = [one for one in every if one.is_open]
    if waiting or every is known:
        st.header(words.say("mission.to_answer"), anchor=False)
    if not waiting and every is known:
        st.markdown(words.say("mission.to_answer_none"))
    for one in waiting:
        draw_question(frame, one)
    mine = [one for one in every if one.invitation.state in COMING]
    if mine:
        st.header(words.say("mission.taking_part"), anchor=False)
    for one in mine:
        draw_mine(frame, one)


def select_asked(frame: Frame, every: Sequence[Invited]) -> Sequence[Invited]:
    """Those of the mission that the address names, with a way to all; all where it names none of theirs."""
    asked = st.query_params.get("mission")
    chosen = [
        one for one in every if one.mission.id == asked and (one.is_open or one.invitation.state in COMING)
    ]
    if not chosen:
        if asked:
            st.markdown(frame.words.say("mission.not_waiting"))
        return every
    frame.link_to("missions", frame.words.say("mission.all"))
    return chosen


def draw_question(frame: Frame, one: Invited) -> None:
    """A mission with yes and no, of the same reach; nobody asks why."""
    words, key = frame.words, one.invitation.id
    with st.container(key=f"question-mission-{key}", border=True):
        draw_card(frame, one.mission, wanted=False)
        fee = estimate_fee(frame.installation, one.mission)
        if fee is not None:
            st.markdown(words.say("mission.fee_about", kronor=words.number(fee)))
        st.markdown(words.say("mission.answer_by", day=words.day(one.invitation.answer_by)))
        with st.container(horizontal=True):
            says_yes = st.button(words.say("mission.say_yes"), type="primary", key=f"yes-{key}")
            says_no = st.button(words.say("mission.say_no"), key=f"no-{key}")
        if says_yes or says_no:
            do(
                frame,
                lambda: answer_invitation(frame.installation, key, comes=says_yes, by=frame.viewer),
                words.say("mission.done.yes" if says_yes else "mission.done.no"),
            )


def draw_mine(frame: Frame, one: Invited) -> None:
    """A mission that one takes part in: the agreement, time, how it was, and a way out."""
    words, mission, invitation = frame.words, one.mission, one.invitation
    with st.container(key=f"my-mission-{invitation.id}", border=True):
        draw_card(frame, mission, wanted=False)
        draw_calendar_file(frame, mission, reply=invitation.state)
        if invitation.state == Reply.YES:
            draw_agreement(frame, invitation)
        if invitation.state == Reply.SIGNED and mission.state in LOGGED_STATES:
            draw_own_time(frame, mission, invitation)
        if can_evaluate(mission, invitation, today=frame.installation.today()):
            draw_evaluation(frame, invitation)
        elif invitation.evaluated:
            st.markdown(words.say("mission.evaluated"))
        is_ahead = mission.day > frame.installation.today() and mission.state != State.CANCELLED
        label = words.say("mission.do.leave", day=words.day(mission.day))
        if is_ahead and st.button(escape_markdown(label), key=f"leave-{invitation.id}"):
            do(
                frame,
                lambda: leave_mission(frame.installation, invitation.id, by=frame.viewer),
                words.say("mission.done.leave"),
            )
