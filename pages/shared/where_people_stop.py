"""How far people come in a form, and which questions they leave without an answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.answering.reached import LOOKED_OVER
from survey.insight.stopping import FormCount, PlaceCount
from survey.insight.unanswered import DimensionMissing, Missing, QuestionMissing, find_most_skipped
from survey.language import Words, pick_text


def draw_stopping(words: Words, forms: Sequence[FormCount], *, name: str) -> None:
    """A sentence and a table for each form, and all of them as a file; `name` is the round's."""
    if not forms:
        st.markdown(words.say("stopping.none"))
    for one in forms:
        form = words.say(f"stopping.form_{one.form}")  # keys: stopping.form_*
        if len(forms) > 1:
            st.markdown(f"**{form}**")
        st.markdown(escape_markdown(tell_hardest(words, one)))
        columns = zip(*list_places(words, one), strict=True)
        table = dict(zip(say_heads(words), columns, strict=True))
        st.table(table, hide_index=True, alt=f"{words.say('stopping.title')} {form}")
    if forms:
        st.caption(escape_markdown(words.say("stopping.about")))
        draw_stopping_download(words, forms, name=name)


def say_heads(words: Words) -> tuple[str, str, str]:
    return words.say("stopping.part"), words.say("stopping.came"), words.say("stopping.share")


def list_places(words: Words, found: FormCount) -> list[tuple[str, str, str]]:
    """Each place of a form with how many came there."""
    return [(say_place(words, one), say_people(words, one), say_share(words, one)) for one in found.places]


def draw_stopping_download(words: Words, forms: Sequence[FormCount], *, name: str) -> None:
    """Every form's places as one file."""
    rows = [
        (words.say(f"stopping.form_{one.form}"), *row)  # keys: stopping.form_*
        for one in forms
        for row in list_places(words, one)
    ]
    st.download_button(
        words.say("stopping.download"),
        write_csv([(words.say("stopping.form"), *say_heads(words)), *rows]),
        file_name=write_file_name(words.say("stopping.title"), name, ending="csv"),
        mime="text/csv",
        key="csv-stopping",
        on_click="ignore",
    )


def tell_hardest(words: Words, found: FormCount) -> str:
    """Where most people stop, or that there is no such place."""
    if found.hardest is None:
        return words.say("stopping.even")
    before, after = found.hardest
    return words.say(
        "stopping.hardest",
        place=say_place(words, after),
        before=say_share(words, before),
        after=say_share(words, after),
    )


def say_place(words: Words, place: PlaceCount) -> str:
    if place.title is not None:
        return pick_text(place.title, words.language.code)
    return words.say("stopping.looked_over" if place.place == LOOKED_OVER else "stopping.sent")


def say_people(words: Words, place: PlaceCount) -> str:
    if isinstance(place.people, Hidden):
        return words.say("monitoring.fewer", least=words.number(place.people.threshold))
    return words.number(place.people.value)


def say_share(words: Words, place: PlaceCount) -> str:
    """A share of those who began; nothing where either is not known."""
    return "" if place.per_cent is None else words.say("trends.percent", n=words.number(place.per_cent))


def draw_unanswered(frame: Frame, dimensions: Sequence[DimensionMissing], *, name: tuple[str, str]) -> None:
    """A sentence, a table for each dimension, and all of them as a file; `name` is the area and period."""
    words = frame.words
    most = find_most_skipped(dimensions)
    if most is not None:
        question, share = most
        text = pick_text(question.text, frame.language)
        st.markdown(escape_markdown(words.say("unanswered.most", question=text, n=words.number(share))))
    heads = (words.say("unanswered.question"), words.say("unanswered.skipped"), words.say("unanswered.na"))
    rows: list[tuple[str, ...]] = []
    for one in dimensions:
        title = pick_text(one.dimension.text, frame.language)
        mine = [tell_question(words, question) for question in one.questions]
        st.markdown(f"**{escape_markdown(title)}**")
        st.table(dict(zip(heads, zip(*mine, strict=True), strict=True)), hide_index=True, alt=title)
        rows += [(title, *row) for row in mine]
    st.caption(escape_markdown(words.say("unanswered.about")))
    st.download_button(
        words.say("unanswered.download"),
        write_csv([(words.say("unanswered.dimension"), *heads), *rows]),
        file_name=write_file_name(words.say("unanswered.title"), *name, ending="csv"),
        mime="text/csv",
        key="csv-unanswered",
        on_click="ignore",
    )


def tell_question(words: Words, one: QuestionMissing) -> tuple[str, str, str]:
    """A question with its shares, or why they are not shown."""
    text = pick_text(one.question.text, words.language.code)
    if isinstance(one.found, Shown):
        return (text, *tell_missing(words, one.found.value))
    if isinstance(one.found, NoAnswers):
        return (text, words.say("trends.no_answers"), "")
    threshold = words.number(one.found.threshold)
    return (
        text,
        words.say(f"trends.hidden.{one.found.reason}", threshold=threshold),
        "",
    )  # keys: trends.hidden.*


def tell_missing(words: Words, found: Missing) -> tuple[str, str]:
    """Both shares; that the question has no such answer in the second's place."""
    skipped = words.say("trends.percent", n=words.number(found.skipped))
    if found.not_relevant is None:
        return skipped, words.say("unanswered.no_escape")
    return skipped, words.say("trends.percent", n=words.number(found.not_relevant))
