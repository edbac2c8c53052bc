"""What members wrote as proposals in the panel's rounds: read, taken on as a draft, or put aside."""

from __future__ import annotations

from collections.abc import Sequence
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
SEEN = "ideas-seen"


def draw_ideas(place: OfferedPlace) -> None:
    """The ideas that nothing has become of, wherever they are about; nothing when there are none."""
    words = place.frame.words
    found = list_ideas(place.frame.installation, viewer=place.frame.viewer)
    tell_gone(place, [one.id.hex() for one in found])
    if not found:
        return
    st.header(words.say("ideas.heading"), anchor=False)
    st.markdown(escape_markdown(words.say("ideas.about", area=place.area.name)))
    st.markdown(words.count("ideas.number", len(found)))
    for one in found[:SHOWN]:
        with st.container(border=True, key=f"idea-{one.id.hex()}"):
            draw_idea(place, one)


def tell_gone(place: OfferedPlace, names: Sequence[str]) -> None:
    """Tell who pressed a button of an idea that another took while they looked: the idea is not drawn again,
    so nothing else hears the button. What they wrote is shown, to copy."""
    words = place.frame.words
    for name in st.session_state.get(SEEN, ()):
        form = name_form(place, name)
        saves = st.session_state.get(f"{form}-0-save", False)
        if name in names or not (saves or st.session_state.get(f"aside-{name}", False)):
            continue
        draw_problem(place.frame, words.explain(SurveyError("idea_gone")))
        if saves:
            written = [st.session_state.get(f"{form}-0-{part}", "") for part in ("title", "text")]
            st.markdown(escape_markdown(words.say("ideas.you_wrote")))
            st.code("\n\n".join(one for one in written if one), language=None, wrap_lines=True)
    st.session_state[SEEN] = tuple(names)


def forget(name: str) -> None:
    """An idea that one has dealt with oneself: who presses twice is not told that another did."""
    st.session_state[SEEN] = tuple(one for one in st.session_state.get(SEEN, ()) if one != name)


def name_form(place: OfferedPlace, name: str) -> str:
    """What the form of an idea is called: its own for each area, as it makes a draft for one."""
    return f"idea-{name}-{place.area.code}"


def draw_idea(place: OfferedPlace, one: Idea) -> None:
    """One idea with the two things that can be done with it."""
    words, name = place.frame.words, one.id.hex()
    st.markdown(escape_markdown(one.text))
    about = [words.say("ideas.round", title=one.round.title)]
    if one.theme:
        about.insert(0, words.say("proposals.about.theme", theme=name_theme(words, one.theme)))
    st.caption(escape_markdown(" · ".join(about)))
    draw_writing(place, words.say("ideas.take"), name_form(place, name), 0, partial(fill, place, one))
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
        forget(one.id.hex())
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
    forget(one.id.hex())
    st.session_state[MESSAGE] = words.say("ideas.was_put_aside")
    st.rerun()
