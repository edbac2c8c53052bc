"""Which words outside the themes have people in an area begun to write?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.periods import Period, list_months, shift_month
from survey.comments.counting import Topic, read_themes
from survey.installation import Installation
from survey.store import comments
from survey.store.comments import Readable
from survey.store.database import Connection

HISTORY_MONTHS = 24  # months before the period that words are compared with
LEAST_BEFORE = 50  # comments before it: of fewer nothing is new


def find_topics(
    connection: Connection, installation: Installation, survey: str, area: str, period: Period
) -> tuple[Topic, ...]:
    """The new topics of an area in a period, the clearest first; none where too little was written before.

    Of the comments that the panel may read, so that nobody else's words are shown.
    """
    from analysis.text.topics import find_new_topics

    within = [one.code for one in installation.areas.within(area)] or [area]
    months = list_months(period)
    earlier = [shift_month(months[0], -back) for back in range(1, HISTORY_MONTHS + 1)]
    before = list_readable(connection, survey, within, earlier)
    if len(before) < LEAST_BEFORE:
        return ()
    now = list_readable(connection, survey, within, months)
    found = find_new_topics(
        [row.text for row in now],
        [row.text for row in before],
        known=list_known_words((*now, *before)),
    )
    return tuple(Topic(topic.words, topic.now_count) for topic in found)


def list_readable(
    connection: Connection, survey: str, areas: Sequence[str], months: Sequence[str]
) -> tuple[Readable, ...]:
    return comments.list_readable(connection, survey=survey, areas=areas, months=months, quotable=False)


def list_known_words(rows: Iterable[Readable]) -> frozenset[str]:
    """The words by which themes were found, in small letters: what has a theme is no new topic."""
    phrases = (phrase for row in rows for words in read_themes(row).values() for phrase in words)
    return frozenset(word for phrase in phrases for word in phrase.lower().split())
