"""What is a paper made of, whatever it is set with?

Blocks in their order: headings, paragraphs, lists, tables, pictures, and blocks beside each other. Words are
in the reader's language already. `write_document` gives them to the press, survey/reports/word.py to Word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Tone(StrEnum):
    """How a paragraph is set: as text, larger, smaller, or in a frame that is not overlooked."""

    TEXT = "text"
    LEAD = "lead"
    SMALL = "small"
    WARNING = "warning"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a chapter, the document's title stands above them all."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `label` stands before it in bold."""

    text: str
    tone: Tone = Tone.TEXT
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list; on a page of fixed length so many of the last are cut (survey/reports/fitting.py)."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with heads; `numbers` are the columns whose cells stand to the right."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, with what it shows in words; `width` is a share of the text's, 0-1."""

    svg: str = field(repr=False)
    alt: str
    width: float = 1.0


@dataclass(frozen=True)
class Columns:
    """Blocks beside each other; on a narrow page, as Word's, they follow each other by their column."""

    columns: tuple[tuple[Block, ...], ...]
    is_together: bool = True


Block: TypeAlias = "Heading | Paragraph | Bullets | Table | Picture | Columns"


@dataclass(frozen=True)
class Document:
    """A whole paper. `about` stands under the title and `footer` at the foot of every page.

    One that is `is_one_page` has no table of contents and no chapters on pages of their own.
    """

    title: str
    about: str
    language: str
    footer: str
    contents: str
    page_of: str
    blocks: tuple[Block, ...]
    is_one_page: bool = False


def list_pictures(blocks: Sequence[Block]) -> Iterator[Picture]:
    """Every picture, in order."""
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from list_pictures(column)


def write_block(block: Block) -> dict[str, object]:
    """A block as the press reads it."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "text", "tone": block.tone.value, "label": block.label, "text": block.text}
        case Bullets():
            return {"kind": "bullets", "items": block.items}
        case Table():
            numbers = [place in block.numbers for place in range(len(block.heads))]
            rows = {"caption": block.caption, "heads": block.heads, "rows": block.rows}
            return {"kind": "table", "numbers": numbers, **rows}
        case Picture():
            return {"kind": "picture", "svg": block.svg, "alt": block.alt, "width": block.width * 100}
        case Columns():
            columns = [[write_block(one) for one in column] for column in block.columns]
            return {"kind": "columns", "columns": columns}


def write_document(document: Document) -> dict[str, object]:
    """The document as the press reads it."""
    return {
        "title": document.title,
        "about": document.about,
        "lang": document.language,
        "footer": document.footer,
        "contents": document.contents,
        "page_of": document.page_of,
        "one_page": document.is_one_page,
        "blocks": [write_block(one) for one in document.blocks],
    }
