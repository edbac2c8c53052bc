"""How a panel member reads a comment: which themes are in it, and what must happen with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.comment_sentences import join_words, name_theme
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from pages.shared.links import draw_legend, draw_quotations
from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.review.coding import ToCode, code_comment, count_coded, describe
from survey.review.decide import MOST_CHARS, ask_for_answer, mask_words, withhold
from survey.review.queue import give_back, take_next

SKIPPED = "coding-skipped"  # in the session: comments that were passed over
DONE = "coding-done"  # in the session: what was just done, to be said once
COLUMNS = 2


def draw_coding(frame: Frame) -> None:
    """One comment at a time, chosen so that its coding teaches most."""
    words, installation = frame.words, frame.installation
    st.markdown(words.say("coding.lead"))
    frame.link_to("agreement", words.say("page.agreement"))
    done = st.session_state.pop(DONE, None)
    if done:
        draw_done(frame, words.say(done))  # keys: coding.done_*
    skipped: set[bytes] = st.session_state.setdefault(SKIPPED, set())
    row = take_next(installation, survey=RESIDENTS_SURVEY, skipped=frozenset(skipped), by=frame.viewer)
    st.markdown(words.count("coding.done", count_coded(installation)))
    if row is None:
        st.markdown(words.say("coding.none"))
        return
    draw_comment(frame, describe(installation, RESIDENTS_SURVEY, row))


def draw_comment(frame: Frame, comment: ToCode) -> None:
    """The comment, what the chain suggests and by which words, the form, and what else can be done."""
    words, key = frame.words, comment.id.hex()
    frame.spot.append(key)
    told = st.container()
    with st.container(key="to-code"):
        asked = words.say(f"comments.asked.{comment.asked}")  # keys: comments.asked.*
        draw_quotations([(asked, comment.text)])
    for suggested in comment.suggested:
        caused = join_words(words, [f"”{word}”" for word in suggested.words])
        name = name_theme(words, suggested.theme)
        st.caption(escape_markdown(words.say("coding.suggested", theme=name, words=caused)))
    draw_form(frame, comment, told)
    draw_more(frame, comment, key)


def draw_form(frame: Frame, comment: ToCode, told: DeltaGenerator) -> None:
    """The themes and whether the comment may be quoted."""
    words, key = frame.words, comment.id.hex()
    with st.form(f"code-{key}", border=False):
        with st.container(key="question-themes"):
            chosen = draw_themes(frame, key)
        quotable = st.checkbox(words.say("coding.quotable"), value=comment.quotable, key=f"quotable-{key}")
        st.caption(words.say("coding.quotable_about"))
        with st.container(horizontal=True):
            saves = st.form_submit_button(words.say("coding.save"), type="primary")
            skips = st.form_submit_button(words.say("coding.skip"))
    if skips:
        st.session_state[SKIPPED].add(comment.id)
        give_back(frame.installation, comment.id, by=frame.viewer)
        st.rerun()
    if saves:
        try:
            code_comment(frame.installation, comment.id, themes=chosen, quotable=quotable, by=frame.viewer)
        except SurveyError as wrong:
            with told:
                draw_problem(frame, frame.words.explain(wrong))
            return
        st.session_state[DONE] = "coding.done_coded"
        st.rerun()


def draw_themes(frame: Frame, key: str) -> list[str]:
    """A box for each theme; none is ticked beforehand, so that a suggestion decides nothing by itself."""
    words = frame.words
    draw_legend(words.say("coding.themes"), (), trouble="")
    columns = st.columns(COLUMNS)
    codes = list_theme_codes(frame.installation.settings)
    height = -(-len(codes) // COLUMNS)
    chosen: list[str] = []
    for number, code in enumerate(codes):
        with columns[number // height]:
            if st.checkbox(escape_markdown(name_theme(words, code)), key=f"theme-{code}-{key}"):
                chosen.append(code)
    return chosen


def draw_more(frame: Frame, comment: ToCode, key: str) -> None:
    """What must happen with some comments: mask words, ask for an answer now, show nowhere."""
    installation, viewer = frame.installation, frame.viewer
    draw_deed(
        frame, "mask", key, lambda text: mask_words(installation, comment.id, text, by=viewer), is_line=True
    )
    draw_deed(frame, "answer", key, lambda text: ask_for_answer(installation, comment.id, text, by=viewer))
    draw_deed(frame, "withhold", key, lambda text: withhold(installation, comment.id, text, by=viewer))


def draw_deed(
    frame: Frame, deed: str, key: str, do: Callable[[str], object], *, is_line: bool = False
) -> None:
    """One thing that can be done, opened when it is asked for: what it means, a text, and the button."""
    words = frame.words
    with (
        st.expander(words.say(f"coding.{deed}"), key=f"{deed}-open-{key}"),  # keys: coding.*
        st.form(f"{deed}-{key}", border=False),
    ):
        st.markdown(words.say(f"coding.{deed}_about"))  # keys: coding.*_about
        field = st.text_input if is_line else st.text_area
        label = words.say(f"coding.{deed}_label")  # keys: coding.*_label
        text = field(label, key=f"{deed}-text-{key}", max_chars=MOST_CHARS)
        pressed = st.form_submit_button(words.say(f"coding.{deed}_do"))  # keys: coding.*_do
        if not pressed:
            return
        try:
            do(text)
        except SurveyError as wrong:
            draw_problem(frame, words.explain(wrong))
            return
    st.session_state[DONE] = f"coding.done_{deed}"
    st.rerun()
