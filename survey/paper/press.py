"""How are paper forms set, in a process of its own, with a code of its own on every page?

A form is set once to count its pages: the square on a page says which page it is, and the last page says of
how many. Then the whole piece is set.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import orjson
import typst

from survey.letters.press import draw_code, find_fonts, run_press
from survey.paper.marks import write_mark

TEMPLATE = Path(__file__).parent / "form.typ"
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")


def set_forms(data: bytes) -> bytes:
    """The PDF of a piece: tagged, its fonts inside (PDF/UA-1), an even number of pages for each form."""
    piece: dict[str, Any] = orjson.loads(data)
    for form in piece["forms"]:
        form["link_picture"] = draw_code(form["link"]) if form["link"] else ""
    counted = count_pages(piece)
    piece["pages"], piece["filler"] = counted + counted % 2, bool(counted % 2)
    for form in piece["forms"]:
        draw_marks(form, piece["mark"], piece["pages"])
    return compile_forms(piece)


def count_pages(piece: dict[str, Any]) -> int:
    """How many pages a form takes: all take as many, because only codes and addresses differ."""
    first = dict(piece["forms"][0])
    draw_marks(first, piece["mark"], 1)
    made = compile_forms({**piece, "forms": [first], "pages": 0, "filler": False})
    found = PAGES.search(made)
    if found is None:
        raise RuntimeError("not a PDF as Typst writes it")
    return int(found[1])


def draw_marks(form: dict[str, Any], mark: str, pages: int) -> None:
    code = str(form["code"]).replace(" ", "")
    form["pictures"] = [draw_code(write_mark(mark, page, code)) for page in range(1, pages + 1)]


def compile_forms(piece: dict[str, Any]) -> bytes:
    return typst.compile(
        str(TEMPLATE),
        font_paths=find_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": orjson.dumps(piece).decode()},
        pdf_standards=["ua-1"],
    )


if __name__ == "__main__":
    sys.exit(run_press(set_forms))
