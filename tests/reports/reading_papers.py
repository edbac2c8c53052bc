"""What stands in a paper, read as a person or a program reads it?"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw

from survey.reports.document import Block, Bullets, Columns, Document, Heading, Paragraph, Picture, Table

DIVIDED = "\ufffe"  # where a word is divided between lines


def list_texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of a document but the pictures'."""
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield f"{block.label} {block.text}".strip()
            case Bullets():
                yield from block.items
            case Table():
                yield block.caption
                yield from block.heads
                for row in block.rows:
                    yield from row
            case Columns():
                for column in block.columns:
                    yield from list_texts(column)
            case Picture():
                pass


def read_document(document: Document) -> str:
    return " ".join([document.title, document.about, *list_texts(document.blocks)])


def read_pdf(content: bytes) -> str:
    """The words of a PDF; those that are divided between lines are joined."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace(DIVIDED, "").split())


def count_pages(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def read_language(content: bytes) -> str:
    """The language that a PDF says it is in."""
    document = pypdfium2.PdfDocument(content)
    try:
        length = pypdfium2.raw.FPDFCatalog_GetLanguage(document, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pypdfium2.raw.FPDFCatalog_GetLanguage(document, pointer, length)
    finally:
        document.close()
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def is_tagged(content: bytes) -> bool:
    document = pypdfium2.PdfDocument(content)
    try:
        return bool(pypdfium2.raw.FPDFCatalog_IsTagged(document))
    finally:
        document.close()


def count_tags(content: bytes, page: int = 0) -> dict[str, int]:
    """How many elements of each kind a page's tree of tags has."""
    document = pypdfium2.PdfDocument(content)
    raw = pypdfium2.raw
    found: dict[str, int] = {}

    def walk(element: object) -> None:
        length = raw.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDF_StructElement_GetType(element, buffer, length)
        kind = buffer.raw.decode("utf-16-le").rstrip("\0")
        found[kind] = found.get(kind, 0) + 1
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                walk(child)

    try:
        opened = document[page]
        tree = raw.FPDF_StructTree_GetForPage(opened)
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
        raw.FPDF_StructTree_Close(tree)
    finally:
        document.close()
    return found
