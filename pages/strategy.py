"""What has been decided about care, and what residents answer to the questions that measure it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.area_kept import find_kept
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.links import draw_on_paper
from pages.shared.strategy_form import draw_edit, take_message
from pages.shared.strategy_history import draw_history
from pages.shared.strategy_item import Reading, draw_body, draw_figures
from pages.trends import draw_filter
from survey.errors import SurveyError
from survey.language import pick_text
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.strategy.arrange import Section, arrange_items
from survey.strategy.figures import find_figures
from survey.strategy.model import Framework, Item, Kind
from survey.strategy.versions import Version, find_current, list_dimensions

IN_A_ROW = 2  # items beside each other where there is room; under each other on a phone

FILTERS_WIDTH = 640  # pixels: the longest title; less where the page is narrower


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with the usual where it asks for what is not there."""

    framework: Framework
    area: str
    wrong: tuple[SurveyError, ...]


def draw_strategy(frame: Frame) -> None:
    """One framework at a time: its items, each with what measures it, and how the map came to say so."""
    version = find_current(frame.installation, viewer=frame.viewer)
    asked = read_address(frame, version)
    if asked.wrong:
        told = [frame.words.explain(one) for one in asked.wrong]
        draw_problem(frame, " ".join([*told, frame.words.say("strategy.usual")]))
    draw_heading(frame, frame.words.say("page.strategy"))
    take_message(frame)
    st.markdown(frame.words.say("strategy.intro"))
    with st.container(key="filters"):
        draw_choices(frame, version, asked)
    figures = find_figures(frame.installation, version.map.survey, asked.area, viewer=frame.viewer)
    known = list_dimensions(frame.installation, version.map)
    reading = Reading(frame, asked.framework, asked.area, known, figures)
    draw_about(reading)
    for section in arrange_items(asked.framework):
        draw_section(reading, section, version)
    if can_do(Permission.SEE_PUBLICATIONS, by=frame.viewer):
        draw_history(frame, version, known)


def read_address(frame: Frame, version: Version) -> Asked:
    """The framework and the area of the address, and what of it makes no sense."""
    wrong: list[SurveyError] = []
    key = st.query_params.get("framework", "")
    framework = version.map.find_framework(key)
    if framework is None:
        framework = version.map.frameworks[0]
        if key:
            wrong.append(SurveyError("strategy_framework_unknown", framework=key[:40]))
    usual = find_usual_area(frame, framework)
    try:
        area = frame.installation.areas.find(st.query_params.get("area") or usual).code
    except SurveyError as fault:
        area = usual
        wrong.append(fault)
    return Asked(framework, area, tuple(wrong))


def find_usual_area(frame: Frame, framework: Framework) -> str:
    """The area chosen on the page before if it is the owner's or lies in it; else the owner's, where it is
    here; else the first county."""
    areas, kept = frame.installation.areas, find_kept(frame)
    owner = framework.area
    if owner is None:
        return kept or areas.counties[0].code
    if kept and owner in (kept, areas.find(kept).parent):
        return kept
    return owner if areas.has(owner) else areas.counties[0].code


def draw_choices(frame: Frame, version: Version, asked: Asked) -> None:
    """The framework and the area; the address is the only memory."""
    words = frame.words
    titles = {one.key: pick_text(one.title, frame.language) for one in version.map.frameworks}
    names = {area.code: area.name for area in frame.installation.areas}
    with st.container(width=FILTERS_WIDTH):
        label = words.say("strategy.framework")
        draw_filter("framework", label, list(titles), asked.framework.key, titles.__getitem__)
        draw_filter("area", words.say("trends.area"), list(names), asked.area, names.__getitem__)


def draw_about(reading: Reading) -> None:
    """Whose the framework is, what is known about it, where it was read, and which figures stand below."""
    words, framework = reading.frame.words, reading.framework
    draw_on_paper(pick_text(framework.title, reading.language))
    told = [words.say("strategy.owner", owner=pick_text(framework.owner, reading.language))]
    if framework.decided:
        told.append(pick_text(framework.decided, reading.language))
    if framework.horizon is not None:
        told.append(words.say("strategy.horizon", year=str(framework.horizon)))
    if framework.review_cycle_years is not None:
        told.append(words.say("strategy.review", years=words.number(framework.review_cycle_years)))
    if framework.activities:
        listed = ", ".join(pick_text(one, reading.language) for one in framework.activities)
        told.append(words.say("strategy.activities", listed=listed))
    if framework.note:
        told.append(pick_text(framework.note, reading.language))
    st.markdown(escape_markdown(" ".join(told)))
    st.markdown(escape_markdown(tell_figures(reading)))
    with st.expander(words.say("strategy.sources")):
        listed = framework.sources or (words.say("strategy.no_address"),)
        st.markdown("\n".join(f"* {escape_markdown(source)}" for source in listed))


def tell_figures(reading: Reading) -> str:
    """Where and until when the figures are from, or that there are none."""
    words, figures = reading.frame.words, reading.figures
    if figures is None:
        return words.say("strategy.no_figures")
    said = words.say("strategy.figures_from", area=figures.area.name, month=words.month(figures.month))
    owner = reading.framework.area
    if owner is None or reading.frame.installation.areas.has(owner):
        return said
    name = pick_text(reading.framework.owner, reading.language)
    return f"{said} {words.say('strategy.owner_elsewhere', owner=name, area=figures.area.name)}"


def draw_section(reading: Reading, section: Section, version: Version) -> None:
    """What stands under one heading: a direction with its promises, or all of a kind."""
    if section.head is not None:
        st.header(escape_markdown(reading.name_item(section.head)), anchor=False)
        draw_body(reading, section.head)
        draw_figures(reading, section.head)
        draw_edit(reading, section.head, version)
    else:
        st.header(say_kind(reading, section), anchor=False)
        if section.says_nothing_measures:
            st.markdown(reading.frame.words.say("strategy.unmeasured"))
    draw_cards(reading, section, version)


def say_kind(reading: Reading, section: Section) -> str:
    """What the items of a section are; promises stand here only when their direction is not known."""
    if section.kind is Kind.PROMISE and reading.framework.list_items(Kind.DIRECTION):
        return reading.frame.words.say("strategy.loose")
    return reading.frame.words.say(f"strategy.kind.{section.kind}")  # keys: strategy.kind.*


def draw_cards(reading: Reading, section: Section, version: Version) -> None:
    """The items of a section in rows."""
    for start in range(0, len(section.items), IN_A_ROW):
        row: Sequence[Item] = section.items[start : start + IN_A_ROW]
        for column, item in zip(st.columns(IN_A_ROW), row, strict=False):
            with column, st.container(border=True, height="stretch", key=f"strategy-{item.id}"):
                st.subheader(escape_markdown(reading.name_item(item)), anchor=False)
                draw_body(reading, item)
                if not section.says_nothing_measures:
                    draw_figures(reading, item)
                draw_edit(reading, item, version)
