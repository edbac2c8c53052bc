"""Which made-up members does a demonstration's panel have, and what were they asked to do?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from survey.definition.model import Definition, Question
from survey.demo.county import seed_numbers
from survey.installation import Installation
from survey.panel.agreements import Conflict, load_agreement
from survey.panel.answering import answer_invitation, sign_agreement
from survey.panel.decisions import accept_request, close_mission, decline_request, give_material, tell_outcome
from survey.panel.evaluation import evaluate_mission, find_survey, list_questions
from survey.panel.gathering import confirm_group
from survey.panel.inviting import invite_members
from survey.panel.members import NewMember, OwnPage, add_member, change_own_page
from survey.panel.requests import NewMission, When, request_mission
from survey.panel.seen import find_seen
from survey.panel.states import Reply
from survey.panel.time_log import approve_times, list_all_days, log_time
from survey.people.roles import Person, Role
from survey.store import members, missions
from survey.store.missions import Mission

FILE = Path(__file__).parent / "missions.yaml"
MANAGER, COORDINATOR = Person(Role.MANAGER), Person(Role.COORDINATOR)
JOINED_DAYS = 400  # before today
ANSWERED_DAYS = 2  # after the request: asked, answered, signed
MATERIAL_DAYS = 8  # before the mission, in good time
TOLD_DAYS = 2  # before it was promised
LIKELY_BEST = 0.6  # of an answer: the best step, else the next
Row = Mapping[str, Any]


@lru_cache(maxsize=1)
def read_file() -> Row:
    """What is made up."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def make_missions(installation: Installation) -> int:
    """Add the members and the missions of a demonstration, once; how many missions there are.

    What was done long ago is done with the calendar turned back, through the same doors as everything else.
    """
    with installation.database.read(newest=True) as connection:
        if members.list_members(connection):
            return 0
    for one, row in read_file()["people"].items():
        add_made_up(installation, one, row)
    rows: Sequence[Row] = read_file()["missions"]
    for row in rows:
        make_mission(installation, row)
    return len(rows)


def at(installation: Installation, day: date) -> Installation:
    """The installation on another day."""
    return replace(installation, today=lambda: day)


def be(one: str) -> Person:
    return Person(Role.PANEL_MEMBER, one)


def add_made_up(installation: Installation, one: str, row: Row) -> None:
    """A member, without an address, so that a demonstration writes to nobody."""
    today = installation.today()
    then = at(installation, today - timedelta(days=JOINED_DAYS))
    kept = add_member(then, NewMember(row["name"], ""), by=COORDINATOR, member=one)
    pause = today + timedelta(days=row["pause"]) if "pause" in row else None
    own = OwnPage(row["tags"], row.get("times", ()), pause)
    change_own_page(installation, own, based_on=kept.version, by=be(one))


def make_mission(installation: Installation, row: Row) -> None:
    """A mission, as far as it has come."""
    today = installation.today()
    asked = at(installation, today + timedelta(days=row["requested"]))
    made = request_mission(asked, read_request(row, today), by=MANAGER)
    if row["end"] == "requested":
        return
    if row["end"] == "declined":
        decline_request(asked, made.id, reason=row["reason"], based_on=made.version, by=COORDINATOR)
        return
    made = accept_request(asked, made.id, based_on=made.version, by=COORDINATOR)
    gather(asked, made, row)
    if row["end"] != "inviting":
        hold(installation, made, row)


def list_chosen(row: Row) -> list[str]:
    """Those whom the coordinator asks."""
    return [one for key in ("come", "say_yes", "asked", "refuse") for one in row.get(key, ())]


def read_request(row: Row, today: date) -> NewMission:
    """What the unit asks for; so many people as are asked, where no number is given."""
    when = When(today + timedelta(days=row["day"]), row["starts"], row["minutes"], row["place"])
    return NewMission(
        row["unit"],
        row["purpose"],
        row["question"],
        row["form"],
        when,
        row.get("number", len(list_chosen(row))),
        row["tags"],
        today + timedelta(days=row["feedback_by"]),
        row["feedback_from"],
    )


