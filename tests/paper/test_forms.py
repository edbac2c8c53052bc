"""Does every page of a form carry its code, is no question split, and is each language whole?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from survey.answering.journey import make_survey
from survey.areas import load_areas
from survey.definition.load import load_folder
from survey.definition.model import Form
from survey.language import pick_text, speak
from survey.paper.boxes import MOST_BOXES, Row, list_rows
from survey.paper.marks import read_mark
from survey.paper.printing import SIZES, PaperForm, Print, print_forms
from survey.paper.wording import About, say_conditions
from survey.settings import Settings
from tests.definition.small_survey import read_survey
from tests.walks import SURVEYS

AREAS = load_areas(Settings())
DEFINITIONS = {one.survey: one for one in load_folder(SURVEYS)}
CODES = ("ABCD EFGH JKM", "NPQR STUV WXY")
LAST_DAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Printed:
    """Two forms as they were printed."""

    survey: str
    form: Form
    language: str
    size: int


PRINTS = [
    Printed(name, form, language, size)
    for (name, form, language), size in zip(
        [(n, form, code) for n, d in DEFINITIONS.items() for form in d.forms for code in d.languages],
        cycle(SIZES),
        strict=False,
    )
]


@lru_cache(maxsize=16)
def print_two(wish: Printed) -> bytes:
    survey = make_survey(DEFINITIONS[wish.survey], wish.form, AREAS)
    about = About("Region Exempel", "open", LAST_DAY, "Enkätgruppen, Storgatan 1")
    forms = [PaperForm(code) for code in CODES]
    return b"".join(print_forms(forms, Print(survey, wish.language, about, wish.size)))


def squeeze(text: str) -> str:
    """A text without its spaces and hyphens, for lines are broken anywhere."""
    return re.sub(r"[\s\u00ad\ufffe-]", "", text)


@lru_cache(maxsize=16)
def list_texts(wish: Printed) -> list[str]:
    document = pypdfium2.PdfDocument(print_two(wish))
    return [squeeze(page.get_textpage().get_text_range()) for page in document]


def list_squares(content: bytes) -> list[list[str]]:
    """What the small square of each page says, as a scanner sees it."""
    document = pypdfium2.PdfDocument(content)
    formats = zxingcpp.BarcodeFormat.QRCode
    return [
        [one.text for one in zxingcpp.read_barcodes(page.render(scale=2).to_pil(), formats=formats)]
        for page in document
    ]


def say_name(wish: Printed) -> str:
    return f"{wish.survey}-{wish.form}-{wish.language}-{wish.size}"


def test_every_survey_form_language_and_size_is_printed() -> None:
    assert {one.size for one in PRINTS} == set(SIZES)
    assert len(PRINTS) == 9


@pytest.mark.parametrize("wish", PRINTS, ids=say_name)
def test_every_page_says_its_number_and_its_forms_code(wish: Printed) -> None:
    texts, words = list_texts(wish), speak(wish.language)
    of = len(texts) // 2
    assert of % 2 == 0 and len(texts) == 2 * of  # each form begins on a new sheet
    for at, text in enumerate(texts):
        assert squeeze(words.say("paper.page", page=at % of + 1, of=of)) in text
        assert squeeze(CODES[at // of]) in text
        assert squeeze(CODES[1 - at // of]) not in text


@pytest.mark.parametrize("wish", PRINTS, ids=say_name)
def test_no_question_is_split_between_pages(wish: Printed) -> None:
    texts = list_texts(wish)[: len(list_texts(wish)) // 2]
    for row in list_rows(make_survey(DEFINITIONS[wish.survey], wish.form, AREAS)):
        asked = squeeze(f"{row.number}. {pick_text(row.asked.question.text, wish.language)}")
        (page,) = [text for text in texts if asked in text]
        rest = page[page.index(asked) + len(asked) :]
        for option in row.asked.options:
            label = squeeze(pick_text(option.text, wish.language))
            assert label in rest
            rest = rest.replace(label, "", 1) if row.boxes[0].is_escape else rest


@pytest.mark.parametrize("survey", DEFINITIONS)
def test_the_square_of_every_page_says_survey_version_form_page_and_code(survey: str) -> None:
    wish = next(one for one in PRINTS if one.survey == survey and one.size == max(SIZES))
    squares = list_squares(print_two(wish))
    of = len(squares) // 2
    for at, found in enumerate(squares):
        (text,) = found
        mark = read_mark(text)
        assert mark is not None
        assert (mark.survey, mark.version, mark.form) == (survey, "2026-1", wish.form)
        assert (mark.language, mark.page) == (wish.language, at % of + 1)
        assert mark.code == CODES[at // of].replace(" ", "")


@pytest.mark.parametrize("wish", PRINTS[:3], ids=say_name)
def test_a_form_is_a_tagged_document_with_language_title_and_its_font(wish: Printed) -> None:
    made = print_two(wish)
    for mark in (b"/MarkInfo<</Marked true>>", b"/StructTreeRoot", b"/Lang(", b"/DisplayDocTitle true"):
        assert mark in made
    assert b"pdfuaid" in made
    assert b"SourceSans" in made


def test_text_is_as_large_as_was_asked_for() -> None:
    for wish in PRINTS[:3]:
        page = pypdfium2.PdfDocument(print_two(wish))[2].get_textpage()
        sizes = {round(pypdfium2.raw.FPDFText_GetFontSize(page, at), 1) for at in range(page.count_chars())}
        assert float(wish.size) in sizes


def test_the_first_pages_say_who_asks_that_it_is_voluntary_and_what_differs_on_paper() -> None:
    for wish in PRINTS:
        words = speak(wish.language)
        of = len(list_texts(wish)) // 2
        head = words.say("paper.page", page=2, of=of) + words.say("paper.code") + CODES[0]
        first = "".join(list_texts(wish)[:2]).replace(squeeze(head), "")
        for key in ("letter.voluntary", "paper.care_open", "paper.care_keyed", "paper.care_receipt"):
            assert squeeze(words.say(key)) in first, (wish, key)
        assert "RegionExempel" in first and "Storgatan1" in first
        assert squeeze(words.say("paper.back_by", day=words.day(LAST_DAY))) in first


def test_a_condition_stands_in_words_above_its_question() -> None:
    wish = PRINTS[0]
    whole = "".join(list_texts(wish))
    assert "Svarabaraom dusvaradepåfråga27ellerdusvaradepåfråga28.".replace(" ", "") in whole
    assert "Svarabaraomduintesvarade”Ingen”påfråga4." in whole


class TestBoxes:
    def test_a_scale_has_figures_and_its_escape_a_letter(self, tmp_path: Path) -> None:
        rows = list_rows(make_survey(read_survey(tmp_path), "full", AREAS))
        assert [[box.key for box in row.boxes] for row in rows] == [
            ["1", "2", "e"],
            ["1", "2", "e"],
            ["1", "2"],
            [],
        ]
        assert [row.kind for row in rows] == ["one", "one", "one", "text"]

    def test_more_than_nine_boxes_have_two_figures_and_more_than_forty_are_a_line(self) -> None:
        by_id = find_rows("invanarupplevelse", "full")
        assert [box.key for box in by_id["b5"].boxes][::10] == ["01", "11", "21"]
        country = load_areas(Settings(COUNTIES="01,03,04,05,06,07,08"))  # type: ignore[call-arg]
        survey = make_survey(DEFINITIONS["invanarupplevelse"], "full", country)
        municipality = next(row for row in list_rows(survey) if row.id == "b2")
        assert len(municipality.asked.options) > MOST_BOXES
        assert municipality.kind == "written"

    def test_a_condition_on_a_question_that_the_form_leaves_out_is_decided_beforehand(self) -> None:
        short = find_rows("invanarupplevelse", "short")
        assert "b7" not in short  # full only
        assert [one.question for one in short["c1"].conditions] == ["ft1", "ft2"]

    @pytest.mark.parametrize(
        ("condition", "said"),
        [
            ("{question: q3, any_of: [a]}", "Svara bara om du svarade ”A” på fråga 3."),
            ("{question: q3, any_of: [a, b]}", "Svara bara om du svarade ”A” eller ”B” på fråga 3."),
            ("{question: q3, none_of: [b]}", "Svara bara om du inte svarade ”B” på fråga 3."),
            ("{question: q3, answered: true}", "Svara bara om du svarade på fråga 3."),
            ("{question: q3, answered: false}", "Svara bara om du inte svarade på fråga 3."),
        ],
    )
    def test_every_kind_of_condition_has_words(self, tmp_path: Path, condition: str, said: str) -> None:
        definition = read_survey(tmp_path, ("{question: q3, any_of: [a]}", condition))
        survey = make_survey(definition, "full", AREAS)
        rows = list_rows(survey)
        numbers = {row.id: row.number for row in rows}
        assert say_conditions(rows[-1], speak("sv"), numbers, survey).startswith(said)


def find_rows(survey: str, form: Form) -> dict[str, Row]:
    return {row.id: row for row in list_rows(make_survey(DEFINITIONS[survey], form, AREAS))}
