"""How is a judged line drawn as a picture of its own, for paper and for pages without scripts?

It is an SVG in our own hand: the line with a gap where nothing is shown and a cross below the axis where
something is hidden, its interval, limits, signals, goal and breaks, and what was done. The axis is always
0-100, as on the charts. Everything differs in form beside its colour, so that it can be read in grey; each
kind of thing has a class, so that a page can give it colours of its own. It runs nothing and loads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.chart_frame import choose_ticks
from analysis.chart_marks import (
    NO_MARKS,
    LimitLines,
    MarkKind,
    Marks,
    choose_rows,
    find_upright,
    lies_above,
    outline_limits,
)
from analysis.disclosure import Cell, Hidden, Shown
from analysis.estimates import Estimate
from analysis.line_picture_key import Entry, write_key
from analysis.lines import TrendLine, align_cells, find_runs, list_codes
from analysis.picture_svg import (
    LINE_SPACING,
    Frame,
    draw_cross,
    draw_mark,
    draw_path,
    draw_text,
    draw_triangle,
    write_picture,
)

Cells = Sequence[Cell[Estimate]]
SCORES = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class PictureWords:
    """A picture's words, already in the reader's language.

    `title` names it and `described` says what it shows, for those who do not see it. `label_tick` writes a
    period code for the axis, where a line break may stand; `write_score` a mean. `sign_names` says what the
    upright lines stand for, `interval` and `hidden` name their entries of the key, and `hidden_tick` the
    strip of the hidden in a few letters.
    """

    title: str
    described: str
    interval: str
    hidden: str
    hidden_tick: str
    label_tick: Callable[[str], str]
    write_score: Callable[[float], str]
    sign_names: Mapping[MarkKind, str] = field(default_factory=dict[MarkKind, str])


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Pixels: the whole picture's width, how high 0-100 is drawn, and the size of its text.

    It was tried at widths from 320 to 700.
    """

    width: int = 480
    scores: int = 150
    text: int = 12


USUAL = PictureSize()


def draw_line_picture(
    line: TrendLine,
    *,
    words: PictureWords,
    compared: TrendLine | None = None,
    marks: Marks = NO_MARKS,
    size: PictureSize = USUAL,
    name: str = "line",
    has_key: bool = True,
) -> str:
    """The picture as SVG text. A line without points gives empty axes, and the key says nothing.

    `name` is what the picture's title and description are found by; it is another for each picture of a page.

    Raises ValueError when the points are not one cell each of one kind of period.
    """
    codes = list_codes([line] if compared is None else [line, compared])
    cells = align_cells(line, codes)
    rows = _place_signs(marks, codes)
    frame = _lay_out(size, codes, cells, rows, words)
    drawn = [
        *_draw_axes(frame, codes, words),
        *_draw_band(frame, cells),
        *_draw_limits(frame, marks, codes),
        *_draw_goal(frame, marks, cells),
        *_draw_uprights(frame, marks, codes, rows),
        *([] if compared is None else _draw_line(frame, align_cells(compared, codes), "compared")),
        *_draw_line(frame, cells, "line"),
        *_draw_signals(frame, marks, cells, codes),
        *_draw_hidden(frame, cells),
        *_write_last(frame, cells, words),
    ]
    entries = list_entries(line, compared, marks, words) if has_key else []
    key, height = write_key(entries, width=size.width, top=frame.bottom, text=size.text)
    named = {"name": name, "title": words.title, "described": words.described}
    return write_picture([*drawn, *key], width=size.width, height=height, text=size.text, **named)


