"""Whether those who answered in an area are like those who live there."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.representation import GroupShare
from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.response_rates import draw_rates_of_area
from pages.shared.sentences import Teller
from survey.insight.representation import Representation, Variable, find_latest_representation
from survey.language import pick_text

PERCENT = 100


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


def tell_basis(teller: Teller, found: Representation) -> Iterator[str]:
    """Which period, how many answers, and whose people they are compared with."""
    words, period = teller.words, teller.words.period(found.period)
    if isinstance(found.answers, Shown):
        n = words.number(found.answers.value)
        yield words.say("trends.who_answers_in", area=found.area.name, period=period, n=n)
    elif isinstance(found.answers, Hidden):
        yield f"{period}: {teller.tell_hidden(found.answers)}."
    else:
        yield f"{period}: {words.say('trends.no_answers')}."
    if found.source is not None and is_counted(found):
        yield words.say("trends.how_margins", year=str(found.source.year), source=found.source.source)
    elif found.variables:
        yield words.say("trends.who_unweighted")


def is_counted(found: Representation) -> bool:
    """Whether anybody has counted the people of the area."""
    return any(share.people is not None for one in found.variables for _, share in one.shares)


def list_under(teller: Teller, variable: Variable) -> list[str]:
    """The groups that have less than half the say that their size would give them."""
    return [pick_text(o.text, teller.words.language.code) for o, share in variable.shares if share.is_under]


def draw_shares(teller: Teller, variable: Variable) -> None:
    """One variable's table."""
    words = teller.words
    name = name_variable(teller, variable)
    heads = (name, words.say("trends.who_share"), words.say("trends.who_people"))
    columns = zip(*list_shares(teller, variable), strict=True)
    table = dict(zip(heads, columns, strict=True))
    st.table(table, hide_index=True, alt=f"{words.say('trends.who')} {name}")


def name_variable(teller: Teller, variable: Variable) -> str:
    return pick_text(variable.group.text, teller.words.language.code)


def list_shares(teller: Teller, variable: Variable) -> list[tuple[str, str, str]]:
    """Each group of a variable with its share of the answers and of the people."""
    language = teller.words.language.code
    return [
        (pick_text(option.text, language), say_answers(teller, share), say_people(teller, share))
        for option, share in variable.shares
    ]


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


def say_answers(teller: Teller, share: GroupShare) -> str:
    """A share of the answers, or why there is none."""
    if isinstance(share.answers, Hidden):
        return teller.tell_hidden(share.answers)
    if isinstance(share.answers, NoAnswers):
        return teller.words.say("trends.no_answers")
    return say_percent(teller, share.answers.value)


def say_people(teller: Teller, share: GroupShare) -> str:
    return teller.words.say("trends.not_known") if share.people is None else say_percent(teller, share.people)


def say_percent(teller: Teller, share: float) -> str:
    return teller.words.say("trends.percent", n=teller.words.number(share * PERCENT))
