"""How one question of a survey is drawn with Streamlit, and what was answered read back.

A question that needs a word of help stands as a text of its own above it; the widget carries it once more
as its name, for those who listen. The others are a widget and nothing more: every element costs the server as
much as the last.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.links import draw_legend
from survey.language import Words
from survey.light.views import Choice, Field

HEIGHT_TO_WRITE = 160  # pixels: room for five lines before the box scrolls


def draw_question(field: Field, words: Words) -> list[str]:
    """Draw a question with what was answered; the values as a form sends them, empty for no answer."""
    if field.widget != "checkbox" and not (field.help or field.hint or field.trouble):
        return draw_widget(field, words, alone=True)
    with st.container(key=f"question-{field.id}"):
        draw_legend(field.text, [note for note in (field.help, field.hint) if note], trouble=field.trouble)
        if field.widget == "checkbox":
            return [choice.code for choice in field.choices if draw_checkbox(field, choice, words)]
        return draw_widget(field, words, alone=False)


def draw_widget(field: Field, words: Words, *, alone: bool) -> list[str]:
    """The widget of a question; one that stands alone shows the question itself."""
    label: Literal["visible", "collapsed"] = "visible" if alone else "collapsed"
    return draw_text(field, words, label) if field.widget == "text" else draw_one_choice(field, words, label)


def name_widget(field: Field, words: Words, code: str = "") -> str:
    """The name of a question's widget. One for each language: Streamlit keeps a choice as its text, and
    would lose it, and not show the draft's, when the text changes."""
    return f"answer-{words.language.code}-{field.id}-{code}"


def recall_answer(field: Field, words: Words) -> list[str] | None:
    """What was answered in this session's last drawing of a question; None when it does not know it."""
    state = st.session_state
    if field.widget == "checkbox":
        keys = {choice.code: name_widget(field, words, choice.code) for choice in field.choices}
        known = all(key in state for key in keys.values())
        return [code for code, key in keys.items() if state[key]] if known else None
    key = name_widget(field, words)
    if key not in state:
        return None
    return [str(state[key])] if state[key] else []


def draw_one_choice(field: Field, words: Words, label: Literal["visible", "collapsed"]) -> list[str]:
    """Buttons for a few choices, a list to type in for many."""
    texts = {choice.code: choice.text for choice in field.choices}
    codes = list(texts)
    place = next((n for n, choice in enumerate(field.choices) if choice.chosen), None)
    key = name_widget(field, words)
    if field.widget == "list":
        hint = words.say("answer.choose_one")
        chosen = st.selectbox(
            escape_markdown(field.text),
            codes,
            place,
            texts.__getitem__,
            key=key,
            placeholder=hint,
            label_visibility=label,
        )
    else:
        chosen = st.radio(
            escape_markdown(field.text),
            codes,
            place,
            lambda code: escape_markdown(texts[code]),
            key=key,
            label_visibility=label,
        )
    return [chosen] if chosen else []


def draw_checkbox(field: Field, choice: Choice, words: Words) -> bool:
    return st.checkbox(
        escape_markdown(choice.text), choice.chosen, key=name_widget(field, words, choice.code)
    )


def draw_text(field: Field, words: Words, label: Literal["visible", "collapsed"]) -> list[str]:
    """A box to write in. It takes more than the limit, so that nothing written is cut without a word."""
    given = st.text_area(
        escape_markdown(field.text),
        field.value,
        height=HEIGHT_TO_WRITE,
        key=name_widget(field, words),
        label_visibility=label,
    )
    return [given or ""]
