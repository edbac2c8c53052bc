"""Which made-up comments a demonstration's panel has read, and cleared to be quoted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from analysis.text.masking import mask_text
from survey.demo.comments import LISTS, read_list
from survey.demo.county import seed_numbers
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.review.coding import code_comment
from survey.review.queue import SECOND, SECOND_BELOW
from survey.store import comments, reviews
from survey.store.comments import Readable
from survey.store.reviews import Slot

FIRST_READER, SECOND_READER = Person(Role.PANEL_MEMBER, "demo1"), Person(Role.PANEL_MEMBER, "demo2")
CODED = 240  # comments
ALL = 100_000  # more comments than a demonstration has
QUOTED_SHARE = 0.4  # of those in which nothing was masked
MISSED_SHARE = 0.08  # of themes that a reader passes over


def code_made_up(installation: Installation, survey: str) -> int:
    """Code some comments as careful readers would, who miss a theme now and then; how many. Once."""
    with installation.database.read(newest=True) as connection:
        if comments.count_codings(connection):
            return 0
        waiting = reviews.list_waiting(
            connection, survey=survey, reader=FIRST_READER.name, second_below=SECOND_BELOW, limit=ALL
        )
    truth = {
        mask_text(one).text: themes for name in LISTS.values() for one, themes in read_list(name).items()
    }
    numbers = seed_numbers("coding")
    chosen = waiting[:: max(1, len(waiting) // CODED)][
        :CODED
    ]  # ids are random, but the first want two readers
    for row, _ in chosen:
        read(installation, row, truth, numbers, slot=1, by=FIRST_READER)
        if row.id < SECOND_BELOW:
            read(installation, row, truth, numbers, slot=SECOND, by=SECOND_READER)
    return len(chosen)


def read(
    installation: Installation,
    row: Readable,
    truth: Mapping[str, frozenset[str]],
    numbers: np.random.Generator,
    *,
    slot: int,
    by: Person,
) -> None:
    """Take a comment and code it with most of the themes of its sentences."""
    there = sorted({theme for one, themes in truth.items() if one in row.text for theme in themes})
    seen = [theme for theme in there if numbers.random() >= MISSED_SHARE]
    quotable = "[" not in row.text and numbers.random() < QUOTED_SHARE
    with installation.database.write() as connection:
        reviews.take_slot(connection, Slot(row.id, slot, by.name, datetime.now(UTC), done=False))
    code_comment(installation, row.id, themes=seen, quotable=bool(quotable), by=by)
