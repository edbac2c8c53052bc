"""Which single comments may be seen, and by whom?

They are shown from pools only (an area's quarter or year), in an order that tells nothing, without theme,
tone, month or municipality beside them: to the panel where the pool has enough answers, and to others only
those that a panel member has cleared, where themes are shown. The public reads a few of these in an area's
annual story.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.periods import list_months, parse_period
from survey.audit.reading import note_reading
from survey.comments.counting import read_themes
from survey.insight.comment_choice import CommentChoice
from survey.insight.theme_tables import find_published, is_shown
from survey.installation import Installation
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.review.queue import can_read_pool
from survey.store import comments, proposals, themes
from survey.store.comments import Readable

MOST_QUOTES = 5
MOST_FOUND = 20  # comments that are shown of a search: more than one reads, and still one page of a phone


@dataclass(frozen=True)
class Said:
    """A comment as it is shown: which question it answers, and its masked text."""

    question: str
    text: str


@dataclass(frozen=True)
class Pool:
    """Comments of a pool that were asked for, and whether there are more of them.

    `is_thin`: the pool has too few answers or comments to be read in, so nothing is told of it.
    """

    said: tuple[Said, ...] = ()
    has_more: bool = False
    is_thin: bool = False


def find_quotes(
    installation: Installation, choice: CommentChoice, *, viewer: Person, seed: int
) -> tuple[Said, ...]:
    """Up to five cleared comments that stand for the others; none where themes are hidden.

    They are typical of their themes, and shown without them, in an order by `seed`. Raises SurveyError
    not_allowed.
    """
    check_can_do(Permission.SEE_THEMES, by=viewer)
    published = find_published(installation, choice)
    if published is None or not is_shown(published):
        return ()
    return choose_typical(list_pool(installation, choice, quotable=True), seed)


def find_public_quotes(
    installation: Installation, *, survey: str, area: str, periods: Sequence[str], seed: int
) -> tuple[str, ...]:
    """Up to five cleared comments of an area, for everybody; `periods` are quarters or years.

    Only from periods whose themes are shown and that have as many answers and comments as the public
    threshold asks for. None that stands behind a proposal: a comment is shown in one place.
    """
    least = installation.settings.threshold_public
    with installation.database.read() as connection:
        published = themes.list_published(connection, survey, areas=[area], periods=periods)
        shown = [one.period for one in published if is_shown(one) and min(one.answers, one.comments) >= least]
    pools = [list_pool(installation, CommentChoice(survey, area, one), quotable=True) for one in shown]
    rows = {row.id: row for pool in pools for row in pool}
    with installation.database.read() as connection:
        taken = proposals.list_taken(connection, list(rows), but="")
    free = [row for row in rows.values() if row.id not in taken]
    return tuple(one.text for one in choose_typical(free, seed))


def choose_typical(rows: Sequence[Readable], seed: int) -> tuple[Said, ...]:
    """Up to five comments that stand for the others, in an order by `seed`."""
    from analysis.text.quotes import Quotable, choose_quotes

    candidates = [Quotable(row.id.hex(), row.text, frozenset(read_themes(row))) for row in rows]
    chosen = set(choose_quotes(candidates, number=MOST_QUOTES))
    return shuffle([row for row in rows if row.id.hex() in chosen], seed)


def search_comments(installation: Installation, choice: CommentChoice, *, viewer: Person, seed: int) -> Pool:
    """The comments of a choice with its theme and its words, up to twenty in an order by `seed`.

    To those who may read comments all that residents let the panel read, from pools of at least 10 answers
    and 3 comments; to others those that were cleared, where themes are shown. Raises SurveyError not_allowed.
    """
    check_can_do(Permission.SEE_THEMES, by=viewer)
    reads_all = can_do(Permission.READ_COMMENTS, by=viewer)
    published = find_published(installation, choice)
    may_read = can_read_pool(published) if reads_all else published is not None and is_shown(published)
    if not may_read:
        return Pool(is_thin=True)
    if reads_all:
        note_reading(installation, f"{choice.survey} {choice.area} {choice.period}", by=viewer)
    rows = list_pool(installation, choice, quotable=not reads_all)
    found = [row for row in rows if is_about(row, choice.theme) and has_words(row.text, choice.search)]
    shown = shuffle(found, seed)
    return Pool(shown[:MOST_FOUND], len(shown) > MOST_FOUND)


def list_pool(installation: Installation, choice: CommentChoice, *, quotable: bool) -> Sequence[Readable]:
    """The comments of a choice's area and period that residents let be read."""
    within = [area.code for area in installation.areas.within(choice.area)] or [choice.area]
    months = list_months(parse_period(choice.period))
    with installation.database.read() as connection:
        return comments.list_readable(
            connection, survey=choice.survey, areas=within, months=months, quotable=quotable
        )


def is_about(row: Readable, theme: str) -> bool:
    return not theme or theme in read_themes(row)


def has_words(text: str, search: str) -> bool:
    """Whether every word that is looked for stands in the text, also as a part of a longer one."""
    folded = text.casefold()
    return all(word in folded for word in search.casefold().split())


def shuffle(rows: Iterable[Readable], seed: int) -> tuple[Said, ...]:
    """Comments in an order that tells nothing of when or where they were written."""
    said = [Said(row.question, row.text) for row in rows]
    random.Random(seed).shuffle(said)  # noqa: S311 - an order to look at, not a secret
    return tuple(said)
