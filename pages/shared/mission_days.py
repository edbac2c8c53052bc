"""What time has been written down for a mission, and how does a coordinator approve it?"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.mission_card import draw_lines
from pages.shared.mission_form import Case, do
from survey.panel.letters import say_length
from survey.panel.time_log import Day, approve_times, list_all_days


def draw_days(case: Case) -> None:
    """Everybody's days; a button that approves those that are seen and not approved yet."""
    frame, words = case.frame, case.frame.words
    days = list_all_days(frame.installation, case.mission.id, by=frame.viewer)
    st.header(words.say("mission.time"), anchor=False)
    if not days:
        st.markdown(words.say("mission.time_none"))
        return
    draw_lines([say_day(frame, one, name=one.name) for one in days])
    waiting = tuple(one.time for one in days if not one.approved)
    key = case.key("days")
    seen = st.session_state.get(key, waiting)
    st.session_state[key] = waiting
    if waiting and st.button(words.say("mission.do.approve"), type="primary", key=f"{key}-press"):
        do(
            frame,
            lambda: approve_times(frame.installation, case.mission.id, seen=seen, by=frame.viewer),
            words.count("mission.done.approve", len(waiting)),
        )


def say_day(frame: Frame, one: Day, *, name: str = "") -> str:
    """A day's time and what it is paid with."""
    words = frame.words
    facts = {
        "day": words.day(one.time.day),
        "hours": say_length(one.time.minutes, words),
        "kronor": words.number(one.kronor or 0),
    }
    if one.kronor is None:
        told = words.say("mission.day.no_table", **facts)
    else:
        told = words.say("mission.day.approved" if one.approved else "mission.day.waiting", **facts)
    return f"{name}: {told}" if name else told