def list_entries(
    line: TrendLine, compared: TrendLine | None, marks: Marks, words: PictureWords
) -> list[Entry]:
    """The key: what is drawn in the picture, and nothing that is not. Empty for a line without points."""
    codes = list_codes([line] if compared is None else [line, compared])
    cells = align_cells(line, codes)
    periods = set(codes)
    signals = [one for one in marks.signals if one.period in periods]
    signs = {one.kind: one for one in reversed(marks.uprights) if one.period in periods}
    limits = [one for one in marks.limits if periods.intersection(one.periods)]
    has_limits = any(one.low is not None for one in limits)
    entries = [Entry("line", line.label)] if codes else []
    if find_runs(cells):
        entries.append(Entry("band", words.interval))
    if compared is not None:
        entries.append(Entry("compared", compared.label))
    if limits:
        entries.append(
            Entry("limit", marks.limits_name) if has_limits else Entry("centre", marks.centre_name)
        )
    for is_up, kind, name in ((True, "up", marks.up_name), (False, "down", marks.down_name)):
        entries += [Entry(kind, name)] if any(one.is_up is is_up for one in signals) else []
    for kind, told in words.sign_names.items():
        entries += [Entry(kind.value, told, signs[kind].sign)] if kind in signs else []
    if any(isinstance(cell, Hidden) for cell in cells):
        entries.append(Entry("hidden", words.hidden))
    return entries


def _lay_out(
    size: PictureSize, codes: Sequence[str], cells: Cells, rows: Sequence[int], words: PictureWords
) -> Frame:
    """The axes, with room for what stands around them."""
    return Frame(
        size.width,
        size.scores,
        size.text,
        periods=len(codes),
        rows=max(rows, default=-1) + 1,
        tick_lines=max((words.label_tick(code).count("\n") + 1 for code in codes), default=1),
        has_strip=any(isinstance(cell, Hidden) for cell in cells),
    )


def _draw_axes(frame: Frame, codes: Sequence[str], words: PictureWords) -> list[str]:
    """Grey lines at the scores, their numbers, and the names of some periods."""
    drawn = [
        draw_path(
            [(frame.left, frame.y(score)), (frame.right, frame.y(score))], "axis" if not score else "grid"
        )
        for score in SCORES
    ]
    drawn += [
        draw_text(str(score), frame.left - 5, frame.y(score) + frame.text * 0.35, "number", anchor="end")
        for score in SCORES
    ]
    if frame.has_strip:
        at = frame.hidden_at + frame.text * 0.35
        drawn.append(draw_text(words.hidden_tick, frame.left - 5, at, "number", anchor="end"))
    for place in choose_ticks(len(codes)):
        x = frame.x(place)
        drawn.append(draw_path([(x, frame.floor), (x, frame.floor + 4)], "axis"))
        for row, part in enumerate(words.label_tick(codes[place]).split("\n")):
            y = frame.floor + 4 + frame.text * (1 + row * LINE_SPACING)
            drawn.append(draw_text(part, x, y, "period", anchor="middle"))
    return drawn


def _draw_band(frame: Frame, cells: Cells) -> list[str]:
    """One closed outline for each unbroken run of intervals; a run of one has the width of its edge."""
    drawn: list[str] = []
    for run in find_runs(cells):
        there = [(frame.x(place), frame.y(high)) for place, (_, high) in run.items()]
        back = [(frame.x(place), frame.y(low)) for place, (low, _) in reversed(run.items())]
        drawn.append(draw_path([*there, *back], "band", is_closed=True))
    return drawn


def _draw_limits(frame: Frame, marks: Marks, codes: Sequence[str]) -> list[str]:
    """Centres and limits, a step for each period where they vary."""
    places = {code: place for place, code in enumerate(codes)}
    drawn: list[str] = []
    for one in marks.limits:
        for values, kind in _list_limit_values(one):
            x, y = outline_limits([(one.periods, values)], places)
            known = [
                (frame.x(place), frame.y(value))
                for place, value in zip(x, y, strict=True)
                if place is not None and value is not None
            ]
            drawn += [draw_path(known, kind)] if known else []
    return drawn