def gather(asked: Installation, made: Mission, row: Row) -> None:
    """Ask those who are to be asked, and answer for them; the next in turn is asked for who says no."""
    invite_members(asked, made.id, members=list_chosen(row), based_on=made.version, by=COORDINATOR)
    then = at(asked, asked.today() + timedelta(days=ANSWERED_DAYS))
    for member, invitation in list_invited(asked, made).items():
        if member in row.get("refuse", ()):
            answer_invitation(then, invitation, comes=False, by=be(member))
    for member, invitation in list_invited(asked, made).items():
        if row["end"] != "inviting" and member not in row.get("refuse", ()):
            answer_invitation(then, invitation, comes=True, by=be(member))
            version = load_agreement(asked.settings).version
            sign_agreement(then, invitation, version=version, conflict=Conflict.NONE, by=be(member))
        elif member in row.get("say_yes", ()):
            answer_invitation(then, invitation, comes=True, by=be(member))


def list_invited(installation: Installation, made: Mission) -> dict[str, str]:
    """The invitations by member."""
    with installation.database.read(newest=True) as connection:
        return {one.member: one.id for one in missions.list_invitations(connection, mission=made.id)}


def find_version(installation: Installation, made: Mission) -> int:
    """The version of a mission that holds now."""
    return find_seen(installation, made.id, viewer=COORDINATOR).version


def hold(installation: Installation, made: Mission, row: Row) -> None:
    """The group is whole, the material sent; where the day has come, the mission done, and told of."""
    today = installation.today()
    asked = at(installation, today + timedelta(days=row["requested"] + ANSWERED_DAYS))
    confirm_group(asked, made.id, based_on=find_version(asked, made), by=COORDINATOR)
    sent = at(installation, min(made.day - timedelta(days=MATERIAL_DAYS), today))
    version = find_version(installation, made)
    give_material(sent, made.id, material=row["material"], based_on=version, by=MANAGER)
    if row["end"] == "agreed":
        return
    done = at(installation, made.day)
    close_mission(done, made.id, based_on=find_version(done, made), by=COORDINATOR)
    for member, invitation in list_coming(done, made).items():
        log_time(done, invitation, day=made.day, minutes=made.minutes, by=be(member))
    if row["end"] == "told":
        told = at(installation, made.feedback_by - timedelta(days=TOLD_DAYS))
        tell_outcome(told, made.id, outcome=row["outcome"], based_on=find_version(told, made), by=MANAGER)
        look_back(told, made)


def list_coming(installation: Installation, made: Mission) -> dict[str, str]:
    """The invitations of those who came, by member."""
    with installation.database.read(newest=True) as connection:
        asked = missions.list_invitations(connection, mission=made.id)
    return {one.member: one.id for one in asked if one.state == Reply.SIGNED}


def look_back(told: Installation, made: Mission) -> None:
    """Everybody tells how it was, and the coordinator approves their time."""
    days = tuple(one.time for one in list_all_days(told, made.id, by=COORDINATOR))
    approve_times(told, made.id, seen=days, by=COORDINATOR)
    definition, chance = find_survey(told), seed_numbers("missions")
    for member, invitation in list_coming(told, made).items():
        answers = {
            question.id: choose(definition, question, float(chance.random()))
            for question in list_questions(definition)
        }
        evaluate_mission(told, invitation, answers=answers, by=be(member))


def choose(definition: Definition, question: Question, chance: float) -> str:
    """What somebody who was content answers: mostly the best, sometimes the next."""
    options = [
        one.code
        for one in definition.list_options(question)
        if question.kind == "single" or one.score is not None
    ]
    if question.reverse:
        options.reverse()
    return options[0] if chance < LIKELY_BEST else options[1]
