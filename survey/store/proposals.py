"""Proposals with every version, their support, the quotes behind them, their activities and feedback."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select, update

from survey.store.database import insert_once
from survey.store.tables import (
    measure_action,
    proposal,
    proposal_action,
    proposal_feedback,
    proposal_quote,
    proposal_support,
)

P = proposal.c


@dataclass(frozen=True)
class Proposal:
    """One version of a proposal. Its states and events are told in survey/proposals/states.py.

    `framework` and `item` name a promise of the strategy map, `theme` a theme; they are empty for none.
    `reason` is that of the event. `answer_by` is None until it is proposed, `supporters` until it is decided.
    """

    id: str
    version: int
    survey: str
    area: str
    title: str
    text: str
    dimension: str
    framework: str
    item: str
    theme: str
    state: str
    event: str
    reason: str
    answer_by: date | None
    supporters: int | None
    made: date
    made_by: str


@dataclass(frozen=True)
class Tie:
    """Which proposal an action of the plan carries out, and whose it is: region, municipality or both."""

    action: str
    proposal: str
    organisation: str


@dataclass(frozen=True)
class Told:
    """What residents were told of a proposal. `texts` are by language, then by part: heard, decided, done."""

    proposal: str
    version: int
    texts: Mapping[str, Mapping[str, str]]
    made: date
    made_by: str


def add_version(connection: Connection, version: Proposal) -> bool:
    """Write a version; False when another process has written that number already."""
    once = insert_once(connection, proposal).values(**vars(version)).returning(P.id)
    return connection.execute(once).first() is not None


def list_versions_of(connection: Connection, proposal_id: str) -> tuple[Proposal, ...]:
    """Every version of a proposal, the oldest first; none when there is no such proposal."""
    query = select(proposal).where(P.id == proposal_id).order_by(P.version)
    return tuple(Proposal(*row) for row in connection.execute(query))


def list_newest(
    connection: Connection, *, areas: Collection[str] | None = None, states: Collection[str] | None = None
) -> tuple[Proposal, ...]:
    """Each proposal as it is now, of some areas and in some states where they are named; newest first."""
    last = select(P.id, func.max(P.version).label("version")).group_by(P.id).subquery()
    query = select(proposal).join(last, (last.c.id == P.id) & (last.c.version == P.version))
    if areas is not None:
        query = query.where(P.area.in_(areas))
    if states is not None:
        query = query.where(P.state.in_(states))
    return tuple(Proposal(*row) for row in connection.execute(query.order_by(P.made.desc(), P.id)))


def add_support(connection: Connection, proposal_id: str, member: str) -> bool:
    """Support a proposal; False when the member did so already."""
    once = insert_once(connection, proposal_support).values(proposal=proposal_id, member=member)
    return connection.execute(once.returning(proposal_support.c.member)).first() is not None


def delete_support(connection: Connection, proposal_id: str, member: str) -> bool:
    """Take support back; False when there was none."""
    s = proposal_support.c
    gone = delete(proposal_support).where(s.proposal == proposal_id, s.member == member)
    return connection.execute(gone).rowcount == 1


def delete_support_of(connection: Connection, member: str) -> int:
    """Forget everything that a member supports; how many proposals."""
    return connection.execute(delete(proposal_support).where(proposal_support.c.member == member)).rowcount


def count_support(connection: Connection, proposals: Collection[str]) -> dict[str, int]:
    """How many members support each; those that nobody supports are left out."""
    s = proposal_support.c
    query = select(s.proposal, func.count()).where(s.proposal.in_(proposals)).group_by(s.proposal)
    return {row[0]: row[1] for row in connection.execute(query)}


def supports(connection: Connection, proposal_id: str, member: str) -> bool:
    """Whether a member supports a proposal."""
    s = proposal_support.c
    query = select(s.member).where(s.proposal == proposal_id, s.member == member)
    return connection.execute(query).first() is not None


def replace_quotes(connection: Connection, proposal_id: str, comment_ids: Sequence[bytes]) -> bool:
    """Put these comments behind a proposal in the place of others; False when one is behind another."""
    connection.execute(delete(proposal_quote).where(proposal_quote.c.proposal == proposal_id))
    new = [
        insert_once(connection, proposal_quote).values(comment_id=one, proposal=proposal_id)
        for one in sorted(set(comment_ids))
    ]
    added = [connection.execute(one.returning(proposal_quote.c.comment_id)).first() for one in new]
    return None not in added


def list_quotes(connection: Connection, proposals: Collection[str]) -> dict[str, tuple[bytes, ...]]:
    """The ids of the comments behind some proposals, in the order of their random ids."""
    q = proposal_quote.c
    query = select(q.proposal, q.comment_id).where(q.proposal.in_(proposals)).order_by(q.comment_id)
    found: dict[str, tuple[bytes, ...]] = {}
    for proposal_id, comment_id in connection.execute(query):
        found[proposal_id] = (*found.get(proposal_id, ()), bytes(comment_id))
    return found


def list_taken(connection: Connection, comment_ids: Collection[bytes], *, but: str) -> set[bytes]:
    """Those of some comments that stand behind another proposal than `but`."""
    q = proposal_quote.c
    query = select(q.comment_id).where(q.comment_id.in_(comment_ids), q.proposal != but)
    return {bytes(one) for one in connection.scalars(query)}


def add_tie(connection: Connection, tie: Tie) -> None:
    connection.execute(insert(proposal_action).values(**vars(tie)))


def change_organisation(connection: Connection, tie: Tie, organisation: str) -> bool:
    """Give an activity to another; False when it is not as `tie` says any more."""
    t = proposal_action.c
    changed = update(proposal_action).where(t.action == tie.action, t.organisation == tie.organisation)
    return connection.execute(changed.values(organisation=organisation)).rowcount == 1


def list_ties(connection: Connection, *, areas: Collection[str]) -> tuple[Tie, ...]:
    """The ties of every action that stands in some areas."""
    a = measure_action.c
    within = select(a.id).where(a.area.in_(areas))
    query = select(proposal_action).where(proposal_action.c.action.in_(within))
    return tuple(Tie(*row) for row in connection.execute(query.order_by(proposal_action.c.action)))


def add_told(connection: Connection, told: Told) -> bool:
    """Write what residents are told; False when another process has written that version already."""
    values = {**vars(told), "texts": None, "document": json.dumps(told.texts, ensure_ascii=False)}
    del values["texts"]
    once = insert_once(connection, proposal_feedback).values(**values)
    return connection.execute(once.returning(proposal_feedback.c.proposal)).first() is not None


def list_told(connection: Connection, proposals: Collection[str]) -> dict[str, Told]:
    """What residents are told now, by proposal; those of which nothing is told are left out."""
    return {one: told[-1] for one, told in list_told_versions(connection, proposals).items()}


def list_told_versions(connection: Connection, proposals: Collection[str]) -> dict[str, tuple[Told, ...]]:
    """Everything residents were told, the oldest first, by proposal; those without are left out."""
    f = proposal_feedback.c
    query = select(proposal_feedback).where(f.proposal.in_(proposals)).order_by(f.proposal, f.version)
    found: dict[str, tuple[Told, ...]] = {}
    for row in connection.execute(query):
        told = Told(row.proposal, row.version, json.loads(row.document), row.made, row.made_by)
        found[told.proposal] = (*found.get(told.proposal, ()), told)
    return found
