"""What did a year say, in at most three facts, the most important first?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.disclosure import Shown
from survey.definition.model import Dimension, Group
from survey.story.decided import count_begun, count_decided
from survey.story.gaps import is_clear
from survey.story.moves import BAD, GOOD, MoveKind
from survey.story.story import Chapter, Story

MOST_FACTS = 3


class OpeningKind(StrEnum):
    """What one of the first sentences is about."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    CANNOT_SAY = "cannot_say"
    NOT_SHOWN = "not_shown"
    GROUP_LOWER = "group_lower"
    DONE = "done"


@dataclass(frozen=True)
class Opening:
    """One of the first facts: of which dimensions, of which group, how many were decided and begun."""

    kind: OpeningKind
    dimensions: tuple[Dimension, ...] = ()
    group: Group | None = None
    decided: int = 0
    begun: int = 0


def list_opening(story: Story) -> tuple[Opening, ...]:
    """At most three facts: what changed or that nothing did, which group fares worse, and what was done.

    What was done is always told, where anything is shown or was done.
    """
    done = Opening(
        OpeningKind.DONE,
        decided=count_decided(story.decided, story.year),
        begun=count_begun(story.decided, story.year),
    )
    before = [*list_changes(story.chapters), *list_lower(story.chapters)]
    return (*before[: MOST_FACTS - 1], done)


def list_changes(chapters: Sequence[Chapter]) -> list[Opening]:
    """What is worse and what is better; that nothing is, or that it cannot be said."""
    worse, better = (
        leave_out_parts([one.dimension for one in chapters if one.line.move.kind in kinds])
        for kinds in (BAD, GOOD)
    )
    found = [
        Opening(kind, some)
        for kind, some in ((OpeningKind.WORSE, worse), (OpeningKind.BETTER, better))
        if some
    ]
    if found:
        return found
    if not any(isinstance(one.number.cell, Shown) for one in chapters):
        return [Opening(OpeningKind.NOT_SHOWN)]
    is_known = any(one.line.move.kind in (MoveKind.STEADY, MoveKind.SAME) for one in chapters)
    return [Opening(OpeningKind.SAME if is_known else OpeningKind.CANNOT_SAY)]


def leave_out_parts(some: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """The dimensions without those that another of them is made of."""
    parts = {part for one in some for part in one.parts}
    return tuple(one for one in some if one.id not in parts)


def list_lower(chapters: Sequence[Chapter]) -> list[Opening]:
    """The prioritised groups whose answers are clearly lower than the others', those with most first."""
    found: dict[str, tuple[Group, list[Dimension]]] = {}
    for chapter in chapters:
        for gap in chapter.gaps:
            now = gap.measured.now
            if now and is_clear(gap) and isinstance(now.gap, Shown) and now.gap.value.points < 0:
                found.setdefault(gap.group.id, (gap.group, []))[1].append(chapter.dimension)
    ordered = sorted(found.values(), key=lambda one: -len(one[1]))
    return [Opening(OpeningKind.GROUP_LOWER, leave_out_parts(some), group) for group, some in ordered]
