"""Whether those who answered in an area are like those who live there."""

from __future__ import annotations

import streamlit as st

from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.response_rates import draw_rates_of_area
from survey.insight.answered_sentences import is_counted, list_shares, list_under, name_variable, tell_basis
from survey.insight.representation import Representation, Variable, find_latest_representation
from survey.insight.sentences import Teller


def draw_who_answered(frame: Frame, teller: Teller) -> None:
    """Each group's share of the answers beside its share of the people, drawn only when it is opened."""
    opened = st.expander(teller.words.say("trends.who"), on_change="rerun", key="who-open")
    if opened.open:
        with opened:
            draw_latest(frame, teller)


def draw_latest(frame: Frame, teller: Teller) -> None:
    """The latest half-year or year that says something."""
    choice, words = teller.trends.choice, teller.words
    draw_rates_of_area(frame, survey=choice.survey, area=choice.area)
    found = find_latest_representation(
        frame.installation, survey=choice.survey, area=choice.area, last=choice.last, viewer=frame.viewer
    )
    if found is None:
        st.markdown(words.say("trends.who_not_yet"))
        return
    st.markdown(escape_markdown(" ".join(tell_basis(teller, found))))
    under = [name for variable in found.variables for name in list_under(teller, variable)]
    if under:
        st.warning(escape_markdown(words.say("trends.who_under", groups=", ".join(under))))
    elif found.has_shares and is_counted(found):
        st.markdown(escape_markdown(words.say("trends.who_fine")))
    for variable in found.variables:
        draw_shares(teller, variable)
    if found.variables:
        draw_download(teller, found)


def draw_shares(teller: Teller, variable: Variable) -> None:
    """One variable's table."""
    words = teller.words
    name = name_variable(teller, variable)
    heads = (name, words.say("trends.who_share"), words.say("trends.who_people"))
    columns = zip(*list_shares(teller, variable), strict=True)
    table = dict(zip(heads, columns, strict=True))
    st.table(table, hide_index=True, alt=f"{words.say('trends.who')} {name}")


def draw_download(teller: Teller, found: Representation) -> None:
    """The tables as one file."""
    words = teller.words
    heads = ("who_variable", "who_group", "who_share", "who_people")
    header = tuple(words.say(f"trends.{one}") for one in heads)  # keys: trends.who_*
    rows = [
        (name_variable(teller, variable), *row)
        for variable in found.variables
        for row in list_shares(teller, variable)
    ]
    st.download_button(
        words.say("trends.who_download"),
        write_csv([header, *rows]),
        file_name=write_file_name(words.say("trends.who"), found.area.name, found.period, ending="csv"),
        mime="text/csv",
        key="csv-who",
        on_click="ignore",
    )
