"""Which comments the panel says need an answer now, and what was done about them."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import draw_quotations
from survey.audit.reading import note_reading
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import SWEDEN
from survey.review.decide import MOST_CHARS, answer_flag
from survey.review.needing_answer import Needing, list_needing_answer

NEEDING = "needing answer"  # what the audit log calls the comments that are answered


def draw_needing_answer(frame: Frame) -> None:
    """Those that wait, the oldest first, and those that were answered."""
    words = frame.words
    st.markdown(words.say("answers.lead"))
    found = list_needing_answer(frame.installation, survey=RESIDENTS_SURVEY, viewer=frame.viewer)
    if found:
        note_reading(frame.installation, f"{RESIDENTS_SURVEY} {NEEDING}", by=frame.viewer)
    waiting = [one for one in found if not one.answer]
    st.header(words.say("answers.waiting"), anchor=False)
    if not waiting:
        st.markdown(words.say("answers.none"))
    for one in waiting:
        draw_waiting(frame, one)
    answered = [one for one in found if one.answer]
    if answered:
        with st.expander(words.say("answers.answered")):
            for one in answered:
                draw_one(frame, one)
                st.markdown(escape_markdown(words.say("answers.done", text=one.answer)))


def draw_one(frame: Frame, one: Needing) -> None:
    """The comment, since when it waits, and why."""
    words = frame.words
    day = words.day(one.made.astimezone(SWEDEN).date())
    asked = words.say(f"comments.asked.{one.asked}")  # keys: comments.asked.*
    draw_quotations([(asked, one.text)])
    st.markdown(escape_markdown(words.say("answers.why", day=day, text=one.note)))


def draw_waiting(frame: Frame, one: Needing) -> None:
    """One that waits, and what is done about it."""
    words, key = frame.words, one.id.hex()
    with st.container(key=f"needing-{key}", border=True):
        draw_one(frame, one)
        with st.form(f"answer-{key}", border=False):
            text = st.text_area(words.say("answers.label"), key=f"answer-text-{key}", max_chars=MOST_CHARS)
            pressed = st.form_submit_button(words.say("answers.save"), type="primary")
        if not pressed:
            return
        try:
            answer_flag(frame.installation, one.id, text, by=frame.viewer)
        except SurveyError as wrong:
            draw_problem(frame, words.explain(wrong))
            return
    st.rerun()
