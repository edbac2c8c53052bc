"""How the panel codes comments: which comes next, what is suggested, and how a coding is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.text.learning_choice import Candidate, choose_next

from analysis.periods import enclosing_periods
from analysis.text.asked import Asked
from analysis.text.themes import Found
from survey.comments.counting import read_themes
from survey.comments.model_in_force import find_chances
from survey.comments.reading import find_asked
from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, comments, themes
from survey.store.comments import Coding, Readable
from survey.store.themes import PublishedThemes

LOOKED_AT = 500  # comments among which the next one is chosen, in the order of their random ids
POOL_ANSWERS = 10  # answers a pool must have before the panel reads in it (privacy.md 2)
POOL_COMMENTS = 3  # comments that it must have


@dataclass(frozen=True)
class ToCode:
    """A comment to code: no area, month, tone or score stands beside it."""

    id: bytes
    asked: Asked
    text: str
    suggested: tuple[Found, ...]
    quotable: bool


@dataclass(frozen=True)
class Next:
    """The next comment, None when none waits, and how many codings there are."""

    next: ToCode | None
    coded: int


def can_read_pool(published: PublishedThemes | None) -> bool:
    """Whether the panel may read single comments of an area and period: 10 answers and 3 comments or more."""
    return published is not None and published.answers >= POOL_ANSWERS and published.readable >= POOL_COMMENTS


def find_next(installation: Installation, *, survey: str, skipped: Collection[bytes], by: Person) -> Next:
    """The comment whose coding teaches most: themes with few codes first, then the least certain.

    Only of pools that the panel may read in: a county's quarter that is published, since nothing tells which
    municipality wrote. Raises SurveyError not_allowed.
    """
    check_can_do(Permission.CODE_COMMENTS, by=by)
    with installation.database.read(newest=True) as connection:
        codings = comments.list_codings(connection, survey)
        pools = {(row.area, row.period): row for row in themes.list_published(connection, survey)}
        last = max((row.period for row in pools.values()), default="")
        waiting = comments.list_uncoded(connection, survey=survey, limit=LOOKED_AT + len(skipped))
    open_now = [
        row
        for row in waiting
        if row.id not in skipped and can_read_pool(pools.get(find_pool(installation, row)))
    ]
    if not last or not open_now:
        return Next(None, len(codings))
    known = list_theme_codes(installation.settings)
    chosen = choose(installation, open_now, count_codes(known, [coding for coding, _ in codings]))
    return Next(describe(installation, survey, chosen), len(codings))


def find_pool(installation: Installation, row: Readable) -> tuple[str, str]:
    """The county and the quarter of a comment."""
    areas = installation.areas
    county = (areas.find(row.area).parent or row.area) if areas.has(row.area) else row.area
    return county, enclosing_periods(row.month)[0].code


def choose(installation: Installation, rows: Sequence[Readable], coded: Mapping[str, int]) -> Readable:
    """The one of some comments that teaches most."""
    chances = find_chances(installation, [row.text for row in rows])
    candidates = [
        Candidate(row.id.hex(), frozenset(read_themes(row)), chances[at] if chances else None)
        for at, row in enumerate(rows)
    ]
    (first,) = choose_next(candidates, coded, number=1)
    return next(row for row in rows if row.id.hex() == first)


def count_codes(known: Sequence[str], codings: Sequence[Coding]) -> dict[str, int]:
    """How many comments were coded with each theme, 0 for those that none was."""
    counts = dict.fromkeys(known, 0)
    for coding in codings:
        for theme in coding.themes:
            counts[theme] = counts.get(theme, 0) + 1
    return counts


def describe(installation: Installation, survey: str, row: Readable) -> ToCode:
    suggested = tuple(Found(theme, words) for theme, words in read_themes(row).items())
    return ToCode(row.id, find_asked(installation, survey, row.question), row.text, suggested, row.quotable)


def code_comment(
    installation: Installation,
    comment_id: bytes,
    *,
    themes: Collection[str],
    quotable: bool,
    by: Person,
) -> None:
    """Keep which themes somebody saw in a comment, none of them too, and whether it may be quoted.

    Raises SurveyError: not_allowed, theme_unknown, comment_gone when it was taken back meanwhile.
    """
    check_can_do(Permission.CODE_COMMENTS, by=by)
    for theme in sorted(set(themes) - set(list_theme_codes(installation.settings))):
        raise SurveyError("theme_unknown", theme=theme[:40])
    coding = Coding(comment_id, by.name, tuple(sorted(themes)), installation.today())
    with installation.database.write() as connection:
        before = comments.find_readable(connection, comment_id)
        if before is None:
            raise SurveyError("comment_gone")
        comments.add_coding(connection, coding)
        audits.add_event(connection, "comment coded", comment_id.hex(), by=by.name, themes=len(coding.themes))
        if before.quotable != quotable:
            comments.set_quotable(connection, comment_id, quotable=quotable)
            action = "comment cleared to be quoted" if quotable else "comment no longer quoted"
            audits.add_event(connection, action, comment_id.hex(), by=by.name)
