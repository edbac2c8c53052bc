"""How is it said, and drawn, how the group's answers spread?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from analysis.answer_bars import AnswerBar, draw_answers
from analysis.chart_frame import make_plotly_config
from analysis.panel_ratings import FEWEST_ANSWERS, NotTold
from pages.shared.comment_sentences import join_words
from pages.shared.escape import escape_markdown
from pages.shared.rating_place import say_options
from pages.shared.theme_figures import choose_palette
from survey.answering.answers import Asked
from survey.language import Words, pick_text
from survey.panel_rounds.own import OwnSheet
from survey.panel_rounds.spreads import Spread, count_percents


def tell_spread(words: Words, asked: Asked, spread: Spread | None) -> str:
    """What the group answered, in a sentence; why it is not told, where it is not."""
    if spread is None:
        return words.say("ratings.not_told.few", least=words.number(FEWEST_ANSWERS))
    if isinstance(spread.shown, NotTold):
        return tell_not_told(words, spread.shown)
    told = [
        words.say("ratings.so_many", answer=name, number=number)
        for name, number in list_numbers(words, asked, spread)
    ]
    return words.say("ratings.group", answers=", ".join(told))


def tell_not_told(words: Words, reason: NotTold) -> str:
    """Why there is no figure."""
    least = words.number(FEWEST_ANSWERS)
    return words.say(f"ratings.not_told.{reason}", least=least)  # keys: ratings.not_told.*


def list_numbers(words: Words, asked: Asked, spread: Spread) -> Iterator[tuple[str, str]]:
    """Each option and how many gave it, in the order of the options; those who could not judge last."""
    if isinstance(spread.shown, NotTold):
        return
    texts = {option.code: pick_text(option.text, words.language.code) for option in asked.options}
    for code, number in spread.shown.items():
        yield texts[code], words.say("ratings.nearly_all") if number is None else words.number(number)
    if spread.unable:
        unable = next((option for option in asked.options if option.code not in spread.shown), None)
        if unable is not None:
            yield texts[unable.code], words.number(spread.unable)


def tell_own(words: Words, asked: Asked, earlier: OwnSheet | None) -> str:
    """What one answered oneself the first time."""
    given = earlier.answers.get(asked.id) if earlier is not None else None
    if given is None:
        return words.say("ratings.own_none")
    codes = (given,) if isinstance(given, str) else given
    texts = {option.code: pick_text(option.text, words.language.code) for option in asked.options}
    return words.say("ratings.own", answer=join_words(words, [texts.get(code, code) for code in codes]))


def draw_spreads(words: Words, spreads: Sequence[Spread], *, key: str) -> None:
    """Bars for the questions with a scale, one figure for each scale, and a table of all of them."""
    for number, (answers, some) in enumerate(group_scales(words, spreads).items()):
        bars = [
            AnswerBar(pick_text(one.asked.question.text, words.language.code), count_percents(one))
            for one in some
        ]
        locale = words.language.locale
        hover = words.say("questions.hover")
        figure = draw_answers(bars, answers, hover=hover, palette=choose_palette(), locale=locale)
        alt = words.say("questions.bars_alt")
        st.plotly_chart(figure, theme=None, key=f"{key}-{number}", config=make_plotly_config(locale), alt=alt)
    rows = [row for one in spreads for row in make_rows(words, one)]
    heads = [words.say("ratings.answer"), words.say("ratings.number")]
    if rows:
        alt = words.say("ratings.spread_alt")
        st.table(dict(zip(heads, zip(*rows, strict=True), strict=True)), hide_index=True, alt=alt)


def group_scales(words: Words, spreads: Sequence[Spread]) -> dict[tuple[str, ...], list[Spread]]:
    """The questions that are told and have a scale, by the names of its answers."""
    found: dict[tuple[str, ...], list[Spread]] = {}
    for one in spreads:
        if one.unable is not None and not isinstance(one.shown, NotTold):
            names = tuple(
                pick_text(option.text, words.language.code)
                for option in one.asked.options
                if option.code in one.shown
            )
            found.setdefault(names, []).append(one)
    return found


def make_rows(words: Words, spread: Spread) -> Iterator[tuple[str, str]]:
    """A question and, under it, each answer with how many gave it: two columns, for a phone."""
    asked = say_options(words, spread.asked)
    question = escape_markdown(pick_text(asked.question.text, words.language.code))
    yield f"**{question}**", ""
    if isinstance(spread.shown, NotTold):
        yield tell_not_told(words, spread.shown), ""
        return
    for name, number in list_numbers(words, asked, spread):
        yield escape_markdown(name), number
