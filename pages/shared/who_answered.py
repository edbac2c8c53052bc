"""Whether those who answered in an area are like those who live there."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.representation import GroupShare
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
    words, language = teller.words, teller.words.language.code
    name = pick_text(variable.group.text, language)
    table = {
        name: [pick_text(option.text, language) for option, _ in variable.shares],
        words.say("trends.who_share"): [say_answers(teller, share) for _, share in variable.shares],
        words.say("trends.who_people"): [say_people(teller, share) for _, share in variable.shares],
    }
    st.table(table, hide_index=True, alt=f"{words.say('trends.who')} {name}")


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
