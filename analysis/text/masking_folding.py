"""How is a text read when it holds other digits, dashes and spaces, or characters nobody can see?"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_DROPPED = "\ufdd0"
_INVISIBLE = frozenset("\u034f\u115f\u1160\u3164\uffa0")
_LOOK_ALIKES = {"\u2212": "-", "\u00b7": ".", "\u2219": ".", "\u2024": ".", "\u2800": " "}
_DIGITS_TYPED_AS_LETTERS = re.compile(
    r"(?<=\d)[OoОоlI]+(?=[-+ ]{0,3}\d|\b)|(?<=\d[-+ ])[OoОоlI]+(?=\d)"
    r"|\b[OoОо](?=\d|[OoОо]\d)|(?<=\b[Oo])[Oo](?=\d)"
)
_TYPED_LETTER_CUE = re.compile(r"\d[-+ ]?[OoОоlI]|[OoОо]\d")


@dataclass(frozen=True)
class Folded:
    """A text as it is searched, and for each of its characters where that one stood in the original.

    `starts` and `ends` are empty when nothing was dropped: then the positions are the same.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the original of the folded characters start:end (at least one).

        Dropped characters between the first and the last belong to the piece, those beside it do not.
        """
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


def fold_text(text: str) -> Folded:
    """The text with every digit as 0-9, every dash as -, every space as " ", full-width forms as plain ones.

    Zero-width and other invisible characters are dropped; a letter with a loose accent becomes one letter.
    """
    if text.isascii():
        return Folded(text)
    if not unicodedata.is_normalized("NFC", text):
        return _fold_clusters(text)
    plain = text.translate(_FOLDS)
    if _DROPPED not in plain:
        return Folded(plain)
    kept = [at for at, char in enumerate(plain) if char != _DROPPED]
    return Folded(plain.replace(_DROPPED, ""), kept, [at + 1 for at in kept])


def read_letters_as_digits(folded: str) -> str:
    """The text, as long as before, with the letters O and l that stand among digits read as 0 and 1."""
    if not _TYPED_LETTER_CUE.search(folded):
        return folded
    return _DIGITS_TYPED_AS_LETTERS.sub(
        lambda found: "".join("1" if char in "lI" else "0" for char in found[0]), folded
    )


def _fold_clusters(text: str) -> Folded:
    """As `fold_text`, for a text where a letter and its accent are separate characters."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        char = unicodedata.normalize("NFC", text[at:end])[0].translate(_FOLDS)
        if char != _DROPPED:
            chars.append(char)
            starts.append(at)
            ends.append(end)
        at = end
    return Folded("".join(chars), starts, ends)


def _fold_character(char: str) -> str:
    """The one character that this one is read as; _DROPPED when it is not seen on a screen."""
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me", "Cn"} or char in _INVISIBLE:
        return _DROPPED
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if category in {"Zs", "Pd"}:
        return " " if category == "Zs" else "-"
    compatible = unicodedata.normalize("NFKC", char)
    return _LOOK_ALIKES.get(char, compatible if len(compatible) == 1 else char)


class _Folds(dict[int, str]):
    """What each character is read as, worked out when it is first met: all of Unicode at once is slow."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code)) if code > 127 else chr(code)
        return folded


_FOLDS = _Folds()
