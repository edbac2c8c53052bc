"""Which proposals and activities belong to a year's story?"""

from __future__ import annotations

from collections.abc import Sequence

from survey.installation import Installation
from survey.proposals.happened import Deed, Happened, list_happened
from survey.story.years import StoryYear


def list_decided(installation: Installation, area: str, year: StoryYear) -> tuple[Happened, ...]:
    """What was decided for an area or its county in a year, or done in it because of an earlier decision.

    Each as it is now, with what the lines say of it now.
    """
    return tuple(one for one in list_happened(installation, area) if belongs_to(one, year))


def belongs_to(one: Happened, year: StoryYear) -> bool:
    """Whether it was decided in a year, or something of it began in it."""
    return is_of(one, year) or any(begins_in(deed, year) for deed in one.deeds)


def is_of(one: Happened, year: StoryYear) -> bool:
    """Whether it was decided in a year."""
    return one.proposal.made.isoformat()[:4] == year.code


def begins_in(deed: Deed, year: StoryYear) -> bool:
    return year.holds(deed.activity.action.starts)


def count_decided(some: Sequence[Happened], year: StoryYear) -> int:
    """How many proposals were answered in a year."""
    return len([one for one in some if is_of(one, year)])


def count_begun(some: Sequence[Happened], year: StoryYear) -> int:
    """How many activities began in a year."""
    return len([deed for one in some for deed in one.deeds if begins_in(deed, year)])
