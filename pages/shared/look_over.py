"""What a person sees before sending, and after."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading
from pages.shared.links import draw_pairs
from pages.shared.place import LANGUAGE, Place, go_to, list_other_languages
from survey.answering.drafts import forget_draft, keep_draft
from survey.answering.journey import LOOK_OVER, Step, count_answered
from survey.answering.masked import list_masked, say_masked
from survey.answering.submit import Sent, send_answers
from survey.errors import SurveyError
from survey.language import WHOLE_LANGUAGES, pick_text
from survey.light.views import Line, make_lines

SEND = "send"


def draw_look_over(frame: Frame, place: Place) -> None:
    """The answers and texts as they will be kept; sending draws the receipt in their place."""
    if st.session_state.get(SEND):
        draw_sent(frame, place, send(place))
        return
    frame.spot.extend((place.round.id, LOOK_OVER))
    draw_heading(frame, frame.words.say("answer.look_over"))
    page = st.empty()
    with page.container():
        draw_languages(frame, place)
        draw_answers(frame, place)
        sends = st.button(frame.words.say("answer.send"), key=SEND, type="primary")
    if sends:
        sent = send(place)
        page.empty()
        draw_sent(frame, place, sent)


def draw_languages(frame: Frame, place: Place) -> None:
    """Buttons for the survey's other languages; the draft remembers the one that was pressed."""
    with st.container(key="languages", horizontal=True):
        for code in list_other_languages(place, frame.language):
            if st.button(WHOLE_LANGUAGES[code].name, key=f"language-{code}", type="tertiary"):
                changed = replace(place.draft, language=code)
                keep_draft(place.installation, place.round, place.secret, changed)
                go_to(place, LOOK_OVER)


def draw_languages_of_receipt(frame: Frame, place: Place) -> None:
    """The same after sending, when the draft can be changed no more: the address remembers the language."""
    with st.container(key="languages-of-receipt", horizontal=True):
        for code in list_other_languages(place, frame.language):
            if st.button(WHOLE_LANGUAGES[code].name, key=f"receipt-in-{code}", type="tertiary"):
                st.query_params[LANGUAGE] = code
                st.rerun()


def send(place: Place) -> Sent:
    """Send, once however often it is pressed; what must be mended first is shown instead."""
    try:
        return send_answers(place.installation, place.round, place.secret)
    except SurveyError as wrong:
        step = wrong.facts.get("step")
        if wrong.code == "answers_need_mending" and isinstance(step, int):
            go_to(place, step, mend=1)
        raise


def draw_answers(frame: Frame, place: Place) -> None:
    """Every part with its questions and answers, and a way back to each."""
    words = frame.words
    answered, asked = count_answered(place.survey, place.draft.answers)
    said = words.say("answer.answered_of", answered=words.number(answered), asked=words.number(asked))
    st.markdown(f"{words.say('answer.look_over_lead')}\n\n{said}")
    for step, lines in make_lines(place.survey, place.draft.answers, words):
        draw_part(frame, place, step, lines)


def draw_part(frame: Frame, place: Place, step: Step, lines: tuple[Line, ...]) -> None:
    """One part: its questions and answers, what was masked in it, and the way back to it."""
    with st.container(key=f"part-{step.number}", border=True):
        title = pick_text(step.part.title, frame.language)
        draw_pairs(title, [(line.question, line.answers) for line in lines])
        masked = say_masked(frame.words, list_masked(list_written(step, lines)))
        if masked:
            st.info(escape_markdown(masked))
        if st.button(frame.words.say("answer.change_part", number=step.number), key=f"change-{step.number}"):
            go_to(place, step.number)


def list_written(step: Step, lines: tuple[Line, ...]) -> list[str]:
    """The written answers of a part."""
    pairs = zip(step.asked, lines, strict=True)
    return [text for asked, line in pairs if asked.question.kind == "text" for text in line.answers]


def draw_sent(frame: Frame, place: Place, sent: Sent) -> None:
    """The receipt, and what can be done with it."""
    words = frame.words
    frame.spot.extend((place.round.id, "sent"))
    draw_heading(frame, words.say("answer.sent_title"))
    page = st.empty()
    with page.container():
        draw_languages_of_receipt(frame, place)
        draw_receipt(frame, place, sent.receipt)
        done = st.button(words.say("answer.done"), key="done", type="primary")
    if done:
        forget_draft(place.installation, place.round, place.secret)
        page.empty()
        frame.spot.append("done")
        draw_heading(frame, words.say("answer.done_app"))


def draw_receipt(frame: Frame, place: Place, receipt: str) -> None:
    words, outro = frame.words, place.survey.definition.outro
    st.header(words.say("answer.receipt_title"), anchor=False)
    with st.container(key="receipt"):
        st.text(receipt)
    st.markdown(words.say("answer.receipt_about"))
    if outro:
        st.markdown(escape_markdown(pick_text(outro, frame.language)))
    frame.link_to("withdraw", words.say("answer.withdraw"))
    frame.link_to("trends", words.say("answer.results"))
    st.markdown(words.say("answer.receipt_shared"))
