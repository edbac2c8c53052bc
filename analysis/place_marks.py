"""How is it shown where a municipality lies: by a sign, a pattern and a colour that say the same?

Above and below have neutral colours: lying outside is something to look into and not a grade.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analysis.chart_frame import Palette
from analysis.disclosure import Hidden, NoAnswers
from analysis.funnel import Place


class Mark(StrEnum):
    """What is said of a municipality, in the order of a legend."""

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    TOO_FEW = "too_few"
    HIDDEN = "hidden"
    NO_ANSWERS = "no_answers"


SIGNS = {
    Mark.ABOVE: "▲",
    Mark.WITHIN: "●",
    Mark.BELOW: "▼",
    Mark.TOO_FEW: "○",
    Mark.HIDDEN: "×",
    Mark.NO_ANSWERS: "–",
}
"""Signs that fonts of every system have, and that differ in form."""
SYMBOLS = {
    Mark.ABOVE: "triangle-up",
    Mark.WITHIN: "circle",
    Mark.BELOW: "triangle-down",
    Mark.TOO_FEW: "circle-open",
}
"""Plotly's names of the signs of those that have a share to draw."""

_PATTERNS = {
    Mark.ABOVE: "/",
    Mark.WITHIN: "",
    Mark.BELOW: "\\",
    Mark.TOO_FEW: ".",
    Mark.HIDDEN: "x",
    Mark.NO_ANSWERS: "-",
}
_TINT = {Mark.ABOVE: 0.45, Mark.BELOW: 0.45, Mark.WITHIN: 0.25}
"""Share of the mark's colour in its area's; the rest is the page's, so that a name upon it is read 4.5:1."""


@dataclass(frozen=True, slots=True)
class MarkWords:
    """What the marks are called, without their signs, in the reader's language."""

    names: dict[Mark, str]

    def name(self, mark: Mark) -> str:
        """The name with its sign before it."""
        return f"{SIGNS[mark]} {self.names[mark]}"


def find_mark(place: Place | None, cell: object) -> Mark:
    """The mark of a municipality: its place where it has a share, else why it has none.

    Raises ValueError when a share is shown and has no place.
    """
    if isinstance(cell, Hidden):
        return Mark.HIDDEN
    if isinstance(cell, NoAnswers):
        return Mark.NO_ANSWERS
    if place is None:
        raise ValueError("A shown share has no place: judge it first.")
    return Mark(place.value)


def find_colour(mark: Mark, palette: Palette) -> str:
    """The colour of a mark's line and sign, 3:1 or more from the page."""
    return {Mark.ABOVE: palette.line, Mark.BELOW: palette.limit}.get(mark, palette.compared)


def fill_area(mark: Mark, palette: Palette) -> dict[str, Any]:
    """Plotly's fill of an area: a tint of the mark's colour and its pattern."""
    colour = find_colour(mark, palette)
    tint = blend(colour, palette.background, _TINT.get(mark, 0.0))
    fill: dict[str, Any] = {"fill": "toself", "fillcolor": tint}
    if _PATTERNS[mark]:
        pattern = {"shape": _PATTERNS[mark], "size": 7, "solidity": 0.25}
        fill["fillpattern"] = pattern | {"fgcolor": colour, "bgcolor": tint, "fillmode": "overlay"}
    return fill


def tint_area(mark: Mark, palette: Palette) -> dict[str, Any]:
    """The fill without its pattern, for areas that have a text upon them."""
    fill = fill_area(mark, palette)
    fill.pop("fillpattern", None)
    return fill


def blend(colour: str, background: str, share: float) -> str:
    """So much of a colour upon a background, all as #rrggbb."""
    upon, under = (tuple(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in (colour, background))
    mixed = (round(share * a + (1 - share) * b) for a, b in zip(upon, under, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
