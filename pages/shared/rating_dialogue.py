"""What came of the conversation about something the panel disagreed on, and the form that says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import Deed, draw_list, draw_text, draw_writing, press
from pages.shared.frame import Frame
from survey.panel_rounds.dialogue import MOST_IN_NOTE, Dialogue, NewDialogue, Outcome, write_dialogue
from survey.panel_rounds.find import PanelRound
from survey.panel_rounds.permissions import can_run_rounds


@dataclass(frozen=True)
class Convener:
    """Who looks; they may write when they run the panel's rounds."""

    frame: Frame

    @property
    def may_write(self) -> bool:
        return can_run_rounds(by=self.frame.viewer)


def draw_held(frame: Frame, found: PanelRound, subject: int, held: Sequence[Dialogue]) -> None:
    """What was written, the newest first, or that nothing is; and the form for those who run the rounds."""
    words = frame.words
    if not held:
        st.markdown(words.say("ratings.dialogue_none"))
    for one in held:
        st.markdown(escape_markdown(tell_dialogue(frame, one)))
    name = f"dialogue-{found.id}-{subject}"
    fill = partial(fill_in, frame, found, subject)
    draw_writing(Convener(frame), words.say("ratings.dialogue_write"), name, len(held), fill)


def tell_dialogue(frame: Frame, one: Dialogue) -> str:
    """When it was held, what it came to, and what was written of it."""
    words = frame.words
    outcome = words.say(f"ratings.dialogue_outcome.{one.outcome}")  # keys: ratings.dialogue_outcome.*
    held = words.say("ratings.dialogue_held", day=words.day(one.held), outcome=outcome)
    return f"{held} {one.note}"


def fill_in(frame: Frame, found: PanelRound, subject: int, key: str) -> Deed | None:
    """The form of a conversation."""
    words = frame.words
    outcomes = {
        str(one): words.say(f"ratings.dialogue_outcome.{one}") for one in Outcome
    }  # keys: ratings.dialogue_outcome.*
    with st.form(key + "-form", border=False):
        day = draw_text(words.say("ratings.dialogue_day"), f"{key}-day", str(frame.installation.today()))
        label = words.say("ratings.dialogue_outcome_label")
        outcome = draw_list(label, outcomes, f"{key}-outcome", str(Outcome.AGREED))
        most = words.number(MOST_IN_NOTE)
        note = st.text_area(words.say("ratings.dialogue_note", most=most), key=f"{key}-note", height=120)
        pressed = press(Convener(frame), words.say("follow.form.save"), key)

    def write(seen: int) -> str:
        new = NewDialogue(day, outcome, note)
        write_dialogue(frame.installation, found.id, subject, new, based_on=seen, by=frame.viewer)
        return words.say("ratings.dialogue_done")

    return write if pressed else None
