"""How each number of a line was made: from how many, weighted to whom, by which method, published when."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.disclosure import Shown
from analysis.intervals import LEVEL
from analysis.reliability import ENOUGH
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.choice import Second
from survey.insight.computed import Computed, ScaleReliability, find_computed, list_reliabilities
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.installation import SWEDEN
from survey.language import Words

PERCENT = 100
METHOD_PAGE = "metod"
DECIMALS_OF_RELIABILITY = 2
DECIMALS_OF_WEIGHT = 1


def draw_how_computed(frame: Frame, teller: Teller, series: Series) -> None:
    """How the number of a period was made, the latest one until another is chosen, and where to read more."""
    words, dimension = teller.words, series.dimension.id
    shown = [point.period for point in series.line.points if isinstance(point.cell, Shown)][::-1]
    st.markdown(f"**{escape_markdown(words.say('trends.how'))}**")
    if shown:
        label = words.say("trends.how_period")
        period = st.selectbox(label, shown, format_func=words.period, key=f"how-{dimension}")
        computed = find_computed(
            frame.installation, teller.trends.choice, dimension, period, viewer=frame.viewer
        )
        if computed is not None:
            draw_list(tell_computed(teller, series, computed))
    scales = list_reliabilities(frame.installation, teller.trends.choice.survey, dimension)
    draw_list(tell_reliability(words, scales))
    if any(one.is_weak for one in scales):
        st.warning(escape_markdown(words.say("trends.how_weak", enough=say_coefficient(words, ENOUGH))))
    frame.link_to(METHOD_PAGE, words.say("page.method"))


def draw_list(told: Iterator[str]) -> None:
    st.markdown("\n".join(f"* {escape_markdown(one)}" for one in told))


def tell_computed(teller: Teller, series: Series, computed: Computed) -> Iterator[str]:
    """The sentences about one number, in the order a reader would ask."""
    words = teller.words
    made = "trends.how_share" if teller.is_share else "trends.how_mean"
    yield words.say(made, dimension=teller.name_dimension(series))  # keys: trends.how_share, trends.how_mean
    yield words.say("trends.how_n", period=words.period(computed.period), n=words.number(computed.n))
    yield from tell_weighting(words, computed)
    interval = "trends.how_interval_share" if teller.is_share else "trends.how_interval"
    yield words.say(interval, level=words.number(LEVEL * PERCENT))  # keys: trends.how_interval*
    yield words.say("trends.how_threshold", threshold=words.number(computed.threshold))
    yield words.say("trends.how_rounded" if not teller.decimals else "trends.how_rounded_signed_in")
    if teller.trends.choice.second is not Second.NONE:
        yield teller.tell_second()
    yield from tell_publication(words, computed)


def tell_weighting(words: Words, computed: Computed) -> Iterator[str]:
    """Whether the number is about those who live there, by which people, and what weighting costs."""
    if computed.why_unweighted is not None:
        yield words.say(f"trends.how_unweighted.{computed.why_unweighted}")  # keys: trends.how_unweighted.*
        return
    yield words.say(f"trends.how_weighting.{computed.weighting}")  # keys: trends.how_weighting.*
    if computed.margins is not None:
        source, year = computed.margins.source, str(computed.margins.year)
        yield words.say("trends.how_margins", year=year, source=source)
    if computed.n_effective is not None and computed.largest_weight is not None:
        weight = words.number(computed.largest_weight, DECIMALS_OF_WEIGHT)
        yield words.say("trends.how_effective", n=words.number(computed.n_effective), weight=weight)


def tell_publication(words: Words, computed: Computed) -> Iterator[str]:
    """Which version of the survey, when it was published, by which method, and if it was corrected."""
    publication = computed.publication
    yield words.say("trends.how_definition", version=", ".join(computed.versions))
    yield words.say(
        "trends.how_published",
        month=words.month(publication.month),
        day=words.day(publication.published.astimezone(SWEDEN).date()),
        method=publication.method,
        code=publication.code_version,
    )
    if publication.reason:
        revision = words.number(publication.revision)
        yield words.say("trends.how_corrected", revision=revision, reason=publication.reason)
    else:
        yield words.say("trends.how_first", revision=words.number(publication.revision))


def tell_reliability(words: Words, scales: tuple[ScaleReliability, ...]) -> Iterator[str]:
    """How well the questions measure the same thing, by round; that it is not known where it is not."""
    if not scales:
        yield words.say("trends.how_not_measured")
    for one in scales:
        facts = "; ".join(list_coefficients(words, one)) or words.say("trends.not_known")
        n = words.number(one.found.n)
        yield words.say("trends.how_reliability", round=one.title, n=n, facts=facts)
        if one.found.n_needed is not None:
            enough = say_coefficient(words, ENOUGH)
            yield words.say("trends.how_needed", n=words.number(one.found.n_needed), enough=enough)


def list_coefficients(words: Words, one: ScaleReliability) -> Iterator[str]:
    """The coefficients that are known."""
    found = one.found
    if found.alpha is not None:
        ends = [say_coefficient(words, end) for end in (found.alpha_low, found.alpha_high) if end is not None]
        interval = f" ({'–'.join(ends)})" if ends else ""
        yield words.say("trends.how_alpha", value=say_coefficient(words, found.alpha)) + interval
    if found.ordinal_alpha is not None:
        yield words.say("trends.how_ordinal_alpha", value=say_coefficient(words, found.ordinal_alpha))
    if found.omega is not None:
        yield words.say("trends.how_omega", value=say_coefficient(words, found.omega))
    if found.unit_reliability is not None:
        yield words.say("trends.how_units", value=say_coefficient(words, found.unit_reliability))


def say_coefficient(words: Words, value: float) -> str:
    return words.number(value, DECIMALS_OF_RELIABILITY)
