"""What came of the conversation that a disagreement was sent to, and who writes it down?

What is written is never changed: a correction stands above what it corrects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.text.masking import mask_text
from survey.errors import SurveyError
from survey.following.faults import check_faults, join_lines, list_text_faults
from survey.installation import Installation
from survey.panel_rounds.find import find_panel_round, read_round
from survey.panel_rounds.permissions import check_can_run_rounds, check_can_see_ratings
from survey.panel_rounds.results import find_results, list_closed_waves
from survey.people.roles import Person
from survey.proposals.faults import read_day
from survey.store import audits
from survey.store import panel_dialogues as stored
from survey.store.database import claim_job
from survey.store.panel_dialogues import Dialogue

MOST_IN_NOTE = 600  # characters: what was heard and decided, not the minutes
JOB = "panel dialogue"


class Outcome(StrEnum):
    """What a conversation came to."""

    AGREED = "agreed"
    REWRITE = "rewrite"
    BOTH_STAND = "both_stand"
    NEW_ROUND = "new_round"


@dataclass(frozen=True)
class NewDialogue:
    """What was typed: the day as 2026-11-21, what it came to, and a note without names."""

    day: str
    outcome: str
    note: str


def write_dialogue(
    installation: Installation, round_id: str, subject: int, new: NewDialogue, *, based_on: int, by: Person
) -> Dialogue:
    """Write down a conversation that was held about something the panel disagreed on.

    `based_on` is how many were written of it when the person looked. The note is masked before it is kept.
    Raises SurveyError not_allowed, panel_round_unknown, panel_dialogue_not_here when the panel did not
    disagree on it, FollowingError with everything that is wrong, and panel_dialogue_meanwhile.
    """
    check_can_run_rounds(by=by)
    found = find_panel_round(installation, round_id, viewer=by)
    if subject not in list_disagreed(installation, round_id, viewer=by):
        raise SurveyError("panel_dialogue_not_here")
    check_faults(list_dialogue_faults(installation, new, opened=found.opened.isoformat()))
    note = mask_text(join_lines(new.note)).text
    held = date.fromisoformat(new.day.strip())
    made = Dialogue(round_id, subject, based_on + 1, held, new.outcome, note, installation.today(), by.name)
    with installation.database.write() as connection:
        claim_job(connection, f"{JOB} {round_id}")
        known = stored.count_dialogues(connection, round_id, subject)
        if known != based_on or not stored.add_dialogue(connection, made):
            raise SurveyError("panel_dialogue_meanwhile")
        facts = {"about": subject, "outcome": new.outcome}
        audits.add_event(connection, "panel dialogue written", round_id, by=by.name, **facts)
    return made


def list_disagreed(installation: Installation, round_id: str, *, viewer: Person) -> frozenset[int]:
    """The numbers of what the panel disagreed on in any closed time round. Raises as `find_results`."""
    found = find_panel_round(installation, round_id, viewer=viewer)
    return frozenset(
        one.subject.number
        for wave in list_closed_waves(found)
        for one in find_results(installation, round_id, viewer=viewer, wave=wave).judged
        if one.is_disagreed
    )


def list_dialogue_faults(
    installation: Installation, new: NewDialogue, *, opened: str
) -> Iterator[SurveyError]:
    """Everything that is wrong with what was typed; `opened` is the day on which the round was opened."""
    day = read_day(new.day)
    if day is None:
        yield SurveyError("proposal_day_wrong", day=join_lines(new.day)[:20])
    elif day > installation.today():
        yield SurveyError("panel_dialogue_ahead", day=day.isoformat())
    elif day.isoformat() < opened:
        yield SurveyError("panel_dialogue_early", day=day.isoformat(), opened=opened)
    if new.outcome not in set(Outcome):
        yield SurveyError("panel_dialogue_outcome")
    # keys: error.panel_dialogue_*
    for one in list_text_faults("panel_dialogue", new.note, most=MOST_IN_NOTE):
        # The sentence of what residents may read says that everybody can; this is read by those who sign in.
        yield SurveyError("panel_personal") if one.code == "follow_personal" else one


def list_dialogues(
    installation: Installation, round_id: str, *, viewer: Person
) -> Mapping[int, tuple[Dialogue, ...]]:
    """What was written of the conversations of a round by subject, the newest first.

    Raises SurveyError not_allowed and panel_round_unknown.
    """
    check_can_see_ratings(viewer=viewer)
    with installation.database.read(newest=True) as connection:
        read_round(connection, round_id)
        found = stored.list_dialogues(connection, round_id)
    return {
        subject: tuple(one for one in found if one.subject == subject)
        for subject in dict.fromkeys(one.subject for one in found)
    }
