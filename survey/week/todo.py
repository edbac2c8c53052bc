"""What can be somebody's to do: a table of whose it is, how its day is meant and where it is done?

docs/week.md is drawn from it. The sentence of a kind is the catalogue's `week.task.<kind>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from survey.people.roles import Role
from survey.week.days import WITHIN_THE_WEEK, Group, find_group


class Tells(StrEnum):
    """What the day of something means.

    BY: its last day. ON: when it happens. SINCE: since when it waits, without a last day. NOW: since when it
    waits, and it should have been done that day.
    """

    BY = "by"
    ON = "on"
    SINCE = "since"
    NOW = "now"


class Kind(StrEnum):
    """Something that can be somebody's to do."""

    ANSWER_INVITATION = "answer_invitation"
    SIGN_AGREEMENT = "sign_agreement"
    TAKE_PART = "take_part"
    READ_MATERIAL = "read_material"
    LOG_TIME = "log_time"
    EVALUATE = "evaluate"
    RATE = "rate"
    FINISH_DRAFT = "finish_draft"
    CODE_COMMENTS = "code_comments"
    DISCUSS_CODING = "discuss_coding"
    DECIDE = "decide"
    TELL_OUTCOME = "tell_outcome"
    START_ACTIVITY = "start_activity"
    FINISH_ACTIVITY = "finish_activity"
    CHECK_ACTIVITY = "check_activity"
    PLAN_ACTIVITY = "plan_activity"
    TELL_RESIDENTS = "tell_residents"
    READ_SIGNALS = "read_signals"
    ANSWER_NOW = "answer_now"
    CHASE_ANSWERS = "chase_answers"
    FIND_MEMBERS = "find_members"
    CONFIRM_GROUP = "confirm_group"
    CLOSE_PANEL_ROUND = "close_panel_round"
    ROUND_ENDS = "round_ends"
    ANSWER_REQUEST = "answer_request"
    CLOSE_MISSION = "close_mission"
    APPROVE_TIME = "approve_time"
    ASKED_OFTEN = "asked_often"
    GOAL_ENDS = "goal_ends"
    FIND_TEXT = "find_text"
    FIND_MEASURE = "find_measure"


@dataclass(frozen=True)
class Rule:
    """Whose a kind is, what its day means, on which page it is done, and what the address always asks for."""

    who: Role
    tells: Tells
    page: str
    asks: Mapping[str, str] = field(default_factory=dict[str, str])


MEMBER, MANAGER, COORDINATOR = Role.PANEL_MEMBER, Role.MANAGER, Role.COORDINATOR
STRATEGIST = Role.STRATEGY_OWNER
K, T = Kind, Tells
RULES: Mapping[Kind, Rule] = {
    K.ANSWER_INVITATION: Rule(MEMBER, T.BY, "missions"),
    K.SIGN_AGREEMENT: Rule(MEMBER, T.BY, "missions"),
    K.TAKE_PART: Rule(MEMBER, T.ON, "missions"),
    K.READ_MATERIAL: Rule(MEMBER, T.BY, "missions"),
    K.LOG_TIME: Rule(MEMBER, T.SINCE, "missions"),
    K.EVALUATE: Rule(MEMBER, T.BY, "missions"),
    K.RATE: Rule(MEMBER, T.BY, "panel-rounds"),
    K.FINISH_DRAFT: Rule(MEMBER, T.SINCE, "proposals"),
    K.CODE_COMMENTS: Rule(MEMBER, T.SINCE, "coding"),
    K.DISCUSS_CODING: Rule(MEMBER, T.SINCE, "agreement"),
    K.DECIDE: Rule(MANAGER, T.BY, "proposals"),
    K.TELL_OUTCOME: Rule(MANAGER, T.BY, "missions"),
    K.START_ACTIVITY: Rule(MANAGER, T.BY, "action-plan"),
    K.FINISH_ACTIVITY: Rule(MANAGER, T.BY, "action-plan"),
    K.CHECK_ACTIVITY: Rule(MANAGER, T.SINCE, "action-plan"),
    K.PLAN_ACTIVITY: Rule(MANAGER, T.SINCE, "action-plan"),
    K.TELL_RESIDENTS: Rule(MANAGER, T.SINCE, "proposals"),
    K.READ_SIGNALS: Rule(MANAGER, T.SINCE, "trends"),
    K.ANSWER_NOW: Rule(COORDINATOR, T.NOW, "answers"),
    K.CHASE_ANSWERS: Rule(COORDINATOR, T.BY, "missions"),
    K.FIND_MEMBERS: Rule(COORDINATOR, T.BY, "missions"),
    K.CONFIRM_GROUP: Rule(COORDINATOR, T.BY, "missions"),
    K.CLOSE_PANEL_ROUND: Rule(COORDINATOR, T.BY, "panel-rounds"),
    K.ROUND_ENDS: Rule(COORDINATOR, T.ON, "monitoring"),
    K.ANSWER_REQUEST: Rule(COORDINATOR, T.SINCE, "missions"),
    K.CLOSE_MISSION: Rule(COORDINATOR, T.SINCE, "missions"),
    K.APPROVE_TIME: Rule(COORDINATOR, T.SINCE, "missions"),
    K.ASKED_OFTEN: Rule(COORDINATOR, T.SINCE, "missions", {"view": "statistics"}),
    K.GOAL_ENDS: Rule(STRATEGIST, T.BY, "follow-up"),
    K.FIND_TEXT: Rule(STRATEGIST, T.SINCE, "strategy"),
    K.FIND_MEASURE: Rule(STRATEGIST, T.SINCE, "strategy"),
}


@dataclass(frozen=True)
class Task:
    """One thing to do. `day` is None where it has none; `number` where it is about no number of things.

    `facts` are put in its sentence: titles and units, never what residents wrote nor another's name.
    `place` leads its address to the very thing.
    """

    kind: Kind
    day: date | None = None
    number: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    place: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def rule(self) -> Rule:
        return RULES[self.kind]

    @property
    def query(self) -> dict[str, str]:
        """What its address asks for."""
        return {**self.rule.asks, **self.place}


def group_task(task: Task, today: date) -> Group:
    """When a task is to be done. What should have been done on its day is late the day after."""
    if task.rule.tells is Tells.SINCE:
        return Group.ANY_DAY
    return find_group(task.day, today)


def sort_tasks(tasks: Iterable[Task], today: date) -> tuple[Task, ...]:
    """What is late first, then today's, this week's, later, and at last what can be done any day.

    Within these by day, then in the order of the table.
    """
    groups, kinds = list(Group), list(RULES)

    def find_turn(task: Task) -> tuple[object, ...]:
        group, day = group_task(task, today), task.day or date.max
        told = sorted((*task.facts.items(), *task.place.items()))
        return groups.index(group), day, kinds.index(task.kind), told

    return tuple(sorted(tasks, key=find_turn))


def group_tasks(tasks: Iterable[Task], today: date) -> dict[Group, tuple[Task, ...]]:
    """The tasks of each group that has any, in order."""
    ordered = sort_tasks(tasks, today)
    found = {group: tuple(one for one in ordered if group_task(one, today) is group) for group in Group}
    return {group: some for group, some in found.items() if some}


def is_free(tasks: Iterable[Task], today: date) -> bool:
    """Whether nothing is late or has its day this week."""
    return not any(group_task(one, today) in WITHIN_THE_WEEK for one in tasks)
