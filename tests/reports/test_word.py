"""Does a Word paper open, with headings, tables with heads, described pictures and a language?"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from survey.demo.county import LJUNGBY
from survey.installation import Installation
from survey.reports.committee import make_committee_pages
from survey.reports.compose import compose
from survey.reports.document import Document, Heading, Table, list_pictures
from survey.reports.programme import make_programme
from survey.reports.wish import Asked, read_wish
from survey.reports.word import write_word
from tests.reports.conftest import MANAGER, VAXJO, make_subject

PNG = b"\x89PNG"


@pytest.fixture(scope="module")
def document(county: Installation) -> Document:
    return make_committee_pages(make_subject(county, LJUNGBY))[0]


@pytest.fixture(scope="module")
def written(document: Document) -> bytes:
    return write_word(document)


def open_word(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_the_headings_are_headings_in_the_order_of_the_document(document: Document, written: bytes) -> None:
    found = [(p.style.name, p.text) for p in open_word(written).paragraphs]
    assert found[0] == ("Title", "Nämndsida: Ljungby")
    told = [text for style, text in found if style.startswith("Heading")]
    assert told == list(list_headings(document.blocks))


def list_headings(blocks: Any) -> Any:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        for column in getattr(block, "columns", ()):
            yield from list_headings(column)


def test_each_picture_is_described_and_there_both_as_svg_and_as_png(
    document: Document, written: bytes
) -> None:
    pictures = list(list_pictures(document.blocks))
    shapes = open_word(written).inline_shapes
    assert [one._inline.docPr.get("descr") for one in shapes] == [one.alt for one in pictures]
    files = zipfile.ZipFile(io.BytesIO(written))
    names = [name for name in files.namelist() if name.startswith("word/media/")]
    svg = sorted(files.read(name).decode() for name in names if name.endswith(".svg"))
    assert svg == sorted(one.svg for one in pictures)
    assert all(files.read(name).startswith(PNG) for name in names if name.endswith(".png"))
    assert files.read("word/document.xml").count(b"svgBlip") == len(pictures)


def test_tables_have_a_row_of_heads_and_the_same_cells(document: Document, written: bytes) -> None:
    (table,) = open_word(written).tables
    (wanted,) = list_tables(document.blocks)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        list(row) for row in (wanted.heads, *wanted.rows)
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, *[False] * len(wanted.rows)]


def list_tables(blocks: Any) -> list[Table]:
    found = [block for block in blocks if isinstance(block, Table)]
    for block in blocks:
        for column in getattr(block, "columns", ()):
            found += list_tables(column)
    return found


@pytest.mark.parametrize(("language", "locale"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_the_language_is_said(county: Installation, language: str, locale: str) -> None:
    made = write_word(make_committee_pages(make_subject(county, VAXJO, language=language))[0])
    opened = open_word(made)
    assert opened.core_properties.language == locale
    assert {one.get(qn("w:val")) for one in opened.styles.element.iter(qn("w:lang"))} == {locale}
    assert opened.core_properties.author == ""


def test_a_word_page_is_a_version_with_room_to_spare(county: Installation) -> None:
    wish = read_wish(county, Asked(areas=(LJUNGBY,), format="docx"), by=MANAGER)
    steps: list[tuple[int, int]] = []
    file, name = compose(county, wish, role="manager", tell=lambda *step: steps.append(step))
    assert name == "namndsida-ljungby-2023-09--2026-08.docx"
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert open_word(file).paragraphs[0].text == "Nämndsida: Ljungby"


def test_a_programme_has_a_table_of_contents_and_pages_with_numbers(county: Installation) -> None:
    subject = make_subject(county, LJUNGBY, kind="programme")
    document = make_programme(subject, [county.areas.find(LJUNGBY)], tell=lambda *_: None)
    opened = open_word(write_word(document))
    body = opened.element.body.xml
    assert 'TOC \\o "1-3"' in body
    assert "NUMPAGES" in opened.sections[0].footer._element.xml
