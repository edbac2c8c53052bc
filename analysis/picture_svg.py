"""What is a picture of lines made of: where scores and periods lie, and how each kind of thing looks?

Coordinates are pixels from the upper left corner. Looks are attributes and not a style sheet, so that a
page's own style for a class goes before them, and so that what sets paper understands them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from analysis.chart_frame import LIGHT, STRIP
from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE

FONT = "Source Sans Pro, Source Sans 3, system-ui, sans-serif"
CROSS = 7.0
"""Pixels: how wide a hidden period's cross is."""
POINT = 2.5
"""Pixels: a point's radius."""
SIGNAL = 7.0
"""Pixels from the middle of a triangle to its corners."""
LINE_SPACING = 1.35
"""Lines of text: from one to the next, in sizes of text."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STROKES: Mapping[str, tuple[str, float, str]] = {
    "line": (LIGHT.line, 2.5, ""),
    "compared": (LIGHT.compared, 1.5, "6 3"),
    "limit": (LIGHT.limit, 1.3, "1 3"),
    "centre": (LIGHT.limit, 1.3, ""),
    "goal": (LIGHT.goal, 1.8, "8 4"),
    "break": (LIGHT.text, 1.0, ""),
    "rebase": (LIGHT.text, 1.0, "2 2"),
    "done": (LIGHT.text, 1.0, "5 3"),
    "grid": (LIGHT.grid, 0.8, ""),
    "axis": (LIGHT.text, 1.0, ""),
    "hidden": (LIGHT.hidden, 1.5, ""),
    "up": (LIGHT.up, 1.8, ""),
    "down": (LIGHT.down, 1.8, ""),
}
_FILLS: Mapping[str, str] = {
    "line-point": LIGHT.line,
    "compared-point": LIGHT.compared,
    "goal-name": LIGHT.goal,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a picture's axes lie: so many periods over its width, 0-100 over `scores` pixels.

    Above the axes is room for `rows` of signs; below them for the strip of the hidden, where there is one,
    and for the names of periods, which have `tick_lines` lines.
    """

    width: int
    scores: int
    text: int
    periods: int
    rows: int
    tick_lines: int
    has_strip: bool

    @property
    def left(self) -> float:
        return self.text * 3.0

    @property
    def right(self) -> float:
        return self.width - self.text * 3.2

    @property
    def top(self) -> float:
        """The height of score 100: below the signs, and half a line below the edge."""
        return self.text * (0.7 + self.rows * LINE_SPACING)

    @property
    def floor(self) -> float:
        """The height of the axis with the periods."""
        return self.y(LOWEST_SCORE - (STRIP if self.has_strip else 0))

    @property
    def hidden_at(self) -> float:
        return self.y(LOWEST_SCORE) + max(self.scores * STRIP / 200, self.text * 0.8)

    @property
    def bottom(self) -> float:
        """Below the names of the periods."""
        return self.floor + 4 + self.text * (0.6 + self.tick_lines * LINE_SPACING)

    def x(self, place: float) -> float:
        """Of a period's place, counted from 0; its middle."""
        return self.left + (place + 0.5) * (self.right - self.left) / max(self.periods, 1)

    def y(self, score: float) -> float:
        share = (score - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)
        return self.top + self.scores * (1 - share)

    def sign_foot(self, row: int) -> float:
        """The baseline of the signs of a row, 0 the topmost."""
        return self.text * (1 + row * LINE_SPACING)


def draw_path(points: Sequence[tuple[float, float]], kind: str, *, is_closed: bool = False) -> str:
    """A line through points; a closed one is filled with the band's colour."""
    steps = "L".join(f"{write_number(x)} {write_number(y)}" for x, y in points)
    if is_closed:
        # The edge makes an interval that stands alone visible: its shape has no width.
        look = f'fill="{LIGHT.line}" fill-opacity="0.18" stroke="{LIGHT.line}" stroke-opacity="0.18"'
        return f'<path class="{kind}" d="M{steps}Z" {look} stroke-width="2"/>'
    return f'<path class="{kind}" d="M{steps}" fill="none" {_write_stroke(kind)}/>'


def draw_mark(x: float, y: float, kind: str) -> str:
    """A point."""
    return (
        f'<circle class="{kind}" cx="{write_number(x)}" cy="{write_number(y)}" r="{POINT}" '
        f'fill="{_FILLS[kind]}"/>'
    )


def draw_triangle(x: float, y: float, kind: str, *, is_up: bool) -> str:
    """An open triangle around a point, which points up or down."""
    tip, foot = (-SIGNAL, SIGNAL * 0.7) if is_up else (SIGNAL, -SIGNAL * 0.7)
    corners = [(x, y + tip), (x + SIGNAL, y + foot), (x - SIGNAL, y + foot)]
    steps = "L".join(f"{write_number(a)} {write_number(b)}" for a, b in corners)
    return f'<path class="{kind}" d="M{steps}Z" fill="none" {_write_stroke(kind)}/>'


def draw_cross(x: float, y: float) -> str:
    """The cross of a hidden period."""
    left, right = write_number(x - CROSS / 2), write_number(x + CROSS / 2)
    above, below = write_number(y - CROSS / 2), write_number(y + CROSS / 2)
    lines = f"M{left} {above}L{right} {below}M{left} {below}L{right} {above}"
    return f'<path class="hidden" d="{lines}" fill="none" {_write_stroke("hidden")}/>'


def draw_text(text: str, x: float, y: float, kind: str, *, anchor: str = "start") -> str:
    """Words on a baseline, with the colour of their kind, else that of text."""
    weight = ' font-weight="600"' if kind == "last" else ""
    fill = _FILLS.get(kind, LIGHT.text)
    return (
        f'<text class="{kind}" x="{write_number(x)}" y="{write_number(y)}" text-anchor="{anchor}" '
        f'fill="{fill}"{weight}>{clean_text(text)}</text>'
    )


def write_picture(
    drawn: Sequence[str], *, width: int, height: float, text: int, name: str, title: str, described: str
) -> str:
    """The whole picture, named and described for those who do not see it."""
    key = escape(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="line-picture" role="img" width="{width}" '
        f'height="{write_number(height)}" viewBox="0 0 {width} {write_number(height)}" '
        f'aria-labelledby="{key}-title {key}-desc" font-family="{FONT}" font-size="{text}">'
        f'<title id="{key}-title">{clean_text(title)}</title>'
        f'<desc id="{key}-desc">{clean_text(described)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def write_number(value: float) -> str:
    """A coordinate with a decimal only where it has one."""
    return f"{round(value, 1):g}"


def clean_text(text: str) -> str:
    """Text that may stand between tags: without the signs that no XML may hold."""
    return escape(NOT_IN_XML.sub("", text), quote=False)


def _write_stroke(kind: str) -> str:
    colour, width, dash = _STROKES[kind]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{colour}" stroke-width="{width:g}"{dashes}'
