"""What do others' measurements say about care in an area?"""

from __future__ import annotations

import streamlit as st

from pages.shared.area_kept import keep_area
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.imported import draw_one, list_shown
from pages.shared.imported_upload import draw_upload
from pages.trends import draw_filter
from survey.areas import Area
from survey.errors import SurveyError

FILTER_WIDTH = 320  # pixels


def draw_indicators(frame: Frame) -> None:
    """What this is, the area to choose, and each indicator that was loaded."""
    words = frame.words
    keep_area(frame)
    area = read_area(frame)
    draw_heading(frame, words.say("indicators.title", area=area.name))
    st.markdown(words.say("indicators.about"))
    names = {one.code: one.name for one in frame.installation.areas}
    with st.container(width=FILTER_WIDTH, key="filters"):
        draw_filter("area", words.say("trends.area"), list(names), area.code, names.__getitem__)
    draw_upload(frame)
    found = list_shown(frame, area)
    if not found:
        st.markdown(escape_markdown(words.say("indicators.empty")))
    for shown in found:
        draw_one(shown)


def read_area(frame: Frame) -> Area:
    """The area of the address; the first county where it names none, or one that there is not."""
    areas = frame.installation.areas
    usual = areas.counties[0]
    try:
        return areas.find(st.query_params.get("area") or usual.code)
    except SurveyError as wrong:
        draw_problem(frame, f"{frame.words.explain(wrong)} {frame.words.say('indicators.usual')}")
        return usual
