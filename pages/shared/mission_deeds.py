"""How do the unit and the coordinator move a mission, call it off, give material and tell what came of it?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.mission_form import Case, do, press
from pages.shared.mission_when import draw_feedback_day, draw_when
from survey.panel.decisions import cancel_mission, give_material, tell_outcome
from survey.panel.faults import MOST_CHARACTERS
from survey.panel.gathering import move_mission
from survey.panel.states import Event


def draw_deeds(case: Case) -> None:
    """A form for each of them that the person may do now, folded away."""
    if case.may(Event.TELL):
        draw_text_form(case, "tell", tell, unfolded=True)
    if case.may(Event.GIVE_MATERIAL):
        draw_text_form(case, "material", give)
    if case.may(Event.MOVE):
        draw_move(case)
    if case.may(Event.CANCEL):
        draw_text_form(case, "cancel", cancel)


def draw_text_form(
    case: Case, name: str, deed: Callable[[Case, str], object], *, unfolded: bool = False
) -> None:
    """A form with one text."""
    words, key = case.frame.words, case.key(name)
    most = words.number(MOST_CHARACTERS)
    title = words.say(f"mission.do.{name}")  # keys: mission.do.*
    with st.expander(escape_markdown(title), expanded=unfolded, key=f"{key}-fold"):
        told = st.container()
        with st.form(key, border=False):
            about = words.say(f"mission.do.{name}_label", most=most)  # keys: mission.do.*
            text = st.text_area(about, key=f"{key}-text")
            pressed = press(title, key)
        if pressed:
            with told:
                done = words.say(f"mission.done.{name}")  # keys: mission.done.*
                do(case.frame, lambda: deed(case, text), done)


def tell(case: Case, text: str) -> object:
    frame = case.frame
    return tell_outcome(
        frame.installation, case.mission.id, outcome=text, based_on=case.seen, by=frame.viewer
    )


def give(case: Case, text: str) -> object:
    frame = case.frame
    return give_material(
        frame.installation, case.mission.id, material=text, based_on=case.seen, by=frame.viewer
    )


def cancel(case: Case, text: str) -> object:
    frame = case.frame
    return cancel_mission(
        frame.installation, case.mission.id, reason=text, based_on=case.seen, by=frame.viewer
    )


def draw_move(case: Case) -> None:
    """Another time and place; those who have said yes are asked anew, and the form says so."""
    frame, words, key = case.frame, case.frame.words, case.key("move")
    with st.expander(escape_markdown(words.say("mission.do.move")), key=f"{key}-fold"):
        told = st.container()
        with st.form(key, border=False):
            st.markdown(words.say("mission.do.move_about"))
            when = draw_when(frame, key, case.mission)
            feedback_by = draw_feedback_day(frame, key, case.mission.feedback_by)
            pressed = press(words.say("mission.do.move"), key)
        if pressed:
            by = {"feedback_by": feedback_by, "based_on": case.seen, "by": frame.viewer}
            with told:
                do(
                    frame,
                    lambda: move_mission(frame.installation, case.mission.id, when, **by),
                    words.say("mission.done.move"),
                )
