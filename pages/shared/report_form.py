"""How is a report asked for: which, about what, from when until when, for whom, as what kind of file?"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame, draw_problem
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.published import list_all_publications
from survey.reports.making import start_making
from survey.reports.orders import ask_for_report
from survey.reports.wish import (
    MONTHS_OF_PROGRAMME,
    Asked,
    Format,
    Kind,
    Readers,
    list_committees,
    widen_areas,
)

ORGANISATION = "org:"  # before the id of an organisation in the list of areas
KIND, FORM = "report-kind", "report-form"


def draw_report_form(frame: Frame) -> None:
    """The kind first, because it decides what else is asked; then a form."""
    words = frame.words
    kind = st.radio(
        words.say("reports.kind"),
        list(Kind),
        format_func=lambda one: words.say(f"reports.kind.{one}"),  # keys: reports.kind.*
        captions=[words.say(f"reports.kind_about.{one}") for one in Kind],  # keys: reports.kind_about.*
        key=KIND,
    )
    with st.form(f"{FORM}-{kind}", border=False):
        areas, organisation = draw_about(frame, kind)
        first, last = draw_span(frame, kind)
        readers = draw_readers(frame)
        form = draw_formats(frame)
        pressed = st.form_submit_button(words.say("reports.make"), type="primary")
    if pressed:
        ask(frame, Asked(kind, areas, organisation, first, last, form, readers, frame.language))


def draw_about(frame: Frame, kind: Kind) -> tuple[tuple[str, ...], str]:
    """The areas, and the organisation where one is chosen."""
    words, installation = frame.words, frame.installation
    areas = {area.code: area.name for area in installation.areas}
    kept = st.query_params.get("area", "")
    if kind is Kind.PROGRAMME:
        chosen = st.multiselect(
            words.say("reports.areas"),
            list(areas),
            default=[kept] if kept in areas else [],
            format_func=areas.__getitem__,
            placeholder=words.say("reports.areas_none"),
            key=f"{FORM}-areas",
        )
        label = words.say("reports.with_municipalities")
        is_wide = st.checkbox(label, value=True, key=f"{FORM}-wide")
        return (widen_areas(installation, tuple(chosen)) if is_wide else tuple(chosen)), ""
    organisations = {f"{ORGANISATION}{one.id}": one.name for one in list_committees(installation)}
    names = areas | organisations
    one = st.selectbox(
        words.say("reports.about" if organisations else "trends.area"),
        list(names),
        index=list(names).index(kept) if kept in names else 0,
        format_func=names.__getitem__,
        key=f"{FORM}-about",
    )
    is_organisation = one.startswith(ORGANISATION)
    return (() if is_organisation else (one,)), (one.removeprefix(ORGANISATION) if is_organisation else "")


def draw_span(frame: Frame, kind: Kind) -> tuple[str, str]:
    """The first and the last month; three years until the latest are usual."""
    words = frame.words
    months = sorted({one.month for one in list_all_publications(frame.installation, RESIDENTS_SURVEY)})
    usual = {"from": max(0, len(months) - MONTHS_OF_PROGRAMME), "to": len(months) - 1}
    picked: list[str] = []
    for column, name in zip(st.columns(2), usual, strict=True):
        with column:
            picked.append(
                st.selectbox(
                    words.say(f"trends.{name}"),  # keys: trends.from, trends.to
                    months,
                    index=usual[name],
                    format_func=words.month,
                    key=f"{FORM}-{kind}-{name}",
                )
            )
    return picked[0], picked[1]


def draw_readers(frame: Frame) -> Readers:
    """Who the paper is for."""
    words = frame.words
    return st.radio(
        words.say("reports.readers"),
        list(Readers),
        format_func=lambda one: words.say(f"reports.readers.{one}"),  # keys: reports.readers.*
        captions=[
            words.say(f"reports.readers_about.{one}") for one in Readers
        ],  # keys: reports.readers_about.*
        key=f"{FORM}-readers",
    )


def draw_formats(frame: Frame) -> Format:
    words = frame.words
    return st.radio(
        words.say("reports.format"),
        list(Format),
        format_func=lambda one: words.say(f"reports.format.{one}"),  # keys: reports.format.*
        key=f"{FORM}-format",
    )


def ask(frame: Frame, asked: Asked) -> None:
    """Ask for the report; what is wrong is told, and the form keeps what was chosen."""
    try:
        report = ask_for_report(frame.installation, asked, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return
    start_making(frame.installation, report.id)
    st.rerun()
