"""What did a closed round come to: distributions, medians, priorities, what goes to dialogue, and texts?

A round that fewer than five sent to shows nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.panel_ratings import (
    FEWEST_ANSWERS,
    NotTold,
    Rating,
    find_priority,
    find_ranks,
)
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.find import find_asked_definition, find_panel_round
from survey.panel_rounds.permissions import check_can_run_rounds, check_can_see_ratings
from survey.panel_rounds.sheets import FEASIBILITY, IMPORTANCE, Kind, Sheet, find_scored, list_sheets
from survey.panel_rounds.spreads import Spread, rate, spread
from survey.panel_rounds.states import CLOSED_WAVES, FIRST, SECOND, State
from survey.panel_rounds.subjects import list_readable
from survey.people.roles import Person
from survey.store import panel_rounds as stored
from survey.store.panel_rounds import Cell, KeptText, PanelRound, Subject


@dataclass(frozen=True)
class Judged:
    """A subject with what the group made of it. Ratings and priority are of proposals only."""

    subject: Subject
    spreads: tuple[Spread, ...]
    importance: Rating | NotTold | None = None
    feasibility: Rating | NotTold | None = None
    priority: float | None = None

    @property
    def is_disagreed(self) -> bool:
        """Whether it goes to dialogue before it is ranked."""
        return isinstance(self.importance, Rating) and self.importance.is_disagreed


@dataclass(frozen=True)
class Results:
    """What a closed time round came to, in the order the subjects were asked.

    `sent` is how many sent; of fewer than five `judged` and `once` are empty.
    """

    round: PanelRound
    wave: int
    sent: int
    judged: tuple[Judged, ...] = ()
    once: tuple[Spread, ...] = ()

    @property
    def is_told(self) -> bool:
        return self.sent >= FEWEST_ANSWERS


@dataclass(frozen=True)
class Ranked:
    """A proposal in the order of priority; those with the same share the better rank."""

    judged: Judged
    rank: int
    importance: Rating
    feasibility: Rating
    priority: float


def list_ranked(results: Results) -> tuple[Ranked, ...]:
    """The proposals that have a priority, the highest first. What goes to dialogue is not among them."""
    told = [
        (one, one.importance, one.feasibility, one.priority)
        for one in results.judged
        if isinstance(one.importance, Rating)
        and isinstance(one.feasibility, Rating)
        and one.priority is not None
    ]
    ranks = find_ranks(priority for *_, priority in told)
    found = [
        Ranked(judged, rank, importance, feasibility, priority)
        for (judged, importance, feasibility, priority), rank in zip(told, ranks, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.rank, one.judged.subject.number)))


def list_closed_waves(found: PanelRound) -> tuple[int, ...]:
    """Which times a round has been closed, the last one first."""
    last = CLOSED_WAVES.get(State(found.state), 0)
    if found.state == State.FINISHED:
        last = FIRST if found.second_sent is None else SECOND
    return tuple(range(last, 0, -1))


def find_results(
    installation: Installation, round_id: str, *, viewer: Person, wave: int | None = None
) -> Results:
    """What the last time round that was closed came to, or the one that is asked for.

    Raises SurveyError not_allowed, panel_round_unknown, and panel_round_still_open when it is not closed.
    """
    check_can_see_ratings(viewer=viewer)
    found = find_panel_round(installation, round_id, viewer=viewer)
    closed = list_closed_waves(found)
    if not closed or (wave is not None and wave not in closed):
        raise SurveyError("panel_round_still_open")
    chosen = closed[0] if wave is None else wave
    sent = (found.first_sent if chosen == FIRST else found.second_sent) or 0
    if sent < FEWEST_ANSWERS:
        return Results(found, chosen, sent)
    definition = find_asked_definition(installation, found)
    with installation.database.read(newest=True) as connection:
        subjects = list_readable(connection, round_id)
        counts = stored.list_counts(connection, round_id, chosen)
    sheets = list_sheets(definition, subjects, chosen)
    judged = tuple(judge(definition, sheet, counts) for sheet in sheets if sheet.subject is not None)
    once = (sheet for sheet in sheets if sheet.subject is None)
    return Results(found, chosen, sent, judged, tuple(one for sheet in once for one in spread(sheet, counts)))


def judge(definition: Definition, sheet: Sheet, counts: Mapping[Cell, int]) -> Judged:
    """What the group made of a subject."""
    subject = sheet.subject
    if subject is None:
        raise ValueError("a page that is asked once is about no subject")
    spreads = tuple(spread(sheet, counts))
    if subject.kind != Kind.PROPOSAL:
        return Judged(subject, spreads)
    importance, feasibility = (
        rate(sheet, question.id, counts) if question is not None else NotTold.NONE
        for question in (find_scored(definition, one) for one in (IMPORTANCE, FEASIBILITY))
    )
    priority = find_priority(importance, feasibility)
    return Judged(subject, spreads, importance, feasibility, priority)


def find_texts(
    installation: Installation, round_id: str, *, viewer: Person, wave: int = FIRST
) -> tuple[KeptText, ...]:
    """What members wrote in a closed time round, masked, in an order that tells nothing.

    None when fewer than five sent. Raises SurveyError not_allowed, panel_round_unknown and
    panel_round_still_open.
    """
    check_can_run_rounds(by=viewer)
    if not find_results(installation, round_id, viewer=viewer, wave=wave).is_told:
        return ()
    with installation.database.read(newest=True) as connection:
        readable = {0, *(one.number for one in list_readable(connection, round_id))}
        return tuple(one for one in stored.list_texts(connection, round_id, wave) if one.subject in readable)


@dataclass(frozen=True)
class ProposalRating:
    """What one round of the panel made of a proposal, for the proposal's own page."""

    round: PanelRound
    wave: int
    sent: int
    judged: Judged


def find_ratings(
    installation: Installation, proposal_id: str, *, viewer: Person
) -> tuple[ProposalRating, ...]:
    """What each closed round made of a proposal, the newest first, as its last time round says.

    Rounds that fewer than five sent to are left out. Raises SurveyError not_allowed.
    """
    check_can_see_ratings(viewer=viewer)
    with installation.database.read(newest=True) as connection:
        rounds = stored.list_rounds_about(connection, Kind.PROPOSAL, proposal_id)
    results = [find_results(installation, one.id, viewer=viewer) for one in rounds if list_closed_waves(one)]
    return tuple(
        ProposalRating(one.round, one.wave, one.sent, judged)
        for one in results
        for judged in one.judged
        if (judged.subject.kind, judged.subject.ref) == (Kind.PROPOSAL, proposal_id)
    )
