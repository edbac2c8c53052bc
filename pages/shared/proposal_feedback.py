"""How is it written what residents are told of a decided proposal?"""

from __future__ import annotations

import streamlit as st

from pages.shared.following_form import Deed, draw_writing
from pages.shared.proposal_form import OfferedPlace, draw_long
from pages.shared.proposal_hint import press_publish
from survey.proposals.faults import EASY, ENGLISH, MOST_IN_FEEDBACK, PARTS, SWEDISH, Texts
from survey.proposals.feedback import Told, tell_residents
from survey.proposals.hint import list_texts
from survey.proposals.visibility import Proposal

LANGUAGES = {SWEDISH: "sv", EASY: "easy", ENGLISH: "en"}  # by the name that the catalogue's keys use


def draw_telling(place: OfferedPlace, now: Proposal, told: Told | None) -> None:
    """The form of what was heard, decided and done: in Swedish, easy to read, and English if any."""
    frame, words = place.frame, place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            st.caption(words.say("proposals.form.tell_about"))
            texts = draw_texts(place, key, told.texts if told else {})
            label = words.say("proposals.form.tell_save")
            pressed = press_publish(place, label, key, list_texts(texts))

        def tell(seen: int) -> str:
            tell_residents(frame.installation, now.id, texts, based_on=seen, by=frame.viewer)
            return words.say("proposals.done.tell")

        return tell if pressed else None

    version = told.version if told else 0
    draw_writing(place, words.say("proposals.form.tell"), f"proposal-tell-{now.id}", version, fill)


def draw_texts(place: OfferedPlace, key: str, old: Texts) -> Texts:
    """A field for each part in each language."""
    words, most = place.frame.words, place.frame.words.number(MOST_IN_FEEDBACK)
    texts: dict[str, dict[str, str]] = {}
    for language, name in LANGUAGES.items():
        said = old.get(language, {})
        texts[language] = {
            part: draw_long(
                words.say(f"proposals.form.{part}_{name}", most=most),  # keys: proposals.form.*
                f"{key}-{part}-{name}",
                said.get(part, ""),
            )
            for part in PARTS
        }
    return texts
