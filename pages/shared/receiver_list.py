"""Which programs are told of publications, how did it go, and how is one added, tried or changed?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.people_form import do, press, see_version
from pages.shared.program_secret import hand_over
from survey.installation import SWEDEN
from survey.notices.receivers import (
    Notice,
    Seen,
    add_receiver,
    change_secret,
    list_receivers,
    remove_receiver,
    start_receiver,
    stop_receiver,
)
from survey.notices.send import send_trial

KEY = "receiver-new"


def draw_receivers(frame: Frame) -> None:
    """The form for a new one, and the list."""
    words, known = frame.words, list_receivers(frame.installation, viewer=frame.viewer)
    st.header(words.say("receivers.title"), anchor=False)
    st.markdown(words.say("receivers.about"))
    with st.expander(words.say("receivers.new"), key=f"{KEY}-fold"):
        told, key = st.container(), f"{KEY}-{len(known)}"
        with st.form(key, border=False):
            name = st.text_input(words.say("receivers.name"), key=f"{key}-name", autocomplete="off")
            address = st.text_input(words.say("receivers.address"), key=f"{key}-address", autocomplete="off")
            pressed = press(words.say("receivers.add"), key)
        if pressed:
            with told:
                do(
                    frame,
                    lambda: hand_over(
                        add_receiver(frame.installation, name, address, by=frame.viewer).secret
                    ),
                    words.say("receivers.done.added"),
                )
    if not known:
        st.markdown(words.say("receivers.none"))
    for one in known:
        draw_one(frame, one)


def draw_one(frame: Frame, one: Seen) -> None:
    """A receiver: where it is, how it stands, its last notices, and what can be done."""
    words, receiver = frame.words, one.receiver
    key = f"receiver-{receiver.id}"
    seen = see_version(f"{key}-seen", receiver.version)
    state = words.say(f"receivers.state.{receiver.state}")  # keys: receivers.state.*
    with st.container(key=key, border=True, gap="small"):
        about = f"{words.say('receivers.at', host=one.host)} {state}"
        st.markdown(f"**{escape_markdown(receiver.name)}**  \n{escape_markdown(about)}")
        told = st.container()
        if one.is_active and st.button(
            escape_markdown(words.say("receivers.try", name=receiver.name)), key=f"{key}-try"
        ):
            with told:
                try_receiver(frame, receiver.id)
        draw_log(frame, one)
        with st.popover(
            escape_markdown(words.say("receivers.change", name=receiver.name)), key=f"{key}-change"
        ):
            inside = st.container()
            for deed, work in list_deeds(frame, one, seen).items():
                st.markdown(words.say(f"receivers.about.{deed}"))  # keys: receivers.about.*
                if st.button(words.say(f"receivers.do.{deed}"), key=f"{key}-{deed}"):  # keys: receivers.do.*
                    with inside:
                        do(frame, work, words.say(f"receivers.done.{deed}"))  # keys: receivers.done.*


def list_deeds(frame: Frame, one: Seen, seen: int) -> dict[str, Callable[[], object]]:
    """What can be done to a receiver now."""
    at, by = frame.installation, frame.viewer
    receiver = one.receiver.id
    found: dict[str, Callable[[], object]] = {
        "secret": lambda: hand_over(change_secret(at, receiver, based_on=seen, by=by).secret)
    }
    if one.is_active:
        found["stop"] = lambda: stop_receiver(at, receiver, based_on=seen, by=by)
    else:
        found["start"] = lambda: start_receiver(at, receiver, based_on=seen, by=by)
    found["remove"] = lambda: remove_receiver(at, receiver, based_on=seen, by=by)
    return found


def try_receiver(frame: Frame, receiver: str) -> None:
    """Send a trial now and say how it went."""

    def send() -> None:
        with st.spinner(frame.words.say("receivers.trying")):
            made.append(send_trial(frame.installation, receiver, by=frame.viewer))

    made: list[Notice] = []
    do(frame, send, frame.words.say("receivers.done.tried"))


def draw_log(frame: Frame, one: Seen) -> None:
    """The last notices, the newest first: when, of what, how it went. What was sent is not kept."""
    words = frame.words
    if not one.log:
        st.markdown(words.say("receivers.log_none"))
        return
    with st.expander(
        escape_markdown(words.say("receivers.log", name=one.receiver.name)),
        key=f"receiver-{one.receiver.id}-log",
    ):
        st.markdown("\n".join(f"* {escape_markdown(say_notice(frame, notice))}" for notice in one.log))


def say_notice(frame: Frame, one: Notice) -> str:
    """A notice in a line."""
    words = frame.words
    about = words.say("receivers.of_trial" if one.publication_id is None else "receivers.of_publication")
    parts = [
        f"{say_moment(frame, one.last_try or one.queued)}: {about}",
        words.say(f"receivers.notice.{one.state}"),  # keys: receivers.notice.*
    ]
    if one.tries:
        parts.append(words.count("receivers.tries", one.tries))
    if one.status is not None and not one.is_delivered:
        parts.append(words.say("receivers.answered", status=one.status))
    if one.trouble is not None:
        parts.append(words.say(f"receivers.trouble.{one.trouble}"))  # keys: receivers.trouble.*
    return " ".join(parts)


def say_moment(frame: Frame, seconds: float) -> str:
    """A time as it is in Sweden."""
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(SWEDEN)
    return frame.words.say("account.moment", day=frame.words.day(moment.date()), time=f"{moment:%H:%M}")
