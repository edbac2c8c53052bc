"""How a codebook is read by a person: the same content as a Markdown page, Swedish and English together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from survey.insight.open_data.meanings import WRITTEN_IN, Entry
from survey.language import speak

# Texts come from survey files and from people: none of them may become a picture, a link or a table.
SPECIAL = re.compile(r"([\\`*_{}\[\]#+!|<>~&])")
LANGUAGES_APART = " / "
TABLES: Mapping[str, tuple[str, ...]] = {
    "files": ("name", "rows", "sha256"),
    "columns": ("file", "name", "text"),
    "statuses": ("code", "text"),
    "limits": ("n", "below", "above"),
    "measures": ("code", "text", "explanation", "unit", "versions"),
    "areas": ("code", "text", "kind", "parent"),
    "periods": ("code", "kind", "first", "last", "whole", "parent"),
    "groups": ("code", "about", "text"),
    "revisions": (
        "month",
        "revision",
        "published",
        "reason",
        "versions",
        "method",
        "code_version",
        "population_year",
        "threshold_public",
        "checksum",
    ),
}


def write_page(codebook: Entry) -> str:
    """The page, ending with a line break."""
    title = write_value(codebook["title"])
    lines = [f"# {title}", ""]
    for language in WRITTEN_IN:
        lines += [*write_notes(cast(Mapping[str, Mapping[str, str]], codebook["notes"]), language), ""]
    for section, columns in TABLES.items():
        heads = [speak(one).say(f"open_data.part.{section}") for one in WRITTEN_IN]  # keys: open_data.part.*
        rows = cast(Sequence[Entry], codebook[section])
        lines += [f"## {LANGUAGES_APART.join(heads)}", "", *write_table(columns, rows), ""]
    return "\n".join(lines)


def write_notes(notes: Mapping[str, Mapping[str, str]], language: str) -> Iterator[str]:
    """The sentences that hold for all of it, in one language, as a list."""
    yield f"## {speak(language).language.name}"
    yield ""
    yield from (f"- {escape(note[language])}" for note in notes.values())


def write_table(columns: Sequence[str], rows: Iterable[Entry]) -> Iterator[str]:
    yield write_row(columns)
    yield write_row(["---"] * len(columns))
    yield from (write_row([write_value(row[column]) for column in columns]) for row in rows)


def write_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_value(value: object) -> str:
    """A value of the codebook as text: languages beside each other, once where they are alike."""
    if isinstance(value, Mapping):
        texts = cast(Mapping[str, str], value)
        return LANGUAGES_APART.join(dict.fromkeys(escape(text) for text in texts.values()))
    if isinstance(value, list):
        return ", ".join(escape(str(one)) for one in cast(list[object], value))
    if isinstance(value, bool):
        return LANGUAGES_APART.join(
            speak(one).say("open_data.yes" if value else "open_data.no") for one in WRITTEN_IN
        )
    return "" if value is None else escape(str(value))


def escape(text: str) -> str:
    """A text in one line that Markdown shows as it is."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
