"""What was answered to the questions behind a dimension: bars, a table of them, and a file of it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from analysis.answer_bars import AnswerBar, draw_answers
from analysis.chart_frame import DARK, LIGHT, make_plotly_config
from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.questions import Answered, AnswerShare, Behind, find_behind
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.language import pick_text

COLUMNS = ("question", "what", "figure")  # of the file
HEADS = ("column_question", "mean", "positive", "n")  # of the table


def draw_questions_behind(frame: Frame, teller: Teller, series: Series) -> None:
    """The questions of a line in its latest period that is shown; nothing where none is."""
    shown = [point.period for point in series.line.points if isinstance(point.cell, Shown)]
    if not shown:
        return
    dimension = series.dimension.id
    behind = find_behind(frame.installation, teller.trends.choice, dimension, shown[-1], viewer=frame.viewer)
    words = teller.words
    period = words.period(behind.period)
    st.markdown(f"**{escape_markdown(words.say('questions.heading', period=period))}**")
    for number, (answers, some) in enumerate(group_scales(teller, behind).items()):
        draw_bars(teller, answers, some, key=f"answers-{dimension}-{number}")
    header, *body = make_question_table(teller, behind)
    name = words.say("questions.alt", dimension=teller.name_dimension(series), period=period)
    st.table(dict(zip(header, zip(*body, strict=True), strict=True)), hide_index=True, alt=name)
    st.caption(escape_markdown(words.say("questions.about")))
    st.download_button(
        escape_markdown(words.say("questions.download", dimension=teller.name_dimension(series))),
        write_csv(make_question_rows(teller, behind)),
        file_name=write_file_name(
            teller.trends.area.name, teller.name_dimension(series), behind.period, "svar", ending="csv"
        ),
        mime="text/csv",
        key=f"csv-questions-{dimension}",
        on_click="ignore",
    )


def group_scales(teller: Teller, behind: Behind) -> Mapping[tuple[str, ...], list[Answered]]:
    """The questions whose answers may be told, by the names of their answers: a bar chart for each scale."""
    found: dict[tuple[str, ...], list[Answered]] = {}
    for _, seen in behind.answered:
        if isinstance(seen, Answered) and seen.scored:
            found.setdefault(name_answers(teller, seen.scored), []).append(seen)
    return found


def name_answers(teller: Teller, shares: Iterable[AnswerShare]) -> tuple[str, ...]:
    return tuple(pick_text(one.text, teller.words.language.code) for one in shares)


def draw_bars(teller: Teller, answers: tuple[str, ...], some: list[Answered], *, key: str) -> None:
    """Bars of questions with the same scale."""
    words = teller.words
    bars = [
        AnswerBar(tell_question(teller, one), tuple(share.percent for share in one.scored or ()))
        for one in some
    ]
    locale = words.language.locale
    figure = draw_answers(
        bars,
        answers,
        hover=words.say("questions.hover"),
        palette=DARK if st.context.theme.type == "dark" else LIGHT,
        locale=locale,
    )
    alt = " ".join([words.say("questions.bars_alt"), *(tell_bar(teller, one) for one in some)])
    st.plotly_chart(figure, theme=None, key=key, config=make_plotly_config(locale), alt=alt)


def tell_bar(teller: Teller, answered: Answered) -> str:
    """A question with its answers in words: what its bar shows."""
    told = ", ".join(f"{name} {percent}" for name, percent in tell_shares(teller, answered.scored or ()))
    return f"{tell_question(teller, answered)} {told}."


def tell_question(teller: Teller, answered: Answered) -> str:
    return pick_text(answered.question.text, teller.words.language.code)


def make_question_table(teller: Teller, behind: Behind) -> list[tuple[str, ...]]:
    """The heads and rows of the table: one for each question, its answers stand in the bars and the file."""
    words = teller.words
    rows = [tuple(words.say(f"questions.{one}") for one in HEADS)]  # keys: questions.*
    for question, seen in behind.answered:
        text = pick_text(question.text, words.language.code)
        if not isinstance(seen, Answered):
            rows.append((text, tell_missing(teller, seen), "", ""))
            continue
        positive = words.say("questions.percent", percent=seen.positive)
        rows.append((text, teller.write_number(seen.mean), positive, words.number(seen.n)))
    return rows


def make_question_rows(teller: Teller, behind: Behind) -> list[tuple[str, str, str]]:
    """The heads and rows of the file, a row for each figure and answer of a question."""
    words = teller.words
    header = tuple(words.say(f"questions.column_{one}") for one in COLUMNS)  # keys: questions.column_*
    rows = [(header[0], header[1], header[2])]
    for question, seen in behind.answered:
        text = pick_text(question.text, words.language.code)
        told = (
            tell_answered(teller, seen) if isinstance(seen, Answered) else [("", tell_missing(teller, seen))]
        )
        rows += [(text, what, figure) for what, figure in told]
    return rows


def tell_missing(teller: Teller, seen: Hidden | NoAnswers) -> str:
    """Why a question has no figures."""
    return teller.tell_hidden(seen) if isinstance(seen, Hidden) else teller.words.say("trends.no_answers")


def tell_answered(teller: Teller, seen: Answered) -> list[tuple[str, str]]:
    """A question's figures, each with what it is."""
    words = teller.words
    told = [
        (words.say("questions.mean"), teller.write_number(seen.mean)),
        (words.say("questions.positive"), words.say("questions.percent", percent=seen.positive)),
    ]
    if seen.scored is None:
        told.append((words.say("questions.answers"), words.say("questions.too_few_for_answers")))
    told += tell_shares(teller, (*(seen.scored or ()), *(seen.unscored or ())))
    return [*told, (words.say("questions.n"), words.number(seen.n))]


def tell_shares(teller: Teller, shares: Iterable[AnswerShare]) -> list[tuple[str, str]]:
    """Answers with their per cent, in the order of the scale."""
    words = teller.words
    return [
        (
            pick_text(one.text, words.language.code),
            words.say("questions.percent", percent=words.number(one.percent)),
        )
        for one in shares
    ]
