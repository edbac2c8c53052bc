"""The same content as a chart, as rows: for people who read or listen to numbers, and for spreadsheets."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure import Cell, Hidden, NoAnswers
from analysis.estimates import Estimate
from analysis.lines import TrendLine, align_cells, list_codes

Row = tuple[str, ...]

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins so is run as a formula, or may be after the program has tidied it."""
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(?:[ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class TableWords:
    """The table's words, already in the reader's language.

    `period` to `n` head the columns; `no_answers` and `no_interval` stand where there is none; `label_period`
    writes a period code for the reader; `say_hidden` says why a cell is hidden.
    """

    period: str
    low: str
    high: str
    n: str
    no_answers: str
    no_interval: str
    label_period: Callable[[str], str]
    say_hidden: Callable[[Hidden], str]


def make_trend_header(line: TrendLine, compared: TrendLine | None, *, words: TableWords) -> Row:
    """The heads of the columns of `make_trend_rows`; the means stand under the lines' own names."""
    header = (words.period, line.label, words.low, words.high, words.n)
    return header if compared is None else (*header, compared.label)


def make_trend_rows(
    line: TrendLine, compared: TrendLine | None, *, words: TableWords, show: Callable[[float], str]
) -> list[Row]:
    """One row for each period of the chart, in order of time: period, mean, low, high, n, compared mean.

    `show` writes a number for the reader. A mean that is hidden or that nobody's answers make is said in
    words, and its other columns are empty; it is never a number.

    Raises ValueError when the points are not one cell each of one kind of period.
    """
    codes = list_codes([line] if compared is None else [line, compared])
    rows = [
        (words.label_period(code), *_write_cell(cell, words, show))
        for code, cell in zip(codes, align_cells(line, codes), strict=True)
    ]
    if compared is None:
        return rows
    others = [_write_cell(cell, words, show)[0] for cell in align_cells(compared, codes)]
    return [(*row, other) for row, other in zip(rows, others, strict=True)]


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a file that Swedish Excel opens rightly: UTF-8 with byte order mark, semicolons, CRLF.

    No cell can run as a formula: see `neutralise_cell`.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutralise_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def neutralise_cell(cell: str) -> str:
    """The cell with an apostrophe in front when a spreadsheet could run it as a formula, else as it is.

    That is a cell whose first sign, spaces aside, is = + - @ (full-width forms too), a tab or a line break,
    and which is not a plain number such as "-1 234,5". Source: OWASP, CSV injection.
    """
    if not cell or _PLAIN_NUMBER.fullmatch(cell):
        return cell
    begins = {cell[0], cell.lstrip()[:1]}
    return f"'{cell}" if begins & _FORMULA_STARTS else cell


def _write_cell(cell: Cell[Estimate], words: TableWords, show: Callable[[float], str]) -> Row:
    """Mean, low, high and n of one cell, as text."""
    if isinstance(cell, Hidden):
        return (words.say_hidden(cell), "", "", "")
    if isinstance(cell, NoAnswers):
        return (words.no_answers, "", "", "")
    estimate = cell.value
    low, high = (words.no_interval if end is None else show(end) for end in (estimate.low, estimate.high))
    return (show(estimate.mean), low, high, show(estimate.n))
