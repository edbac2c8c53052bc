"""Is everything that is wrong with a list of addresses told at once, by line, without what stands there?"""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from survey.areas import Areas, load_areas
from survey.errors import SurveyError
from survey.letters.addresses import MOST_BYTES, Addressee, Fault, read_addresses
from survey.letters.reading_numbers import read_numbers
from survey.settings import Settings

GOOD = "namn;adress;postnummer;ort\nÅsa Öberg;Storgatan 1;352 30;Växjö\nBo Ek;Lillgatan 2;352 31;Växjö\n"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas(Settings())  # type: ignore[call-arg]


def read(
    areas: Areas, content: bytes | str, *, shape: str = "letters", **wanted: int
) -> tuple[Addressee, ...]:
    given = content.encode() if isinstance(content, str) else content
    numbers = {area.removeprefix("a"): number for area, number in wanted.items()} or {"0780": 2}
    return read_addresses(given, shape=shape, areas=areas, wanted=numbers)


def list_faults(areas: Areas, content: str, **how: object) -> list[tuple[int, str]]:
    with pytest.raises(SurveyError, match="addresses_wrong") as wrong:
        read(areas, content, **how)  # type: ignore[arg-type]
    faults = wrong.value.facts["faults"]
    assert isinstance(faults, tuple)
    return [(one.line, one.code) for one in faults if isinstance(one, Fault)]


def make_workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_is_read_however_a_spreadsheet_saved_it(areas: Areas, encoding: str, delimiter: str) -> None:
    found = read(areas, GOOD.replace(";", delimiter).encode(encoding))
    assert [one.list_lines() for one in found] == [
        ("Åsa Öberg", "Storgatan 1", "352 30 Växjö"),
        ("Bo Ek", "Lillgatan 2", "352 31 Växjö"),
    ]


def test_a_workbook_is_read_with_numbers_as_text(areas: Areas) -> None:
    rows = (
        ("Namn", "Adress", "Postnr", "Ort"),
        ("Åsa", "Gatan 1", 35230, "Växjö"),
        ("Bo", "G 2", 35231, "V"),
    )
    assert [one.cells["code"] for one in read(areas, make_workbook(*rows))] == ["35230", "35231"]


def test_a_formula_of_a_workbook_is_never_read_as_one(areas: Areas) -> None:
    head, row = ("namn", "adress", "postnr", "ort"), ('=HYPERLINK("http://x")', "Gatan 1", "35230", "Växjö")
    with pytest.raises(SurveyError, match="addresses_wrong"):  # it came to nothing: no program has counted it
        read(areas, make_workbook(head, row), a0780=1)


def test_everything_that_is_wrong_is_told_at_once_by_line(areas: Areas) -> None:
    content = (
        "namn;adress;postnummer;ort\n;Gatan 1;1;V\nÅsa;;1;V\nBo;G;1;"
        + "V" * 61
        + "\n\U0001f600;G;1;V\nB\x07o;G;1;V\n"
    )
    assert list_faults(areas, content) == [
        (2, "empty"),
        (3, "empty"),
        (4, "long"),
        (5, "signs"),
        (6, "signs"),
    ]


def test_what_stands_in_a_list_is_in_no_error(areas: Areas) -> None:
    with pytest.raises(SurveyError) as wrong:
        read(areas, "namn;e-post\nHemliga Hanna;hanna(at)exempel.se\n", shape="email", a0780=1)
    assert "anna" not in str(wrong.value).lower()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "addresses_unreadable"),
        (b"\0\1\2\3", "addresses_unreadable"),
        (b"PK\x03\x04 not a workbook", "addresses_unreadable"),
        (b"namn;ort\nA;B\n", "addresses_columns"),
        (b'namn;"adress\nA;B', "addresses_columns"),
        (b"x" * (MOST_BYTES + 1), "addresses_large"),
        (GOOD.encode() + b"Cia;Gatan 3;35230;V\n", "addresses_number"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_so(areas: Areas, content: bytes, code: str) -> None:
    with pytest.raises(SurveyError, match=f"^{code}"):
        read(areas, content)


def test_a_list_for_several_municipalities_needs_to_say_which(areas: Areas) -> None:
    listed = "namn;adress;postnr;ort;kommun\nA;G;1;V;Växjö\nB;G;1;L;0781\n"
    assert [one.area for one in read(areas, listed, a0780=1, a0781=1)] == ["0780", "0781"]
    assert list_faults(areas, GOOD, a0780=1, a0781=1) == [(2, "area"), (3, "area")]
    assert list_faults(areas, listed.replace("0781", "Narnia"), a0780=1, a0781=1) == [(3, "area")]


@pytest.mark.parametrize(
    ("shape", "head", "cell", "reads"),
    [
        ("email", "e-post", "Asa@Exempel.se", "Asa@exempel.se"),
        ("sms", "telefon", "070-174 06 05", "+46701740605"),
        ("sms", "mobil", "+46 70 174 06 05", "+46701740605"),
    ],
)
def test_an_address_to_send_to_is_read(areas: Areas, shape: str, head: str, cell: str, reads: str) -> None:
    (found,) = read(areas, f"{head}\n{cell}\n", shape=shape, a0780=1)
    assert reads in found.cells.values()


@pytest.mark.parametrize(("shape", "head", "cell"), [("email", "e-post", "asa"), ("sms", "telefon", "12")])
def test_an_address_that_cannot_be_sent_to_is_told(areas: Areas, shape: str, head: str, cell: str) -> None:
    assert [line for line, _ in list_faults(areas, f"{head}\n{cell}\n", shape=shape, a0780=1)] == [2]


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("Växjö 120", {"0780": 120}),
        ("0780;1 200\n\nljungby: 7", {"0780": 1200, "0781": 7}),
        ("Växjö\t5", {"0780": 5}),
    ],
)
def test_numbers_of_codes_are_read(areas: Areas, typed: str, reads: dict[str, int]) -> None:
    assert read_numbers(typed, areas) == reads


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "codes_none"),
        ("Växjö", "codes_line_wrong"),
        ("Narnia 5", "codes_line_wrong"),
        ("Växjö -5", "codes_line_wrong"),
        ("Växjö 5\n0780 6", "codes_line_twice"),
    ],
)
def test_numbers_that_cannot_be_read_are_told(areas: Areas, typed: str, code: str) -> None:
    with pytest.raises(SurveyError, match=f"^{code}"):
        read_numbers(typed, areas)
