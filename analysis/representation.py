"""Do those who answered resemble those who live there?

One variable at a time (age band, gender): each group's share of the answers against its share of the people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.disclosure import Hidden, NoAnswers, Shown

UNDER_REPRESENTED = 0.5
"""Share of answers per share of people. Below it a group has less than half the say that its size would give
it, which is warned of. The project's own choice: at half, post-stratification counts its answers double."""

Counted = Shown[int] | Hidden | NoAnswers


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group's shares, 0-1.

    `ratio` is its share of the answers divided by its share of the people: 1 when they are the same. `people`
    is None where nobody has counted the group; `ratio` is None where either share is unknown, or where nobody
    of the group lives there. `is_under` says whether the ratio is below UNDER_REPRESENTED, and is None where
    that cannot be said; a group that lives there but gave no answer at all is under.
    """

    code: str
    answers: Shown[float] | Hidden | NoAnswers
    people: float | None
    ratio: float | None
    is_under: bool | None


def compare_shares(
    answers: Mapping[str, Counted], people: Mapping[str, int], *, everybody: int
) -> tuple[GroupShare, ...]:
    """The shares of each group of a variable, in the order of `answers`.

    `answers` are the answers of each group as their reader may see them; `people` those who live there, empty
    when there are no margins; `everybody` all answers, also of those who did not say which group they are in.
    Shares of answers are of those who did say. Where a group is hidden they are of everybody instead: the
    number of those who said would give the hidden group away. Then ratios are a little too low, by the share
    that did not say.

    Raises ValueError when a count is negative, or the shown groups together are more than everybody.
    """
    shown = {code: found.value for code, found in answers.items() if isinstance(found, Shown)}
    if any(n < 0 for n in (*shown.values(), *people.values())):
        raise ValueError("A count of people is negative: count again.")
    said = sum(shown.values())
    if said > everybody:
        raise ValueError(
            f"{said} answers in groups are more than all {everybody}: each is in one group only."
        )
    some_hidden = any(isinstance(found, Hidden) for found in answers.values())
    whole, residents = everybody if some_hidden else said, sum(people.values())
    return tuple(
        _compare_group(code, found, people.get(code), whole, residents) for code, found in answers.items()
    )


def _compare_group(code: str, found: Counted, people: int | None, whole: int, residents: int) -> GroupShare:
    share = None if people is None or residents == 0 else people / residents
    if isinstance(found, Shown) and found.value > 0:
        answered = found.value / whole
        ratio = answered / share if share else None
        is_under = None if ratio is None else ratio < UNDER_REPRESENTED
        return GroupShare(code, Shown(answered), share, ratio, is_under)
    if isinstance(found, Hidden):
        return GroupShare(code, found, share, None, None)
    nobody_of_many = bool(share) and whole > 0
    return GroupShare(code, NoAnswers(), share, None, True if nobody_of_many else None)
