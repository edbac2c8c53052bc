"""How the numbers of a group were made: what it is compared with, how sure it is, weighted to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from analysis.disclosure import Shown
from analysis.intervals import LEVEL
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.how_computed import METHOD_PAGE, draw_list, tell_publication, tell_weighting
from survey.insight.computed import Computed
from survey.insight.gaps import IN_GROUP, GapFigure, ValueFigure
from survey.insight.group_computed import find_group_computed
from survey.insight.group_sentences import PERCENT, GroupTeller


def draw_gap_method(frame: Frame, teller: GroupTeller, figure: GapFigure) -> None:
    """How a gap was made, of the latest half-year that shows it until another is chosen."""
    words, name = teller.words, teller.name_group(figure)
    draw_title(teller)
    shown = [one.period for one in figure.points if isinstance(one.gap, Shown)][::-1]
    told = [words.say("groups.how_gap", group=name)]
    if shown:
        period = choose_period(teller, shown, key=f"how-{figure.group.id}")
        told += list_cell(frame, teller, figure.group.id, IN_GROUP, period, name)
    told += list_change(teller, figure)
    draw_list(iter([*told, *list_common(teller)]))
    frame.link_to(METHOD_PAGE, words.say("page.method"))


def list_change(teller: GroupTeller, figure: GapFigure) -> list[str]:
    """How much the gap has changed, with its interval; nothing where that is not known."""
    now, before, change = figure.measured.now, figure.measured.before, figure.measured.change
    if now is None or before is None or change is None or change.low is None or change.high is None:
        return []
    return [
        teller.words.say(
            "groups.how_change",
            period=teller.words.period(now.period),
            earlier_period=teller.words.period(before.period),
            points=teller.write_number(change.points),
            low=teller.write_number(change.low),
            high=teller.write_number(change.high),
        )
    ]


def draw_value_method(frame: Frame, teller: GroupTeller, figure: ValueFigure) -> None:
    """How the mean of a value was made, of the first that is shown until another is chosen."""
    words = teller.words
    draw_title(teller)
    names = {row.code: teller.name_value(figure, row) for row in figure.rows if isinstance(row.cell, Shown)}
    told = [words.say("groups.how_values"), words.say("groups.how_shares")]
    if names:
        label = words.say("groups.how_for")
        code = st.selectbox(label, list(names), format_func=names.__getitem__, key=f"how-{figure.group}")
        told += list_cell(frame, teller, figure.group, code, figure.period, names[code])
    draw_list(iter([*told, *list_common(teller)]))
    frame.link_to(METHOD_PAGE, words.say("page.method"))


def draw_title(teller: GroupTeller) -> None:
    st.markdown(f"**{escape_markdown(teller.words.say('trends.how'))}**")


def choose_period(teller: GroupTeller, shown: Sequence[str], *, key: str) -> str:
    """The half-year that a reader wants to know more about."""
    label = teller.words.say("trends.how_period")
    return st.selectbox(label, shown, format_func=teller.words.period, key=key)


def list_cell(frame: Frame, teller: GroupTeller, group: str, value: str, period: str, name: str) -> list[str]:
    """The sentences about one published number of a group; none where it is not shown."""
    choice = teller.groups.choice
    computed = find_group_computed(frame.installation, choice, group, value, period, viewer=frame.viewer)
    return [] if computed is None else list(tell_cell(teller, computed, name))


def tell_cell(teller: GroupTeller, computed: Computed, name: str) -> Iterator[str]:
    """How many, weighted how, shown from how many, and published when."""
    words = teller.words
    period, n = words.period(computed.period), words.number(computed.n)
    yield words.say("groups.how_n", group=name, period=period, n=n)
    yield from tell_weighting(words, computed)
    yield words.say("trends.how_threshold", threshold=words.number(computed.threshold))
    yield from tell_publication(words, computed)


def list_common(teller: GroupTeller) -> list[str]:
    """What holds for every number of the page: its intervals, its tests, its rounding."""
    words = teller.words
    told = [words.say("groups.how_interval", level=words.number(LEVEL * PERCENT))]
    if teller.groups.tests:
        told.append(words.count("groups.how_tests", teller.groups.tests))
    told.append(
        words.say("trends.how_rounded" if not teller.groups.decimals else "trends.how_rounded_signed_in")
    )
    return told
