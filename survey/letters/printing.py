"""How do codes become one PDF of letters, piece by piece, without ever being whole in memory or on a disk?"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

import orjson

from survey.errors import SurveyError
from survey.letters.joining import PdfJoiner
from survey.letters.wording import Wording

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PIECE = 250  # letters set at once: about 100 MB in a press
PRESSES = 2
PRESS = "survey.letters.press"


@dataclass(frozen=True)
class Style:
    """How a letter is laid out. Millimetres from the page's left and upper edge; size in points."""

    size: int = 13
    window: str = "right"

    @property
    def window_left(self) -> int:
        return {"left": 22, "right": 105}[self.window]


SIZES = (12, 13, 14)
WINDOWS = ("right", "left")
WINDOW_TOP = 48  # millimetres from the upper edge to the first line of the address
TEXT_TOP = 88  # where the text begins: below the window of the envelopes that are usual


@dataclass(frozen=True)
class Letter:
    """One letter. A reminder has no code; a letter that somebody else addresses has no address."""

    code: str = field(default="", repr=False)
    link: str = field(default="", repr=False)
    address: tuple[str, ...] = field(default=(), repr=False)
    reference: str = ""


def write_data(letters: Iterable[Letter], wording: Wording, style: Style) -> bytes:
    """What the press sets, as JSON."""
    rows = [
        {
            "code": one.code,
            "link": one.link,
            "address": one.address,
            "reference": one.reference,
        }
        for one in letters
    ]
    return orjson.dumps(
        {
            "words": vars(wording) | {"language": ""},
            "lang": wording.language,
            "size": style.size,
            "window_left": style.window_left,
            "window_top": WINDOW_TOP,
            "text_top": TEXT_TOP,
            "letters": rows,
        }
    )


def ask_press(data: bytes, press: str = PRESS) -> bytes:
    """A piece, set in a process of its own. Raises SurveyError letters_not_set when it could not be."""
    command = [sys.executable, "-m", press]
    done = subprocess.run(command, cwd=ROOT, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SurveyError("letters_not_set")
    return done.stdout


def print_letters(letters: Iterable[Letter], wording: Wording, style: Style) -> Iterator[bytes]:
    """The bytes of one PDF with every letter, in order; no more than some pieces are held at once.

    Raises SurveyError letters_not_set.
    """
    return print_pieces(write_data(piece, wording, style) for piece in cut(letters, PIECE))


def print_pieces(pieces: Iterable[bytes], press: str = PRESS) -> Iterator[bytes]:
    """The bytes of one PDF of pieces as a press takes them, set two at a time. Raises letters_not_set."""
    joiner = PdfJoiner()
    with ThreadPoolExecutor(max_workers=PRESSES) as presses:
        waiting: deque[Future[bytes]] = deque()
        for piece in pieces:
            waiting.append(presses.submit(ask_press, piece, press))
            if len(waiting) == PRESSES:
                yield joiner.add(waiting.popleft().result())
        while waiting:
            yield joiner.add(waiting.popleft().result())
        yield joiner.end()


def cut(whole: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Something in pieces of a size, the last as large as what is left."""
    source = iter(whole)
    while piece := tuple(islice(source, size)):
        yield piece
