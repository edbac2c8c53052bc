"""Which organisations and units there are, as a tree, and how one is written down, changed and taken away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.people_form import do, name_places, press, see_version, take_message
from survey.people.organisations import (
    NewOrganisation,
    Organisation,
    OrganisationKind,
    add_organisation,
    change_organisation,
    list_organisations,
    remove_organisation,
)

NEW = "organisation-new"
NOTHING = ""


def draw_organisations(frame: Frame) -> None:
    """The form for a new one, and the tree."""
    words, known = frame.words, list_organisations(frame.installation, viewer=frame.viewer)
    st.markdown(words.say("organisations.about"))
    take_message(frame)
    with st.expander(words.say("organisations.new"), expanded=not known, key=f"{NEW}-fold"):
        told = st.container()
        new = draw_form(frame, known, None, key=f"{NEW}-{len(known)}")
        if new is not None:
            with told:
                do(
                    frame,
                    lambda: add_organisation(frame.installation, new, by=frame.viewer),
                    words.say("organisations.done.new"),
                )
    st.header(words.count("organisations.count", len(known)), anchor=False)
    if not known:
        st.markdown(words.say("organisations.none"))
    for one in known:
        draw_one(frame, one, known)


def draw_one(frame: Frame, one: Organisation, known: Sequence[Organisation]) -> None:
    """One organisation: what it is and belongs to, and the ways to change it."""
    words, key = frame.words, f"organisation-{one.id}"
    seen = see_version(f"{key}-seen", one.version)
    with st.container(key=key, border=True, gap="small"):
        st.markdown(f"**{escape_markdown(one.name)}**  \n{escape_markdown(say_about(frame, one, known))}")
        with st.popover(
            escape_markdown(words.say("organisations.change", name=one.name)), key=f"{key}-change"
        ):
            told = st.container()
            others = [other for other in known if other.id != one.id]
            new = draw_form(frame, others, one, key=f"{key}-form")
            if new is not None:
                with told:
                    do(
                        frame,
                        lambda: change_organisation(
                            frame.installation, one.id, new, based_on=seen, by=frame.viewer
                        ),
                        words.say("organisations.done.change"),
                    )
            if st.button(words.say("organisations.remove"), key=f"{key}-remove"):
                do(
                    frame,
                    lambda: remove_organisation(frame.installation, one.id, based_on=seen, by=frame.viewer),
                    words.say("organisations.done.remove"),
                )


def say_about(frame: Frame, one: Organisation, known: Sequence[Organisation]) -> str:
    """What an organisation is, what it belongs to, and its area."""
    words, names = frame.words, {other.id: other.name for other in known}
    parts = [words.say(f"organisations.kind.{one.kind}")]  # keys: organisations.kind.*
    if one.parent in names:
        parts.append(words.say("organisations.belongs", name=names[one.parent]))
    if frame.installation.areas.has(one.area):
        parts.append(words.say("organisations.in_area", area=frame.installation.areas.find(one.area).name))
    return " · ".join(parts)


def draw_form(
    frame: Frame, known: Sequence[Organisation], one: Organisation | None, *, key: str
) -> NewOrganisation | None:
    """The form of an organisation; what was written when it was handed in, else None."""
    words, now = frame.words, read_now(one)
    kinds = {
        kind.value: words.say(f"organisations.kind.{kind}") for kind in OrganisationKind
    }  # keys: organisations.kind.*
    parents = {NOTHING: words.say("organisations.no_parent"), **name_places(known)}
    areas = {NOTHING: words.say("organisations.no_area")} | {a.code: a.name for a in frame.installation.areas}
    with st.form(key, border=False):
        label = words.say("organisations.name")
        name = st.text_input(label, now.name, key=f"{key}-name", autocomplete="off")
        kind = choose(words.say("organisations.kind_of"), kinds, now.kind, f"{key}-kind")
        parent = choose(words.say("organisations.parent"), parents, now.parent, f"{key}-parent")
        area = choose(words.say("organisations.area"), areas, now.area, f"{key}-area")
        pressed = press(words.say("organisations.save"), key)
    return NewOrganisation(name, kind, parent, area) if pressed else None


def read_now(one: Organisation | None) -> NewOrganisation:
    """What a form begins with: an organisation as it is, or a unit that belongs to nothing."""
    if one is None:
        return NewOrganisation("", OrganisationKind.UNIT)
    return NewOrganisation(one.name, one.kind, one.parent or NOTHING, one.area)


def choose(label: str, options: dict[str, str], chosen: str, key: str) -> str:
    """A list where one is chosen beforehand."""
    codes = list(options)
    place = codes.index(chosen) if chosen in codes else 0
    return st.selectbox(label, codes, place, format_func=options.__getitem__, key=key)
