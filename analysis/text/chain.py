"""What does the whole chain say of one comment: mask, then language, tone and themes?"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.text.asked import Asked
from analysis.text.language import detect_language
from analysis.text.masking import ENGLISH_TOKENS, SWEDISH_TOKENS, Span, mask_text
from analysis.text.themes import Found, Themes, find_themes
from analysis.text.tone import Tone, judge_tone

CHAIN = "2026-1"
"""Raised when the code comes to read otherwise; that lists changed is seen by their checksum."""

ENGLISH = "en"


@dataclass(frozen=True)
class Reading:
    """A comment as it may be kept, and what was read out of it: suggestions to people, never decisions.

    `spans` are positions in the text as it was given. `language` is an ISO 639-1 code, None when unsure.
    """

    masked: str
    spans: tuple[Span, ...]
    language: str | None
    tone: Tone
    themes: tuple[Found, ...]


Suggest = Callable[[str, Asked, str | None, tuple[Found, ...]], tuple[Found, ...]]
"""Themes by what was learnt, from a masked text, its question and language, and what the lexicon found."""


def read_text(
    text: str,
    *,
    asked: Asked,
    language: str | None = None,
    themes: Themes | None = None,
    suggest: Suggest | None = None,
) -> Reading:
    """What the chain says of a text, of any length and with any signs; an empty one has nothing.

    A known `language` is believed. Everything after masking reads the masked text only. `themes` are an
    installation's own, else those that are shipped.
    """
    known = language or detect_language(text)
    masked = mask_text(text, tokens=ENGLISH_TOKENS if known == ENGLISH else SWEDISH_TOKENS)
    tone = judge_tone(masked.text, asked=asked, language=known)
    found = find_themes(masked.text, language=known, asked=asked, themes=themes)
    if suggest is not None:
        found = suggest(masked.text, asked, known, found)
    return Reading(masked.text, masked.spans, known, tone, found)


@cache
def find_chain_version(folder: Path | None = None) -> str:
    """The version of the code and of every list it reads with, such as 2026-1-5f1c03aa.

    `folder` holds an installation's own themes.
    """
    checksum = 0
    for path in (*_list_lists(Path(__file__).parent), *(_list_lists(folder) if folder else ())):
        checksum = zlib.crc32(path.read_bytes(), zlib.crc32(path.name.encode(), checksum))
    return f"{CHAIN}-{checksum:08x}"


def _list_lists(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".xml"})
