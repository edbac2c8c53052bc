"""Which made-up comments a demonstration's panel has coded and cleared to be quoted."""

from __future__ import annotations

from analysis.text.masking import mask_text
from survey.comments.coding import code_comment
from survey.demo.comments import LISTS, read_list
from survey.demo.county import seed_numbers
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store import comments

CODER = Person(Role.PANEL_MEMBER)
CODED = 240  # comments
QUOTED_SHARE = 0.4  # of those in which nothing was masked
MISSED_SHARE = 0.08  # of themes that a reader passes over


def code_made_up(installation: Installation, survey: str) -> int:
    """Code some comments as a careful reader would, who misses a theme now and then; how many. Once."""
    with installation.database.read(newest=True) as connection:
        if comments.count_codings(connection):
            return 0
        rows = comments.list_uncoded(connection, survey=survey, limit=CODED)
    truth = {
        mask_text(one).text: themes for name in LISTS.values() for one, themes in read_list(name).items()
    }
    numbers = seed_numbers("coding")
    for row in rows:
        there = sorted({theme for one, themes in truth.items() if one in row.text for theme in themes})
        seen = [theme for theme in there if numbers.random() >= MISSED_SHARE]
        quotable = "[" not in row.text and numbers.random() < QUOTED_SHARE
        code_comment(installation, row.id, themes=seen, quotable=bool(quotable), by=CODER)
    return len(rows)
