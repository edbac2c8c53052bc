"""How is a piece of letters set, in a process of its own, so that whoever answers meanwhile does not wait?

It reads JSON from its standard input and writes a PDF to its output; nothing is written to a disk. A process
sets one piece, because Typst keeps what it has set in memory until the process ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import orjson
import segno
import typst

TEMPLATE = Path(__file__).parent / "letter.typ"
FONT_PACKAGE = "font_source_sans_pro"
QR_ERROR = "m"  # 15 % of the picture may be soiled
QR_MASK = 3
NICENESS = 10  # so that those who answer go first


def find_fonts() -> list[str]:
    """The folder of the letters' font, which is a package, so that letters look alike on every machine."""
    spec = find_spec(FONT_PACKAGE)
    places = spec.submodule_search_locations if spec is not None else None
    return [str(Path(place) / "files") for place in places or ()]


def draw_code(link: str) -> str:
    """A QR code as an SVG picture of one path, a line for each row of dark squares, with its quiet zone.

    One mask for all: choosing the best of eight takes three times as long, and readers read any.
    """
    made = segno.make_qr(link, error=QR_ERROR, mask=QR_MASK, boost_error=False)
    rows: list[str] = []
    for y, row in enumerate(made.matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                rows.append(f"M{start} {y}.5h{x - start}")
            x += 1
    side = len(made.matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {side + 8} {side + 8}">'
        f'<path stroke="#000" d="{"".join(rows)}"/></svg>'
    )


def set_letters(data: bytes) -> bytes:
    """The PDF of a piece: tagged, its fonts inside (PDF/UA-1)."""
    piece = orjson.loads(data)
    for letter in piece["letters"]:
        letter["picture"] = draw_code(letter["link"]) if letter["link"] else ""
    return typst.compile(
        str(TEMPLATE),
        font_paths=find_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": orjson.dumps(piece).decode()},
        pdf_standards=["ua-1"],
    )


def run_press(set_data: Callable[[bytes], bytes]) -> int:
    """Set what stands on the input; the exit code is 1 when it could not be set."""
    os.nice(NICENESS)
    try:
        made = set_data(sys.stdin.buffer.read())
    except (typst.TypstError, RuntimeError):
        return 1  # its message may hold an address
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(run_press(set_letters))
