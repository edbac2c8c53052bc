"""What can the panel rate, and does what a round rates still stand?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.permissions import check_can_run_rounds
from survey.panel_rounds.sheets import Kind
from survey.people.roles import Person
from survey.proposals.rating import list_to_rate
from survey.proposals.states import State as ProposalState
from survey.store import panel_rounds as stored
from survey.store import proposals
from survey.store.database import Connection
from survey.store.panel_rounds import Subject

MOST_IN_TITLE = 120  # characters
MOST_IN_ABOUT = 4000


@dataclass(frozen=True)
class NewSubject:
    """Something to rate: `ref` is a proposal's id or a theme's code, `about` what to read before rating."""

    kind: str
    ref: str
    title: str
    about: str = ""


def list_proposals_to_rate(installation: Installation, *, by: Person) -> tuple[NewSubject, ...]:
    """The proposals that wait for a decision, the one that has waited longest first. Raises not_allowed."""
    found = list_to_rate(installation, by=by)
    return tuple(NewSubject(Kind.PROPOSAL, one.id, one.title, one.text) for one in found)


def list_themes_to_rate(installation: Installation) -> tuple[str, ...]:
    """The codes of the themes that residents' comments are sorted by."""
    return list_theme_codes(installation.settings)


def number_subjects(installation: Installation, new: Sequence[NewSubject]) -> tuple[Subject, ...]:
    """The subjects of a round in their order, proposals first.

    Raises SurveyError panel_round_empty, panel_subject_twice, panel_subject_unknown for a kind or a theme
    that there is none of, and panel_subject_title for a title that is empty or too long.
    """
    if not new:
        raise SurveyError("panel_round_empty")
    if len({(one.kind, one.ref) for one in new}) < len(new):
        raise SurveyError("panel_subject_twice")
    themes = set(list_themes_to_rate(installation))
    for one in new:
        if one.kind not in tuple(Kind) or not one.ref or (one.kind == Kind.THEME and one.ref not in themes):
            raise SurveyError("panel_subject_unknown")
        if not 0 < len(one.title.strip()) <= MOST_IN_TITLE:
            raise SurveyError("panel_subject_title", limit=MOST_IN_TITLE)
    ordered = sorted(new, key=lambda one: one.kind != Kind.PROPOSAL)
    return tuple(
        Subject(number, one.kind, one.ref, one.title.strip(), one.about.strip()[:MOST_IN_ABOUT])
        for number, one in enumerate(ordered, start=1)
    )


def list_rated(installation: Installation, round_id: str, *, viewer: Person) -> tuple[Subject, ...]:
    """What is still to be rated in a round. Raises SurveyError not_allowed."""
    check_can_run_rounds(by=viewer)
    with installation.database.read(newest=True) as connection:
        return list_standing(connection, round_id)


def list_standing(connection: Connection, round_id: str) -> tuple[Subject, ...]:
    """What is still to be rated: neither taken out of the round nor, as a proposal, withdrawn or decided."""
    subjects = stored.list_subjects(connection, round_id)
    over = find_over(connection, subjects, but=ProposalState.PROPOSED)
    return tuple(one for one in subjects if not one.withdrawn and one.ref not in over)


def list_readable(connection: Connection, round_id: str) -> tuple[Subject, ...]:
    """What may be read of what was rated: a decided proposal too, but none that was withdrawn."""
    subjects = stored.list_subjects(connection, round_id)
    alive = [one for one in ProposalState if one is not ProposalState.WITHDRAWN]
    over = find_over(connection, subjects, but=alive)
    return tuple(one for one in subjects if not one.withdrawn and one.ref not in over)


def find_over(
    connection: Connection, subjects: Sequence[Subject], *, but: str | Collection[str]
) -> frozenset[str]:
    """The ids of the proposals among some subjects that are in other states than these."""
    states = {but} if isinstance(but, str) else set(but)
    refs = {one.ref for one in subjects if one.kind == Kind.PROPOSAL}
    if not refs:
        return frozenset()
    newest = proposals.list_newest(connection, states=[one for one in ProposalState if one not in states])
    return frozenset(one.id for one in newest if one.id in refs)
