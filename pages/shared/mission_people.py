"""Whom does a coordinator ask about a mission, and how do they stand who were asked?

Nobody's tags are shown, only how many of the wanted somebody shares.
"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.mission_form import Case, do, press
from survey.panel.inviting import invite_members, list_candidates, take_back
from survey.panel.matching import Candidate
from survey.panel.members import list_register
from survey.panel.seen import Asked, list_asked
from survey.panel.states import COMING, HOLDING, Reply, State

MOST_SHOWN = 15  # candidates: the first in turn are those to ask
CALLED_OFF = (State.DONE, State.TOLD)


def draw_asked(case: Case) -> None:
    """Everybody who was asked, how they stand, the link to hand over, and a way to take it back."""
    frame, words = case.frame, case.frame.words
    asked = list_asked(frame.installation, case.mission, viewer=frame.viewer)
    st.header(words.say("mission.asked"), anchor=False)
    coming = [one for one in asked if one.invitation.state in COMING]
    number = words.number(case.mission.number)
    st.markdown(words.count("mission.coming", len(coming), places=number))
    for one in asked:
        draw_one(case, one)


def draw_one(case: Case, one: Asked) -> None:
    """Somebody who was asked."""
    frame, words, asked = case.frame, case.frame.words, one.invitation
    state = words.say(f"mission.reply.{asked.state}", day=words.day(asked.answer_by))  # keys: mission.reply.*
    talk = f" {words.say('mission.wants_to_talk')}" if asked.state == Reply.YES and asked.conflict else ""
    with st.container(key=f"asked-{asked.id}", border=True, gap="small"):
        st.markdown(f"**{escape_markdown(one.name)}**  \n{escape_markdown(state + talk)}")
        if one.link:
            st.caption(words.say("mission.hand_over"))
            st.code(one.link, language=None, wrap_lines=True)
        can_take_back = asked.state in HOLDING and case.mission.state not in CALLED_OFF
        label = words.say("mission.do.take_back", name=one.name)
        if can_take_back and st.button(escape_markdown(label), key=f"take-back-{asked.id}"):
            do(
                frame,
                lambda: take_back(frame.installation, asked.id, by=frame.viewer),
                words.say("mission.done.take_back"),
            )


def draw_candidates(case: Case) -> None:
    """Those who can be asked, the first in turn ticked as far as there are places."""
    frame, words, key = case.frame, case.frame.words, case.key("invite")
    found = list_candidates(frame.installation, case.mission, by=frame.viewer)
    names = {kept.id: contact.name for kept, contact in list_register(frame.installation, by=frame.viewer)}
    st.header(words.say("mission.candidates"), anchor=False)
    if not found:
        st.markdown(words.say("mission.candidates_none"))
        return
    st.markdown(words.say("mission.candidates_about"))
    places = count_places(case)
    told = st.container()
    with st.form(key, border=False):
        chosen = [
            one.member
            for number, one in enumerate(found[:MOST_SHOWN])
            if st.checkbox(
                escape_markdown(say_candidate(case, one, names.get(one.member, ""))),
                value=number < places and (one.shared > 0 or not case.mission.tags),
                key=f"{key}-{one.member}-{case.mission.version}",
            )
        ]
        pressed = press(words.say("mission.do.invite"), key)
    if pressed:
        named = {"members": chosen, "based_on": case.seen, "by": frame.viewer}
        with told:
            do(
                frame,
                lambda: invite_members(frame.installation, case.mission.id, **named),
                words.count("mission.done.invite", len(chosen)),
            )


def count_places(case: Case) -> int:
    """How many places nobody holds or is asked to take."""
    frame = case.frame
    asked = list_asked(frame.installation, case.mission, viewer=frame.viewer)
    return case.mission.number - len([one for one in asked if one.invitation.state in HOLDING])


def say_candidate(case: Case, one: Candidate, name: str) -> str:
    """The name, how much is shared with what is wanted, and how often they have been asked."""
    words, mission = case.frame.words, case.mission
    shared = ""
    if mission.tags:
        shared = words.say(
            "mission.candidate.shared", shared=words.number(one.shared), of=words.number(len(mission.tags))
        )
    turns = words.count("mission.candidate.asked", one.asked)
    often = words.say("mission.candidate.often") if one.asked_often else ""
    return " ".join(part for part in (f"{name}:", shared, turns, often) if part)
