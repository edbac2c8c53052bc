"""How do the published cells become a workbook that is ready to read: figures, codes and method?"""

# XlsxWriter carries no types that are complete.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import cast

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.scores import POSITIVE_FROM
from analysis.tables import neutralise_cell
from survey.definition.model import Text
from survey.insight.open_data.cells import HIDDEN_MARK, POSITIVE, Row
from survey.insight.open_data.coded import Coded, list_entries, read_notes, read_title
from survey.insight.open_data.meanings import WRITTEN_IN, Entry, say_text
from survey.language import DEFAULT_LANGUAGE, Words, speak

MOST_ROWS = 1_048_575  # of a sheet, beside its header: what the format can hold
MOST_SIGNS = 32_767  # of a cell: what the format can hold
# Heads of the columns and their widths in signs; the codes stand beside what they mean. Each answer to a
# question has a column of its own after these: a row for each would be seven times as long to scroll.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("area", 26),
    ("area_code", 12),
    ("period", 11),
    ("group", 34),
    ("group_code", 22),
    ("measure", 60),
    ("measure_code", 26),
    ("n", 9),
    ("value", 9),
    ("low", 9),
    ("high", 9),
    ("positive", 9),
    ("positive_low", 9),
    ("positive_high", 9),
)
ANSWER_WIDTH = 8
CODE_WIDTHS, METHOD_WIDTHS = (14, 30, 70, 70), (24, 110)
REVISION_COLUMNS = ("month", "revision", "published", "reason", "method", "code_version", "checksum")
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass
class Book:
    """A workbook that is being written, in the language of its heads."""

    book: Workbook
    words: Words
    head: Format
    wrapped: Format
    number: Format
    sheets: dict[str, int] = field(default_factory=dict[str, int])

    def open_sheet(
        self, name: str, heads: Sequence[str], widths: Sequence[int], *, filtered: int = 0
    ) -> Worksheet:
        """A sheet with a header that stays when one scrolls; the second of a name gets a number."""
        self.sheets[name] = self.sheets.get(name, 0) + 1
        many = self.sheets[name]
        sheet = self.book.add_worksheet(name if many == 1 else f"{name} {many}")
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, self.head)
        sheet.freeze_panes(1, 0)
        if filtered:
            sheet.autofilter(0, 0, filtered, len(heads) - 1)
        return sheet


def write_workbook(
    path: Path,
    rows: Iterable[Row],
    codebook: Entry,
    coded: Mapping[str, Coded],
    traced: Mapping[str, str],
    *,
    made: datetime,
) -> int:
    """The workbook; how many rows of figures it has. They go on in another sheet where one is full."""
    words = speak(DEFAULT_LANGUAGE)
    with Workbook(str(path), SAFE) as book:
        title = read_title(codebook).get(DEFAULT_LANGUAGE, "")
        book.set_properties({"title": title, "comments": traced["publications"], "created": made})
        whole = Book(
            book,
            words,
            book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": "0", "align": "right"}),
        )
        written = write_figures(whole, rows, codebook, coded)
        write_codes(whole, coded)
        write_method(whole, codebook, traced)
    return written


def write_figures(whole: Book, rows: Iterable[Row], codebook: Entry, coded: Mapping[str, Coded]) -> int:
    """The sheet of figures: a row for each area, period, group and what is measured."""
    say, answers = whole.words.say, list_answer_codes(coded["measure"])
    heads = [
        say(f"open_data.head.{name}", score=round(POSITIVE_FROM)) for name, _ in COLUMNS
    ]  # keys: open_data.head.*
    heads += [say("open_data.head.answer", code=code) for code in answers]
    widths = [*(width for _, width in COLUMNS), *[ANSWER_WIDTH] * len(answers)]
    name = say("open_data.sheet.figures")
    labels = (label_codes(coded["area"]), label_codes(coded["group"]), label_measures(codebook))
    places = {code: place for place, code in enumerate(answers, len(COLUMNS))}
    written, sheet = 0, whole.open_sheet(name, heads, widths, filtered=MOST_ROWS)
    for _, together in groupby(rows, key=find_measured):
        if written and written % MOST_ROWS == 0:
            sheet = whole.open_sheet(name, heads, widths, filtered=MOST_ROWS)
        write_measured(sheet, written % MOST_ROWS + 1, list(together), labels, places, whole.number)
        written += 1
    return written


def find_measured(row: Row) -> tuple[str, str, str, str]:
    """Where a row is and what it measures: the mean, the positive share and the answers are of the same."""
    return (row.area, row.period, row.group, row.measure.partition(":")[0])


