"""Is it so for everyone: prioritised groups against others, and who has answered?"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.disclosure import Hidden, Shown
from analysis.gaps import GapKind
from survey.insight.answered_sentences import is_counted, list_under, tell_basis
from survey.insight.gaps import GapFigure, Groups, find_groups
from survey.insight.group_choice import GroupChoice
from survey.insight.group_sentences import GroupTeller
from survey.insight.representation import Representation, find_latest_representation
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.reports.document import Block, Paragraph, Table, Tone
from survey.reports.subject import Subject

CHANGED = (GapKind.LARGER, GapKind.TURNED, GapKind.SMALLER)
CLEAR = (GapKind.UNCHANGED, GapKind.ONE_PERIOD)


def find_gaps(subject: Subject, some: Sequence[Series]) -> list[GroupTeller]:
    """The gaps of some dimensions, each as its own page tells them; none before a half-year is published."""
    found: list[Groups | None] = [
        find_groups(
            subject.installation,
            GroupChoice(subject.wish.survey, subject.area.code, series.dimension.id),
            viewer=subject.viewer,
        )
        for series in some
    ]
    return [GroupTeller(subject.words, one) for one in found if one is not None]


def make_gap_table(subject: Subject, tellers: Sequence[GroupTeller]) -> Table | None:
    """A row for each dimension and a column for each prioritised group; None where there are no groups."""
    if not tellers or not tellers[0].groups.gaps:
        return None
    words = subject.words
    names = [tellers[0].name_group(one) for one in tellers[0].groups.gaps]
    rows = tuple(
        (teller.dimension, *(tell_gap_briefly(teller, one) for one in teller.groups.gaps))
        for teller in tellers
    )
    return Table(words.say("report.gaps_caption"), (words.say("report.gaps_head"), *names), rows)


def tell_gap_briefly(teller: GroupTeller, figure: GapFigure) -> str:
    """The latest gap with its ends and whether it is clear; why there is none where there is none."""
    words, now = teller.words, figure.measured.now
    if now is None or not isinstance(now.gap, Shown):
        hidden = any(isinstance(one.gap, Hidden) for one in figure.points)
        return words.say("report.gap_hidden" if hidden else "report.gap_none")
    gap = now.gap.value
    facts = {"points": write_signed(teller, gap.points), "period": words.period(now.period)}
    if gap.low is None or gap.high is None:
        return words.say("report.gap_plain", **facts)
    is_clear = figure.kind in (*CHANGED, *CLEAR)
    key = "report.gap_clear" if is_clear else "report.gap_unclear"
    ends = {"low": write_signed(teller, gap.low), "high": write_signed(teller, gap.high)}
    return words.say(key, **facts, **ends)  # keys: report.gap_clear, report.gap_unclear


def write_signed(teller: GroupTeller, points: float) -> str:
    """A difference with its sign: +3,2, −1,0 or 0."""
    written = teller.write_number(points)
    return f"+{written}" if points > 0 else written


def list_clear_gaps(tellers: Sequence[GroupTeller]) -> list[str]:
    """The sentences of gaps that have changed, then of those that are clear, as their pages tell them."""
    return [
        teller.tell_gap(figure)
        for kinds in (CHANGED, CLEAR)
        for teller in tellers
        for figure in teller.groups.gaps
        if figure.kind in kinds
    ]


def find_answered(subject: Subject) -> Representation | None:
    return find_latest_representation(
        subject.installation,
        survey=subject.wish.survey,
        area=subject.area.code,
        last=subject.wish.last,
        viewer=subject.viewer,
    )


def tell_answered(subject: Subject, teller: Teller) -> list[Block]:
    """Who has answered, and a warning where a group has less than half the say its size would give it."""
    words, found = subject.words, find_answered(subject)
    if found is None:
        return [Paragraph(words.say("report.answered_not_yet"))]
    told: list[Block] = [Paragraph(" ".join(tell_basis(teller, found)))]
    under = [name for variable in found.variables for name in list_under(teller, variable)]
    if under:
        warning = words.say("trends.who_under", groups=", ".join(under))
        told.append(Paragraph(warning, Tone.WARNING))
    elif found.has_shares and is_counted(found):
        told.append(Paragraph(words.say("trends.who_fine")))
    return told
