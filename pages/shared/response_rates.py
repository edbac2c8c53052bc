"""Which share of those who were invited has answered, as it was published."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.disclosure import Hidden
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.rates import Answered, AreaRate, find_rates
from survey.language import Words


def draw_rates_of_round(frame: Frame, *, survey: str, round_id: str, areas: Sequence[str]) -> None:
    """The rates of a round in some areas as a table; why there are none, where there are none."""
    words = frame.words
    rates = find_rates(frame.installation, survey=survey, viewer=frame.viewer)
    found = [rate for one in rates if one.round_.id == round_id for rate in one.areas]
    mine = [rate for rate in found if rate.area.code in areas]
    if not mine:
        st.markdown(words.say("rates.none"))
        return
    told = [tell_rate(words, rate) for rate in mine]
    heads = (
        words.say("trends.area"),
        words.say("rates.invited"),
        words.say("rates.answered"),
        words.say("rates.share"),
    )
    table = dict(zip(heads, zip(*told, strict=True), strict=True))
    st.table(table, hide_index=True, alt=words.say("rates.title"))
    st.caption(escape_markdown(words.say("rates.about")))


def tell_rate(words: Words, rate: AreaRate) -> tuple[str, str, str, str]:
    """An area, who were invited and answered there, and the share, or in its place why it is not shown."""
    if isinstance(rate.rate, Hidden):
        return (rate.area.name, "", "", say_hidden(words, rate.rate))
    found = rate.rate.value
    return (
        rate.area.name,
        words.number(found.invited),
        words.number(found.answered),
        words.say("trends.percent", n=words.number(found.per_cent)),
    )


def draw_rates_of_area(frame: Frame, *, survey: str, area: str) -> None:
    """A sentence for each round in which people of an area were invited; nothing where none were."""
    words = frame.words
    for one in find_rates(frame.installation, survey=survey, viewer=frame.viewer):
        for rate in one.areas:
            if rate.area.code == area:
                told = (
                    say_hidden(words, rate.rate)
                    if isinstance(rate.rate, Hidden)
                    else say_rate(words, rate.rate.value)
                )
                st.markdown(escape_markdown(words.say("rates.line", round=one.round_.title, told=told)))


def say_rate(words: Words, found: Answered) -> str:
    return words.say(
        "rates.told",
        answered=words.number(found.answered),
        invited=words.number(found.invited),
        percent=words.number(found.per_cent),
    )


def say_hidden(words: Words, rate: Hidden) -> str:
    threshold = words.number(rate.threshold)
    return words.say(f"trends.hidden.{rate.reason}", threshold=threshold)  # keys: trends.hidden.*
