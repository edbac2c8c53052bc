"""Where has somebody let limits begin anew, and how is that done and taken back?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from survey.errors import SurveyError
from survey.following.faults import (
    check_faults,
    find_this_month,
    is_month,
    join_lines,
    list_month_faults,
    list_place_faults,
    list_text_faults,
)
from survey.following.versions import (
    FIRST,
    Deed,
    add_first,
    add_next,
    check_can_follow_up,
    gather_histories,
    make_id,
    now,
)
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import following
from survey.store.database import Connection
from survey.store.following import Rebase


class RebaseState(StrEnum):
    """Whether limits begin anew there still."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class NewRebase:
    """What somebody wrote about new limits: the first month they hold in, and why."""

    month: str
    reason: str


def list_rebases(
    installation: Installation, area: str | None, *, survey: str, newest: bool = False
) -> tuple[Rebase, ...]:
    """The months from which limits begin anew in an area, in every area when none is named; earliest first.

    Those that were withdrawn are left out.
    """
    histories = list_rebase_histories(installation, area, survey, newest)
    standing = [one[-1] for one in histories if one[-1].state == RebaseState.STANDS]
    return tuple(sorted(standing, key=lambda one: (one.area, one.dimension, one.month)))


def list_rebase_histories(
    installation: Installation, area: str | None, survey: str, newest: bool = True
) -> tuple[tuple[Rebase, ...], ...]:
    """Every time limits began anew with all its versions, the oldest first."""
    areas = None if area is None else (area,)
    with installation.database.read(newest=newest) as connection:
        return gather_histories(following.list_versions(connection, Rebase, survey, areas))


def list_rebase_faults(installation: Installation, new: NewRebase) -> Iterator[SurveyError]:
    """Everything that is wrong with what was written about new limits."""
    month = find_this_month(installation)
    faults = list(list_month_faults("rebase_month", new.month, today_month=month))
    yield from faults
    if not faults and is_month(new.month) and new.month > month:
        yield SurveyError("rebase_not_yet", month=new.month)
    yield from list_text_faults("rebase_reason", new.reason)


def add_rebase(
    installation: Installation, new: NewRebase, *, survey: str, area: str, dimension: str, by: Person
) -> Rebase:
    """Let the limits of a dimension in an area begin anew.

    Raises SurveyError not_allowed, FollowingError with everything that is wrong, and rebase_exists.
    """
    check_can_follow_up(by=by)
    faults = [*list_place_faults(installation, survey, area, (dimension,))]
    check_faults([*faults, *list_rebase_faults(installation, new)])
    made = Rebase(
        make_id(),
        FIRST,
        survey,
        area,
        dimension,
        new.month,
        RebaseState.STANDS,
        join_lines(new.reason),
        now(),
        by.role,
    )

    def check(connection: Connection) -> None:
        known = gather_histories(following.list_versions(connection, Rebase, survey, (area,)))
        same = (one[-1] for one in known if (one[-1].dimension, one[-1].month) == (dimension, new.month))
        if any(one.state == RebaseState.STANDS for one in same):
            raise SurveyError("rebase_exists", month=new.month)

    return add_first(installation, made, Deed("limits restarted", by), check=check)


def withdraw_rebase(
    installation: Installation, rebase: str, *, reason: str, based_on: int, by: Person
) -> Rebase:
    """Take new limits back, with a reason; that they were there stays in the history.

    Raises SurveyError not_allowed, FollowingError, follow_unknown, follow_changed_meanwhile and follow_over.
    """
    check_can_follow_up(by=by)
    check_faults(list_text_faults("rebase_reason", reason))

    def make(old: Rebase) -> Rebase:
        if old.state != RebaseState.STANDS:
            raise SurveyError("follow_over")
        gone = replace(old, state=RebaseState.WITHDRAWN, reason=join_lines(reason))
        return replace(gone, version=old.version + 1, made=now(), made_by=by.role)

    return add_next(installation, Rebase, rebase, make, Deed("limits restored", by), based_on=based_on)
