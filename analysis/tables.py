"""The same content as a chart, as rows: for people who read or listen to numbers, and for spreadsheets."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure import Cell, Hidden, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.lines import SecondLine, TrendLine, align_cells, align_means, list_codes

Row = tuple[str, ...]

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins so is run as a formula, or may be after the program has tidied it."""
_PLAIN_NUMBER = re.compile(r"[-+\u2212]?[0-9]+(?:[ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class TableWords:
    """The table's words, already in the reader's language.

    `period` to `n` head the columns; `no_answers` and `no_interval` stand where there is none, and
    `not_known` where a second line has no number; `label_period` writes a period code for the reader;
    `say_hidden` says why a cell is hidden.
    """

    period: str
    low: str
    high: str
    n: str
    no_answers: str
    no_interval: str
    not_known: str
    label_period: Callable[[str], str]
    say_hidden: Callable[[Hidden], str]


def make_trend_header(
    line: TrendLine, compared: TrendLine | None, *, words: TableWords, second: SecondLine | None = None
) -> Row:
    """The heads of the columns of `make_trend_rows`; the means stand under the lines' own names."""
    beside = [one.label for one in (second, compared) if one is not None]
    return (words.period, line.label, words.low, words.high, words.n, *beside)


def make_trend_rows(
    line: TrendLine,
    compared: TrendLine | None,
    *,
    words: TableWords,
    show: Callable[[float], str],
    second: SecondLine | None = None,
) -> list[Row]:
    """One row for each period of the chart, in order of time: period, mean, low, high, n, second and compared
    mean.

    `show` writes a number for the reader. A mean that is hidden or that nobody's answers make is said in
    words, and its other columns are empty; it is never a number.

    Raises ValueError when the points are not one cell each of one kind of period.
    """
    codes = list_codes([line] if compared is None else [line, compared])
    cells = align_cells(line, codes)
    columns: list[list[str]] = []
    if second is not None:
        means = zip(cells, align_means(second, cells, codes), strict=True)
        columns.append([_write_second(cell, mean, words, show) for cell, mean in means])
    if compared is not None:
        columns.append([_write_cell(cell, words, show)[0] for cell in align_cells(compared, codes)])
    return [
        (words.label_period(code), *_write_cell(cell, words, show), *beside)
        for code, cell, *beside in zip(codes, cells, *columns, strict=True)
    ]


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
    and which is not a plain number such as "-1 234,5"; a minus sign of one becomes the hyphen that programs
    read. Source: OWASP, CSV injection.
    """
    if not cell:
        return cell
    if _PLAIN_NUMBER.fullmatch(cell):
        return cell.replace("\N{MINUS SIGN}", "-")
    begins = {cell[0], cell.lstrip()[:1]}
    return f"'{cell}" if begins & _FORMULA_STARTS else cell


def write_file_name(*parts: str, ending: str) -> str:
    """A file's name that any system can keep, of words in any language: vaxjo-personcentrering-manad.csv.

    Letters lose their marks, and what is neither a letter of a-z, a digit nor a hyphen becomes a hyphen.
    Parts that leave nothing fall away; with none left the name is "data".
    """
    plain = (unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode() for part in parts)
    kept = [word for one in plain if (word := re.sub(r"[^a-z0-9-]+", "-", one.lower()).strip("-"))]
    return f"{'-'.join(kept) or 'data'}.{ending}"


def _write_second(
    cell: Cell[Estimate], mean: float | None, words: TableWords, show: Callable[[float], str]
) -> str:
    """A second line's mean as text; why there is none, where its cell is not shown."""
    if not isinstance(cell, Shown):
        return _write_cell(cell, words, show)[0]
    return words.not_known if mean is None else show(mean)


def _write_cell(cell: Cell[Estimate], words: TableWords, show: Callable[[float], str]) -> Row:
    """Mean, low, high and n of one cell, as text."""
    if isinstance(cell, Hidden):
        return (words.say_hidden(cell), "", "", "")
    if isinstance(cell, NoAnswers):
        return (words.no_answers, "", "", "")
    estimate = cell.value
    low, high = (words.no_interval if end is None else show(end) for end in (estimate.low, estimate.high))
    return (show(estimate.mean), low, high, show(estimate.n))
