"""How well the panel's readers agree on themes, and the comments that two have read in different ways."""

from __future__ import annotations

import streamlit as st

from analysis.agreement import ENOUGH, LEAST_COMMENTS, Agreement
from pages.shared.comment_sentences import join_words, name_theme
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import draw_quotations
from pages.shared.theme_figures import draw_rows
from survey.audit.reading import note_reading
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.language import Words
from survey.review.agreement import Agreements, Apart, find_agreements
from survey.review.coding import code_again
from survey.review.decide import MOST_CHARS, add_remark, release
from survey.review.withheld import list_withheld

AGREEMENT = "agreement"  # what the audit log calls the comments that are talked about
DECIMALS = 2
MOST_SHOWN = 10  # comments that are coded in two ways: more than one gets through in a sitting


def draw_agreement(frame: Frame) -> None:
    """What agreement is, the table, and what is to be talked about."""
    words = frame.words
    found = find_agreements(frame.installation, survey=RESIDENTS_SURVEY, viewer=frame.viewer)
    if found.apart:
        note_reading(frame.installation, f"{RESIDENTS_SURVEY} {AGREEMENT}", by=frame.viewer)
    enough = words.number(ENOUGH, DECIMALS)
    st.markdown(words.say("agreement.lead", enough=enough, least=words.number(LEAST_COMMENTS)))
    frame.link_to("coding", words.say("page.coding"))
    st.markdown(words.count("agreement.read_by_two", found.read_by_two))
    if found.read_by_two:
        draw_rows(make_rows(words, found), alt=words.say("agreement.alt"))
    st.header(words.say("agreement.apart"), anchor=False)
    if not found.apart:
        st.markdown(words.say("agreement.none_apart"))
    for one in found.apart[:MOST_SHOWN]:
        draw_apart(frame, one)
    draw_withheld(frame)


def make_rows(words: Words, found: Agreements) -> list[tuple[str, ...]]:
    """The heads and rows of the table: theme, alpha, and what it says."""
    heads = (words.say("comments.theme"), words.say("agreement.alpha"), words.say("agreement.says"))
    return [heads, *((name_theme(words, theme), *tell(words, one)) for theme, one in found.by_theme.items())]


def tell(words: Words, agreement: Agreement) -> tuple[str, str]:
    """Alpha and what it says."""
    if agreement.alpha is None:
        return "", words.say("agreement.too_few")
    key = "agreement.enough" if agreement.is_enough else "agreement.not_enough"
    return words.number(agreement.alpha, DECIMALS), words.say(key)  # keys: agreement.*enough


def draw_apart(frame: Frame, apart: Apart) -> None:
    """A comment that was coded in two ways, what was said about it, and a field to say more or code anew."""
    words, key = frame.words, apart.comment.id.hex()
    with st.container(key=f"apart-{key}", border=True):
        asked = words.say(f"comments.asked.{apart.comment.asked}")  # keys: comments.asked.*
        draw_quotations([(asked, apart.comment.text)])
        for number, themes in enumerate(apart.codings):
            who = words.say(find_reader(themes, apart.mine, number))  # keys: agreement.*
            st.markdown(f"* {escape_markdown(f'{who}: {name_all(words, themes)}')}")
        for remark in apart.remarks:
            key_of = "agreement.you_said" if remark.made_by == frame.viewer.name else "agreement.said"
            st.markdown(f"> {escape_markdown(words.say(key_of, text=remark.text))}")  # keys: agreement.*said
        draw_answers(frame, apart, key)


def find_reader(themes: frozenset[str], mine: frozenset[str] | None, number: int) -> str:
    """Which text says whose a coding is: one's own, another's, or the first of two others'."""
    if themes == mine:
        return "agreement.mine"
    return "agreement.one_reader" if mine is None and number == 0 else "agreement.anothers"


def name_all(words: Words, themes: frozenset[str]) -> str:
    """The themes of a coding by name; that there are none."""
    named = [name_theme(words, theme) for theme in sorted(themes)]
    return join_words(words, named) if named else words.say("agreement.no_theme")


def draw_answers(frame: Frame, apart: Apart, key: str) -> None:
    """A remark to the other reader, and to those who have coded it, to code it as the other did."""
    words = frame.words
    with st.form(f"remark-{key}", border=False):
        text = st.text_area(words.say("agreement.remark"), key=f"remark-text-{key}", max_chars=MOST_CHARS)
        with st.container(horizontal=True):
            says = st.form_submit_button(words.say("agreement.say"))
            others = [one for one in apart.codings if one != apart.mine]
            yields = (
                st.form_submit_button(words.say("agreement.code_as_other"))
                if apart.mine is not None and others
                else False
            )
    try:
        if says:
            add_remark(frame.installation, apart.comment.id, text, by=frame.viewer)
        elif yields:
            code_again(frame.installation, apart.comment.id, themes=others[0], by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    if says or yields:
        st.rerun()


def draw_withheld(frame: Frame) -> None:
    """What is shown nowhere, with its reason and a way to show it again."""
    words = frame.words
    found = list_withheld(frame.installation, survey=RESIDENTS_SURVEY, viewer=frame.viewer)
    if not found:
        return
    st.header(words.say("agreement.withheld"), anchor=False)
    for one in found:
        key = one.id.hex()
        with st.container(key=f"withheld-{key}", border=True):
            asked = words.say(f"comments.asked.{one.comment.asked}")  # keys: comments.asked.*
            draw_quotations([(asked, one.comment.text)])
            st.markdown(escape_markdown(words.say("agreement.withheld_why", text=one.reason)))
            with st.form(f"release-{key}", border=False):
                reason = st.text_area(
                    words.say("coding.withhold_label"), key=f"release-text-{key}", max_chars=MOST_CHARS
                )
                pressed = st.form_submit_button(words.say("agreement.release"))
        if pressed:
            try:
                release(frame.installation, one.id, reason, by=frame.viewer)
            except SurveyError as wrong:
                draw_problem(frame, words.explain(wrong))
                return
            st.rerun()
