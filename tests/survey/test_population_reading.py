"""Does a population file say the same however it is written, and whatever else it also tells?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.survey.population_files import AGES, NAMES, PLAIN, PLAIN_HEAD, Office, change, write

FIVE_YEARS = (*(f"{low}-{low + 4} år" for low in range(0, 85, 5)), "85+ år")
SINGLE_YEARS = (*(f"{age} år" for age in range(100)), "100+ år")


def write_scb(ages: Sequence[str], delimiter: str = ",", *, title: bool = True, totals: bool = False) -> str:
    """As Statistics Sweden's database writes two years: 1 person of each age in 2023, and 2 in 2024."""
    genders = ("män", "kvinnor", *(("totalt",) if totals else ()))
    regions = [f"{code} {name}" for code, name in NAMES.items()]
    shown = (*regions, "00 Riket", "07 Kronobergs län", "1281 Lund") if totals else regions
    rows = [
        [f'"{region}"', f'"{age}"', f'"{gender}"', "1", "2"]
        for region in shown
        for age in (*ages, *(("totalt ålder",) if totals else ()))
        for gender in genders
    ]
    head = ('"region"', '"ålder"', '"kön"', '"Folkmängd 2023"', '"Folkmängd 2024"')
    above = '"Folkmängden efter region, ålder, kön och år"\n\n' if title else ""
    return above + write(rows, head, delimiter)


BANDS_OF_SINGLE_YEARS = {"a15_29": 15, "a30_44": 15, "a45_64": 20, "a65_79": 15, "a80p": 21}
BANDS_OF_FIVE_YEARS = {"a15_29": 3, "a30_44": 3, "a45_64": 4, "a65_79": 3, "a80p": 2}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", " "])
@pytest.mark.parametrize("title", [True, False])
def test_the_files_of_statistics_sweden_are_read_however_they_are_divided(
    quick_office: Office, delimiter: str, title: bool
) -> None:
    quick_office.load(write_scb(SINGLE_YEARS, delimiter, title=title), 2024)
    assert quick_office.list_people(2024) == {
        (code, age, gender): 2 * BANDS_OF_SINGLE_YEARS[age] for code, age, gender, _ in PLAIN
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(" år", "").encode(),
        lambda text: text.replace("-", "–").encode(),
        lambda text: text.replace("85+ år", "85 år eller äldre").encode(),
        lambda text: text.replace('"män"', '"1"').replace('"kvinnor"', '"2"').encode(),
        lambda text: text.replace("år", "years").replace('"män"', "men").replace("kvinnor", "women").encode(),
        lambda text: text.replace("Folkmängd 2024", "2024").encode(),
        lambda text: (
            text + "\n\nUppgifterna avser 31 december, alla år\n2024 års gränser\nKälla: SCB\n"
        ).encode(),
    ],
)
def test_encodings_and_ways_to_write_ages_and_genders_all_say_the_same(
    quick_office: Office, make: Callable[[str], bytes]
) -> None:
    quick_office.load(make(write_scb(FIVE_YEARS)), 2023)
    people = quick_office.list_people(2023)
    assert people == {(code, age, gender): BANDS_OF_FIVE_YEARS[age] for code, age, gender, _ in PLAIN}


def test_totals_counties_and_municipalities_elsewhere_are_left_out_and_the_last_are_counted(
    quick_office: Office,
) -> None:
    loaded = quick_office.load(write_scb(FIVE_YEARS, totals=True), 2024)
    assert (loaded.municipalities, loaded.outside, loaded.people) == (2, 1, 2 * 2 * 2 * 15)


def test_years_may_stand_in_a_column(quick_office: Office) -> None:
    rows = [(*row, year) for row in PLAIN for year in ("2021", "2022")]
    quick_office.load(write(rows, (*PLAIN_HEAD, "år")), 2022)
    assert set(quick_office.list_people(2022).values()) == {10}


def test_the_only_year_of_a_file_need_not_be_named(quick_office: Office) -> None:
    text = write(PLAIN, (*PLAIN_HEAD[:3], "2019"))
    assert quick_office.load(text, None).year == 2019


def test_genders_may_stand_in_the_heads(quick_office: Office) -> None:
    rows = [(code, age, "4", "6", "10") for code in NAMES for age in AGES]
    quick_office.load(write(rows, ("region", "ålder", "män 2018", "kvinnor 2018", "totalt 2018")), None)
    assert quick_office.list_people(2018)["0780", "a80p", "woman"] == 6


def test_what_a_file_also_tells_of_change_is_left_out(quick_office: Office) -> None:
    rows = [(*row[:3], said, row[3]) for row in PLAIN for said in ("Folkmängd", "Folkökning")]
    quick_office.load(write(rows, ("region", "ålder", "kön", "tabellinnehåll", "2017")), None)
    assert set(quick_office.list_people(2017).values()) == {10}


@pytest.mark.parametrize(
    ("said", "people"),
    [("12345", 12345), ("12 345", 12345), ("12\u00a0345", 12345), ("0", 0), ("20000000", 20_000_000)],
)
def test_thousands_may_be_set_apart_with_spaces(quick_office: Office, said: str, people: int) -> None:
    quick_office.load(change(0, 3, said))
    assert quick_office.list_people(2025)["0780", "a15_29", "woman"] == people
