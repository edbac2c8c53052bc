"""Is a committee page always one page, and is each number on it a published cell?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from survey.demo.county import LJUNGBY, TORSAS
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.reports.committee import make_committee_pages
from survey.reports.document import Columns, Document, Picture, list_pictures, write_document
from survey.reports.fitting import WHOLE, Part, list_versions, shorten, split_rows
from survey.reports.press import SIZES, Press
from survey.reports.printing import set_paper
from survey.store import publications
from tests.reports.conftest import EMPTY, VAXJO, make_subject
from tests.reports.reading_papers import (
    count_tags,
    is_tagged,
    read_document,
    read_language,
    read_pdf,
)
from tests.walks import SURVEY

KRONOBERG = "07"
HEADLINES = ("personcentrering", "kontinuitet", "helhet")
LATEST = re.compile(r"Senast (\d+) \((.+?); (\d+) svar; 95 % intervall (\d+)–(\d+)\)")
PROMISED = re.compile(r"([A-ZÅÄÖ][^–;.]*?) (\d+), (?:bättre|sämre|ingen ändring|för få mätningar)")


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture(scope="module")
def ljungby(county: Installation) -> list[Document]:
    return make_committee_pages(make_subject(county, LJUNGBY))


@pytest.fixture(scope="module")
def paper(ljungby: list[Document]) -> tuple[bytes, Document]:
    """The page of Ljungby as a PDF, and which version it is."""
    file, place = set_paper(ljungby)
    return file, ljungby[place]


def find_cells(
    installation: Installation, area: str
) -> dict[tuple[str, str], tuple[float, int, float, float]]:
    """Mean, n and interval as the public is shown them, by measure and the period's name."""
    found: dict[tuple[str, str], tuple[float, int, float, float]] = {}
    words = speak("sv")
    with installation.database.read() as connection:
        for kind in ("month", "quarter", "half_year", "year"):
            for cell in publications.list_cells(
                connection, survey=SURVEY, areas=[area], kind=kind, first="2020-01", last="2027"
            ):
                if cell.hidden_public is None and cell.n and cell.mean is not None:
                    low, high = cell.low or 0.0, cell.high or 0.0
                    shown = (round(cell.mean), round_to_five(cell.n), round(low), round(high))
                    found[cell.measure, words.period(cell.period)] = shown
    return found


