"""The committee page: are we moving towards what we promised, for everyone, and what have we done?

One A4. It comes as several versions, each a little shorter (survey/reports/fitting.py); the press takes the
longest that has room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.line_picture import PictureSize
from survey.insight.news import list_news
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.told import tell_target
from survey.reports.deeds import list_deeds, name_dimensions, tell_deed
from survey.reports.document import Block, Bullets, Columns, Document, Heading, Paragraph, Tone
from survey.reports.everyone import find_gaps, list_clear_gaps, make_gap_table, tell_answered
from survey.reports.fitting import WHOLE, Part, list_versions, shorten, split_rows
from survey.reports.lines import align_pictures, draw_key_of, draw_series, list_line_notes, tell_latest
from survey.reports.promises import list_promises
from survey.reports.sources import tell_sources
from survey.reports.subject import Subject, find_best_lines, list_headlines

PICTURE = PictureSize(width=320, scores=100, text=15)  # 56 mm wide on paper: text of 7 points
KEY_WIDTH, KEY_TEXT = 1000, 14
MOST_IN_ROW = 330  # letters of a row in a list
MOST_IN_LINE = 260  # letters of a sentence under a picture
MOST_IN_NAME = 80
MOST_IN_SOURCES = 1_100
LEFT, RIGHT = 0, 1
NEWS, GOALS, GAPS, NOTES, DEEDS, PROMISES = "news", "goals", "gaps", "notes", "deeds", "promises"


def make_committee_pages(subject: Subject) -> list[Document]:
    """The page, then ever shorter versions of it. Raises SurveyError span_outside, span_without_period."""
    teller = find_best_lines(subject)
    headlines = list_headlines(teller.trends)
    fixed = Fixed(subject, teller, headlines)
    return [fixed.make(parts) for parts in list_versions(list_parts(subject, teller, headlines, fixed))]


class Fixed:
    """What stands on every version of a page, worked out once."""

    def __init__(self, subject: Subject, teller: Teller, headlines: tuple[Series, ...]) -> None:
        self.subject, self.teller, self.headlines = subject, teller, headlines
        self.gaps = find_gaps(subject, headlines)
        self.gap_table = make_gap_table(subject, self.gaps)
        self.answered = tell_answered(subject, teller)
        self.size = align_pictures(teller, headlines, PICTURE)
        self.pictures = Columns(tuple(tuple(self.draw_headline(one)) for one in headlines))
        self.key = draw_key_of(teller, headlines, width=KEY_WIDTH, text=KEY_TEXT)
        self.sources = shorten(tell_sources(subject, teller, headlines), MOST_IN_SOURCES)

    def draw_headline(self, series: Series) -> Iterator[Block]:
        """A headline: its name, its picture, its latest figure, and what it says."""
        yield Heading(2, self.teller.name_dimension(series))
        yield draw_series(self.teller, series, self.size)
        yield Paragraph(tell_latest(self.teller, series), Tone.SMALL)
        yield Paragraph(shorten(self.teller.tell_line(series), MOST_IN_LINE))

    def make(self, parts: Sequence[Part]) -> Document:
        """The page with these lists."""
        words, by_key = self.subject.words, {part.key: part for part in parts}
        blocks: list[Block] = [*self.tell_readers()]
        blocks += [Heading(1, words.say("report.committee.moving")), Bullets(by_key[NEWS].rows)]
        blocks += [self.pictures, *([self.key] if self.key is not None else [])]
        blocks += [Paragraph(row, Tone.SMALL) for row in by_key[NOTES].rows]
        blocks.append(Columns((tuple(self.tell_left(by_key)), tuple(self.tell_right(by_key)))))
        blocks += self.tell_promises(by_key[PROMISES])
        left_out = self.tell_left_out(parts)
        blocks += [Paragraph(left_out, Tone.SMALL)] if left_out else []
        blocks.append(Paragraph(self.sources, Tone.SMALL, label=words.say("report.sources")))
        name = shorten(self.subject.name, MOST_IN_NAME)
        return Document(
            title=words.say("report.committee.title", name=name),
            about=tell_about(self.subject, self.teller),
            language=words.language.code[:2],
            footer=tell_footer(self.subject),
            contents="",
            page_of=words.say("report.page_of"),
            blocks=tuple(blocks),
            is_one_page=True,
        )

    def tell_readers(self) -> Iterator[Block]:
        """That a paper with signed-in figures is for inside use."""
        if not self.subject.is_public:
            threshold = self.subject.words.number(self.teller.trends.threshold)
            yield Paragraph(self.subject.words.say("report.inside", threshold=threshold), Tone.WARNING)

    def tell_left(self, parts: dict[str, Part]) -> Iterator[Block]:
        """Goals, and whether it is so for everyone."""
        words = self.subject.words
        yield Heading(1, words.say("report.committee.goals"))
        yield from write_rows(parts[GOALS], words.say("report.goals_none"))
        yield Heading(1, words.say("report.committee.everyone"))
        if self.gap_table is not None:
            yield self.gap_table
        if parts[GAPS].rows:
            yield Bullets(parts[GAPS].rows)
        elif self.gap_table is None:
            yield Paragraph(words.say("report.gaps_not_yet"))

    def tell_right(self, parts: dict[str, Part]) -> Iterator[Block]:
        """What has been done, that it may not be why, and who has answered."""
        words = self.subject.words
        yield Heading(1, words.say("report.committee.done"))
        yield from write_rows(parts[DEEDS], words.say("report.deeds_none"))
        if parts[DEEDS].rows:
            yield Paragraph(words.say("plan.not_because"), Tone.SMALL)
        yield Heading(1, words.say("report.answered"))
        yield from self.answered

    def tell_promises(self, part: Part) -> Iterator[Block]:
        """What was promised, in two columns."""
        words = self.subject.words
        yield Heading(1, words.say("report.committee.promised"))
        first, second = split_rows(part.rows)
        if first and second:
            yield Columns(((Bullets(first),), (Bullets(second),)))
        else:
            yield from write_rows(part, words.say("report.promises_none"))

    def tell_left_out(self, parts: Sequence[Part]) -> str:
        """What had no room and where it stands; empty where everything had."""
        words = self.subject.words
        told = [
            words.count(f"report.left_out.{part.key}", part.left_out)  # keys: report.left_out.*
            for part in parts
            if part.left_out
        ]
        return words.say("report.left_out", told="; ".join(told)) if told else ""


def write_rows(part: Part, none: str) -> Iterator[Block]:
    yield Bullets(part.rows) if part.rows else Paragraph(none)


def tell_about(subject: Subject, teller: Teller) -> str:
    """Which survey, area, time and kind of period; and what the numbers are."""
    words, choice = subject.words, teller.trends.choice
    return words.say(
        "report.about",
        survey=subject.name_survey(),
        area=subject.area.name,
        first=words.month(choice.first),
        last=words.month(choice.last),
        kind=words.say(f"trends.kind.{choice.kind}").lower(),  # keys: trends.kind.*
    )


def tell_footer(subject: Subject) -> str:
    """Who made the paper, on which day, and who may read it."""
    words = subject.words
    key = "report.footer_public" if subject.is_public else "report.footer_inside"
    name = subject.installation.settings.installation_name
    return words.say(key, name=name, day=words.day(subject.installation.today()))  # keys: report.footer_*


def list_parts(
    subject: Subject, teller: Teller, headlines: tuple[Series, ...], fixed: Fixed
) -> tuple[Part, ...]:
    """The lists of the page, the most important of each first."""
    names = name_dimensions(subject)
    notes = [note for series in headlines for note in list_line_notes(teller, series)]
    deeds = [tell_deed(subject, one, names) for one in list_deeds(subject)]
    return (
        Part(NEWS, WHOLE, trim(list_news(teller)), least=1, rows_above=0),
        Part(NOTES, WHOLE, trim(list(dict.fromkeys(notes))), least=0, rows_above=0),
        Part(GOALS, LEFT, trim(list_goal_rows(teller)), least=1),
        Part(GAPS, LEFT, trim(list_clear_gaps(fixed.gaps)), least=0, rows_above=12),
        Part(DEEDS, RIGHT, trim(deeds), least=1, rows_above=11),
        Part(PROMISES, WHOLE, trim(list_promises(subject)), least=1),
    )


def list_goal_rows(teller: Teller) -> list[str]:
    """How each line with a goal stands to it; the headlines first."""
    found: list[str] = []
    for series in teller.trends.series:
        if series.goal is not None and series.change is not None:
            said = tell_target(teller.words, series.change, series.goal.target, until=series.goal.due)
            found.append(teller.words.say("report.goal", dimension=teller.name_dimension(series), told=said))
    return found


def trim(rows: Sequence[str]) -> tuple[str, ...]:
    return tuple(shorten(row, MOST_IN_ROW) for row in rows)
