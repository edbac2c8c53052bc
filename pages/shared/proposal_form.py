"""How is a proposal written: its fields, with what may be chosen?"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.shared.comment_sentences import name_theme
from pages.shared.following_form import Place, draw_list, draw_text
from pages.shared.frame import Frame
from survey.areas import Area
from survey.comments.theme_lists import list_theme_codes
from survey.definition.model import Text
from survey.following.faults import MOST_IN_TITLE, find_known
from survey.language import pick_text
from survey.proposals.about import list_promises
from survey.proposals.faults import MOST_IN_TEXT, MOST_QUOTES, NewProposal
from survey.proposals.quotes import list_offered
from survey.proposals.visibility import Proposal

NONE = ""  # what is chosen where nothing is
SEPARATOR = " "  # between a framework and its item
MOST_IN_LABEL = 140  # characters of a comment or a promise in a list to choose from


@dataclass(frozen=True)
class OfferedPlace(Place):
    """Where a form is drawn that is offered only to those who may hand it in."""

    @property
    def may_write(self) -> bool:
        return True

    @classmethod
    def of(cls, frame: Frame, area: Area, survey: str) -> OfferedPlace:
        """The place of an area and a survey, with the names of its dimensions."""
        known = find_known(frame.installation, survey)
        names = {one: pick_text(dimension.text, frame.language) for one, dimension in known.items()}
        return cls(frame, area, survey, names)

    def say_text(self, text: Text) -> str:
        return pick_text(text, self.frame.language)


def draw_fields(
    place: OfferedPlace, key: str, old: Proposal | NewProposal | None, quotes: tuple[bytes, ...]
) -> NewProposal:
    """Everything about a proposal; as it is, or as far as it is known beforehand."""
    words = place.frame.words
    title_label = words.say("proposals.form.title", most=words.number(MOST_IN_TITLE))
    title = draw_text(title_label, f"{key}-title", old.title if old else "")
    text_label = words.say("proposals.form.text", most=words.number(MOST_IN_TEXT))
    text = draw_long(text_label, f"{key}-text", old.text if old else "")
    first = next(iter(place.dimensions))
    chosen = old.dimension if old and old.dimension in place.dimensions else first
    label = words.say("proposals.form.dimension")
    dimension = draw_list(label, place.dimensions, f"{key}-dimension", chosen)
    framework, item = draw_promise(place, key, old)
    theme = draw_theme(place, key, old)
    return NewProposal(title, text, dimension, framework, item, theme, draw_quotes(place, key, old, quotes))


def draw_long(label: str, key: str, value: str = "") -> str:
    """A field for some sentences."""
    return st.text_area(label, value, key=key, height=160)


def draw_promise(place: OfferedPlace, key: str, old: Proposal | NewProposal | None) -> tuple[str, str]:
    """What the strategy map promises; none is a choice."""
    words = place.frame.words
    said = {NONE: words.say("proposals.form.no_promise")}
    for framework, item in list_promises(place.frame.installation, viewer=place.frame.viewer):
        text = place.say_text(item.text)[:MOST_IN_LABEL]
        said[f"{framework.key}{SEPARATOR}{item.id}"] = f"{place.say_text(framework.title)}: {text}"
    now = f"{old.framework}{SEPARATOR}{old.item}" if old and old.item else NONE
    label = words.say("proposals.form.promise")
    chosen = draw_list(label, said, f"{key}-promise", now if now in said else NONE)
    framework_key, _, item_id = chosen.partition(SEPARATOR)
    return framework_key, item_id


def draw_theme(place: OfferedPlace, key: str, old: Proposal | NewProposal | None) -> str:
    """What residents wrote about; none is a choice."""
    words = place.frame.words
    codes = list_theme_codes(place.frame.installation.settings)
    said = {NONE: words.say("proposals.form.no_theme")} | {one: name_theme(words, one) for one in codes}
    now = old.theme if old and old.theme in said else NONE
    return draw_list(words.say("proposals.form.theme"), said, f"{key}-theme", now)


def draw_quotes(
    place: OfferedPlace, key: str, old: Proposal | NewProposal | None, quotes: tuple[bytes, ...]
) -> tuple[bytes, ...]:
    """Residents' words to put behind it, among those that the panel has cleared."""
    words = place.frame.words
    found = list_offered(
        place.frame.installation,
        survey=place.survey,
        area=place.area.code,
        theme=old.theme if old else "",
        but=old.id if isinstance(old, Proposal) else "",
        by=place.frame.viewer,
    )
    offered = {one.id.hex(): one.text[:MOST_IN_LABEL] for one in found}
    if not offered:
        st.caption(words.say("proposals.form.no_quotes"))
        return ()
    chosen = st.multiselect(
        words.say("proposals.form.quotes", most=words.number(MOST_QUOTES)),
        list(offered),
        [one.hex() for one in quotes if one.hex() in offered],
        format_func=offered.__getitem__,
        key=f"{key}-quotes",
        placeholder=words.say("follow.form.choose"),
    )
    return tuple(bytes.fromhex(one) for one in chosen)