def round_to_five(n: int) -> int:
    return max(5, (n + 2) // 5 * 5)


def test_every_area_has_exactly_one_page(county: Installation, press: Press) -> None:
    pages: dict[str, int] = {}
    for area in county.areas:
        versions = [write_document(one) for one in make_committee_pages(make_subject(county, area.code))]
        _, fitted = press.fit(versions)
        pages[area.name] = press.count_pages(fitted)
    assert set(pages.values()) == {1}
    assert len(pages) == 22


@pytest.mark.parametrize("area", [KRONOBERG, VAXJO])
def test_the_headlines_on_the_page_are_the_cells_that_were_published(county: Installation, area: str) -> None:
    file, _ = set_paper(make_committee_pages(make_subject(county, area)))
    told = LATEST.findall(read_pdf(file))
    cells = find_cells(county, area)
    assert len(told) == len(HEADLINES)
    for measure, (mean, period, n, low, high) in zip(HEADLINES, told, strict=True):
        assert cells[measure, period] == (int(mean), int(n), int(low), int(high))


def test_each_promise_stands_beside_the_figures_that_were_published(
    county: Installation, ljungby: list[Document]
) -> None:
    known = {mean for (_, _), (mean, *_) in find_cells(county, LJUNGBY).items()}
    found = PROMISED.findall(read_document(ljungby[0]))
    assert len(found) > 5
    assert {int(mean) for _, mean in found} <= known


def test_every_number_of_the_document_stands_in_the_pdf(paper: tuple[bytes, Document]) -> None:
    file, document = paper
    wanted, there = (  # without hyphens: a line may end at one
        Counter(re.findall(r"\d+", text.replace("-", "")))
        for text in (read_document(document), read_pdf(file))
    )
    assert not wanted - there


def test_it_is_tagged_in_swedish_with_headings_lists_tables_and_pictures(
    paper: tuple[bytes, Document],
) -> None:
    file, document = paper
    assert is_tagged(file) and b"pdfuaid" in file
    assert read_language(file) == "sv"
    tags = count_tags(file)
    assert tags["H1"] == 1
    assert tags["H2"] >= 5  # the questions of the page
    assert tags["Table"] == 1 and tags["TH"] >= 3
    assert tags["Figure"] == len(list(list_pictures(document.blocks))) == 4
    assert tags["LI"] >= 4


def test_a_picture_is_described_by_the_sentence_that_stands_under_it(ljungby: list[Document]) -> None:
    row = next(block for block in ljungby[0].blocks if isinstance(block, Columns))
    for _, picture, latest, sentence in row.columns:
        assert isinstance(picture, Picture)
        assert f"{sentence.text} {latest.text}" in picture.alt  # type: ignore[union-attr]


def test_where_everything_is_hidden_the_page_says_why_and_what_one_can_do(county: Installation) -> None:
    text = read_document(make_committee_pages(make_subject(county, TORSAS))[0])
    assert "färre än 10" in text
    assert "för att se mer" in text or "mätningar" in text


def test_where_nobody_answered_the_page_still_says_what_was_promised(county: Installation) -> None:
    text = read_document(make_committee_pages(make_subject(county, EMPTY))[0])
    assert "Inga svar" in text or "inga svar" in text
    assert "Vad har vi lovat?" in text


def test_a_paper_for_inside_use_says_so_and_a_public_one_does_not(county: Installation) -> None:
    inside, public = (
        make_committee_pages(make_subject(county, VAXJO, readers=readers))[0]
        for readers in ("inside", "public")
    )
    assert "För internt bruk" in read_document(inside) and "För internt bruk" in inside.footer
    assert "internt" not in read_document(public) and "alla får se" in public.footer


def test_inside_figures_have_a_decimal_and_public_ones_none(county: Installation) -> None:
    inside = make_committee_pages(make_subject(county, VAXJO, readers="inside"))[0]
    assert re.search(r"Senast \d+,\d \(", read_document(inside))


def test_the_same_page_in_english(county: Installation) -> None:
    document = make_committee_pages(make_subject(county, LJUNGBY, language="en"))[0]
    assert document.language == "en"
    assert document.title == "Committee page: Ljungby"


def test_a_span_without_publications_is_refused_where_it_is_made_too(county: Installation) -> None:
    subject = make_subject(county, LJUNGBY)
    long_ago = replace(subject, wish=replace(subject.wish, first="2001-01", last="2001-12"))
    with pytest.raises(SurveyError, match="span_outside"):
        make_committee_pages(long_ago)


# How a page is shortened.

LONG = "Vi ska " + "säkerställa kontinuitet i alla vårdprocesser " * 12


def make_part(key: str, rows: int, column: int = WHOLE, least: int = 1) -> Part:
    return Part(key, column, tuple(f"{key} {number}" for number in range(rows)), least)


def test_the_longest_list_loses_its_last_row_until_each_has_its_least() -> None:
    versions = list(list_versions([make_part("a", 3), make_part("b", 1), make_part("c", 2, least=0)]))
    assert [[len(part.rows) for part in version] for version in versions] == [
        [3, 1, 2],
        [2, 1, 2],
        [2, 1, 1],
        [1, 1, 1],
        [1, 1, 0],
    ]
    assert [part.left_out for part in versions[-1]] == [2, 0, 2]
    assert versions[-1][0].rows == ("a 0",)


def test_a_list_beside_a_longer_column_waits() -> None:
    left, right = make_part("left", 9, column=0), replace(make_part("right", 2, column=1), rows_above=40)
    second = list(list_versions([left, right]))[1]
    assert [len(part.rows) for part in second] == [9, 1]


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("kort", 10, "kort"),
        ("precis tio", 10, "precis tio"),
        ("ett två tre fyra", 13, "ett två tre…"),
        ("a\n b", 10, "a b"),
        ("x" * 30, 10, "x" * 9 + "…"),
    ],
)
def test_a_long_text_ends_at_a_word(text: str, most: int, short: str) -> None:
    assert shorten(text, most) == short
    assert len(short) <= most


def test_rows_are_split_in_order_into_columns_of_about_the_same_height() -> None:
    rows = ("a" * 200, "b", "c", "d")
    first, second = split_rows(rows)
    assert (first, second) == (rows[:1], rows[1:])
    assert split_rows(()) == ((), ())


def test_the_longest_texts_there_can_be_still_make_one_page(
    county: Installation, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty promises, forty actions and goals for everything, each as long as it may be."""
    from survey.reports import committee

    monkeypatch.setattr(committee, "list_promises", lambda _subject: (LONG,) * 40)
    monkeypatch.setattr(committee, "list_goal_rows", lambda _teller: [LONG] * 20)
    monkeypatch.setattr(committee, "list_news", lambda _teller: [LONG] * 3)
    monkeypatch.setattr(committee, "list_deeds", lambda _subject: [None] * 40)
    monkeypatch.setattr(committee, "tell_deed", lambda *_: LONG)
    monkeypatch.setattr(committee, "list_line_notes", lambda *_: [LONG])
    monkeypatch.setattr(committee, "tell_sources", lambda *_: LONG * 10)
    named = replace(
        make_subject(county, KRONOBERG), area=replace(county.areas.find(KRONOBERG), name="Mycket långt " * 20)
    )
    versions = make_committee_pages(named)
    place, fitted = press.fit([write_document(one) for one in versions])
    assert press.count_pages(fitted) == 1
    assert 0 < place < len(versions)
    assert fitted["size"] == SIZES[0]
    said = read_document(versions[place])
    assert re.search(r"Fick inte plats .*: .*\d+ löften, på sidan Strategikarta", said)
