"""What members wrote as proposals in the panel's rounds: read, taken on as a draft, or put aside."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.shared.comment_sentences import name_theme
from pages.shared.escape import escape_markdown
from pages.shared.following_form import MESSAGE, Deed, draw_writing, press
from pages.shared.frame import draw_problem
from pages.shared.proposal_form import OfferedPlace, draw_fields
from survey.errors import SurveyError
from survey.panel_rounds.ideas import Idea, draft_idea, list_ideas, put_aside
from survey.proposals.faults import NewProposal

SHOWN = 20  # at a time: the others come when some have been taken on


def draw_ideas(place: OfferedPlace) -> None:
    """The ideas that nothing has become of, wherever they are about; nothing when there are none."""
    words = place.frame.words
    found = list_ideas(place.frame.installation, viewer=place.frame.viewer)
    if not found:
        return
    st.header(words.say("ideas.heading"), anchor=False)
    st.markdown(escape_markdown(words.say("ideas.about", area=place.area.name)))
    st.markdown(words.count("ideas.number", len(found)))
    for one in found[:SHOWN]:
        with st.container(border=True, key=f"idea-{one.id.hex()}"):
            draw_idea(place, one)


def draw_idea(place: OfferedPlace, one: Idea) -> None:
    """One idea with the two things that can be done with it."""
    words, name = place.frame.words, one.id.hex()
    st.markdown(escape_markdown(one.text))
    about = [words.say("ideas.round", title=one.round.title)]
    if one.theme:
        about.insert(0, words.say("proposals.about.theme", theme=name_theme(words, one.theme)))
    st.caption(escape_markdown(" · ".join(about)))
    draw_writing(
        place, words.say("ideas.take"), f"idea-{name}-{place.area.code}", 0, partial(fill, place, one)
    )
    told = st.container()
    if st.button(words.say("ideas.put_aside"), key=f"aside-{name}"):
        with told:
            leave(place, one)


def fill(place: OfferedPlace, one: Idea, key: str) -> Deed | None:
    """The form of a proposal with the idea's words in it."""
    words, begun = place.frame.words, NewProposal("", one.text, "", theme=one.theme)
    with st.form(key + "-form", border=False):
        new = draw_fields(place, key, begun, ())
        pressed = press(place, words.say("proposals.form.save"), key)

    def take(_seen: int) -> str:
        where = {"survey": place.survey, "area": place.area.code}
        draft_idea(place.frame.installation, one.id, new, **where, by=place.frame.viewer)
        return words.say("proposals.done.write")

    return take if pressed else None


def leave(place: OfferedPlace, one: Idea) -> None:
    """Put an idea aside; who comes second is told."""
    words = place.frame.words
    try:
        put_aside(place.frame.installation, one.id, by=place.frame.viewer)
    except SurveyError as wrong:
        draw_problem(place.frame, words.explain(wrong))
        return
    st.session_state[MESSAGE] = words.say("ideas.was_put_aside")
    st.rerun()
