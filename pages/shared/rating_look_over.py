"""What a member sees before sending what they rated."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.links import draw_pairs
from pages.shared.rating_place import LOOK_OVER, go_to, name_sheet, say_options
from survey.answering.masked import list_masked, say_masked
from survey.errors import SurveyError
from survey.language import Words
from survey.light.views import make_line
from survey.panel_rounds.answer import Walk, send_own
from survey.panel_rounds.sheets import Sheet


def draw_rating_look_over(frame: Frame, walk: Walk) -> None:
    """Every page with its answers and a way back to it, and the button that sends."""
    words = frame.words
    frame.spot.extend((walk.round.id, LOOK_OVER))
    draw_heading(frame, words.say("ratings.look_over"))
    told = st.container()
    st.markdown(words.say("ratings.look_over_lead"))
    if walk.left:
        minutes = words.number(walk.minutes_left)
        st.markdown(escape_markdown(words.count("ratings.left", len(walk.left), minutes=minutes)))
    draw_sheets(frame, walk, can_change=True)
    if st.button(words.say("ratings.send"), key="send-ratings", type="primary"):
        with told:
            send(frame, walk)


def draw_sheets(frame: Frame, walk: Walk, *, can_change: bool) -> None:
    """What was answered, page by page."""
    words = frame.words
    for sheet in walk.sheets:
        with st.container(key=f"part-{sheet.key}", border=True):
            draw_sheet(words, walk, sheet)
            if can_change and st.button(words.say("ratings.change"), key=f"change-{sheet.key}"):
                go_to(walk.round.id, sheet.key)


def draw_sheet(words: Words, walk: Walk, sheet: Sheet) -> None:
    """One page's questions and answers, and what was masked in them; that it was not come to, when so."""
    own, title = walk.own.find(sheet.key), name_sheet(words, sheet)
    if not own.revision:
        draw_pairs(title, [(words.say("ratings.not_yet"), ())])
        return
    lines = [make_line(say_options(words, asked), own.answers.get(asked.id), words) for asked in sheet.asked]
    draw_pairs(title, [(line.question, line.answers) for line in lines])
    texts = [own.answers.get(asked.id) for asked in sheet.asked if asked.question.kind == "text"]
    masked = say_masked(words, list_masked(text for text in texts if isinstance(text, str)))
    if masked:
        st.info(escape_markdown(masked))


def send(frame: Frame, walk: Walk) -> None:
    """Send, and go back to the round; what must be mended first is shown instead."""
    try:
        send_own(frame.installation, walk.round.id, wave=walk.wave, by=frame.viewer)
    except SurveyError as wrong:
        sheet = wrong.facts.get("sheet")
        if wrong.code == "panel_needs_mending" and isinstance(sheet, str):
            go_to(walk.round.id, sheet, mend=1)
        draw_problem(frame, frame.words.explain(wrong))
        return
    go_to(walk.round.id, message=frame.words.say("ratings.sent"))
