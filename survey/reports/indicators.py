"""What have others measured in an area, as a table of a report?"""

from __future__ import annotations

from collections.abc import Iterator

from survey.indicators.find import ImportedSeries, find_indicators
from survey.language import pick_text
from survey.reports.document import Block, Heading, Paragraph, Table, Tone
from survey.reports.subject import Subject


def tell_indicators(subject: Subject) -> Iterator[Block]:
    """The latest value of each indicator with its source; nothing where none was loaded for the area."""
    words = subject.words
    rows = [
        row
        for one in find_indicators(subject.installation, [subject.area])
        if (row := make_row(subject, one)) is not None
    ]
    if not rows:
        return
    heads = ("indicator", "value", "period", "source")
    yield Heading(3, words.say("page.indicators"))
    told = tuple(words.say(f"report.indicator.{one}") for one in heads)  # keys: report.indicator.*
    yield Table("", told, tuple(rows), frozenset({1}))
    yield Paragraph(words.say("report.indicator.about"), Tone.SMALL)


def make_row(subject: Subject, one: ImportedSeries) -> tuple[str, ...] | None:
    """An indicator's latest value; None where the area has none."""
    words, line = subject.words, one.find_line(subject.area.code)
    if line is None or not line.known:
        return None
    period, value = line.known[-1]
    written = f"{words.number(value, one.decimals)} {one.unit}"
    return (pick_text(one.name, words.language.code), written, words.period(period), one.source)