def list_answer_codes(measures: Coded) -> tuple[str, ...]:
    """The answers that some question has, in the order of the codebook."""
    parts = (code.partition(":")[2] for code in measures.texts)
    return tuple(dict.fromkeys(one for one in parts if one not in ("", POSITIVE)))


def label_codes(codes: Coded) -> dict[str, str]:
    """What each code is called, as a cell may hold it."""
    return {code: fit(codes.say(code, DEFAULT_LANGUAGE)) for code in codes.texts}


def label_measures(codebook: Entry) -> dict[str, str]:
    """What each measure is called, without how it is computed, which the heads say."""
    entries = list_entries(codebook, "measures")
    return {str(one["code"]): fit(say_text(cast(Text, one["text"]), DEFAULT_LANGUAGE)) for one in entries}


def write_measured(
    sheet: Worksheet,
    line: int,
    rows: Sequence[Row],
    labels: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]],
    answers: Mapping[str, int],
    number: Format,
) -> None:
    """What is measured at one place as one row: the mean, the positive share, the share of each answer."""
    areas, groups, measures = labels
    first = rows[0]
    measure = first.measure.partition(":")[0]
    texts = (areas[first.area], first.area, first.period, groups[first.group], first.group)
    for column, text in enumerate((*texts, measures.get(measure, measure), measure)):
        sheet.write_string(line, column, text)
    at = len(texts) + 2
    for row in rows:
        part = row.measure.partition(":")[2]
        if not part:
            write_numbers(sheet, line, at, (row.n, row.value, row.low, row.high), number)
        elif part == POSITIVE:
            write_numbers(sheet, line, at + 4, (row.value, row.low, row.high), number)
        else:
            write_numbers(sheet, line, answers[part], (row.value,), number)


def write_numbers(sheet: Worksheet, line: int, at: int, texts: Sequence[str], number: Format) -> None:
    """Numbers as numbers; .. and <5 stand as they are and are no numbers."""
    for column, text in enumerate(texts, at):
        if text.isdecimal():
            sheet.write_number(line, column, int(text), number)
        elif text:
            sheet.write_string(line, column, text, number)


def write_codes(whole: Book, coded: Mapping[str, Coded]) -> None:
    """What every code means, in both languages."""
    say = whole.words.say
    heads = [say("open_data.head.column"), say("open_data.head.code"), *map(name_language, WRITTEN_IN)]
    sheet = whole.open_sheet(say("open_data.sheet.codes"), heads, CODE_WIDTHS)
    for line, texts in enumerate(list_codes(coded), 1):
        for column, text in enumerate(texts):
            sheet.write_string(line, column, fit(text), whole.wrapped)


def list_codes(coded: Mapping[str, Coded]) -> Iterator[tuple[str, ...]]:
    for column, codes in coded.items():
        for code in codes.texts:
            yield (column, code, *(codes.say(code, language) for language in WRITTEN_IN))


def write_method(whole: Book, codebook: Entry, traced: Mapping[str, str]) -> None:
    """What holds for all of it, where it comes from, and every revision."""
    say = whole.words.say
    sheet = whole.open_sheet(
        say("open_data.sheet.method"),
        [say("open_data.head.about"), say("open_data.head.text")],
        METHOD_WIDTHS,
    )
    lines = [*list_method(codebook, whole.words), *traced.items()]
    lines += [("revision", describe_revision(one)) for one in list_entries(codebook, "revisions")]
    for line, texts in enumerate(lines, 1):
        for column, text in enumerate(texts):
            sheet.write_string(line, column, fit(text), whole.wrapped)


def list_method(codebook: Entry, words: Words) -> Iterator[tuple[str, str]]:
    """The notes in both languages, and what the marks say."""
    for language in WRITTEN_IN:
        for note, texts in read_notes(codebook).items():
            yield f"{note} ({language})", texts.get(language, "")
    yield HIDDEN_MARK, words.say("open_data.status.hidden")
    yield "<5, >95", words.say("open_data.mark.bound")


def describe_revision(one: Entry) -> str:
    return ", ".join(f"{name}: {one[name]}" for name in REVISION_COLUMNS if one[name] not in ("", None))


def name_language(code: str) -> str:
    return speak(code).language.name


def fit(text: str) -> str:
    """A text that no program runs, not even saved as CSV from the workbook, and that fits."""
    return neutralise_cell(text)[:MOST_SIGNS]
