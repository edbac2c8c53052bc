"""What does a manager write in a test, and what is wrong with it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from survey.errors import SurveyError
from survey.following.actions import NewAction
from survey.following.faults import FollowingError
from survey.following.goals import NewGoal
from survey.following.rebases import NewRebase
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store import audits
from tests.walks import SURVEY

MANAGER = Person(Role.MANAGER)
LJUNGBY, COUNTY, ELSEWHERE = "0781", "07", "0780"
AT = {"survey": SURVEY, "area": LJUNGBY}
CONTINUITY = {**AT, "dimension": "kontinuitet"}
GOAL = NewGoal("75", "2027-12", "2026-09", "Beslut KS 2026-03-12")
ACTION = NewAction("action", "Fast vårdkontakt införs", "2026-10", "områdeschef hemtjänst", ("kontinuitet",))
REBASE = NewRebase("2026-03", "Ny arbetsmodell sedan mars")


def find_codes(deed: Callable[..., object], *given: Any, **named: Any) -> list[str]:
    """The codes of everything that is wrong."""
    with pytest.raises(SurveyError) as wrong:
        deed(*given, **named)
    faults = wrong.value.faults if isinstance(wrong.value, FollowingError) else (wrong.value,)
    return [fault.code for fault in faults]


def list_deeds(installation: Installation) -> list[tuple[str, str, object]]:
    """What the audit log tells of this, the newest first: action, actor and version."""
    with installation.database.read() as connection:
        events = audits.list_events(connection)
    return [
        (one.action, one.actor, one.facts["version"])
        for one in events
        if one.action.startswith(("goal", "action", "limits"))
    ]


class BrokenLogError(Exception):
    """The audit log could not be written."""


@contextmanager
def broken_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A time when no audit event can be written."""

    def fail(*_given: object, **_named: object) -> None:
        raise BrokenLogError

    with monkeypatch.context() as patch:
        patch.setattr(audits, "add_event", fail)
        with pytest.raises(BrokenLogError):
            yield
