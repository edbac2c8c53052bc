"""Which rounds there are, where each is answered, and how a new one is opened."""

from __future__ import annotations

import streamlit as st

from pages.shared.definition_list import draw_definitions
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import Link, draw_links
from pages.shared.round_card import CODE_PATH
from pages.shared.round_codes import draw_codes
from pages.shared.round_form import draw_opened, draw_round_form
from pages.shared.round_ways import draw_ways
from survey.answering.throttle import ALARM_WRONG, find_alarm
from survey.errors import SurveyError
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission
from survey.rounds import Round, list_rounds, open_round
from survey.waves import plan_wave
from survey.ways import KINDS

OPENED = "opened"
LIKE = "like"  # in the address: the round that a new wave is planned from
OVER = "over"
PRINT_PATH = "/blankett"


def draw_rounds(frame: Frame) -> None:
    """The rounds, newest first, and the form for a new one."""
    rounds = list_rounds(frame.installation)
    opened = next((one for one in rounds if one.id == st.query_params.get(OPENED)), None)
    if opened is not None:
        draw_opened(frame, opened.title)
    draw_alarm(frame)
    draw_definitions(frame)
    like = next((one for one in rounds if one.id == st.query_params.get(LIKE)), None)
    if like is not None and can_do(Permission.OPEN_ROUND, by=frame.viewer):
        draw_new_round(frame, key=f"like-{like.id}-{len(rounds)}", like=like)
    if not rounds:
        st.markdown(frame.words.say("rounds.none"))
    for round_ in rounds:
        draw_round(frame, round_)
    if like is None and can_do(Permission.OPEN_ROUND, by=frame.viewer):
        draw_new_round(frame, key=f"new-{len(rounds)}")


def draw_alarm(frame: Frame) -> None:
    """That somebody seems to be guessing codes, for a day."""
    at = find_alarm(frame.installation)
    if at is not None:
        day = frame.words.day(at.date())
        told = frame.words.say("rounds.alarm", day=day, number=frame.words.number(ALARM_WRONG))
        st.warning(escape_markdown(told))


def draw_round(frame: Frame, round_: Round) -> None:
    """One round in words: what, when, how, and where."""
    words = frame.words
    with st.container(key=f"round-{round_.id}", border=True):
        st.header(escape_markdown(round_.title), anchor=False)
        days = words.say("rounds.days", opens=words.day(round_.opens), closes=words.day(round_.closes))
        state = find_state(frame, round_)
        told = (
            f"{words.say(f'rounds.state_{state}')}: {days}",  # keys: rounds.state_*
            f"{words.say('rounds.survey')}: {round_.survey} {round_.version}",
            f"{words.say('rounds.door')}: {words.say(f'rounds.door_{round_.door}')}",  # keys: rounds.door_*
            f"{words.say('rounds.forms')}: {say_forms(frame, round_)}",
            *list_choices(frame, round_),
        )
        st.markdown("\n".join(f"* {escape_markdown(one)}" for one in told))
        path = find_path(round_)
        if path and state != OVER:
            draw_links([Link(find_public_address(frame) + path, path)], before=words.say("rounds.address"))
        if round_.door == "coded" and state != OVER and can_do(Permission.INVITE, by=frame.viewer):
            draw_codes(frame, round_)
        if round_.door == "open" and state == "open" and can_do(Permission.INVITE, by=frame.viewer):
            draw_links([Link(words.say("paper.print_title"), f"{PRINT_PATH}/{round_.id}")])
        if round_.door in KINDS and state != OVER and can_do(Permission.INVITE, by=frame.viewer):
            draw_ways(frame, round_, begins=find_public_address(frame))
        if can_do(Permission.OPEN_ROUND, by=frame.viewer) and round_.door != "import":
            draw_links([Link(words.say("rounds.like"), "/rounds", query={LIKE: round_.id})])


def list_choices(frame: Frame, round_: Round) -> list[str]:
    """Whom a round is for, what is promised in it, and what it leaves out, where that was chosen."""
    words, said = frame.words, list[str]()
    if round_.audience:
        said.append(f"{words.say('rounds.audience')}: {round_.audience}")
    if round_.door == "coded":
        said.append(
            f"{words.say('rounds.mode')}: {words.say(f'rounds.mode_{round_.mode}')}"
        )  # keys: rounds.mode_*
    if round_.left_out:
        said.append(words.count("rounds.left_out_number", len(round_.left_out)))
    if round_.most is not None:
        said.append(f"{words.say('rounds.most')}: {words.number(round_.most)}")
    return said


def say_forms(frame: Frame, round_: Round) -> str:
    return frame.words.say(f"rounds.forms_{round_.forms}")  # keys: rounds.forms_*


def find_state(frame: Frame, round_: Round) -> str:
    """Where a round is in time: coming, open or over."""
    today = frame.installation.today()
    return "coming" if today < round_.opens else "open" if round_.is_open(today) else OVER


def find_path(round_: Round) -> str:
    """Where people answer a round; empty for one that nobody answers here."""
    paths = {"open": f"/e/{round_.id}", "coded": CODE_PATH, "panel": f"/answer?round={round_.id}"}
    return paths.get(round_.door, "")


def find_public_address(frame: Frame) -> str:
    """The address people type: the setting's, else the one this page was opened at."""
    settings = frame.installation.settings
    return settings.public_address.rstrip("/") or f"http://{st.context.headers.get('host', 'localhost')}"


def draw_new_round(frame: Frame, *, key: str, like: Round | None = None) -> None:
    """The form for a new round. What is wrong is told above it, and what was typed stays."""
    words = frame.words
    title = words.say("rounds.new") if like is None else words.say("rounds.new_like", title=like.title)
    st.header(escape_markdown(title), anchor=False)
    told = st.container()
    try:
        known = {one.id for one in list_rounds(frame.installation)}
        today = frame.installation.today()
        planned = plan_wave(like, known=known, today=today) if like is not None else None
        new = draw_round_form(frame, key=key, planned=planned)
        if new is None:
            return
        check_can_do(Permission.OPEN_ROUND, by=frame.viewer)
        opened = open_round(frame.installation, new, by=frame.viewer.name)
    except SurveyError as wrong:
        with told:
            draw_problem(frame, frame.words.explain(wrong))
        return
    st.query_params.from_dict({OPENED: opened.id})
    st.rerun()
