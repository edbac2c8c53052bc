"""What does a programme report say of one area?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.line_picture import PictureSize
from analysis.lines import list_shown
from survey.insight.news import list_news
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.reports.committee import list_goal_rows
from survey.reports.deeds import list_deeds, name_dimensions, tell_deed
from survey.reports.document import Block, Bullets, Columns, Heading, Paragraph, Table, Tone
from survey.reports.everyone import find_gaps, list_clear_gaps, make_gap_table, tell_answered
from survey.reports.indicators import tell_indicators
from survey.reports.lines import align_pictures, draw_key_of, draw_series, list_line_notes
from survey.reports.sources import tell_sources
from survey.reports.subject import Subject, list_headlines

PICTURE = PictureSize(width=320, scores=110, text=16)
KEY_WIDTH, KEY_TEXT = 900, 14
HEADS = ("dimension", "first", "last", "n", "goes")


@dataclass(frozen=True)
class Chapter:
    """An area's part of the report."""

    blocks: tuple[Block, ...]


def make_chapter(subject: Subject, teller: Teller) -> Chapter:
    """Development, goals, for everyone, who answered, what was done, and where the numbers come from."""
    words, headlines = subject.words, list_headlines(teller.trends)
    return Chapter(
        (
            Heading(2, subject.area.name),
            Bullets(tuple(list_news(teller))),
            *draw_headlines(teller, headlines),
            make_table(teller),
            *tell_goals(teller),
            *tell_everyone(subject, headlines),
            *tell_answered_under(subject, teller),
            *tell_done(subject),
            *tell_indicators(subject),
            Paragraph(tell_sources(subject, teller, headlines), Tone.SMALL, words.say("report.sources")),
        )
    )


def draw_headlines(teller: Teller, headlines: tuple[Series, ...]) -> Iterator[Block]:
    """The three pictures beside each other, each with its sentence; their key and notes."""
    size = align_pictures(teller, headlines, PICTURE)
    yield Columns(
        tuple(
            (
                Heading(3, teller.name_dimension(one)),
                draw_series(teller, one, size),
                Paragraph(teller.tell_line(one)),
            )
            for one in headlines
        )
    )
    key = draw_key_of(teller, headlines, width=KEY_WIDTH, text=KEY_TEXT)
    if key is not None:
        yield key
    for note in dict.fromkeys(note for one in headlines for note in list_line_notes(teller, one)):
        yield Paragraph(note, Tone.SMALL)


def make_table(teller: Teller) -> Table:
    """A row for each dimension: its first and its latest figure in the span, and how it goes."""
    words = teller.words
    heads = tuple(words.say(f"report.table.{one}") for one in HEADS)  # keys: report.table.*
    rows = tuple(make_row(teller, one) for one in teller.trends.series if one.is_asked)
    caption = words.say("report.table.caption", area=teller.trends.area.name)
    return Table(caption, heads, rows, frozenset({1, 2, 3}))


def make_row(teller: Teller, series: Series) -> tuple[str, ...]:
    """The figures of a dimension; in words that none is shown."""
    words, shown = teller.words, list_shown(series.line.points)
    name, goes = teller.name_dimension(series), tell_standing(teller, series)
    if not shown:
        none = words.say("report.table.none")
        return (name, none, none, "", goes)
    first, last = next(iter(shown)), next(reversed(shown))
    ends = [write_figure(teller, one, shown[one].mean) for one in (first, last)]
    return (name, *ends, words.number(shown[last].n), goes)


def write_figure(teller: Teller, period: str, mean: float) -> str:
    """A figure with its period."""
    words = teller.words
    return words.say("report.table.figure", mean=teller.write_number(mean), period=words.period(period))


def tell_briefly(teller: Teller, series: Series) -> str:
    """A line's latest figure and how it goes; that none is shown where none is."""
    shown = list_shown(series.line.points)
    if not shown:
        return teller.words.say("report.table.none")
    last = next(reversed(shown))
    figure = write_figure(teller, last, shown[last].mean)
    return teller.words.say("report.table.briefly", figure=figure, goes=tell_standing(teller, series))


def tell_standing(teller: Teller, series: Series) -> str:
    """How a line goes, in a few words."""
    words = teller.words
    if series.change is None or not list_shown(series.line.points):
        return words.say("report.standing.too_few")
    return words.say(f"report.standing.{series.change.kind}")  # keys: report.standing.*


def tell_goals(teller: Teller) -> Iterator[Block]:
    rows = tuple(list_goal_rows(teller))
    if rows:
        yield Heading(3, teller.words.say("report.committee.goals"))
        yield Bullets(rows)


def tell_everyone(subject: Subject, headlines: tuple[Series, ...]) -> Iterator[Block]:
    """The gaps of the headlines; that they cannot be shown yet where they cannot."""
    words, gaps = subject.words, find_gaps(subject, headlines)
    yield Heading(3, words.say("report.committee.everyone"))
    table = make_gap_table(subject, gaps)
    if table is None:
        yield Paragraph(words.say("report.gaps_not_yet"))
        return
    yield table
    clear = tuple(list_clear_gaps(gaps))
    if clear:
        yield Bullets(clear)


def tell_answered_under(subject: Subject, teller: Teller) -> Iterator[Block]:
    yield Heading(3, subject.words.say("report.answered"))
    yield from tell_answered(subject, teller)


def tell_done(subject: Subject) -> Iterator[Block]:
    """What is done in the area itself; its county's stands in a chapter of its own."""
    names, words = name_dimensions(subject), subject.words
    own = [one for one in list_deeds(subject) if one.action.area == subject.area.code]
    yield Heading(3, words.say("report.committee.done"))
    if not own:
        yield Paragraph(words.say("report.deeds_none"))
        return
    yield Bullets(tuple(tell_deed(subject, one, names) for one in own))
    yield Paragraph(words.say("plan.not_because"), Tone.SMALL)
