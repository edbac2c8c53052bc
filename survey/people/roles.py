"""Which roles there are, in prose, and what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something a person may do."""

    ANSWER = "answer"
    ERASE_OWN = "erase_own"
    SEE_PUBLIC_FIGURES = "see_public_figures"
    SEE_SIGNED_IN_FIGURES = "see_signed_in_figures"
    ANSWER_PANEL_ROUND = "answer_panel_round"
    SEE_ROUNDS = "see_rounds"
    OPEN_ROUND = "open_round"
    INVITE = "invite"
    SEE_PUBLICATIONS = "see_publications"
    EDIT_STRATEGY = "edit_strategy"
    GET_DIGEST = "get_digest"
    FOLLOW_UP = "follow_up"
    LOAD_INDICATORS = "load_indicators"
    SEE_THEMES = "see_themes"
    READ_COMMENTS = "read_comments"
    CODE_COMMENTS = "code_comments"
    TEACH_THEMES = "teach_themes"
    HANDLE_COMMENTS = "handle_comments"
    FOLLOW_MISSIONS = "follow_missions"
    REQUEST_MISSION = "request_mission"
    LEAD_MISSIONS = "lead_missions"
    DO_MISSIONS = "do_missions"
    SEE_PROPOSALS = "see_proposals"
    WRITE_PROPOSALS = "write_proposals"
    DECIDE_PROPOSALS = "decide_proposals"
    TAKE_DOWN_PROPOSALS = "take_down_proposals"
    RUN_PANEL_ROUNDS = "run_panel_rounds"
    SEE_PANEL_RATINGS = "see_panel_ratings"


class Role(StrEnum):
    """What a person is to the service. The prose about each is in PROSE."""

    RESIDENT = "resident"
    PANEL_MEMBER = "panel_member"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    STRATEGY_OWNER = "strategy_owner"


EVERYBODY = frozenset({Permission.ANSWER, Permission.ERASE_OWN, Permission.SEE_PUBLIC_FIGURES})

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.RESIDENT: EVERYBODY,
    Role.PANEL_MEMBER: EVERYBODY
    | {
        Permission.SEE_SIGNED_IN_FIGURES,
        Permission.ANSWER_PANEL_ROUND,
        Permission.SEE_THEMES,
        Permission.READ_COMMENTS,
        Permission.CODE_COMMENTS,
        Permission.FOLLOW_MISSIONS,
        Permission.DO_MISSIONS,
        Permission.SEE_PROPOSALS,
        Permission.WRITE_PROPOSALS,
        Permission.SEE_PANEL_RATINGS,
    },
    Role.MANAGER: EVERYBODY
    | {
        Permission.SEE_SIGNED_IN_FIGURES,
        Permission.SEE_PUBLICATIONS,
        Permission.GET_DIGEST,
        Permission.FOLLOW_UP,
        Permission.FOLLOW_MISSIONS,
        Permission.REQUEST_MISSION,
        Permission.SEE_THEMES,
        Permission.SEE_PROPOSALS,
        Permission.DECIDE_PROPOSALS,
        Permission.SEE_PANEL_RATINGS,
    },
    Role.COORDINATOR: EVERYBODY
    | {
        Permission.SEE_SIGNED_IN_FIGURES,
        Permission.SEE_ROUNDS,
        Permission.LOAD_INDICATORS,
        Permission.OPEN_ROUND,
        Permission.INVITE,
        Permission.SEE_PUBLICATIONS,
        Permission.GET_DIGEST,
        Permission.SEE_THEMES,
        Permission.TEACH_THEMES,
        Permission.HANDLE_COMMENTS,
        Permission.FOLLOW_MISSIONS,
        Permission.LEAD_MISSIONS,
        Permission.SEE_PROPOSALS,
        Permission.TAKE_DOWN_PROPOSALS,
        Permission.RUN_PANEL_ROUNDS,
        Permission.SEE_PANEL_RATINGS,
    },
    Role.STRATEGY_OWNER: EVERYBODY
    | {
        Permission.SEE_SIGNED_IN_FIGURES,
        Permission.SEE_PUBLICATIONS,
        Permission.GET_DIGEST,
        Permission.EDIT_STRATEGY,
        Permission.SEE_THEMES,
        Permission.SEE_PROPOSALS,
        Permission.SEE_PANEL_RATINGS,
    },
}

PROSE: Mapping[Role, str] = {
    Role.RESIDENT: (
        "Anyone who uses health or social care, or is close to somebody who does. Has no account. Answers, "
        "takes back what they sent with their receipt, and sees what is public."
    ),
    Role.PANEL_MEMBER: (
        "A member of the patient and carer panel. Answers the panel's own rounds and sees the figures that "
        "signed-in people see. Reads the masked comments that residents let the panel read, says which "
        "themes are in them, and decides which may be quoted. Says yes or no to missions, logs time for them "
        "and tells how they were. Never sees who wrote a comment. "
        "Writes proposals, supports those of others and sees what was decided. "
        "Rates proposals and themes without a name beside the answers, and sees how the group spread."
    ),
    Role.MANAGER: (
        "Leads a unit, an administration or a development programme in a region or a municipality. Sees "
        "published figures and how they were made, and writes down goals, actions and where limits begin "
        "anew. Asks the panel for missions and tells what came of them. Sees what residents write about as "
        "themes, and the comments that a panel member has cleared. "
        "Decides on the panel's proposals with a reason that everybody sees, plans what is to be done and "
        "tells residents what came of it. Cannot open a round or see a single answer."
    ),
    Role.COORDINATOR: (
        "Runs the survey: opens rounds, orders codes and fetches their letters once, follows how answers "
        "come in, sees what was published, and puts in force what was "
        "learnt from the panel's coding. Keeps the list of the panel's members, matches them with missions "
        "and approves their time. "
        "Takes down a proposal that should not be read. "
        "Opens and closes the panel's rounds and sees what the panel's ratings came to, with what members "
        "wrote in no order. Cannot see who has answered, nor a single answer."
    ),
    Role.STRATEGY_OWNER: (
        "Answers for what the strategy map says: types in what was not found, and says which questions to "
        "residents measure what. Sees what a manager sees. Every change is a new version that anybody who "
        "sees how figures were made can read, with the role that made it."
    ),
}


@dataclass(frozen=True)
class Person:
    """Who is using the service now. A name is shown to themselves only and is never stored here.

    `id` tells one member of the panel from another; it is empty for a role alone.
    """

    role: Role = Role.RESIDENT
    id: str = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLES[self.role]

    @property
    def name(self) -> str:
        """What is written of who did something: the role, and which of its people where that is known."""
        return f"{self.role.value} {self.id}".rstrip()


VISITOR = Person()
