"""How is a paper set, in a process of its own, so that whoever answers meanwhile does not wait?

It reads JSON from its standard input and writes to its output; nothing is written to a disk. A process sets
one paper, because Typst keeps what it has set in memory until the process ends.

A page of a fixed length comes as several versions, each a little shorter than the one before: the longest
that has room on one page is set. Where none has, the last is set in smaller text until it does.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import typst

from survey.letters.press import find_fonts

TEMPLATE = Path(__file__).parent / "report.typ"
SIZES = (9.2, 8.8, 8.4, 8.0, 7.6)  # points, of a page of a fixed length: the usual first
LARGER = (10.6, 9.9)  # points, where there is room for everything
DOTS_PER_INCH = 300
NICENESS = 5  # so that those who answer go first
PICTURE = """#let data = json(bytes(sys.inputs.data))
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "Source Sans Pro")
#for (place, svg) in data.pictures.enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(svg), format: "svg", width: data.widths.at(place) * 1mm)
}
"""


class Press:
    """Typst with our fonts and template."""

    def __init__(self) -> None:
        self.fonts = typst.Fonts(include_system_fonts=False, font_paths=find_fonts())

    def load(self, paper: Mapping[str, Any]) -> typst.Compiler:
        data = orjson.dumps(paper).decode()
        return typst.Compiler(input=str(TEMPLATE), font_paths=self.fonts, sys_inputs={"data": data})

    def count_pages(self, paper: Mapping[str, Any]) -> int:
        """How many pages a paper takes."""
        return int(orjson.loads(self.load(paper).query("<pages>", field="value", one=True)))

    def set_paper(self, paper: Mapping[str, Any]) -> bytes:
        """The PDF: tagged, its fonts inside (PDF/UA-1)."""
        made = self.load(paper).compile(format="pdf", pdf_standards=["ua-1"])
        if not isinstance(made, bytes):
            raise RuntimeError("no PDF came out of the press")
        return made

    def fit(self, papers: Sequence[Mapping[str, Any]]) -> tuple[int, Mapping[str, Any]]:
        """The place and the text size of the first of ever shorter papers that has room on one page."""
        low, high = 0, len(papers) - 1
        middle = 0  # most pages need no shortening
        while low < high:
            if self.count_pages({**papers[middle], "size": SIZES[0]}) == 1:
                high = middle
            else:
                low = middle + 1
            middle = (low + high) // 2
        for size in (*LARGER, *SIZES) if low == 0 else SIZES:
            paper = {**papers[low], "size": size}
            if self.count_pages(paper) == 1:
                return low, paper
        return low, {**papers[low], "size": SIZES[-1]}


def draw_pictures(asked: Mapping[str, Any]) -> list[str]:
    """Pictures as PNG, in base 64, each so many millimetres wide."""
    compiler = typst.Compiler(
        input=PICTURE.encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=find_fonts()),
        sys_inputs={"data": orjson.dumps(asked).decode()},
    )
    made = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    pages = [made] if isinstance(made, bytes) else made or []
    return [base64.b64encode(one).decode() for one in pages]


def work(asked: Mapping[str, Any]) -> bytes:
    """What was asked for: `papers` to be fitted and set, `papers` to be fitted only, or `pictures`."""
    if asked["task"] == "pictures":
        return orjson.dumps(draw_pictures(asked))
    press = Press()
    place, paper = press.fit(asked["papers"]) if asked["papers"][0]["one_page"] else (0, asked["papers"][0])
    if asked["task"] == "fit":
        return orjson.dumps({"place": place})
    return place.to_bytes(2, "big") + press.set_paper(paper)


def serve() -> int:
    """Do what stands on the input; the exit code is 1 when it could not be done."""
    os.nice(NICENESS)
    try:
        made = work(orjson.loads(sys.stdin.buffer.read()))
    except (typst.TypstError, RuntimeError) as wrong:
        sys.stderr.write(f"{type(wrong).__name__}: {str(wrong)[:300]}")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(serve())
