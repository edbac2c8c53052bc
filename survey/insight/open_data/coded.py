"""What does a codebook say each code is, as labels for the files that carry them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from survey.definition.model import Text
from survey.insight.open_data.meanings import WRITTEN_IN, Entry, say_text

PARTS = {"area": "areas", "period": "periods", "group": "groups", "measure": "measures"}


@dataclass(frozen=True)
class Coded:
    """The codes of one column: what each is called, and what it is a part of (empty for nothing)."""

    texts: Mapping[str, Text]
    parents: Mapping[str, str]

    def say(self, code: str, language: str) -> str:
        """What a code is called in a language; the code itself when nobody has said."""
        return say_text(self.texts.get(code, {}), language) or code


def read_coded(codebook: Entry) -> Mapping[str, Coded]:
    """The codes of a codebook by column: area, period, group and measure."""
    return {column: Coded(*read_part(codebook, part)) for column, part in PARTS.items()}


def read_part(codebook: Entry, part: str) -> tuple[dict[str, Text], dict[str, str]]:
    entries = list_entries(codebook, part)
    texts = {str(one["code"]): describe(one) for one in entries}
    return texts, {str(one["code"]): str(one.get("parent", "")) for one in entries}


def list_entries(codebook: Entry, part: str) -> Sequence[Entry]:
    """The entries of a part of a codebook."""
    return cast(Sequence[Entry], codebook[part])


def describe(one: Entry) -> Text:
    """What an entry is called: its text, with what it is about before it or what it measures behind it."""
    text = cast(Text, one.get("text", {}))
    before, after = cast(Text, one.get("about", {})), cast(Text, one.get("explanation", {}))
    found: dict[str, str] = {}
    for language in WRITTEN_IN:
        parts = (say_text(before, language), say_text(text, language), say_text(after, language))
        said = ": ".join(part for part in parts if part)
        if said:
            found[language] = said
    return found


def read_notes(codebook: Entry) -> Mapping[str, Text]:
    """The sentences that hold for all of it, by what they are about."""
    return cast(Mapping[str, Text], codebook["notes"])


def read_title(codebook: Entry) -> Text:
    """What the survey is called."""
    return cast(Text, codebook["title"])
