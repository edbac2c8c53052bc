"""How is what is known of files written as a DDI-Codebook 2.5 document, as data archives take it?

Source: DDI Alliance 2012, DDI-Codebook 2.5. Elements stand in the order of its schema; texts in several
languages are repeated elements with xml:lang.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree

NAMESPACE = "ddi:codebook:2_5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
Text = Mapping[str, str]


@dataclass(frozen=True)
class Category:
    """A value that a variable may have. One that is missing is no answer and no number."""

    value: str
    text: Text
    is_missing: bool = False


@dataclass(frozen=True)
class Variable:
    """A column of the files. `question` is what was asked, empty when nothing was."""

    name: str
    text: Text
    question: Text = field(default_factory=dict[str, str])
    universe: Text = field(default_factory=dict[str, str])
    about: Text = field(default_factory=dict[str, str])
    categories: Sequence[Category] = ()
    is_number: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataFile:
    """A file that is described, with how many rows and columns it has; None where it is no table."""

    name: str
    kind: str
    about: Text
    rows: int
    columns: int | None


@dataclass(frozen=True)
class Study:
    """What the files are about and where they come from. Months are 2026-09, days 2026-11-29."""

    id: str
    title: Text
    publisher: str
    abstract: Text
    first: str
    last: str
    places: Sequence[str]
    unit: Text
    universe: Text
    kind: Text
    method: Sequence[Text]
    weights: Text
    precision: Text
    confidentiality: Text
    conditions: Text
    citation: Text
    version: str
    made: str
    software: str


def write_ddi(study: Study, files: Sequence[DataFile], variables: Iterable[Variable]) -> bytes:
    """The document as UTF-8. What XML cannot hold, control characters, is left out."""
    ElementTree.register_namespace("", NAMESPACE)
    book = ElementTree.Element(name("codeBook"), {"version": "2.5", "ID": clean_id(study.id)})
    describe_document(add(book, "docDscr"), study)
    describe_study(add(book, "stdyDscr"), study)
    for number, one in enumerate(files, 1):
        describe_file(add(book, "fileDscr", ID=f"F{number}"), one)
    data = add(book, "dataDscr")
    names = {one.name: f"F{number}" for number, one in enumerate(files, 1)}
    for number, variable in enumerate(variables, 1):
        describe_variable(data, variable, f"V{number}", names)
    ElementTree.indent(book)
    return ElementTree.tostring(book, encoding="utf-8", xml_declaration=True) + b"\n"


def describe_document(place: ElementTree.Element, study: Study) -> None:
    citation = add(place, "citation")
    add_titles(citation, study)
    production = add(citation, "prodStmt")
    add(production, "producer", study.publisher)
    add(production, "prodDate", study.made, date=study.made)
    add(production, "software", study.software)


def add_titles(citation: ElementTree.Element, study: Study) -> None:
    """The title in the first language, in the others as parallel titles."""
    statement = add(citation, "titlStmt")
    for number, (language, text) in enumerate(study.title.items()):
        put(statement, "parTitl" if number else "titl", text, language)
    add(statement, "IDNo", study.id)


def describe_study(place: ElementTree.Element, study: Study) -> None:
    """Citation, what it is about, how it was made, and on which terms."""
    citation = add(place, "citation")
    add_titles(citation, study)
    add(add(citation, "rspStmt"), "AuthEnty", study.publisher)
    add(add(citation, "distStmt"), "distrbtr", study.publisher)
    add(add(citation, "verStmt"), "version", study.version, date=study.made)
    put_all(citation, "biblCit", study.citation)
    about = add(place, "stdyInfo")
    put_all(about, "abstract", study.abstract)
    summary = add(about, "sumDscr")
    for event, month in (("start", study.first), ("end", study.last)):
        add(summary, "timePrd", month, event=event, date=month)
    add(summary, "nation", "Sverige", abbr="SE")
    for one in study.places:
        add(summary, "geogCover", one)
    put_all(summary, "anlyUnit", study.unit)
    put_all(summary, "universe", study.universe)
    put_all(summary, "dataKind", study.kind)
    method = add(place, "method")
    collection = add(method, "dataColl")
    put_all(collection, "weight", study.weights)
    for text in study.method:
        put_all(method, "notes", text)
    put_all(add(method, "anlyInfo"), "EstSmpErr", study.precision)
    access = add(add(place, "dataAccs"), "useStmt")
    put_one(access, "confDec", study.confidentiality)
    put_one(access, "conditions", study.conditions)


def describe_file(place: ElementTree.Element, one: DataFile) -> None:
    text = add(place, "fileTxt")
    add(text, "fileName", one.name)
    put_one(text, "fileCont", one.about)
    size = add(text, "dimensns")
    add(size, "caseQnty", str(one.rows))
    if one.columns is not None:
        add(size, "varQnty", str(one.columns))
    add(text, "fileType", one.kind)


def describe_variable(
    data: ElementTree.Element, one: Variable, number: str, files: Mapping[str, str]
) -> None:
    held = " ".join(files[file] for file in one.files if file in files)
    attributes = {"ID": number, "name": one.name, "intrvl": "contin" if one.is_number else "discrete"}
    place = add(data, "var", **attributes, **({"files": held} if held else {}))
    put_all(place, "labl", one.text)
    if one.question:
        put_all(add(place, "qstn"), "qstnLit", one.question)
    missing = [category.value for category in one.categories if category.is_missing]
    if missing:
        invalid = add(place, "invalrng")
        for value in missing:
            add(invalid, "item", VALUE=value)
    put_all(place, "universe", one.universe)
    put_all(place, "txt", one.about)
    for category in one.categories:
        entry = add(place, "catgry", **({"missing": "Y"} if category.is_missing else {}))
        add(entry, "catValu", category.value)
        put_all(entry, "labl", category.text)
    add(place, "varFormat", type="numeric" if one.is_number else "character")


def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(
        parent, name(tag), {key: clean(value) for key, value in attributes.items()}
    )
    element.text = clean(text) or None
    return element


def put(parent: ElementTree.Element, tag: str, text: str, language: str) -> None:
    add(parent, tag, text).set(LANGUAGE, language)


def put_all(parent: ElementTree.Element, tag: str, texts: Text) -> None:
    """An element for each language."""
    for language, text in texts.items():
        put(parent, tag, text, language)


def put_one(parent: ElementTree.Element, tag: str, texts: Text) -> None:
    """An element that may stand once: the text in the first language."""
    for language, text in list(texts.items())[:1]:
        put(parent, tag, text, language)


def name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return UNWRITABLE.sub("", text)


def clean_id(text: str) -> str:
    """A text as an XML id: it begins with a letter, and has letters, digits, points, hyphens."""
    return "id-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)
