"""How do paper forms become one PDF, piece by piece, as letters do?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson

from survey.answering.journey import Survey
from survey.language import LANGUAGES
from survey.letters.printing import WINDOW_TOP, Style, cut, print_pieces
from survey.paper.marks import begin_mark
from survey.paper.wording import About, write_sections, write_words

PRESS = "survey.paper.press"
PIECE = 20  # forms set at once
SIZES = (14, 16, 18)  # points
USUAL_SIZE = 16
SPECIMEN = "PROV"  # stands where a form's code does; nothing can be keyed with it


@dataclass(frozen=True)
class PaperForm:
    """One form. `link` and `address` are of those that are sent to somebody with a code."""

    code: str = field(repr=False)
    link: str = field(default="", repr=False)
    address: tuple[str, ...] = field(default=(), repr=False)
    reference: str = ""


@dataclass(frozen=True)
class Print:
    """What is printed: which survey, in which language, how large, with which first page.

    `address` is where one answers on the web instead, as it is typed.
    """

    survey: Survey
    language: str
    about: About
    size: int = USUAL_SIZE
    window: str = "right"
    address: str = ""


def print_forms(forms: Iterable[PaperForm], wish: Print) -> Iterator[bytes]:
    """The bytes of one PDF with every form, in order. Raises SurveyError letters_not_set."""
    same = write_same(wish)
    return print_pieces((orjson.dumps(same | {"forms": piece}) for piece in cut(forms, PIECE)), PRESS)


def write_same(wish: Print) -> dict[str, object]:
    """What the press sets, but for what each form has of its own."""
    definition = wish.survey.definition
    return {
        "words": write_words(wish.survey, wish.language, wish.about),
        "sections": write_sections(wish.survey, wish.language),
        "lang": LANGUAGES[wish.language].locale[:2],
        "size": wish.size,
        "window_left": Style(window=wish.window).window_left,
        "window_top": WINDOW_TOP,
        "address": wish.address,
        "mark": begin_mark(definition.survey, definition.version, wish.survey.form, wish.language),
    }
