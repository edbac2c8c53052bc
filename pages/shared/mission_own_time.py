"""How does a member write down the time a mission took?"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.mission_card import draw_lines
from pages.shared.mission_days import say_day
from pages.shared.mission_form import do, press
from pages.shared.mission_when import MINUTES_IN_HOUR, draw_day
from survey.panel.answering import Invitation
from survey.panel.seen import Mission
from survey.panel.time_log import MOST_MINUTES, STEP_MINUTES, list_own_days, log_time


def draw_own_time(frame: Frame, mission: Mission, invitation: Invitation) -> None:
    """What has been written down, and the form for a day."""
    words, key = frame.words, f"time-{invitation.id}"
    days = list_own_days(frame.installation, mission.id, by=frame.viewer)
    if days:
        st.subheader(words.say("mission.own_time"), anchor=False)
        draw_lines([say_day(frame, one) for one in days])
    with st.expander(words.say("mission.own_time_write"), key=f"{key}-fold"):
        draw_form(frame, mission, invitation, key)


def draw_form(frame: Frame, mission: Mission, invitation: Invitation, key: str) -> None:
    """The form for a day; the mission's own day and length to begin with."""
    words, told = frame.words, st.container()
    with st.form(key, border=False):
        day = draw_day(
            words.say("mission.form.worked_on"), f"{key}-day", min(mission.day, frame.installation.today())
        )
        hours = st.number_input(
            words.say("mission.form.worked_hours"),
            min_value=0.0,
            max_value=MOST_MINUTES / MINUTES_IN_HOUR,
            value=mission.minutes / MINUTES_IN_HOUR,
            step=STEP_MINUTES / MINUTES_IN_HOUR,
            format="%g",
            key=f"{key}-hours",
        )
        st.caption(words.say("mission.form.worked_about"))
        pressed = press(words.say("mission.do.time"), key)
    if pressed:
        minutes = round(hours * MINUTES_IN_HOUR)
        with told:
            do(
                frame,
                lambda: log_time(
                    frame.installation, invitation.id, day=day, minutes=minutes, by=frame.viewer
                ),
                words.say("mission.done.time"),
            )
