"""How a municipality or a county develops, and what has clearly changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analysis.periods import PeriodKind
from pages.shared.area_kept import keep_area
from pages.shared.escape import escape_markdown
from pages.shared.figures import draw_figures
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.how_computed import METHOD_PAGE
from pages.shared.links import draw_on_paper
from pages.shared.who_answered import draw_who_answered
from survey.errors import SurveyError
from survey.insight.choice import Choice, Second, read_choice_or_usual
from survey.insight.measured import Figure
from survey.insight.news import list_news
from survey.insight.published import find_title, list_all_publications, list_surveys
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.trends import find_trends
from survey.language import pick_text

IN_A_ROW = 3  # the others, as the headlines
DETAILS = "details"  # in the address: whether intervals and counts are shown
ADDITIONS = (2, 2, 1)  # widths of the lists of figures and second lines, and of what is left of the row
FIGURE = "figure"  # in the address: what the lines show
SECOND = "line"  # in the address: which second line is drawn
FROM, TO = "from", "to"  # in the address: the first and the last month
MENDED = "span-mended"  # in the session: the end that was given up, to be told once
KEPT_OUTSIDE = ("area", "by", "survey", FIGURE)  # in the address: what stays when another time is chosen
USUAL = (Figure.MEAN, Second.NONE)  # what the address does not need to say


def draw_trends(frame: Frame) -> None:
    """What changed, the three headlines, and the rest when it is asked for."""
    if not list_surveys(frame.installation):
        st.markdown(frame.words.say("error.nothing_published"))
        return
    keep_area(frame)
    choice = read_address(frame)
    draw_heading(frame, frame.words.say("trends.title", area=name_area(frame, choice.area)))
    head = st.container(key="news")
    with st.container(key="filters"):
        draw_filters(frame, choice)
        details = draw_additions(frame, choice)
    try:
        trends = find_trends(frame.installation, choice, viewer=frame.viewer)
    except SurveyError as wrong:
        with head:
            draw_outside(frame, choice, wrong)
        return
    teller = Teller(frame.words, trends, decimals=trends.decimals, with_interval=details)
    with head:
        draw_news(frame, teller)
    if choice.second is not Second.NONE:
        st.markdown(escape_markdown(teller.tell_second()))
    draw_headlines(frame, teller)
    draw_others(frame, teller)
    draw_who_answered(frame, teller)


def name_area(frame: Frame, code: str) -> str:
    return frame.installation.areas.find(code).name


def draw_outside(frame: Frame, choice: Choice, wrong: SurveyError) -> None:
    """Why nothing can be shown of a time, from when until when there are figures, and a way there."""
    words = frame.words
    months = sorted(one.month for one in list_all_publications(frame.installation, choice.survey))
    if not months:
        draw_problem(frame, words.explain(wrong))
        return
    first, last = (words.month(months[end]) for end in (0, -1))
    draw_problem(frame, f"{words.explain(wrong)} {words.say('trends.there_is', first=first, last=last)}")
    kept = {name: st.query_params[name] for name in KEPT_OUTSIDE if name in st.query_params}
    span = {FROM: months[0], TO: months[-1]}
    frame.link_to("trends", words.say("trends.see_all", first=first, last=last), **kept, **span)


def read_address(frame: Frame) -> Choice:
    """The choice of the address; of a part that makes no sense, what is wrong with it and the usual one."""
    choice, wrong = read_choice_or_usual(frame.installation, st.query_params.to_dict())
    if wrong:
        told = [frame.words.explain(one) for one in wrong]
        draw_problem(frame, " ".join([*told, frame.words.say("trends.usual")]))
    return choice


def draw_filters(frame: Frame, choice: Choice) -> None:
    """What can be chosen. The address is the only memory: a change is written there, and read from there."""
    words, areas = frame.words, frame.installation.areas
    names = {area.code: area.name for area in areas}
    months = list_months_to_choose(frame, choice)
    surveys = list_surveys(frame.installation)
    columns = iter(st.columns(5 if len(surveys) > 1 else 4))
    with next(columns):
        draw_filter("area", words.say("trends.area"), list(names), choice.area, names.__getitem__)
    with next(columns):
        kinds = [kind.value for kind in PeriodKind]
        draw_filter("by", words.say("trends.by"), kinds, choice.kind, lambda kind: say_kind(frame, kind))
    with next(columns):
        draw_end(frame, FROM, choice, months)
    with next(columns):
        draw_end(frame, TO, choice, months[::-1])
    if len(surveys) > 1:
        with next(columns):
            label = words.say("trends.survey")
            draw_filter("survey", label, list(surveys), choice.survey, lambda name: say_survey(frame, name))
    mended: str | None = st.session_state.pop(MENDED, None)
    if mended is not None:
        st.caption(words.say(f"trends.mended.{mended}"))  # keys: trends.mended.*


def draw_end(frame: Frame, name: str, choice: Choice, months: list[str]) -> None:
    """The list of the first or the last month. One that lies beyond the other end gives that end up."""
    key = f"filter-{name}"
    ends = {FROM: choice.first, TO: choice.last}
    st.session_state[key] = ends[name]
    label = frame.words.say(f"trends.{name}")  # keys: trends.from, trends.to
    say = frame.words.month_briefly
    st.selectbox(label, months, format_func=say, key=key, on_change=write_end, args=(name, key, ends))


def write_end(name: str, key: str, ends: Mapping[str, str]) -> None:
    """Put a chosen end in the address; the other end is the usual one again where it would come first."""
    write_to_address(name, key)
    both = {**ends, name: str(st.session_state[key])}
    if both[FROM] > both[TO]:
        other = TO if name == FROM else FROM
        st.query_params.pop(other, None)
        st.session_state[MENDED] = other


def say_figure(frame: Frame, figure: str) -> str:
    return frame.words.say(f"trends.figure_choice.{figure}")  # keys: trends.figure_choice.*


def say_second(frame: Frame, line: str) -> str:
    return frame.words.say(f"trends.second_choice.{line}")  # keys: trends.second_choice.*


def say_survey(frame: Frame, survey: str) -> str:
    """What a survey calls itself; its short name where that is not known."""
    title = find_title(frame.installation, survey)
    return pick_text(title, frame.language) if title else survey


def say_kind(frame: Frame, kind: str) -> str:
    return frame.words.say(f"trends.kind.{kind}")  # keys: trends.kind.*


def list_months_to_choose(frame: Frame, choice: Choice) -> list[str]:
    """The months that were published, and those of the address."""
    published = {one.month for one in list_all_publications(frame.installation, choice.survey)}
    return sorted(published | {choice.first, choice.last})


def draw_filter(name: str, label: str, options: list[str], chosen: str, say: Callable[[str], str]) -> None:
    """One list whose choice is what the address says under `name`."""
    key = f"filter-{name}"
    st.session_state[key] = chosen
    st.selectbox(label, options, format_func=say, key=key, on_change=write_to_address, args=(name, key))


def draw_additions(frame: Frame, choice: Choice) -> bool:
    """The figure and the second line to choose, and whether intervals and counts are shown."""
    words = frame.words
    figures, lines = [one.value for one in Figure], [line.value for line in Second]
    first, second, *_ = st.columns(ADDITIONS)
    with first:
        draw_filter(
            FIGURE,
            words.say("trends.figure"),
            figures,
            choice.figure.value,
            lambda one: say_figure(frame, one),
        )
    with second:
        draw_filter(
            SECOND, words.say("trends.second"), lines, choice.second.value, lambda one: say_second(frame, one)
        )
    return draw_details(frame)


def draw_details(frame: Frame) -> bool:
    """Whether intervals and counts are shown."""
    key = f"filter-{DETAILS}"
    st.session_state[key] = st.query_params.get(DETAILS) == "1"
    return st.toggle(
        frame.words.say("trends.details"), key=key, on_change=write_to_address, args=(DETAILS, key)
    )


def write_to_address(name: str, key: str) -> None:
    """Put what was chosen in the address."""
    chosen: object = st.session_state[key]
    if chosen is False or chosen in USUAL:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = "1" if chosen is True else str(chosen)


def draw_news(frame: Frame, teller: Teller) -> None:
    """Up to three sentences, the most important first; which figures they are about, and a way to how."""
    st.markdown("\n".join(f"* {escape_markdown(sentence)}" for sentence in list_news(teller)))
    draw_on_paper(tell_choice(frame, teller.trends.choice))
    told = f"{teller.tell_published()} {teller.tell_revised()}".strip()
    if told:
        st.caption(escape_markdown(told))
    frame.link_to(METHOD_PAGE, frame.words.say("page.method"))


def tell_choice(frame: Frame, choice: Choice) -> str:
    """What the lists above the charts say: area, time, kind of period and figure."""
    words = frame.words
    return words.say(
        "trends.chosen",
        area=name_area(frame, choice.area),
        first=words.month(choice.first),
        last=words.month(choice.last),
        kind=say_kind(frame, choice.kind),
        figure=say_figure(frame, choice.figure),
    )


def is_headline(series: Series) -> bool:
    """Whether a line is among those a reader sees first; one that is no longer asked for is not."""
    return series.dimension.headline is not None and series.is_asked


def draw_headlines(frame: Frame, teller: Teller) -> None:
    """The three lines a reader sees first, beside each other where there is room."""
    headlines = [one for one in teller.trends.series if is_headline(one)]
    if headlines:
        draw_figures(frame, teller, headlines)


def draw_others(frame: Frame, teller: Teller) -> None:
    """The other dimensions, drawn only when they are asked for; last those that are no longer asked for."""
    others = [one for one in teller.trends.series if not is_headline(one)]
    if not others:
        return
    with st.container(key="others"):
        opened = st.expander(teller.words.say("trends.others"), on_change="rerun", key="others-open")
        if opened.open:
            with opened:
                for start in range(0, len(others), IN_A_ROW):
                    draw_figures(frame, teller, others[start : start + IN_A_ROW])
