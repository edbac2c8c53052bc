"""How does somebody take one mission into their own calendar?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.calendar.file import FILE_NAME, write_one
from survey.calendar.standing import Booked, Standing, find_standing
from survey.panel.seen import Mission
from survey.panel.states import State


def draw_calendar_file(frame: Frame, mission: Mission, *, reply: str | None = None) -> None:
    """The button that saves the file of a mission, which takes one that is called off out of the calendar;
    none when its day is over or nothing came of the request.

    `reply` is how a member's own invitation stands.
    """
    if mission.state == State.DECLINED or mission.day < frame.installation.today():
        return
    words = frame.words
    booked = Booked(mission, find_standing(mission, reply))
    key = "calendar.remove" if booked.standing is Standing.CANCELLED else "calendar.download"
    label = words.say(key, unit=mission.unit, day=words.day(mission.day))  # keys: calendar.*
    st.download_button(
        escape_markdown(label),
        write_one(frame.installation, booked, words, owner=frame.viewer.name),
        file_name=FILE_NAME,
        mime="text/calendar",
        key=f"calendar-{mission.id}",
        on_click="ignore",
    )
