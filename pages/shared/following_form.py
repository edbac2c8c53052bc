"""How is something about an area written down, so that nothing that was typed is lost?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from survey.areas import Area
from survey.errors import SurveyError
from survey.following.actions import Action
from survey.following.faults import FollowingError
from survey.following.goals import Goal
from survey.following.rebases import Rebase
from survey.people.permissions import can_do
from survey.people.reach import can_reach
from survey.people.roles import Permission

MESSAGE = "following-message"

Deed = Callable[[int], str]  # does what a form says upon the version that was seen; tells that it is done


@dataclass(frozen=True)
class Place:
    """Where things are written down: an area and a survey with the names of its dimensions."""

    frame: Frame
    area: Area
    survey: str
    dimensions: Mapping[str, str]

    @property
    def may_write(self) -> bool:
        return can_do(Permission.FOLLOW_UP, by=self.frame.viewer) and self.is_reached

    @property
    def is_reached(self) -> bool:
        """Whether those who look decide for this area."""
        return reaches(self.frame, self.area.code)

    def name(self, dimension: str) -> str:
        """What a dimension is called; its id when the survey has it no more."""
        return self.dimensions.get(dimension, dimension)


def reaches(frame: Frame, area: str) -> bool:
    """Whether those who look decide for an area; looked up once in a run."""
    key = f"reach {area}"
    if key not in frame.once:
        frame.once[key] = can_reach(frame.installation, area, by=frame.viewer)
    return bool(frame.once[key])


def draw_elsewhere(place: Place, permission: Permission) -> None:
    """That others decide for the area, to those who decide for another."""
    if can_do(permission, by=place.frame.viewer) and not place.is_reached:
        st.caption(escape_markdown(place.frame.words.say("reach.elsewhere", area=place.area.name)))


class Writer(Protocol):
    """Who looks, and whether they may write what a form is for."""

    @property
    def frame(self) -> Frame: ...

    @property
    def may_write(self) -> bool: ...


def take_message(frame: Frame) -> None:
    """What was just done, told once, in a place that takes the focus."""
    told: str | None = st.session_state.pop(MESSAGE, None)
    if told is not None:
        draw_done(frame, told)


def draw_writing(
    place: Writer, label: str, name: str, version: int, fill: Callable[[str], Deed | None]
) -> None:
    """A form that is opened to write something, for whoever may.

    `fill` draws it with a key and gives what to do when it was handed in. The form keeps the version it was
    opened in, so that what is typed stays when somebody else makes another or something is wrong; the version
    that the person has seen is what they may replace.
    """
    if not place.may_write:
        return
    key = f"{name}-{st.session_state.get(f'{name}-opened', version)}"
    opened = st.expander(escape_markdown(label), on_change="rerun", key=key)
    if not opened.open:
        forget(name)
        return
    st.session_state.setdefault(f"{name}-opened", version)
    with opened:
        told = st.container()
        deed = fill(key)
    if deed is None:
        st.session_state.setdefault(f"{name}-seen", version)
        return
    try:
        done = deed(st.session_state.setdefault(f"{name}-seen", version))
    except SurveyError as wrong:
        with told:
            draw_refusal(place.frame, wrong)
        st.session_state[f"{name}-seen"] = version
        return
    forget(name)
    st.session_state[MESSAGE] = done
    st.rerun()


def forget(name: str) -> None:
    """Nothing of a form is remembered when it is closed or has been saved."""
    for part in ("opened", "seen"):
        st.session_state.pop(f"{name}-{part}", None)


def draw_refusal(frame: Frame, wrong: SurveyError) -> None:
    """Everything that is wrong, at once."""
    faults = wrong.faults if isinstance(wrong, FollowingError) else (wrong,)
    draw_problem(frame, " ".join(dict.fromkeys(frame.words.explain(one) for one in faults)))


def draw_text(label: str, key: str, value: str = "") -> str:
    return st.text_input(label, value, key=key, autocomplete="off")


def draw_list(label: str, said: Mapping[str, str], key: str, value: str) -> str:
    """A list to choose one of; the words by code."""
    codes = list(said)
    return st.selectbox(label, codes, codes.index(value), format_func=said.__getitem__, key=key)


def draw_dimension(place: Place, key: str) -> str:
    """A list of the survey's dimensions; the first is chosen beforehand."""
    label = place.frame.words.say("follow.form.dimension")
    return draw_list(label, place.dimensions, key, next(iter(place.dimensions)))


def press(place: Writer, label: str, key: str) -> bool:
    """The button of a form; whether it was pressed."""
    return st.form_submit_button(escape_markdown(label), type="primary", key=f"{key}-save")


def tell_written(place: Place, one: Goal | Action | Rebase) -> str:
    """When something was written, and by which role."""
    words = place.frame.words
    role = words.say(f"role.{one.made_by}")  # keys: role.*
    return words.say("follow.written", day=words.day(one.made.date()), role=role)


def draw_history(place: Place, told: Sequence[tuple[Goal | Action | Rebase, str]]) -> None:
    """What was said before, the newest first, when there is anything."""
    if not told:
        return
    lines = [
        f"* {escape_markdown(f'{text} {tell_written(place, one)}')}"
        for one, text in sorted(told, key=lambda pair: pair[0].made, reverse=True)
    ]
    with st.expander(place.frame.words.say("follow.history")):
        st.markdown("\n".join(lines))


def draw_card(place: Place, one: Goal | Action | Rebase, head: str, lines: Sequence[str]) -> None:
    """One thing as it is now: what it is, about it, and who wrote it when."""
    st.markdown(f"**{escape_markdown(head)}**")
    st.markdown(escape_markdown(" ".join(lines)))
    st.caption(escape_markdown(tell_written(place, one)))
