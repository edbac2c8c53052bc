"""How many have answered a round, where they stop, and what they leave unanswered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shared.area_kept import keep_area
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.response_rates import draw_rates_of_round
from pages.shared.weeks import draw_weeks_of_round, say_week, say_weeks
from pages.shared.where_people_stop import draw_stopping, draw_unanswered
from survey.errors import SurveyError
from survey.insight.monitoring import Monitoring, find_followed_round, find_monitoring, list_followed_rounds
from survey.insight.stopping import find_stopping
from survey.insight.unanswered import find_unanswered, list_missing_periods
from survey.rounds import Round

ROUND, AREA, PERIOD = "round", "area", "period"  # in the address
EVERYWHERE = ""


def draw_monitoring(frame: Frame) -> None:
    """What has come first; then the share of the invited, how far people come, and what they skip."""
    rounds = list_followed_rounds(frame.installation, viewer=frame.viewer)
    if not rounds:
        st.markdown(frame.words.say("monitoring.none"))
        frame.link_to("rounds", frame.words.say("page.rounds"))
        return
    keep_area(frame)
    round_, area = read_round(frame), read_area(frame)
    head = st.container(key="news")
    draw_filters(frame, rounds, round_, area)
    found = find_monitoring(frame.installation, round_, area=area, viewer=frame.viewer)
    sentences = tell_news(frame, found)
    with head:
        st.markdown("\n".join(f"* {escape_markdown(one)}" for one in sentences))
    st.header(frame.words.say("monitoring.title"), anchor=False)
    draw_weeks_of_round(frame, found, alt=" ".join(sentences))
    draw_rates(frame, round_, area)
    st.header(frame.words.say("stopping.title"), anchor=False)
    stopping = find_stopping(frame.installation, round_, viewer=frame.viewer)
    draw_stopping(frame.words, stopping, name=round_.id)
    draw_skipped(frame, round_, area or frame.installation.areas.counties[0].code)


def read_round(frame: Frame) -> Round:
    """The round of the address; the usual one, with what is wrong, where there is none of that name."""
    asked = st.query_params.get(ROUND, "")
    try:
        return find_followed_round(frame.installation, asked, viewer=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return find_followed_round(frame.installation, "", viewer=frame.viewer)


def read_area(frame: Frame) -> str:
    """The area of the address, everywhere when it names none."""
    asked = st.query_params.get(AREA, EVERYWHERE)
    if asked == EVERYWHERE:
        return EVERYWHERE
    try:
        return frame.installation.areas.find(asked).code
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return EVERYWHERE


def draw_filters(frame: Frame, rounds: Sequence[Round], round_: Round, area: str) -> None:
    """Round and area; what is chosen is kept in the address."""
    words = frame.words
    titles = {one.id: one.title for one in rounds}
    names = {EVERYWHERE: words.say("monitoring.everywhere")}
    names |= {one.code: one.name for one in frame.installation.areas}
    first, second = st.columns(2)
    with first:
        draw_choice(ROUND, words.say("monitoring.round"), list(titles), round_.id, titles.__getitem__)
    with second:
        draw_choice(AREA, words.say("trends.area"), list(names), area, names.__getitem__)


def draw_choice(name: str, label: str, options: list[str], chosen: str, say: Callable[[str], str]) -> None:
    """One list whose choice is what the address says under `name`."""
    key = f"filter-{name}"
    st.session_state[key] = chosen
    st.selectbox(label, options, format_func=say, key=key, on_change=write_to_address, args=(name, key))


def write_to_address(name: str, key: str) -> None:
    """Put what was chosen in the address; everywhere needs no word there."""
    chosen = str(st.session_state[key])
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)


def tell_news(frame: Frame, found: Monitoring) -> list[str]:
    """How many have come, when the last that are told of came, and whether the round is open."""
    words, round_ = frame.words, found.round_
    area = words.say("monitoring.everywhere_in") if found.chosen.area is None else found.chosen.area.name
    if not found.weeks:
        told = [words.say("monitoring.no_week")]
    elif found.chosen.so_far is None:
        week, least = say_week(words, found.weeks[-1]), words.number(found.least)
        told = [words.say("monitoring.too_few", area=area, week=week, least=least)]
    else:
        latest = found.chosen.came[-1]
        n, newest = words.number(found.chosen.so_far), words.number(latest.people)
        told = [
            words.say("monitoring.so_far", n=n, area=area, week=say_week(words, latest.last)),
            words.say("monitoring.latest", n=newest, weeks=say_weeks(words, latest)),
        ]
    is_open = round_.is_open(frame.installation.today())
    key = "monitoring.open_until" if is_open else "monitoring.closed"
    return [*told, words.say(key, day=words.day(round_.closes))]  # keys: monitoring.*


def draw_rates(frame: Frame, round_: Round, area: str) -> None:
    """The share of the invited, and where to see whether those who answered are like those who live there."""
    words, areas = frame.words, frame.installation.areas
    st.header(words.say("rates.title"), anchor=False)
    if round_.door == "coded":
        within = [one.code for one in areas.within(area)]
        wanted = [area, *within] if area else [one.code for one in areas]
        draw_rates_of_round(frame, survey=round_.survey, round_id=round_.id, areas=wanted)
    else:
        st.markdown(words.say("rates.no_invitations"))
    frame.link_to("trends", words.say("monitoring.representation"), **({AREA: area} if area else {}))


def draw_skipped(frame: Frame, round_: Round, area: str) -> None:
    """What is left unanswered in an area and period, drawn only when it is opened."""
    words = frame.words
    name = frame.installation.areas.find(area).name
    st.header(escape_markdown(words.say("unanswered.title_of", area=name)), anchor=False)
    periods = list_missing_periods(frame.installation, round_.survey)
    if not periods:
        st.markdown(words.say("error.nothing_published"))
        return
    asked = st.query_params.get(PERIOD, "")
    period = asked if asked in periods else periods[0]
    st.markdown(escape_markdown(words.say("unanswered.where", area=name, period=words.period(period))))
    opened = st.expander(words.say("unanswered.open"), on_change="rerun", key="unanswered-open")
    if opened.open:
        with opened:
            draw_choice(PERIOD, words.say("trends.period"), list(periods), period, words.period)
            found = find_unanswered(
                frame.installation, survey=round_.survey, area=area, period=period, viewer=frame.viewer
            )
            draw_unanswered(frame, found, name=(name, period))
