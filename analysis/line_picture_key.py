"""What does a picture of a line say that its lines and signs are?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.picture_svg import (
    LINE_SPACING,
    draw_cross,
    draw_mark,
    draw_path,
    draw_text,
    draw_triangle,
    write_picture,
)

SAMPLE = 22.0
"""Pixels that a sample of a line takes."""
GAP = 12.0
"""Pixels between entries."""
LETTER = 0.52
"""Sizes of text: how wide a letter is on the average; a little more than in the fonts that are used."""
SIGNS = ("break", "rebase", "done")


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of thing in a picture and its name. `sign` stands beside upright lines."""

    kind: str
    name: str
    sign: str = ""


def write_key(entries: Sequence[Entry], *, width: int, top: float, text: int) -> tuple[list[str], float]:
    """The entries below `top`, as many on a line as have room; and where they end."""
    drawn: list[str] = []
    x, y = 2.0, top + text * 0.4
    for one in entries:
        long = SAMPLE + 4 + len(one.name) * text * LETTER
        if x > 2 and x + long > width:
            x, y = 2.0, y + text * LINE_SPACING
        drawn += draw_sample(one, x, y + text * 0.55, text)
        drawn.append(draw_text(one.name, x + SAMPLE + 4, y + text * 0.9, "name"))
        x += long + GAP
    return drawn, y + text * LINE_SPACING if entries else top


def draw_key(entries: Sequence[Entry], *, width: int, text: int, title: str, name: str = "key") -> str:
    """A picture of the entries only, for several pictures that share them."""
    drawn, height = write_key(entries, width=width, top=0, text=text)
    described = "; ".join(one.name for one in entries)
    return write_picture(
        drawn, width=width, height=height, text=text, name=name, title=title, described=described
    )


def draw_sample(one: Entry, x: float, y: float, text: int) -> list[str]:
    """How a kind of thing looks, from x on, around the height y."""
    middle, end = x + SAMPLE / 2, x + SAMPLE
    if one.kind in ("up", "down"):
        return [draw_triangle(middle, y, one.kind, is_up=one.kind == "up")]
    if one.kind == "hidden":
        return [draw_cross(middle, y)]
    if one.kind == "band":
        return [draw_path([(x, y - 4), (end, y - 4), (end, y + 4), (x, y + 4)], "band", is_closed=True)]
    if one.kind in SIGNS:
        beside = draw_text(one.sign, x + SAMPLE * 0.3, y + text * 0.35, "sign", anchor="middle")
        return [draw_path([(end - 4, y - 6), (end - 4, y + 6)], one.kind), beside]
    line = draw_path([(x, y), (end, y)], one.kind)
    return [line, draw_mark(middle, y, "line-point")] if one.kind == "line" else [line]
