"""One round of the panel's: a member's own way in, a coordinator's steps, and what it came to."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.rating_list import tell_state
from pages.shared.rating_look_over import draw_sheets
from pages.shared.rating_place import LOOK_OVER, WAVE, draw_way, go_to
from pages.shared.rating_results import draw_results
from pages.shared.rating_run import draw_running
from survey.errors import SurveyError
from survey.language import pick_text
from survey.panel_rounds.answer import Walk, change_own, find_walk
from survey.panel_rounds.find import PanelRound, find_asked_definition
from survey.panel_rounds.permissions import can_rate, can_run_rounds
from survey.panel_rounds.results import find_results, list_closed_waves
from survey.panel_rounds.states import SECOND, State


def draw_panel_round(frame: Frame, found: PanelRound) -> None:
    """The round in words, then what its reader can do, then the results of what is closed."""
    words = frame.words
    frame.spot.append(found.id)
    draw_heading(frame, found.title)
    st.markdown(escape_markdown(tell_state(frame, found)))
    if can_rate(by=frame.viewer) and found.state != State.FINISHED:
        draw_own(frame, find_walk(frame.installation, found.id, by=frame.viewer))
    if can_run_rounds(by=frame.viewer):
        draw_running(frame, found)
    closed = list_closed_waves(found)
    if closed:
        wave = choose_wave(frame, found, closed)
        draw_results(frame, find_results(frame.installation, found.id, viewer=frame.viewer, wave=wave))
    draw_way(words.say("ratings.all_rounds"), "all-rounds")


def choose_wave(frame: Frame, found: PanelRound, closed: tuple[int, ...]) -> int:
    """The time round that the address asks for, else the last one; a link to the other where there is one."""
    asked = st.query_params.get(WAVE, "")
    wave = int(asked) if asked in {str(one) for one in closed} else closed[0]
    for other in closed:
        if other != wave:
            label = frame.words.say("ratings.see_second" if other == SECOND else "ratings.see_first")
            draw_way(label, f"time-{other}", found.id, wave=str(other))
    return wave


def draw_own(frame: Frame, walk: Walk) -> None:
    """A member's way in while answers are taken; after that what they had answered."""
    words = frame.words
    if walk.own.sent and walk.is_open:
        draw_sent(frame, walk)
    elif walk.is_open:
        draw_way_in(frame, walk)
    elif walk.has_begun:
        st.markdown(words.say("ratings.was_counted" if walk.own.sent else "ratings.was_not_sent"))
        with st.expander(words.say("ratings.own_answers")):
            draw_sheets(frame, walk, can_change=False)


def draw_way_in(frame: Frame, walk: Walk) -> None:
    """What it is about, who sees what, how long it takes, and the door."""
    words = frame.words
    definition = find_asked_definition(frame.installation, walk.round)
    st.markdown(escape_markdown(pick_text(definition.intro, frame.language)))
    st.markdown(words.say("ratings.second_about" if walk.wave == SECOND else "ratings.first_about"))
    minutes = words.number(walk.minutes_left)
    left = walk.left
    if left:
        st.markdown(escape_markdown(words.count("ratings.left", len(left), minutes=minutes)))
    first = left[0].key if left else LOOK_OVER
    if not walk.sheets:
        st.markdown(words.say("ratings.nothing_left"))
        return
    label = words.say("ratings.go_on" if walk.has_begun else "ratings.begin")
    draw_way(label, "way-in", walk.round.id, first)


def draw_sent(frame: Frame, walk: Walk) -> None:
    """That the answers are sent, and the way to change them."""
    words = frame.words
    st.markdown(words.say("ratings.have_sent"))
    with st.expander(words.say("ratings.own_answers")):
        draw_sheets(frame, walk, can_change=False)
    told = st.container()
    if st.button(words.say("ratings.change_all"), key="change-all"):
        try:
            change_own(frame.installation, walk.round.id, wave=walk.wave, by=frame.viewer)
        except SurveyError as wrong:
            with told:
                draw_problem(frame, words.explain(wrong))
            return
        go_to(walk.round.id, LOOK_OVER)
