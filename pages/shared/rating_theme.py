"""What residents wrote about a theme, for a member who is to rate it."""

from __future__ import annotations

import secrets

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import draw_quotations
from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.insight.comment_choice import read_comment_choice
from survey.insight.comments import search_comments

MOST_READ = 3  # comments beside the questions; the others are one link away
ORDER = "rating-comments-order"  # in the session, so that the same comments stay while one thinks


def draw_residents_words(frame: Frame, theme: str) -> None:
    """A few comments about a theme from the county's newest period, and the way to the others."""
    words = frame.words
    codes = list_theme_codes(frame.installation.settings)
    try:
        choice, _ = read_comment_choice(frame.installation, {"theme": theme}, codes)
    except SurveyError:
        return  # nothing has been published yet: then there is nothing to read
    seed = st.session_state.setdefault(ORDER, secrets.randbits(32))
    said = search_comments(frame.installation, choice, viewer=frame.viewer, seed=seed).said[:MOST_READ]
    if not said:
        return
    st.markdown(escape_markdown(words.say("ratings.residents", period=words.period(choice.period))))
    draw_quotations([("", one.text) for one in said])
    frame.link_to("comments", words.say("ratings.read_more"), theme=theme)
