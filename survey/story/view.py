"""What stands in each chapter of a story, ready to be drawn?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from analysis.disclosure import Cell, Hidden, Shown
from analysis.estimates import Estimate
from analysis.gaps import GapKind
from survey.areas import Area
from survey.definition.model import Text
from survey.insight.gaps import GapFigure
from survey.insight.kept import keep
from survey.insight.told import tell_done, tell_start
from survey.installation import Installation
from survey.language import Words, pick_text
from survey.light.happened import Story as ToldProposal
from survey.light.happened import tell_story
from survey.proposals.happened import Happened
from survey.story.gaps import is_clear
from survey.story.moves import CHANGED, Line
from survey.story.pictures import draw_gap, draw_line, draw_scale
from survey.story.story import MOST_STORIES, Chapter, Story
from survey.story.telling import (
    name_dimension,
    tell_gap,
    tell_gap_interval,
    tell_measured,
    tell_move,
    tell_share,
    tell_state,
    tell_why_hidden,
    tell_why_no_gap,
)

MOST_OTHER_LINES = 4  # lines of dimensions that are no headlines
Worded = tuple[str, str]  # a text and its language, empty where it is the page's


@dataclass(frozen=True)
class LineView:
    """A line: its caption, its picture, what it says, and its numbers as a table with heads."""

    caption: str
    picture: Markup
    told: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class GapView:
    """A group beside the others."""

    told: str
    interval: str
    picture: Markup


@dataclass(frozen=True)
class ChapterView:
    """A dimension's chapter. `big` is its number, empty where it is not shown: then `instead` stands there,
    and `why` says why."""

    key: str
    name: str
    is_headline: bool
    is_hidden: bool
    big: str
    instead: str
    why: str
    told: str
    of_period: str
    scale: Markup
    share: str
    questions: tuple[Worded, ...]
    measured: tuple[str, ...]
    line: LineView | None
    gaps: tuple[GapView, ...]
    state: str
    promises: tuple[Worded, ...] = ()
    decided: tuple[ToldProposal, ...] = ()


def view_chapters(installation: Installation, story: Story, words: Words) -> tuple[ChapterView, ...]:
    """Every chapter in the order of the story: its figures as they were drawn once, what was decided anew."""
    lines = choose_lines(story.chapters)
    drawn = keep(
        installation.database,
        (story.key, words.language.code),
        lambda: tuple(
            view_chapter(story, one, words, draws_line=one.dimension.id in lines) for one in story.chapters
        ),
        shelf="story drawn",
        most=MOST_STORIES,
    )
    return tuple(
        replace(
            view,
            promises=tuple(word_text(words, item.text) for item in one.promises),
            decided=view_decided(installation, one.decided, story.area, words),
        )
        for view, one in zip(drawn, story.chapters, strict=True)
    )


def choose_lines(chapters: Sequence[Chapter]) -> set[str]:
    """The dimensions whose lines are drawn: the headlines, and the first few of those that have changed.

    Elsewhere the number and its sentence say it, so that the page stays light on a phone.
    """
    headlines = [one.dimension.id for one in chapters if one.is_headline]
    changed = [one.dimension.id for one in chapters if one.line.move.kind in CHANGED]
    others = [one for one in changed if one not in headlines]
    return {*headlines, *others[:MOST_OTHER_LINES]}


def view_chapter(story: Story, one: Chapter, words: Words, *, draws_line: bool) -> ChapterView:
    """One chapter in the reader's language, without what was promised and decided."""
    key, name = one.dimension.id, name_dimension(words, one.dimension)
    return ChapterView(
        key=key,
        name=name,
        is_headline=one.is_headline,
        is_hidden=one.is_hidden,
        big="" if one.number.mean is None else words.number(one.number.mean),
        instead=words.say("light.story.no_number" if one.is_hidden else "light.story.no_answers"),
        why=tell_why_hidden(words, one.number),
        told=tell_move(words, one.line.move, name=name),
        of_period=tell_of_period(words, story, one),
        scale=hold(draw_scale(words, one.number, name=name, key=key)),
        share=tell_share(words, one.number.share),
        questions=tuple(word_text(words, question.text) for question in one.questions),
        measured=tuple(tell_measured(words, one.number, one.gaps)),
        line=view_line(words, one.line, name=name, key=key) if draws_line else None,
        gaps=view_gaps(words, one),
        state=tell_state(words, one),
    )


def hold(picture: str) -> Markup:
    """A picture as a template draws it: our own hand wrote it, and escaped every text in it."""
    return Markup(picture)  # noqa: S704


