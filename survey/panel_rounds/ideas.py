"""What members wrote as proposals in a round, and how does one become a draft that the panel goes on with?

The survey says which question is answered with a proposal (`creates: proposal_draft`). Nobody was asked where
it is to be done: whoever takes the idea on says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.panel_ratings import FEWEST_ANSWERS
from survey.definition.model import Question
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.find import find_asked_definition
from survey.panel_rounds.sheets import Kind
from survey.panel_rounds.states import FIRST
from survey.panel_rounds.subjects import list_readable
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.proposals.faults import NewProposal
from survey.proposals.writing import write_proposal
from survey.store import audits, panel_dialogues
from survey.store import panel_rounds as stored
from survey.store.database import Connection
from survey.store.panel_rounds import PanelRound
from survey.store.proposals import Proposal

CREATES_DRAFT = "proposal_draft"


@dataclass(frozen=True)
class Idea:
    """A masked text that somebody of the panel wrote as a proposal, with the round and the theme, if any."""

    id: bytes
    round: PanelRound
    theme: str
    text: str


def is_idea(question: Question) -> bool:
    """Whether what is answered to a question is a proposal to be."""
    return question.creates == CREATES_DRAFT


def can_take_ideas(*, by: Person) -> bool:
    """Whether a person may go on with ideas: those who write the panel's proposals."""
    return can_do(Permission.WRITE_PROPOSALS, by=by)


def check_can_take_ideas(*, by: Person) -> None:
    """Raises SurveyError not_allowed when the person does not write the panel's proposals."""
    check_can_do(Permission.WRITE_PROPOSALS, by=by)


def list_ideas(installation: Installation, *, viewer: Person) -> tuple[Idea, ...]:
    """The ideas of closed rounds that nothing has become of, in no order that tells whose they are.

    None of a round that fewer than five sent to. Raises SurveyError not_allowed.
    """
    check_can_take_ideas(by=viewer)
    with installation.database.read(newest=True) as connection:
        taken = panel_dialogues.list_taken(connection)
        rounds = [one for one in stored.list_rounds(connection) if (one.first_sent or 0) >= FEWEST_ANSWERS]
        found = [idea for one in rounds for idea in read_ideas(installation, connection, one)]
    return tuple(one for one in found if one.id not in taken)


def read_ideas(installation: Installation, connection: Connection, found: PanelRound) -> tuple[Idea, ...]:
    """Every idea of a round about what still may be read, in the order of random ids."""
    asked = {one.id for one in find_asked_definition(installation, found).questions if is_idea(one)}
    themes = {
        one.number: one.ref if one.kind == Kind.THEME else "" for one in list_readable(connection, found.id)
    }
    return tuple(
        Idea(one.id, found, themes.get(one.subject, ""), one.text)
        for one in stored.list_texts(connection, found.id, FIRST)
        if one.question in asked and (one.subject == 0 or one.subject in themes)
    )


def draft_idea(
    installation: Installation, idea_id: bytes, new: NewProposal, *, survey: str, area: str, by: Person
) -> Proposal:
    """Make an idea the draft of a proposal, which anybody of the panel goes on with.

    Raises SurveyError as `write_proposal` does, and idea_gone when somebody else was first: then nothing was
    written.
    """
    check_known(installation, idea_id, by=by)

    def take(connection: Connection, made: Proposal) -> None:
        if not panel_dialogues.take_idea(connection, idea_id, made.id):
            raise SurveyError("idea_gone")

    return write_proposal(installation, new, survey=survey, area=area, by=by, also=take)


def put_aside(installation: Installation, idea_id: bytes, *, by: Person) -> None:
    """Leave an idea where it is: it is offered no more. Raises SurveyError not_allowed and idea_gone."""
    found = check_known(installation, idea_id, by=by)
    with installation.database.write() as connection:
        if not panel_dialogues.take_idea(connection, idea_id, None):
            raise SurveyError("idea_gone")
        audits.add_event(connection, "panel idea put aside", found.round.id, by=by.name)


def check_known(installation: Installation, idea_id: bytes, *, by: Person) -> Idea:
    """An idea that nothing has become of. Raises SurveyError not_allowed and idea_gone."""
    found = next((one for one in list_ideas(installation, viewer=by) if one.id == idea_id), None)
    if found is None:
        raise SurveyError("idea_gone")
    return found
