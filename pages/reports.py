"""Papers for committees and programmes: ask for one, follow it, fetch it."""

from __future__ import annotations

import streamlit as st

from pages.shared.area_kept import keep_area
from pages.shared.frame import Frame
from pages.shared.report_form import draw_report_form
from pages.shared.report_list import draw_reports_of
from survey.insight.published import list_surveys


def draw_reports(frame: Frame) -> None:
    """What there is to ask for, and one's own reports with how far they have come."""
    words = frame.words
    if not list_surveys(frame.installation):
        st.markdown(words.say("error.nothing_published"))
        return
    keep_area(frame)
    st.markdown(words.say("reports.intro"))
    draw_report_form(frame)
    draw_reports_of(frame)
