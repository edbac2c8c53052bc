"""How is it shown that limits begin anew, and how is that done and taken back?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import (
    Deed,
    Place,
    draw_card,
    draw_dimension,
    draw_history,
    draw_text,
    draw_writing,
    press,
)
from survey.following.faults import MOST_CHARACTERS
from survey.following.rebases import (
    NewRebase,
    Rebase,
    RebaseState,
    add_rebase,
    list_rebase_histories,
    withdraw_rebase,
)


def draw_rebases(place: Place) -> None:
    """From which months limits are counted anew in the area; then what was withdrawn."""
    words = place.frame.words
    histories = list_rebase_histories(place.frame.installation, place.area.code, place.survey)
    st.header(words.say("follow.rebases"), anchor=False)
    standing = [one[-1] for one in histories if one[-1].state == RebaseState.STANDS]
    if not standing:
        st.markdown(escape_markdown(words.say("follow.rebases_none", area=place.area.name)))
    for rebase in sorted(standing, key=lambda one: (place.name(one.dimension), one.month)):
        with st.container(border=True, key=f"rebase-{rebase.id}"):
            about = words.say("follow.rebase_reason", reason=rebase.reason)
            draw_card(place, rebase, tell_rebase(place, rebase), [about])
            draw_withdrawal(place, rebase)
    name = f"rebase-add-{place.area.code}"
    draw_writing(
        place, words.say("follow.form.rebase_add"), name, len(histories), lambda key: fill_add(place, key)
    )
    draw_history(place, list(tell_earlier(place, histories)))


def tell_rebase(place: Place, rebase: Rebase) -> str:
    """Which limits, and from when."""
    words = place.frame.words
    month = words.month(rebase.month)
    return words.say("follow.rebase_line", dimension=place.name(rebase.dimension), month=month)


def tell_earlier(place: Place, histories: Sequence[Sequence[Rebase]]) -> Iterator[tuple[Rebase, str]]:
    """What was withdrawn: what it was, and why it is no more."""
    words = place.frame.words
    for versions in histories:
        for one in versions:
            if one.state != RebaseState.STANDS:
                gone = words.say("follow.rebase_gone", reason=one.reason)
                yield one, f"{tell_rebase(place, one)} {gone}"
            elif one is not versions[-1]:
                about = words.say("follow.rebase_reason", reason=one.reason)
                yield one, f"{tell_rebase(place, one)} {about}"


def fill_add(place: Place, key: str) -> Deed | None:
    """The form of new limits."""
    words = place.frame.words
    with st.form(key + "-form", border=False):
        dimension = draw_dimension(place, f"{key}-dimension")
        month = draw_text(words.say("follow.form.month"), f"{key}-month")
        label = words.say("follow.form.reason_rebase", most=words.number(MOST_CHARACTERS))
        reason = draw_text(label, f"{key}-reason")
        pressed = press(place, words.say("follow.form.restart"), key)

    def add(_seen: int) -> str:
        new = NewRebase(month.strip(), reason)
        where = {"survey": place.survey, "area": place.area.code, "dimension": dimension}
        add_rebase(place.frame.installation, new, **where, by=place.frame.viewer)
        return words.say("follow.done.rebase_added")

    return add if pressed else None


def draw_withdrawal(place: Place, rebase: Rebase) -> None:
    """The form that takes new limits back."""
    words = place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            label = words.say("follow.form.reason_withdraw", most=words.number(MOST_CHARACTERS))
            reason = draw_text(label, f"{key}-reason")
            pressed = press(place, words.say("follow.form.withdraw"), key)

        def withdraw(seen: int) -> str:
            withdraw_rebase(
                place.frame.installation, rebase.id, reason=reason, based_on=seen, by=place.frame.viewer
            )
            return words.say("follow.done.rebase_withdrawn")

        return withdraw if pressed else None

    facts = {"dimension": place.name(rebase.dimension), "month": words.month(rebase.month)}
    label = words.say("follow.form.rebase_withdraw", **facts)
    draw_writing(place, label, f"rebase-withdraw-{rebase.id}", rebase.version, fill)
