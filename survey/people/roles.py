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
    KEY_PAPER = "key_paper"
    LEAD_KEYING = "lead_keying"
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
    SEE_OWN_WEEK = "see_own_week"
    HAVE_ACCOUNT = "have_account"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_PROGRAMS = "manage_programs"
    SEE_AUDIT = "see_audit"
    FOLLOW_RESEARCH = "follow_research"
    ASK_FOR_RESEARCH_FILE = "ask_for_research_file"
    APPROVE_RESEARCH = "approve_research"
    TRANSLATE = "translate"


class Role(StrEnum):
    """What a person is to the service. The prose about each is in PROSE."""

    RESIDENT = "resident"
    PANEL_MEMBER = "panel_member"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    KEYER = "keyer"
    STRATEGY_OWNER = "strategy_owner"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    RESEARCHER = "researcher"
    TRANSLATOR = "translator"


EVERYBODY = frozenset({Permission.ANSWER, Permission.ERASE_OWN, Permission.SEE_PUBLIC_FIGURES})
SIGNED_IN = EVERYBODY | {Permission.HAVE_ACCOUNT}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.RESIDENT: EVERYBODY,
    Role.PANEL_MEMBER: SIGNED_IN
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
        Permission.SEE_OWN_WEEK,
    },
    Role.MANAGER: SIGNED_IN
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
        Permission.SEE_OWN_WEEK,
    },
    Role.COORDINATOR: SIGNED_IN
    | {
        Permission.SEE_SIGNED_IN_FIGURES,
        Permission.SEE_ROUNDS,
        Permission.LOAD_INDICATORS,
        Permission.OPEN_ROUND,
        Permission.INVITE,
        Permission.KEY_PAPER,
        Permission.LEAD_KEYING,
        Permission.TRANSLATE,
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
        Permission.SEE_OWN_WEEK,
    },
    Role.KEYER: SIGNED_IN | {Permission.KEY_PAPER},
    Role.STRATEGY_OWNER: SIGNED_IN
    | {
        Permission.SEE_SIGNED_IN_FIGURES,
        Permission.SEE_PUBLICATIONS,
        Permission.GET_DIGEST,
        Permission.EDIT_STRATEGY,
        Permission.SEE_THEMES,
        Permission.SEE_PROPOSALS,
        Permission.SEE_PANEL_RATINGS,
        Permission.SEE_OWN_WEEK,
    },
    Role.ADMINISTRATOR: SIGNED_IN
    | {
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ORGANISATIONS,
        Permission.MANAGE_PROGRAMS,
        Permission.FOLLOW_RESEARCH,
        Permission.APPROVE_RESEARCH,
    },
    Role.DATA_PROTECTION_OFFICER: SIGNED_IN
    | {Permission.SEE_AUDIT, Permission.FOLLOW_RESEARCH, Permission.APPROVE_RESEARCH},
    Role.RESEARCHER: SIGNED_IN | {Permission.FOLLOW_RESEARCH, Permission.ASK_FOR_RESEARCH_FILE},
    Role.TRANSLATOR: SIGNED_IN | {Permission.TRANSLATE},
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
        "learnt from the panel's coding. Approves translations. "
        "Keeps the list of the panel's members, matches them with missions "
        "and approves their time. "
        "Takes down a proposal that should not be read. "
        "Opens and closes the panel's rounds and sees what the panel's ratings came to, with what members "
        "wrote in no order. "
        "Prints forms on paper, keys those that come back, says how many are keyed twice and sees how alike "
        "they were. Cannot see who has answered, nor a single answer but on a paper in hand."
    ),
    Role.KEYER: (
        "Keys the forms that come back on paper, and keys again what chance draws of what others have "
        "keyed. Sees a form while its paper is in hand and not afterwards, no other answers, and no figures "
        "but the public ones."
    ),
    Role.STRATEGY_OWNER: (
        "Answers for what the strategy map says: types in what was not found, and says which questions to "
        "residents measure what. Sees what a manager sees. Every change is a new version that anybody who "
        "sees how figures were made can read, with the role that made it."
    ),
    Role.ADMINISTRATOR: (
        "Looks after who may come in: invites people, gives and ends their roles in organisations, signs "
        "somebody out everywhere, closes accounts, and writes down organisations and units. Sees the names "
        "and addresses of those who have accounts. Gives other programs permits, and says which are told of "
        "publications. Reads no comments and sees no figures but the public "
        "ones, unless given another role as well; then acts in one of them at a time. Approves or declines "
        "what researchers ask for, but never what they asked for themselves."
    ),
    Role.DATA_PROTECTION_OFFICER: (
        "Watches over how people's data are handled: reads the log of what was done, by whom and when. "
        "Reads no comments and no answers, and sees no figures but the public ones. Changes nothing, but "
        "approves or declines what researchers ask for."
    ),
    Role.RESEARCHER: (
        "Works in a research project that an ethical review has approved. Asks for a file of answers on "
        "terms that are accepted, and fetches it when somebody else has approved it: answers to questions "
        "on a scale, with what is known of people made so coarse that at least ten are alike, and nothing "
        "that anybody wrote. Sees no figures here but the public ones, and nobody else's agreements."
    ),
    Role.TRANSLATOR: (
        "Reads, changes and approves the texts that residents meet in other languages. Sees no answers, no "
        "comments and no figures but the public ones."
    ),
}


@dataclass(frozen=True)
class Person:
    """Who is using the service now. A name is shown to themselves only and is never stored here.

    `id` tells one person from another: the random id of an account, or in the panel of the member; it is
    empty for a role alone. `organisation` is where the role is held, empty for a role alone.
    """

    role: Role = Role.RESIDENT
    id: str = ""
    organisation: str = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLES[self.role]

    @property
    def name(self) -> str:
        """What is written of who did something: the role, and which of its people where that is known."""
        return f"{self.role.value} {self.id}".rstrip()


VISITOR = Person()
