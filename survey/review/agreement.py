"""How well do readers agree on each theme, and on which comments do they not?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.agreement import Agreement, measure_agreement
from survey.comments.theme_lists import list_theme_codes
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.review.coding import ToCode, describe
from survey.store import comments, reviews
from survey.store.comments import Coding, Readable
from survey.store.reviews import Remark


@dataclass(frozen=True)
class Apart:
    """A comment that was coded in two ways: each reader's themes, without saying whose but one's own.

    `mine` are the viewer's themes, None when the viewer is not one of its readers.
    """

    comment: ToCode
    codings: tuple[frozenset[str], ...]
    mine: frozenset[str] | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Agreements:
    """How often two read the same, how well they agree on each theme, and what they do not agree on."""

    read_by_two: int
    by_theme: Mapping[str, Agreement]
    apart: tuple[Apart, ...]


def find_agreements(installation: Installation, *, survey: str, viewer: Person) -> Agreements:
    """Krippendorff's alpha of each theme over the comments that several have read. Raises SurveyError
    not_allowed."""
    check_can_do(Permission.CODE_COMMENTS, by=viewer)
    with installation.database.read(newest=True) as connection:
        codings = comments.list_codings(connection, survey)
        together = group_codings(codings)
        remarks = reviews.list_remarks(connection, [row.id for row, found in together if is_apart(found)])
    apart = tuple(
        Apart(
            describe(installation, survey, row),
            tuple(frozenset(one.themes) for one in found),
            next((frozenset(one.themes) for one in found if one.coder == viewer.name), None),
            remarks.get(row.id, ()),
        )
        for row, found in together
        if is_apart(found)
    )
    by_theme = {
        theme: measure_agreement([[theme in one.themes for one in found] for _, found in together])
        for theme in list_theme_codes(installation.settings)
    }
    return Agreements(len(together), by_theme, apart)


def group_codings(
    codings: Sequence[tuple[Coding, Readable]],
) -> list[tuple[Readable, list[Coding]]]:
    """The comments that several have coded, each with its codings."""
    rows: dict[bytes, Readable] = {}
    found: dict[bytes, list[Coding]] = defaultdict(list)
    for coding, row in codings:
        rows[row.id] = row
        found[row.id].append(coding)
    return [(rows[one], several) for one, several in found.items() if len(several) > 1]


def is_apart(codings: Sequence[Coding]) -> bool:
    return len({coding.themes for coding in codings}) > 1
