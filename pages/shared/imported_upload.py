"""How does a coordinator load indicators from a file, and see first what that would do?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from survey.definition.load import say_problem
from survey.definition.read import Problem
from survey.errors import SurveyError
from survey.indicators.file import MOST_BYTES
from survey.indicators.load import load_content, say_loaded
from survey.people.permissions import can_do
from survey.people.roles import Permission

DONE = "indicators-loaded"  # what was loaded, in sentences, for the one run after
ROUND = "indicators-round"  # counts loadings, so that the field is empty after one
MEGABYTE = 1_000_000


def draw_upload(frame: Frame) -> None:
    """A field for a file, for whoever may load; under it what loading would do, or all that is wrong."""
    if not can_do(Permission.LOAD_INDICATORS, by=frame.viewer):
        return
    words = frame.words
    told: list[str] = st.session_state.pop(DONE, [])
    if told:
        draw_done(frame, " ".join(told))
    with st.expander(words.say("indicators.upload"), key="indicators-upload"):
        st.markdown(words.say("indicators.upload_about"))
        most = words.number(MOST_BYTES // MEGABYTE)
        sent = st.file_uploader(
            words.say("indicators.upload_file", most=most),
            type="csv",
            key=f"indicators-file-{st.session_state.setdefault(ROUND, 0)}",
            max_upload_size=MOST_BYTES // MEGABYTE,
        )
        if sent is not None:
            draw_preview(frame, sent.name, sent.getvalue())


def draw_preview(frame: Frame, name: str, content: bytes) -> None:
    """What loading would do and a button that does it; or everything that is wrong, and the file stays."""
    words = frame.words
    try:
        planned = load_content(frame.installation, name, content, only_check=True, by=frame.viewer)
    except SurveyError as wrong:
        draw_wrong(frame, wrong)
        return
    st.markdown(escape_markdown(" ".join(say_loaded(planned, words))))
    if planned.changes and st.button(words.say("indicators.load"), type="primary", key="indicators-load"):
        try:
            loaded = load_content(frame.installation, name, content, by=frame.viewer)
        except SurveyError as wrong:
            draw_wrong(frame, wrong)
            return
        st.session_state[DONE] = say_loaded(loaded, words)
        st.session_state[ROUND] += 1
        st.rerun()


def draw_wrong(frame: Frame, wrong: SurveyError) -> None:
    """The error, and every problem of the file with its line."""
    words = frame.words
    draw_problem(frame, words.explain(wrong))
    found = wrong.facts.get("problems")
    if not isinstance(found, tuple):
        return
    problems = [one for one in found if isinstance(one, Problem)]
    st.markdown("\n".join(f"* {escape_markdown(say_problem(one, words))}" for one in problems))