def _list_limit_values(one: LimitLines) -> list[tuple[Sequence[float], str]]:
    ends: list[tuple[Sequence[float], str]] = [
        (end, "limit") for end in (one.low, one.high) if end is not None
    ]
    return ends if one.centre is None else [*ends, ((one.centre,) * len(one.periods), "centre")]


def _draw_goal(frame: Frame, marks: Marks, cells: Cells) -> list[str]:
    """A dashed line over the whole axis, with its name on the side where the measured line is not."""
    if marks.goal is None:
        return []
    y = frame.y(marks.goal.value)
    below = lies_above(marks.goal.value, cells)
    return [
        draw_path([(frame.left, y), (frame.right, y)], "goal"),
        draw_text(marks.goal.name, frame.left + 3, y + (frame.text if below else -4), "goal-name"),
    ]


def _place_signs(marks: Marks, codes: Sequence[str]) -> list[int]:
    """The row of each sign that is drawn, 0 the topmost."""
    places = {code: place for place, code in enumerate(codes)}
    standing = [find_upright(one, places) for one in marks.uprights if one.period in places]
    return choose_rows(standing, len(codes))


def _draw_uprights(frame: Frame, marks: Marks, codes: Sequence[str], rows: Sequence[int]) -> list[str]:
    """An upright line for each break, new limits and what was done, with its sign above the axes."""
    places = {code: place for place, code in enumerate(codes)}
    drawn: list[str] = []
    standing = [one for one in marks.uprights if one.period in places]
    for one, row in zip(standing, rows, strict=True):
        x, foot = frame.x(find_upright(one, places)), frame.sign_foot(row)
        drawn.append(draw_path([(x, foot + 3), (x, frame.floor)], one.kind.value))
        drawn.append(draw_text(one.sign, x, foot, "sign", anchor="middle"))
    return drawn


def _draw_line(frame: Frame, cells: Cells, kind: str) -> list[str]:
    """The line in unbroken pieces, and a point for each of its cells; of a compared line only lone ones."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for place, cell in enumerate(cells):
        if isinstance(cell, Shown):
            pieces[-1].append((frame.x(place), frame.y(cell.value.mean)))
        elif pieces[-1]:
            pieces.append([])
    drawn = [draw_path(piece, kind) for piece in pieces if len(piece) > 1]
    points = [piece for piece in pieces if kind == "line" or len(piece) == 1]
    return [*drawn, *(draw_mark(x, y, f"{kind}-point") for piece in points for x, y in piece)]


def _draw_signals(frame: Frame, marks: Marks, cells: Cells, codes: Sequence[str]) -> list[str]:
    """A triangle around each point of a signal; it points the way the signal does."""
    places = {code: place for place, code in enumerate(codes)}
    drawn: list[str] = []
    for one in marks.signals:
        cell = cells[places[one.period]] if one.period in places else None
        if isinstance(cell, Shown):
            x, y = frame.x(places[one.period]), frame.y(cell.value.mean)
            drawn.append(draw_triangle(x, y, "up" if one.is_up else "down", is_up=one.is_up))
    return drawn


def _draw_hidden(frame: Frame, cells: Cells) -> list[str]:
    hidden = [place for place, cell in enumerate(cells) if isinstance(cell, Hidden)]
    return [draw_cross(frame.x(place), frame.hidden_at) for place in hidden]


def _write_last(frame: Frame, cells: Cells, words: PictureWords) -> list[str]:
    """The latest shown mean beside its point, so that it need not be read off the axis."""
    shown = [(place, cell.value.mean) for place, cell in enumerate(cells) if isinstance(cell, Shown)]
    if not shown:
        return []
    place, mean = shown[-1]
    if place == len(cells) - 1:
        return [
            draw_text(words.write_score(mean), frame.right + 4, frame.y(mean) + frame.text * 0.35, "last")
        ]
    above = frame.y(mean) - frame.text * 0.8
    return [draw_text(words.write_score(mean), frame.x(place), above, "last", anchor="middle")]
