"""How answers become figures, in words for everybody."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.publication.close import METHOD

SECTIONS = ("who", "weights", "intervals", "hidden", "revisions", "lines", "scales", "open_data")


def draw_method(frame: Frame) -> None:
    """What everybody may know of how the figures are made, under headings, with the thresholds in use."""
    words, settings = frame.words, frame.installation.settings
    facts = {
        "method": METHOD,
        "public": words.number(settings.threshold_public),
        "signed_in": words.number(settings.threshold_signed_in),
    }
    st.markdown(escape_markdown(words.say("method.intro", **facts)))
    for section in SECTIONS:
        st.header(escape_markdown(words.say(f"method.{section}.title")), anchor=False)  # keys: method.*
        for paragraph in words.say(f"method.{section}.text", **facts).split("\n"):
            st.markdown(escape_markdown(paragraph))
    frame.link_to("trends", words.say("start.see_results"))
