"""What does the unit that asked see of its mission?"""

from __future__ import annotations

import streamlit as st

from pages.shared.calendar_file import draw_calendar_file
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_card import draw_card
from pages.shared.mission_deeds import draw_deeds
from pages.shared.mission_form import open_case
from survey.panel.seen import Mission, list_first_names


def draw_unit_mission(frame: Frame, mission: Mission) -> None:
    """The mission, the first names of those who come, and what the unit can do now."""
    case, words = open_case(frame, mission), frame.words
    draw_card(frame, mission)
    draw_calendar_file(frame, mission)
    names = list_first_names(frame.installation, mission, viewer=frame.viewer)
    if names:
        st.header(words.say("mission.who_comes"), anchor=False)
        st.markdown(escape_markdown(", ".join(names)))
    draw_deeds(case)
