"""How single comments are shown: a few that were cleared as quotes, and those that somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.comment_sentences import name_theme
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import draw_quotations
from pages.trends import draw_filter
from survey.comments.reading import find_asked
from survey.comments.theme_lists import list_theme_codes
from survey.insight.comment_choice import MOST_SEARCHED, CommentChoice
from survey.insight.comments import Said, find_quotes, search_comments
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.review.queue import POOL_ANSWERS, POOL_COMMENTS

SEARCH = "comments-search"  # in the session and not in the address: somebody may look for a name


def draw_quotes(frame: Frame, choice: CommentChoice, *, seed: int) -> None:
    """Comments that a panel member has cleared to be quoted, and that are typical."""
    words = frame.words
    st.header(words.say("comments.quotes"), anchor=False)
    quotes = find_quotes(frame.installation, choice, viewer=frame.viewer, seed=seed)
    if quotes:
        draw_said(frame, choice, quotes)
    st.caption(escape_markdown(words.say("comments.quotes_about" if quotes else "comments.no_quotes")))


def draw_reading(frame: Frame, choice: CommentChoice, *, seed: int) -> None:
    """Search in the comments that the viewer may read, and the way to coding for those who code."""
    words = frame.words
    reads_all = can_do(Permission.READ_COMMENTS, by=frame.viewer)
    st.header(words.say("comments.read" if reads_all else "comments.read_cleared"), anchor=False)
    if can_do(Permission.CODE_COMMENTS, by=frame.viewer):
        frame.link_to("coding", words.say("page.coding"))
    draw_search(frame, choice)
    pool = search_comments(frame.installation, choice, viewer=frame.viewer, seed=seed)
    if pool.is_thin:
        answers, least = words.number(POOL_ANSWERS), words.number(POOL_COMMENTS)
        st.markdown(escape_markdown(words.say("comments.pool_thin", answers=answers, comments=least)))
        return
    st.markdown(words.count("comments.found_more" if pool.has_more else "comments.found", len(pool.said)))
    draw_said(frame, choice, pool.said)


def draw_search(frame: Frame, choice: CommentChoice) -> None:
    """What to look for: words and a theme."""
    words = frame.words
    codes = list_theme_codes(frame.installation.settings)
    names = {"": words.say("comments.any_theme"), **{code: name_theme(words, code) for code in codes}}
    with st.container(key="search"):
        first, second = st.columns(2)
        with first:
            st.text_input(
                words.say("comments.search"), key=SEARCH, max_chars=MOST_SEARCHED, autocomplete="off"
            )
        with second:
            draw_filter("theme", words.say("comments.theme"), list(names), choice.theme, names.__getitem__)


def draw_said(frame: Frame, choice: CommentChoice, said: Sequence[Said]) -> None:
    """Comments one under the other, each with what it answers."""
    words = frame.words
    asked = {
        one.question: words.say(
            f"comments.asked.{find_asked(frame.installation, choice.survey, one.question)}"
        )
        for one in said
    }  # keys: comments.asked.*
    draw_quotations([(asked[one.question], one.text) for one in said])
