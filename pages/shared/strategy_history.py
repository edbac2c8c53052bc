"""How did the strategy map come to say what it says, and how is an earlier version put back?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.strategy_form import MESSAGE
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.installation import SWEDEN
from survey.language import pick_text
from survey.people.permissions import can_do
from survey.people.roles import Permission, Role
from survey.strategy.changes import ADDED, MOVED, REMOVED, Change
from survey.strategy.model import Status
from survey.strategy.versions import (
    StoredVersion,
    Version,
    compare_versions,
    list_versions,
    restore_version,
)

Known = Mapping[str, Dimension]
WITHOUT_VALUES = (ADDED, REMOVED, MOVED)
FIELDS = {
    "text.sv": "text_sv",
    "text.en": "text_en",
    "note.sv": "note_sv",
    "note.en": "note_en",
    "status": "status",
    "dimensions": "dimensions",
    "belongs_to": "belongs_to",
    ADDED: "added",
    REMOVED: "removed",
    MOVED: "moved",
}  # what a field is called in the catalogue; others are only ever called other


def draw_history(frame: Frame, current: Version, known: Known) -> None:
    """Every version, the newest first; two of them compared; and an earlier one to put back."""
    opened = st.expander(frame.words.say("strategy.history"), on_change="rerun", key="history-open")
    if not opened.open:
        return
    with opened:
        versions = list_versions(frame.installation)
        for one in versions:
            st.markdown("\n\n".join(escape_markdown(line) for line in list_lines(frame, one)))
        if len(versions) > 1:
            draw_comparison(frame, current, [one.number for one in versions], known)


def list_lines(frame: Frame, one: StoredVersion) -> list[str]:
    """One version in words: its number, day and role; what was changed; and why."""
    words = frame.words
    roles = {role.value: words.say(f"role.{role}") for role in Role}  # keys: role.*
    by = roles.get(one.made_by, words.say("strategy.by_system"))
    day = words.day(one.made.astimezone(SWEDEN).date())
    first = words.say("strategy.version_line", number=words.number(one.number), day=day, role=by)
    told = words.say("strategy.version_first")
    if one.changed:
        told = words.say("strategy.version_changed", listed=", ".join(list_changed(frame, one)))
    note = [words.say("strategy.version_why", note=one.note)] if one.note else []
    return [" ".join([first, told, *note])]


def list_changed(frame: Frame, one: StoredVersion) -> list[str]:
    """Which items were changed, each with the fields."""
    fields: dict[str, list[str]] = {}
    for framework, item, field in one.changed:
        said = say_field(frame, field)
        listed = fields.setdefault(item or framework or frame.words.say("strategy.whole_map"), [])
        listed += [] if said in listed else [said]
    return [f"{subject} ({', '.join(listed)})" for subject, listed in fields.items()]


def draw_comparison(frame: Frame, current: Version, numbers: Sequence[int], known: Known) -> None:
    """Two versions to choose, what differs between them, and the earlier one to put back."""
    words = frame.words
    left, right = st.columns(2)
    with left:
        old = st.selectbox(words.say("strategy.compare_from"), numbers[1:], key="compare-from")
    with right:
        new = st.selectbox(words.say("strategy.compare_to"), numbers, key="compare-to")
    changes = compare_versions(frame.installation, old, new)
    told = [tell_change(frame, one, known) for one in changes] or [words.say("strategy.no_difference")]
    st.markdown("\n".join(f"* {escape_markdown(line)}" for line in told))
    if can_do(Permission.EDIT_STRATEGY, by=frame.viewer):
        draw_restore(frame, current, old)


def draw_restore(frame: Frame, current: Version, number: int) -> None:
    """A button that puts a version back; the newer ones stay in the history."""
    words = frame.words
    label = words.say("strategy.restore", number=words.number(number))
    if not st.button(label, key=f"restore-{number}-{current.number}"):
        return
    try:
        made = restore_version(frame.installation, number, based_on=current.number, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    st.session_state[MESSAGE] = words.say(
        "strategy.restored", earlier=words.number(number), number=words.number(made)
    )
    st.rerun()


def tell_change(frame: Frame, change: Change, known: Known) -> str:
    """One difference as a sentence."""
    words = frame.words
    subject = change.item or change.framework or words.say("strategy.whole_map")
    if change.field in WITHOUT_VALUES:
        return words.say(f"strategy.changed_{change.field}", subject=subject)  # keys: strategy.changed_*
    return words.say(
        "strategy.changed",
        subject=subject,
        field=say_field(frame, change.field),
        before=say_values(frame, change.field, change.before, known),
        after=say_values(frame, change.field, change.after, known),
    )


def say_field(frame: Frame, field: str) -> str:
    return frame.words.say(f"strategy.field.{FIELDS.get(field, 'other')}")  # keys: strategy.field.*


def say_values(frame: Frame, field: str, values: Sequence[str], known: Known) -> str:
    """What a field said: a status and dimensions by their names, a text in quotation marks."""
    words = frame.words
    if not values:
        return words.say("strategy.nothing")
    if field == "status" and values[0] in tuple(Status):
        return words.say(f"strategy.status.{values[0]}").lower()  # keys: strategy.status.*
    if field == "dimensions":
        names = [pick_text(known[one].text, frame.language) if one in known else one for one in values]
        return ", ".join(names)
    return words.say("strategy.quoted", text=", ".join(values))
