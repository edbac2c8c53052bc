"""Does a programme report tell of every area, with contents, numbered pages and figures as published?"""

from __future__ import annotations

import re

import pytest

from survey.demo.county import LJUNGBY, TORSAS
from survey.insight.choice import Choice
from survey.insight.trends import find_trends
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import VISITOR
from survey.reports.area_chapter import make_table
from survey.reports.document import Document, Heading
from survey.reports.printing import set_paper
from survey.reports.programme import make_programme
from survey.reports.subject import find_best_lines
from survey.store import publications
from tests.reports.conftest import EMPTY, VAXJO, make_subject
from tests.reports.reading_papers import count_pages, is_tagged, read_document, read_language, read_pdf
from tests.walks import SURVEY

AREAS = (VAXJO, LJUNGBY, TORSAS, EMPTY)


@pytest.fixture(scope="module")
def document(county: Installation) -> Document:
    told: list[tuple[int, int]] = []
    subject = make_subject(county, VAXJO, kind="programme")
    made = make_programme(
        subject, [county.areas.find(one) for one in AREAS], tell=lambda *step: told.append(step)
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    return made


@pytest.fixture(scope="module")
def paper(document: Document) -> bytes:
    return set_paper([document])[0]


def test_every_area_has_a_chapter_in_the_order_asked_for(county: Installation, document: Document) -> None:
    headings = [(one.level, one.text) for one in document.blocks if isinstance(one, Heading)]
    places = [headings.index((2, county.areas.find(code).name)) for code in AREAS]
    assert places == sorted(places)
    assert [text for level, text in headings if level == 1] == [
        "Det viktigaste",
        "Vad som har beslutats",
        "Utvecklingen i varje område",
        "Gemensamt i länet",
        "Så är talen gjorda",
        "Publiceringarna",
    ]


def test_it_is_tagged_has_contents_and_numbers_its_pages(document: Document, paper: bytes) -> None:
    text, pages = read_pdf(paper), count_pages(paper)
    assert is_tagged(paper) and read_language(paper) == "sv"
    assert pages > 5
    assert f"Sida 1 av {pages}" in text and f"Sida {pages} av {pages}" in text
    contents = text[: text.index("Sida 1 av")]
    assert re.search(r"Ljungby[ .]+\d+", contents)


def test_the_table_of_an_area_has_the_figures_that_were_published(county: Installation) -> None:
    teller = find_best_lines(make_subject(county, LJUNGBY, kind="programme"))
    choice = teller.trends.choice
    names = {teller.name_dimension(one): one.dimension.id for one in teller.trends.series}
    with county.database.read() as connection:
        cells = publications.list_cells(
            connection, survey=SURVEY, areas=[LJUNGBY], kind=choice.kind, first="2020-01", last="2027"
        )
    words = speak("sv")
    shown = {
        (one.measure, words.period(one.period)): round(one.mean)
        for one in cells
        if one.hidden_public is None and one.mean is not None
    }
    rows = make_table(teller).rows
    assert len(rows) == len(names)
    for name, *ends, _, _ in rows:
        for end in ends:
            mean, period = re.fullmatch(r"(\d+) \((.+)\)", end).groups()  # type: ignore[union-attr]
            assert shown[names[name], period] == int(mean)


def test_an_area_without_answers_says_so_and_does_not_stop_the_report(document: Document) -> None:
    assert "inga svar under den här tiden" in read_document(document)


def test_the_kind_of_period_is_the_shortest_whose_headlines_can_be_judged(county: Installation) -> None:
    teller = find_best_lines(make_subject(county, VAXJO))
    assert teller.trends.choice.kind == "month"
    again = find_trends(county, Choice(SURVEY, VAXJO, "month", "2023-09", "2026-08"), viewer=VISITOR)
    assert [one.line for one in teller.trends.series] == [one.line for one in again.series]
