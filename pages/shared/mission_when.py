"""How are a mission's day, time, length and place written in a form?"""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from pages.shared.frame import Frame
from survey.panel.requests import MOST_MINUTES, When
from survey.panel.seen import Mission

DAYS_AHEAD = 28  # of a new mission, to begin with: time to match, to ask and to read
FEEDBACK_DAYS = 30  # after it, to begin with
MINUTES_IN_HOUR = 60
USUAL_HOURS, USUAL_TIME = 2.0, "13.00"


def draw_when(frame: Frame, key: str, mission: Mission | None = None) -> When:
    """The fields; as they are when there is a mission."""
    words = frame.words
    soon = frame.installation.today() + timedelta(days=DAYS_AHEAD)
    day = draw_day(words.say("mission.form.day"), f"{key}-day", mission.day if mission else soon)
    left, right = st.columns(2)
    with left:
        starts = st.text_input(
            words.say("mission.form.starts"), mission.starts if mission else USUAL_TIME, key=f"{key}-starts"
        )
    with right:
        hours = st.number_input(
            words.say("mission.form.hours"),
            min_value=0.0,
            max_value=MOST_MINUTES / MINUTES_IN_HOUR,
            value=mission.minutes / MINUTES_IN_HOUR if mission else USUAL_HOURS,
            step=0.5,
            format="%g",
            key=f"{key}-hours",
        )
    place = st.text_input(
        words.say("mission.form.place"), mission.place if mission else "", key=f"{key}-place"
    )
    return When(day, starts, round(hours * MINUTES_IN_HOUR), place)


def draw_feedback_day(frame: Frame, key: str, chosen: date | None = None) -> date:
    """By when what came of it is told."""
    usual = frame.installation.today() + timedelta(days=DAYS_AHEAD + FEEDBACK_DAYS)
    return draw_day(frame.words.say("mission.form.feedback_by"), f"{key}-feedback", chosen or usual)


def draw_day(label: str, key: str, chosen: date) -> date:
    """A day to choose or to write."""
    return st.date_input(label, chosen, format="YYYY-MM-DD", key=key)
