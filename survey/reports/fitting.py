"""How is a page shortened until it has room, and how is it said what was left out?

The rule: the longest list loses its last row, one at a time, down to its least. A list that stands beside a
longer column waits, because the page would not become shorter. Lists have what matters most first. What was
left out is counted on the page, with where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LETTERS_IN_LINE = 66
"""Letters that a line of a half-page column has; only to tell which column is the longest."""
ELLIPSIS = "…"
WHOLE = -1  # the column of what stands over the whole page


@dataclass(frozen=True)
class Part:
    """A list of a page: rows of text, the most important first, and how many at least stay.

    `column` is the one it stands in, WHOLE for a list over the whole page. `rows_above` is how much of its
    column is taken by what cannot be cut, in lines.
    """

    key: str
    column: int
    rows: tuple[str, ...]
    least: int
    rows_above: int = 2
    left_out: int = 0

    @property
    def lines(self) -> int:
        """About how many lines it takes."""
        return self.rows_above + sum(1 + len(row) // LETTERS_IN_LINE for row in self.rows)

    @property
    def can_be_cut(self) -> bool:
        return len(self.rows) > self.least


def list_versions(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """The parts as they are, then each time with one row less, until nothing more can be cut."""
    now = tuple(parts)
    yield now
    while (shorter := cut_one(now)) is not None:
        now = shorter
        yield now


def cut_one(parts: tuple[Part, ...]) -> tuple[Part, ...] | None:
    """The parts without one row; None when none can lose any."""
    heights: dict[int, int] = {}
    for part in parts:
        heights[part.column] = heights.get(part.column, 0) + part.lines
    tallest = max((one for one in heights if one != WHOLE), key=heights.__getitem__, default=WHOLE)
    longest = max(
        (part for part in parts if part.can_be_cut),
        key=lambda part: (part.column in (WHOLE, tallest), len(part.rows) - part.least, len(part.rows)),
        default=None,
    )
    if longest is None:
        return None
    cut = replace(longest, rows=longest.rows[:-1], left_out=longest.left_out + 1)
    return tuple(cut if part is longest else part for part in parts)


def shorten(text: str, most: int) -> str:
    """A text of at most so many letters; a longer one ends at a word with an ellipsis."""
    one_line = " ".join(text.split())
    if len(one_line) <= most:
        return one_line
    cut = one_line[: most - 1]
    head, _, _ = cut.rpartition(" ")
    return f"{(head if len(head) > most // 2 else cut).rstrip(' ,.;:')}{ELLIPSIS}"


def split_rows(rows: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows for two columns of about the same height, in order."""
    lines = [1 + len(row) // LETTERS_IN_LINE for row in rows]
    place = min(range(len(rows) + 1), key=lambda at: abs(sum(lines[:at]) - sum(lines[at:]) - 0.5), default=0)
    return rows[:place], rows[place:]
