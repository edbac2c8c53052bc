"""How does a member tell how a mission was?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_form import do, press
from survey.definition.model import Definition, Question
from survey.language import pick_text
from survey.panel.answering import Invitation
from survey.panel.evaluation import THRESHOLD, evaluate_mission, find_survey, list_questions


def draw_evaluation(frame: Frame, invitation: Invitation) -> None:
    """The ten questions, folded away; each may be left out."""
    words, key = frame.words, f"evaluate-{invitation.id}"
    definition = find_survey(frame.installation)
    with st.expander(words.say("mission.evaluate"), key=f"{key}-fold"):
        st.markdown(words.say("mission.evaluate_about", threshold=words.number(THRESHOLD)))
        told = st.container()
        with st.form(key, border=False):
            answers = {
                question.id: draw_question(frame, definition, question, f"{key}-{question.id}")
                for question in list_questions(definition)
            }
            pressed = press(words.say("mission.do.evaluate"), key)
        if pressed:
            with told:
                do(
                    frame,
                    lambda: evaluate_mission(
                        frame.installation, invitation.id, answers=answers, by=frame.viewer
                    ),
                    words.say("mission.done.evaluate"),
                )


def draw_question(frame: Frame, definition: Definition, question: Question, key: str) -> str:
    """One question; nothing is chosen beforehand."""
    said = {
        option.code: pick_text(option.text, frame.language) for option in definition.list_options(question)
    }
    chosen = st.radio(
        escape_markdown(pick_text(question.text, frame.language)),
        list(said),
        index=None,
        format_func=said.__getitem__,
        key=key,
    )
    return chosen or ""
