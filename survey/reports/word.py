"""How does a paper become a Word file that can be changed and listened to?

Real styles and headings, tables with a row of heads, alternative texts, the language of the words. A picture
is there as SVG, with a PNG at 300 dpi for programs that draw none. Where a page ends Word decides itself
(docs/reports.md says what is done about that on a page of a fixed length).
"""

# python-docx tells little of what lies under its objects.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateUsage=false

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from survey.reports.document import (
    Block,
    Bullets,
    Columns,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
    Tone,
    list_pictures,
)
from survey.reports.printing import draw_pictures

FONT = "Calibri"
LOCALES = {"sv": "sv-SE", "en": "en-GB"}
BLUE = RGBColor(0x00, 0x54, 0x8F)
PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # millimetres, A4
MARGINS = {True: 15, False: 22}  # millimetres, of a page of a fixed length and of others
SIZES = {True: 9.0, False: 10.5}  # points
GAP = 6.0  # millimetres between columns
TWIPS = 1440 / 25.4  # in a millimetre
SVG_TYPE, SVG_URI = "image/svg+xml", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_NAMES = 'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
RELATION_NAMES = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DRAWING_NAMES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def write_word(document: Document) -> bytes:
    """The file. Raises SurveyError report_not_set when its pictures cannot be drawn."""
    return Writer(document).write()


class Writer:
    """A file under way: the document, and the PNG of every picture in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word: WordDocument = docx.Document()
        self.is_tight = document.is_one_page
        self.width = PAGE_WIDTH - 2 * MARGINS[self.is_tight]
        pictures = list(list_pictures(document.blocks))
        self.drawn: Iterator[bytes] = iter(draw_pictures(pictures, width=self.width))
        self.numbers = iter(range(1, len(pictures) + 1))

    def write(self) -> bytes:
        set_up(self.word, self.document, is_tight=self.is_tight)
        self.word.add_heading(self.document.title, level=0)
        if self.document.about:
            self.word.add_paragraph(self.document.about)
        if not self.is_tight:
            self.word.add_heading(self.document.contents, level=1)
            add_field(self.word.add_paragraph(), r'TOC \o "1-3" \h \z \u', self.document.contents)
        for block in self.document.blocks:
            self.add(block)
        made = io.BytesIO()
        self.word.save(made)
        return made.getvalue()

    def add(self, block: Block, *, share: float = 1.0) -> None:
        """A block; `share` is how much of the text's width a picture in it may take."""
        match block:
            case Heading():
                self.add_heading(block)
            case Paragraph():
                self.add_paragraph(block)
            case Bullets():
                for row in block.items:
                    self.word.add_paragraph(row, style="List Bullet")
            case Table():
                add_table(self.word, block)
            case Picture():
                self.add_picture(block, self.width * block.width * share)
            case Columns():
                self.add_columns(block)

    def add_heading(self, block: Heading) -> None:
        heading = self.word.add_heading(block.text, level=block.level)
        if block.level == 1 and not self.is_tight:
            heading.paragraph_format.page_break_before = True

    def add_paragraph(self, block: Paragraph) -> None:
        style = {Tone.SMALL: "Caption", Tone.WARNING: "Intense Quote"}.get(block.tone, "Normal")
        paragraph = self.word.add_paragraph(style=style)
        if block.label:
            paragraph.add_run(f"{block.label} ").bold = True
        paragraph.add_run(block.text)

    def add_columns(self, block: Columns) -> None:
        """Columns of a section of their own, read one after the other; no table, which would be read out."""
        number = len(block.columns)
        self.begin_section(number)
        for place, column in enumerate(block.columns):
            for one in column:
                self.add(one, share=(self.width - GAP * (number - 1)) / number / self.width)
            if place < number - 1:
                self.word.add_paragraph(style="Caption").add_run().add_break(WD_BREAK.COLUMN)
        self.begin_section(1)

    def begin_section(self, columns: int) -> None:
        """A section that goes on where the one before ended, with so many columns."""
        section: Any = self.word.add_section(WD_SECTION.CONTINUOUS)
        told = section._sectPr.find(qn("w:cols"))
        if told is None:
            told = OxmlElement("w:cols")
            section._sectPr.append(told)
        told.set(qn("w:num"), str(columns))
        told.set(qn("w:space"), str(round(GAP * TWIPS)))

    def add_picture(self, block: Picture, width: float) -> None:
        """A picture with its alternative text, as PNG and beside it as SVG."""
        number = next(self.numbers)
        run = self.word.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(next(self.drawn)), width=Mm(width))
        inline: Any = shape._inline
        inline.docPr.set("descr", block.alt)
        inline.docPr.set("title", block.alt.split(". ")[0])
        name = PackURI(f"/word/media/picture{number}.svg")
        package: Any = self.word.part.package
        part = Part(name, SVG_TYPE, block.svg.encode(), package)
        relation = self.word.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        blip: Any = inline.graphic.graphicData.pic.blipFill.blip
        blip.append(
            parse_xml(
                f'<a:extLst {DRAWING_NAMES}><a:ext uri="{SVG_URI}"><asvg:svgBlip {SVG_NAMES} '
                f'{RELATION_NAMES} r:embed="{relation}"/></a:ext></a:extLst>'
            )
        )