def tell_of_period(words: Words, story: Story, one: Chapter) -> str:
    """Which time a number is of, where it is not the story's own; empty where it is, or none is shown."""
    if one.number.mean is None or one.number.period == story.year.period:
        return ""
    period = words.period(one.number.period)
    is_whole = story.year.is_whole
    return words.say(
        "light.story.other_period" if is_whole else "light.story.other_period_running", period=period
    )


def word_text(words: Words, text: Text) -> Worded:
    """A text of a survey or the strategy map, and the language it is in where that is not the reader's."""
    language = words.language
    has_own = language.code in text or language.falls_back_to in text or not text
    return pick_text(text, language.code), "" if has_own else "sv"


def view_line(words: Words, line: Line, *, name: str, key: str) -> LineView | None:
    """A line with its picture and table; None where there are not two numbers to draw one between."""
    series = line.series
    if series is None or line.kind is None:
        return None
    points = series.line.points
    if len([one for one in points if isinstance(one.cell, Shown)]) < 2:
        return None
    told = " ".join(tell_line(words, line))
    columns = ("period", "mean", "interval", "n")
    return LineView(
        caption=words.say(f"light.story.line.{line.kind}", name=name),  # keys: light.story.line.*
        picture=hold(draw_line(words, line, name=name, key=key, told=told)),
        told=told,
        notes=tuple(list_notes(words, line)),
        heads=tuple(words.say(f"light.story.column.{one}") for one in columns),  # keys: light.story.column.*
        rows=tuple(write_row(words, point.period, point.cell) for point in points),
    )


def tell_line(words: Words, line: Line) -> Iterator[str]:
    """From when to when a line is drawn, what chance may give, and how much of it is hidden."""
    if line.series is None:
        return
    points, change = line.series.line.points, line.series.change
    ends = {"first": words.period(points[0].period), "last": words.period(points[-1].period)}
    yield words.say("light.story.line_shows", **ends)
    if change is not None and change.centre is not None and not change.is_on_trial:
        yield words.say("light.story.line_limits", centre=words.number(change.centre))
    else:
        yield words.say("light.story.line_few")
    hidden = len([one for one in points if isinstance(one.cell, Hidden)])
    if hidden:
        yield words.count("light.story.line_hidden", hidden)


def list_notes(words: Words, line: Line) -> Iterator[str]:
    """What the signs above a line stand for: new questions, new limits, and what was done."""
    if line.series is None:
        return
    drawn = {one.period for one in line.series.line.points}
    change = line.series.change
    starts = () if change is None else change.starts
    yield from (tell_start(words, one) for one in starts if one.period in drawn)
    yield from (tell_done(words, one) for one in line.series.done if one.period is not None)


def write_row(words: Words, period: str, cell: Cell[Estimate]) -> tuple[str, ...]:
    """A period of a line as a row of its table."""
    when = words.period(period)
    if not isinstance(cell, Shown):
        is_hidden = isinstance(cell, Hidden)
        return (when, words.say("light.story.cell_hidden" if is_hidden else "light.story.cell_none"), "", "")
    found = cell.value
    interval = ""
    if found.low is not None and found.high is not None:
        ends = {"low": words.number(found.low), "high": words.number(found.high)}
        interval = words.say("light.story.interval", **ends)
    return (when, words.number(found.mean), interval, words.number(found.n))


def view_gaps(words: Words, chapter: Chapter) -> tuple[GapView, ...]:
    """Each group beside the others; one sentence where of none anything can be said, and none where nothing
    of the dimension is shown either."""
    gaps = chapter.gaps
    if gaps and all(one.kind is GapKind.CANNOT_SAY for one in gaps):
        if chapter.number.mean is None:
            return ()
        why = tell_why_no_gap(words, gaps[0])
        return (GapView(words.say("light.story.gaps_cannot_say", why=why), "", hold("")),)
    return tuple(view_gap(words, one, chapter) for one in gaps)


def view_gap(words: Words, gap: GapFigure, chapter: Chapter) -> GapView:
    """A group beside the others, with a picture where they clearly differ in a headline."""
    is_drawn = chapter.is_headline and is_clear(gap)
    picture = draw_gap(words, gap, key=chapter.dimension.id) if is_drawn else ""
    return GapView(tell_gap(words, gap), tell_gap_interval(words, gap), hold(picture))


def view_decided(
    installation: Installation, some: Sequence[Happened], area: Area, words: Words
) -> tuple[ToldProposal, ...]:
    """What was decided and done, as on the page Vad hände sen."""
    return tuple(tell_story(installation, one, area, words) for one in some)
