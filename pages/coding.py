"""How a panel member says which themes are in a comment, and whether it may be quoted."""

from __future__ import annotations

import streamlit as st

from pages.shared.comment_sentences import join_words, name_theme
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import draw_quotations
from survey.comments.coding import ToCode, code_comment, find_next
from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY

SKIPPED = "coding-skipped"  # in the session: comments that were passed over
COLUMNS = 2


def draw_coding(frame: Frame) -> None:
    """One comment at a time, chosen so that its coding teaches most."""
    words = frame.words
    st.markdown(words.say("coding.lead"))
    frame.link_to("comments", words.say("page.comments"))
    skipped: set[bytes] = st.session_state.setdefault(SKIPPED, set())
    found = find_next(
        frame.installation, survey=RESIDENTS_SURVEY, skipped=frozenset(skipped), by=frame.viewer
    )
    st.markdown(words.count("coding.done", found.coded))
    if found.next is None:
        st.markdown(words.say("coding.none"))
        return
    draw_comment(frame, found.next)


def draw_comment(frame: Frame, comment: ToCode) -> None:
    """The comment, what the chain suggests and by which words, and the form."""
    words, key = frame.words, comment.id.hex()
    frame.spot.append(key)
    told = st.container()
    with st.container(key="to-code"):
        draw_quotations(
            [(words.say(f"comments.asked.{comment.asked}"), comment.text)]
        )  # keys: comments.asked.*
    for suggested in comment.suggested:
        caused = join_words(words, [f"”{word}”" for word in suggested.words]) if suggested.words else ""
        name = name_theme(words, suggested.theme)
        st.caption(escape_markdown(words.say("coding.suggested", theme=name, words=caused)))
    with st.form(f"code-{key}", border=False):
        chosen = draw_themes(frame, key)
        quotable = st.checkbox(words.say("coding.quotable"), value=comment.quotable, key=f"quotable-{key}")
        st.caption(words.say("coding.quotable_about"))
        with st.container(horizontal=True):
            saves = st.form_submit_button(words.say("coding.save"), type="primary")
            skips = st.form_submit_button(words.say("coding.skip"))
    if skips:
        st.session_state[SKIPPED].add(comment.id)
        st.rerun()
    if saves:
        try:
            code_comment(frame.installation, comment.id, themes=chosen, quotable=quotable, by=frame.viewer)
        except SurveyError as wrong:
            with told:
                draw_problem(frame, frame.words.explain(wrong))
            return
        st.rerun()


def draw_themes(frame: Frame, key: str) -> list[str]:
    """A box for each theme; none is ticked beforehand, so that a suggestion decides nothing by itself."""
    words = frame.words
    st.markdown(f"**{escape_markdown(words.say('coding.themes'))}**")
    columns = st.columns(COLUMNS)
    codes = list_theme_codes(frame.installation.settings)
    height = -(-len(codes) // COLUMNS)
    chosen: list[str] = []
    for number, code in enumerate(codes):
        with columns[number // height]:
            if st.checkbox(escape_markdown(name_theme(words, code)), key=f"theme-{code}-{key}"):
                chosen.append(code)
    return chosen