def set_up(word: WordDocument, document: Document, *, is_tight: bool) -> None:
    """Page, fonts, language, title, and the foot with the page's number."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    margin = Mm(MARGINS[is_tight])
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = Mm(12) if is_tight else margin
    section.footer_distance = Mm(6) if is_tight else Mm(10)
    word.core_properties.title = document.title
    word.core_properties.language = LOCALES.get(document.language, document.language)
    word.core_properties.author = ""
    set_styles(word, language=LOCALES.get(document.language, document.language), is_tight=is_tight)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{document.footer} ")
    before, _, rest = document.page_of.partition("{page}")
    between, _, after = rest.partition("{pages}")
    foot.add_run(before)
    add_field(foot, "PAGE", "1")
    foot.add_run(between)
    add_field(foot, "NUMPAGES", "1")
    foot.add_run(after)


def set_styles(word: WordDocument, *, language: str, is_tight: bool) -> None:
    """One font, our sizes, the document's language; nothing is written in capitals or by colour alone."""
    size = SIZES[is_tight]
    for name, points in (
        ("Normal", size),
        ("List Bullet", size),
        ("Caption", size * 0.88),
        ("Intense Quote", size),
        ("Title", size * 1.9),
        ("Heading 1", size * 1.3),
        ("Heading 2", size * 1.12),
        ("Heading 3", size),
    ):
        style: Any = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(points)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(part), FONT)
        for part in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(part), None)
        is_heading = name.startswith(("Heading", "Title"))
        style.font.color.rgb = BLUE if is_heading else RGBColor(0x1F, 0x29, 0x33)
        style.font.bold, style.font.italic = is_heading, False
        style.paragraph_format.space_before = Pt(size * (0.6 if is_heading else 0.0))
        style.paragraph_format.space_after = Pt(size * (0.15 if is_tight else 0.5))
        style.paragraph_format.line_spacing = 1.0
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    normal: Any = word.styles["Normal"].element.get_or_add_rPr()
    normal.append(spoken)
    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def add_table(word: WordDocument, block: Table) -> None:
    """A table whose first row is repeated on every page and read as heads."""
    if block.caption:
        word.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    table: WordTable = word.add_table(rows=0, cols=len(block.heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for place, row in enumerate((block.heads, *block.rows)):
        fill_row(table, row, block.numbers, is_head=place == 0)
    described: Any = table._tbl.tblPr
    for tag in ("w:tblCaption", "w:tblDescription"):
        about = OxmlElement(tag)
        about.set(qn("w:val"), block.caption or block.heads[0])
        described.append(about)
    word.add_paragraph(style="Caption")


def fill_row(table: WordTable, row: Sequence[str], numbers: frozenset[int], *, is_head: bool) -> None:
    cells: Any = table.add_row()
    properties = cells._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, text) in enumerate(zip(cells.cells, row, strict=True)):
        paragraph: WordParagraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).bold = is_head
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def add_field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """A field that Word works out, such as a page's number; `shown` stands until it has."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", shown), ("end", "")):
        run: Any = paragraph.add_run()._r
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            if kind == "begin":
                mark.set(qn("w:dirty"), "true")
            run.append(mark)
        elif kind == "text":
            run.text = text
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run.append(code)
