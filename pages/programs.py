"""Which other programs fetch figures, and which are told of publications?"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.links import Link, draw_links
from pages.shared.people_form import take_message
from pages.shared.permit_list import draw_permits
from pages.shared.program_secret import draw_secret
from pages.shared.receiver_list import draw_receivers
from survey.api import PATH


def draw_programs(frame: Frame) -> None:
    """What was just done, the permits and the receivers."""
    words = frame.words
    st.markdown(words.say("programs.about"))
    draw_links([Link(words.say("programs.to_page"), PATH, language=frame.language)])
    take_message(frame)
    draw_secret(frame)
    draw_permits(frame)
    draw_receivers(frame)
