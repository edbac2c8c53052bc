"""How is one item of the strategy map shown: its words, and what residents say about it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from analysis.periods import PeriodKind
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.definition.model import Dimension, Text
from survey.language import DEFAULT_LANGUAGE, LANGUAGES, pick_text
from survey.strategy.figures import Figures
from survey.strategy.model import Framework, Item, Status
from survey.strategy.sentences import tell_figure

TRENDS = "trends"  # the address of the page that a dimension leads to


@dataclass(frozen=True)
class Reading:
    """A framework as it is read for an area: the dimensions that are measured, and their figures if any."""

    frame: Frame
    framework: Framework
    area: str
    known: Mapping[str, Dimension]
    figures: Figures | None

    @property
    def language(self) -> str:
        return self.frame.language

    def name_item(self, item: Item) -> str:
        """L07 and its text, or that it is missing."""
        return f"{item.id}. {self.say_text(item)}"

    def say_text(self, item: Item) -> str:
        """The text in the reader's language; in Swedish, and said to be so, where it is not translated."""
        words = self.frame.words
        if not item.is_known:
            return words.say("strategy.missing")
        text = pick_text(item.text, self.language)
        return (
            text if is_in_language(item.text, self.language) else words.say("strategy.in_swedish", text=text)
        )

    def name_dimension(self, dimension: Dimension) -> str:
        return pick_text(dimension.text, self.language)


def is_in_language(texts: Text, language: str) -> bool:
    """Whether a text is there in a language, or in the one that its readers read instead."""
    known = LANGUAGES.get(language)
    read = (language, known.falls_back_to if known else None)
    return language == DEFAULT_LANGUAGE or any(one in texts for one in read)


def draw_body(reading: Reading, item: Item) -> None:
    """How far the text is known, where that must be said, and the note on the measuring."""
    told: list[str] = []
    if item.status is not Status.SOURCED:
        told.append(reading.frame.words.say(f"strategy.about.{item.status}"))  # keys: strategy.about.*
    if item.note:
        told.append(pick_text(item.note, reading.language))
    if told:
        st.markdown(escape_markdown(" ".join(told)))


def draw_figures(reading: Reading, item: Item) -> None:
    """Each dimension of an item as a link to its trend, with its latest figure and what it does."""
    words = reading.frame.words
    if not item.dimensions:
        if item.is_known:  # of one that is not, nobody can say what would measure it
            st.markdown(words.say("strategy.unmeasured"))
        return
    there = [reading.known[one] for one in item.dimensions if one in reading.known]
    if not there:
        st.markdown(words.say("strategy.elsewhere"))
    with st.container(key=f"measured-{item.id}"):
        for dimension in there:
            draw_dimension(reading, dimension)


def draw_dimension(reading: Reading, dimension: Dimension) -> None:
    """One dimension: its name, which leads to the trend page, and what its figure says."""
    name = reading.name_dimension(dimension)
    figures = reading.figures
    if figures is None:
        st.markdown(escape_markdown(name))
        return
    figure = figures.by_dimension.get(dimension.id)
    kind = figure.kind if figure is not None else PeriodKind.MONTH.value
    reading.frame.link_to(TRENDS, name, area=reading.area, by=kind, survey=figures.survey)
    st.markdown(escape_markdown(tell_figure(reading.frame.words, figures, dimension)))
