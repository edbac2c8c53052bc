"""How a coordinator chooses what the panel is to rate, and opens the round."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from pages.shared.comment_sentences import name_theme
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.rating_place import go_to
from pages.shared.round_form import read_day
from survey.errors import SurveyError
from survey.language import DEFAULT_LANGUAGE, speak
from survey.panel_rounds.open import (
    NewPanelRound,
    estimate_first_minutes,
    find_newest_definition,
    open_panel_round,
)
from survey.panel_rounds.sheets import Kind
from survey.panel_rounds.subjects import NewSubject, list_proposals_to_rate, list_themes_to_rate

USUAL_DAYS = 21  # to answer in, when nobody says another day


def draw_opening(frame: Frame, number: int) -> None:
    """The form of a new round. What is wrong is told above it, and what was typed stays."""
    words, key = frame.words, f"panel-open-{number}"
    opened = st.expander(words.say("ratings.open_new"), on_change="rerun", key=key)
    if not opened.open:
        return
    with opened:
        st.markdown(words.say("ratings.open_lead"))
        told = st.container()
        pressed, title, day, subjects = draw_form(frame, key)
        try:
            if pressed == "count":
                draw_minutes(frame, subjects)
            elif pressed == "open":
                new = NewPanelRound(title, read_day(day), subjects)
                found = open_panel_round(frame.installation, new, by=frame.viewer)
                go_to(found.id, message=words.say("ratings.opened"))
        except SurveyError as wrong:
            with told:
                draw_problem(frame, words.explain(wrong))


def draw_form(frame: Frame, key: str) -> tuple[str, str, str, tuple[NewSubject, ...]]:
    """Title, day, and what there is to rate; which button was pressed, if any."""
    words = frame.words
    usual = frame.installation.today() + timedelta(days=USUAL_DAYS)
    with st.form(f"{key}-form", border=False, enter_to_submit=False):
        title = st.text_input(words.say("ratings.title"), key=f"{key}-title", autocomplete="off")
        day = st.text_input(words.say("ratings.day"), usual.isoformat(), key=f"{key}-day", autocomplete="off")
        subjects = (*draw_proposals(frame, key), *draw_themes(frame, key))
        with st.container(horizontal=True):
            opens = st.form_submit_button(words.say("ratings.open"), type="primary", key=f"{key}-save")
            counts = st.form_submit_button(words.say("ratings.count_minutes"), key=f"{key}-count")
    return ("open" if opens else "count" if counts else ""), title, day, subjects


def draw_proposals(frame: Frame, key: str) -> list[NewSubject]:
    """A box for each proposal that waits for a decision; those that were ticked."""
    words = frame.words
    st.markdown(f"**{escape_markdown(words.say('ratings.proposals'))}**")
    found = list_proposals_to_rate(frame.installation, by=frame.viewer)
    if not found:
        st.markdown(words.say("ratings.no_proposals"))
    return [one for one in found if st.checkbox(escape_markdown(one.title), key=f"{key}-{one.ref}")]


def draw_themes(frame: Frame, key: str) -> list[NewSubject]:
    """A box for each theme; those that were ticked."""
    words = frame.words
    st.markdown(f"**{escape_markdown(words.say('ratings.themes'))}**")
    codes = list_themes_to_rate(frame.installation)
    columns = st.columns(2)
    half = -(-len(codes) // len(columns))
    chosen: list[str] = []
    for number, code in enumerate(codes):
        with columns[number // half]:
            if st.checkbox(escape_markdown(name_theme(words, code)), key=f"{key}-theme-{code}"):
                chosen.append(code)
    usual = speak(DEFAULT_LANGUAGE)
    return [NewSubject(Kind.THEME, code, name_theme(usual, code)) for code in chosen]


def draw_minutes(frame: Frame, subjects: tuple[NewSubject, ...]) -> None:
    """How long the round would take, beside the most it may."""
    words = frame.words
    minutes = estimate_first_minutes(frame.installation, subjects)
    most = find_newest_definition(frame.installation).minutes.full
    said = words.say(
        "ratings.minutes_too_many" if minutes > most else "ratings.minutes_fit",
        minutes=words.number(minutes),
        most=words.number(most),
    )
    frame.spot.append(said)
    with st.container(key="problem"):
        (st.warning if minutes > most else st.info)(escape_markdown(said))
