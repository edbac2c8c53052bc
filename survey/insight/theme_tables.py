"""What were an area's comments of a period about, in which tone, and what has become commoner or rarer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.differences import Difference, compare_shares
from analysis.disclosure import Hidden, HiddenReason, Shown, round_count
from analysis.estimates import Estimate
from analysis.intervals import bound_share
from analysis.many_tests import find_claims
from analysis.periods import PeriodKind, list_periods, parse_period, shift_year
from analysis.theme_cells import THEMES_LEAST
from survey.comments.counting import Counts, Topic, read_counts
from survey.insight.comment_choice import CommentChoice
from survey.insight.shares import find_least, find_limit, say_share
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import themes
from survey.store.themes import PublishedThemes

TONES = ("positive", "mixed", "negative", "neutral", "uncertain", "not_assessed")
PERCENT = 100


@dataclass(frozen=True)
class Share:
    """A share of comments. `said` is whole per cent, or <5 and >95 where it is of few and near an end.

    `drawn` is the per cent that a bar is drawn to; `low` and `high` its 95 % interval, None where the share
    is only said to be below or above.
    """

    said: str
    drawn: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class ThemeRow:
    """A theme's share of the comments, and the tones of those that carry it, None where they are few."""

    theme: str
    share: Share
    tones: Mapping[str, Share] | None


@dataclass(frozen=True)
class ThemeChange:
    """A theme that was clearly commoner or rarer than in the period before, in per cent units."""

    theme: str
    difference: Difference


@dataclass(frozen=True)
class ThemeTable:
    """What an area's comments of a period were about. `comments` is in fives.

    `rows` are the commonest theme first; `unassigned` the comments in which none was found. `changes` are
    those that stand among all tests of the page, the largest first, against `before`, the period before;
    `before` is None where that is not shown or was read otherwise.
    """

    comments: int
    rows: tuple[ThemeRow, ...]
    unassigned: Share
    tones: Mapping[str, Share]
    topics: tuple[Topic, ...]
    changes: tuple[ThemeChange, ...] = ()
    before: str | None = None
    was_read_in_several_ways: bool = False


def find_published(installation: Installation, choice: CommentChoice) -> PublishedThemes | None:
    """What was published of a choice's area and period; None when nothing was."""
    return find_published_of(installation, choice.survey, choice.area, choice.period)


def find_published_of(
    installation: Installation, survey: str, area: str, period: str
) -> PublishedThemes | None:
    with installation.database.read() as connection:
        found = themes.list_published(connection, survey, areas=[area], periods=[period])
    return found[0] if found else None


def find_theme_table(
    installation: Installation, choice: CommentChoice, *, viewer: Person
) -> Shown[ThemeTable] | Hidden:
    """The themes of an area and period. Raises SurveyError not_allowed."""
    check_can_do(Permission.SEE_THEMES, by=viewer)
    published = find_published(installation, choice)
    if published is None or not is_shown(published):
        return Hidden(HiddenReason.NOT_TOLD, THEMES_LEAST)
    counts = read_counts(published.document)
    earlier = find_published_of(installation, choice.survey, choice.area, find_period_before(choice.period))
    comparable = earlier is not None and is_shown(earlier) and earlier.chain == published.chain
    return Shown(
        ThemeTable(
            comments=round_count(counts.comments),
            rows=tuple(make_row(theme, number, counts) for theme, number in rank_themes(counts)),
            unassigned=measure(counts.unassigned, counts.comments),
            tones={tone: measure(counts.tones.get(tone, 0), counts.comments) for tone in TONES},
            topics=tuple(replace(one, comments=round_count(one.comments)) for one in counts.topics),
            changes=find_changes(counts, read_counts(earlier.document)) if earlier and comparable else (),
            before=earlier.period if earlier and comparable else None,
            was_read_in_several_ways=" " in published.chain,
        )
    )


def is_shown(published: PublishedThemes) -> bool:
    return published.hidden is None and published.comments >= THEMES_LEAST


def find_period_before(code: str) -> str:
    """The quarter before a quarter, or the year before a year."""
    period = parse_period(code)
    if period.kind is PeriodKind.YEAR:
        return shift_year(code, -1)
    year = int(code[:4])
    quarters = list_periods(PeriodKind.QUARTER, f"{year - 1:04}-01", period.last)
    return quarters[-2].code


def rank_themes(counts: Counts) -> list[tuple[str, int]]:
    """The themes that somebody wrote about, the commonest first, then in the order of their codes."""
    return sorted(counts.themes.items(), key=lambda one: (-one[1], one[0]))


def make_row(theme: str, number: int, counts: Counts) -> ThemeRow:
    """A theme's row; its tones only where it has enough comments to be counted by them."""
    own = counts.theme_tones.get(theme, {})
    tones = {tone: measure(own.get(tone, 0), number) for tone in TONES} if number >= THEMES_LEAST else None
    return ThemeRow(theme, measure(number, counts.comments), tones)


def measure(number: int, of: int) -> Share:
    """A share with its Wilson interval, as it may be said of so many comments."""
    least = find_least(round_count(of))
    said = say_share(number / of, least)
    if said[0] in "<>":
        limit = find_limit(least)
        return Share(said, limit if said[0] == "<" else PERCENT - limit, None, None)
    low, high = (round(PERCENT * float(bound)) for bound in bound_share(number, of))
    return Share(said, round(PERCENT * number / of), low, high)


def find_changes(now: Counts, before: Counts) -> tuple[ThemeChange, ...]:
    """The themes whose shares differ for more than chance, among all that are compared; the largest first."""
    names = sorted({*now.themes, *before.themes})
    compared = [compare_shares(as_share(now, theme), as_share(before, theme)) for theme in names]
    claims = find_claims([one.p for one in compared])
    changes = [
        ThemeChange(theme, one)
        for theme, one, is_claimed in zip(names, compared, claims, strict=True)
        if is_claimed
    ]
    return tuple(sorted(changes, key=lambda one: (-abs(one.difference.points), one.theme)))


def as_share(counts: Counts, theme: str) -> Estimate:
    """A theme's share 0-100 of an area's comments."""
    share = PERCENT * counts.themes.get(theme, 0) / counts.comments
    return Estimate(counts.comments, share, None, None)
