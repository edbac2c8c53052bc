"""What are residents told of a decided proposal, in which languages, and who writes it?"""

from __future__ import annotations

from collections.abc import Sequence

from survey.errors import SurveyError
from survey.following.faults import check_faults, join_lines
from survey.installation import Installation
from survey.people.reach import check_can_reach
from survey.people.roles import Person
from survey.proposals.faults import PARTS, Texts, list_feedback_faults
from survey.proposals.permissions import check_can_act
from survey.proposals.states import Event
from survey.proposals.versions import FIRST, JOB, add_deed, find_now
from survey.store import proposals
from survey.store.database import claim_job
from survey.store.proposals import Proposal, Told


def tell_residents(
    installation: Installation, proposal_id: str, texts: Texts, *, based_on: int, by: Person
) -> Told:
    """Write what was heard, decided and done, in the place of what was told before; everybody reads it.

    `based_on` is the version of what was told that the person read, 0 when nothing was told.
    Raises SurveyError not_allowed, FollowingError with everything that is wrong, proposal_unknown,
    proposal_not_now, not_your_area, reach_missing, and proposal_changed_meanwhile when somebody else has
    written since.
    """
    check_can_act(Event.TELL, by=by)
    check_faults(list_feedback_faults(texts))
    told = Told(proposal_id, based_on + FIRST, clean_texts(texts), installation.today(), by.name)
    with installation.database.write() as connection:
        claim_job(connection, JOB)
        now = find_now(connection, proposal_id, Event.TELL)
        check_can_reach(installation, connection, now.area, by=by)
        known = proposals.list_told(connection, [proposal_id]).get(proposal_id)
        if (known.version if known else 0) != based_on or not proposals.add_told(connection, told):
            raise SurveyError("proposal_changed_meanwhile")
        add_deed(connection, now, Event.TELL, by=by, told=told.version)
    return told


def clean_texts(texts: Texts) -> Texts:
    """The texts on one line each, without languages in which nothing is said."""
    clean = {
        language: {part: join_lines(said.get(part, "")) for part in PARTS} for language, said in texts.items()
    }
    return {language: said for language, said in clean.items() if any(said.values())}


def find_told(installation: Installation, some: Sequence[Proposal]) -> dict[str, Told]:
    """What residents are told of some proposals now, by proposal."""
    with installation.database.read(newest=True) as connection:
        return proposals.list_told(connection, [one.id for one in some])
