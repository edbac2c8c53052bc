"""How does the strategy owner change an item of the strategy map?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from pages.shared.strategy_item import Reading
from survey.errors import SurveyError
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.strategy.edit import Edit, EditError
from survey.strategy.model import Item, Kind, Status
from survey.strategy.rules import PARENTS
from survey.strategy.versions import Version, find_version, save_edit

MESSAGE = "strategy-message"
NOWHERE = ""
TEXT_HEIGHT = 100  # pixels: about three lines


def take_message(frame: Frame) -> None:
    """What was just done, told once, in a place that takes the focus."""
    told: str | None = st.session_state.pop(MESSAGE, None)
    if told is not None:
        draw_done(frame, told)


def draw_edit(reading: Reading, item: Item, version: Version) -> None:
    """A form that is opened to change the item, for whoever may.

    The form keeps the version it was opened in, so that what is typed stays when somebody else makes another;
    the version that the person has seen is what they may replace.
    """
    if not can_do(Permission.EDIT_STRATEGY, by=reading.frame.viewer):
        return
    key = f"edit-{item.id}"
    label = escape_markdown(reading.frame.words.say("strategy.change", item=item.id))
    opened = st.expander(label, on_change="rerun", key=key)
    if not opened.open:
        forget(key)
        return
    with opened:
        draw_opened(reading, item, version, key)


def forget(key: str) -> None:
    """Nothing of a form is remembered when it is closed or has been saved."""
    for name in (f"{key}-opened", f"{key}-seen"):
        st.session_state.pop(name, None)


def draw_opened(reading: Reading, item: Item, version: Version, key: str) -> None:
    """The open form; what it says is saved, or it is told above it why not."""
    frame = reading.frame
    opened: int = st.session_state.setdefault(f"{key}-opened", version.number)
    seen: int = st.session_state.setdefault(f"{key}-seen", version.number)
    was = find_item(frame, reading.framework.key, item, opened)
    told = st.container()
    edit = draw_form(reading, was, key=f"{key}-{opened}")
    if edit is not None:
        try:
            number = save_edit(frame.installation, edit, based_on=seen, by=frame.viewer)
        except SurveyError as wrong:
            with told:
                draw_refusal(frame, wrong)
            st.session_state[f"{key}-seen"] = version.number
        else:
            forget(key)
            st.session_state[MESSAGE] = frame.words.say("strategy.saved", number=frame.words.number(number))
            st.rerun()
    if item != was:
        with told:
            draw_standing(reading, item)


def find_item(frame: Frame, framework: str, item: Item, number: int) -> Item:
    """The item as it was in the version that the form was opened in."""
    found = find_version(frame.installation, number).map.find_framework(framework)
    return (found.find_item(item.id) if found is not None else None) or item


def draw_refusal(frame: Frame, wrong: SurveyError) -> None:
    """Everything that is wrong, at once."""
    faults = wrong.faults if isinstance(wrong, EditError) else (wrong,)
    draw_problem(frame, " ".join(dict.fromkeys(frame.words.explain(one) for one in faults)))


def draw_standing(reading: Reading, item: Item) -> None:
    """What the item says now, when somebody else has changed it since the form was opened."""
    words = reading.frame.words
    texts = [text for text in (*item.text.values(), *item.note.values()) if text]
    status = words.say(f"strategy.status.{item.status}")  # keys: strategy.status.*
    names = [reading.name_dimension(reading.known[one]) for one in item.dimensions if one in reading.known]
    listed = [*texts, status, ", ".join(names)]
    lines = "\n".join(f"* {escape_markdown(one)}" for one in listed if one)
    st.markdown(f"**{words.say('strategy.form.now')}**\n\n{lines}")


def draw_form(reading: Reading, item: Item, *, key: str) -> Edit | None:
    """The form of an item; what it says when it was handed in, else None."""
    words = reading.frame.words
    with st.form(key, border=False):
        text = {
            language: draw_text(
                words.say(f"strategy.form.text_{language}"), item.text, language, f"{key}-text"
            )
            for language in ("sv", "en")  # keys: strategy.form.text_*
        }
        status = draw_status(reading, item, key)
        belongs_to = draw_parent(reading, item, key)
        dimensions = draw_dimensions(reading, item, key)
        note = {
            language: draw_text(
                words.say(f"strategy.form.note_{language}"), item.note, language, f"{key}-note"
            )
            for language in ("sv", "en")  # keys: strategy.form.note_*
        }
        why = st.text_input(words.say("strategy.form.why"), key=f"{key}-why", autocomplete="off")
        label = escape_markdown(words.say("strategy.form.save", item=item.id))
        pressed = st.form_submit_button(label, type="primary", key=f"{key}-save")
    if not pressed:
        return None
    framework = reading.framework.key
    return Edit(framework, item.id, status, text, dimensions, belongs_to, note, why)


def draw_text(label: str, texts: dict[str, str], language: str, key: str) -> str:
    return st.text_area(label, texts.get(language, ""), key=f"{key}-{language}", height=TEXT_HEIGHT)


def draw_status(reading: Reading, item: Item, key: str) -> Status:
    """How well the text is known."""
    words = reading.frame.words
    said = {one: words.say(f"strategy.status.{one}") for one in Status}  # keys: strategy.status.*
    listed = list(said)
    label = words.say("strategy.form.status")
    place = listed.index(item.status)
    return st.selectbox(label, listed, place, format_func=said.__getitem__, key=f"{key}-status")


def draw_parent(reading: Reading, item: Item, key: str) -> str | None:
    """The direction that a promise stands under; other items stand under none."""
    heads = [one for one in reading.framework.items if one.kind in PARENTS]
    if item.kind is not Kind.PROMISE or not heads:
        return item.belongs_to
    words = reading.frame.words
    said = {NOWHERE: words.say("strategy.form.belongs_nowhere")}
    said |= {one.id: reading.name_item(one) for one in heads}
    place = list(said).index(item.belongs_to or NOWHERE)
    label = words.say("strategy.form.belongs_to")
    chosen = st.selectbox(label, list(said), place, format_func=said.__getitem__, key=f"{key}-parent")
    return chosen or None


def draw_dimensions(reading: Reading, item: Item, key: str) -> tuple[str, ...]:
    """What measures the item; where the survey is not here, what measured it already."""
    names = {one.id: reading.name_dimension(one) for one in reading.known.values()}
    if not names:
        return item.dimensions
    words = reading.frame.words
    chosen = st.multiselect(
        words.say("strategy.form.dimensions"),
        list(names),
        [one for one in item.dimensions if one in names],
        format_func=names.__getitem__,
        key=f"{key}-dimensions",
        placeholder=words.say("strategy.form.dimensions_none"),
    )
    return tuple(chosen)
