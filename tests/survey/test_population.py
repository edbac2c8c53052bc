"""Does a population file come in whole and right, or get told everything that is wrong with it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import commands
from survey.areas import read_sweden
from survey.commands import list_problems
from survey.definition.load import load_folder, say_problem
from survey.demo.population import MADE_UP, make_population
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.population.bands import GENDERS, Ages, Band, find_bands
from survey.population.load import (
    Loaded,
    keep_population,
    load_population,
    read_population,
    say_loaded,
    seal_margins,
)
from survey.store import audits, populations
from survey.store.populations import Margin, Population
from tests.processes import reopen, run_together
from tests.walks import SURVEYS, opened

AGES = ("a15_29", "a30_44", "a45_64", "a65_79", "a80p")
FIVE_YEARS = (*(f"{low}-{low + 4} år" for low in range(0, 85, 5)), "85+ år")
SINGLE_YEARS = (*(f"{age} år" for age in range(100)), "100+ år")
AREAS = "code,name,parent_code,parent_name\n0780,Växjö,07,Kronobergs län\n0781,Ljungby,07,Kronobergs län\n"
BANDS = find_bands(load_folder(SURVEYS))
NAMES = {"0780": "Växjö", "0781": "Ljungby"}
PLAIN = [(code, age, gender, "10") for code in NAMES for age in AGES for gender in ("woman", "man")]
TIMES = 8  # that each of several processes loads the same year
PLAIN_HEAD = ("code", "age", "gender", "people")


@dataclass(frozen=True)
class Office:
    """An installation of two municipalities, and a folder for files."""

    installation: Installation
    folder: Path

    def load(self, content: bytes | str, year: int | None = 2025) -> Loaded:
        file = self.folder / "befolkning.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_population(self.installation, file, year=year, by="test")

    def find(self, year: int | None = None) -> Population | None:
        with self.installation.database.read() as connection:
            return populations.find_population(connection, year)

    def list_people(self, year: int | None = None) -> dict[tuple[str, str, str], int]:
        found = self.find(year)
        return {} if found is None else {(m.area, m.age, m.gender): m.people for m in found.margins}

    def find_faults(self, content: bytes | str, year: int | None = 2025) -> list[tuple[int, str, str]]:
        """Line, place and code of everything that is wrong; each has a sentence, and nothing is kept."""
        before = self.find()
        with pytest.raises(SurveyError) as wrong:
            self.load(content, year)
        assert wrong.value.code == "population_wrong"
        assert self.find() == before
        problems = list_problems(wrong.value)
        for language in ("sv", "en"):
            assert all(say_problem(problem, speak(language)) for problem in problems)
            assert speak(language).explain(wrong.value)
        return [(one.line, one.place, one.code.removeprefix("population_")) for one in problems]

    def say_faults(self, content: str, year: int | None = 2025) -> str:
        with pytest.raises(SurveyError) as wrong:
            self.load(content, year)
        return "\n".join(say_problem(one, speak("sv")) for one in list_problems(wrong.value))


def open_office(url: str, folder: Path) -> Iterator[Office]:
    (folder / "areas.csv").write_text(AREAS, "utf-8")
    with opened(url, folder / "var", AREAS_FILE=folder / "areas.csv") as found:
        yield Office(found, folder)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    yield from open_office(database_url, tmp_path)


@pytest.fixture(scope="module")
def quick_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One installation for many files of which none, or only the last, is kept."""
    folder = tmp_path_factory.mktemp("office")
    yield from open_office(f"sqlite:///{folder / 'invanarrosten.db'}", folder)


def write(rows: Sequence[Sequence[str]], head: Sequence[str] = PLAIN_HEAD, delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in (head, *rows))


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


def change(row: int, column: int, text: str) -> str:
    """The plain file with one cell changed; row 0 is on line 2."""
    rows = [list(cells) for cells in PLAIN]
    rows[row][column] = text
    return write(rows)


def test_a_plain_file_is_kept_with_its_year_and_where_it_came_from(office: Office) -> None:
    loaded = office.load(write(PLAIN))
    assert loaded == Loaded(2025, "befolkning.csv", 2, 200, 0, replaced=False)
    found = office.find()
    assert found is not None
    assert (found.source.year, found.source.source) == (2025, "befolkning.csv")
    assert office.list_people() == {(code, age, gender): 10 for code, age, gender, _ in PLAIN}


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


# What is wrong


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (change(3, 0, "9999"), [(2, "0780", "cell_missing"), (5, "code", "area_unknown")]),
        (change(3, 0, "780"), [(2, "0780", "cell_missing"), (5, "code", "area_unknown")]),
        (change(3, 1, "vuxna"), [(5, "age", "age_unknown")]),
        (change(3, 1, "19-15"), [(5, "age", "age_unknown")]),
        (change(3, 1, "25-34 år"), [(5, "age", "age_crosses")]),
        (change(3, 1, "10-19 år"), [(5, "age", "age_crosses")]),
        (change(3, 1, "75+ år"), [(5, "age", "age_crosses")]),
        (change(3, 2, "okänt"), [(5, "gender", "gender_unknown")]),
        (change(3, 2, ""), [(5, "gender", "gender_unknown")]),
        (change(3, 2, "woman"), [(2, "0780", "cell_missing"), (5, "0780", "cell_twice")]),
        (change(3, 1, "80-84"), [(2, "0780", "cell_missing"), (11, "0780", "cell_twice")]),
        (change(3, 1, "30-40"), [(2, "0780", "cell_missing")]),
        (change(0, 1, "0-14"), [(3, "0780", "cell_missing")]),
        (write([*PLAIN, ("0780", "65-69 år", "man", "1")]), [(22, "0780", "cell_twice")]),
        (write([("0780", "80+", "1")], ("region", "ålder", "totalt 2025")), [(1, "-", "columns_missing")]),
        (write(PLAIN[1:]), [(2, "0780", "cell_missing")]),
        (write(PLAIN[:10]), [(1, "0781", "area_missing")]),
        (write([]), [(1, "0780", "area_missing"), (1, "0781", "area_missing")]),
        (write([*((*row[:3], "0") for row in PLAIN[:10]), *PLAIN[10:]]), [(2, "0780", "area_nothing")]),
        (write([*PLAIN[:4], PLAIN[4][:3], *PLAIN[5:]]), [(6, "-", "row_broken")]),
        (write(PLAIN, ("code", "age", "gender", "folk")), [(1, "-", "columns_missing")]),
        ("en bok om katter\nkapitel 1\n", [(1, "-", "columns_missing")]),
        ("", [(1, "-", "empty")]),
        ("\ufeff \n\n", [(1, "-", "empty")]),
        (b"PK\x03\x04\x14\x00", [(1, "-", "not_text")]),
        (b"code\0age", [(1, "-", "not_text")]),
        (b"\x81\x8d", [(1, "-", "not_text")]),
        ('"' + "x" * 200_000, [(1, "-", "not_text")]),
    ],
)
def test_each_fault_is_told_with_its_line(
    quick_office: Office, content: bytes | str, faults: list[tuple[int, str, str]]
) -> None:
    assert quick_office.find_faults(content) == faults


@pytest.mark.parametrize("said", ["-5", "12.0", "12,5", "..", "", "tio", "1e3", "²", "20000001", "9" * 30])
def test_what_is_no_number_of_people_is_told(quick_office: Office, said: str) -> None:
    assert quick_office.find_faults(write(PLAIN, delimiter=";").replace("man;10", f"man;{said}", 1)) == [
        (2, "people", "number_wrong")
    ]


@pytest.mark.parametrize(
    ("heads", "year", "code"),
    [
        (("people",), None, "year_missing"),
        (("2023", "2024"), None, "year_several"),
        (("2023", "2024"), 2025, "year_elsewhere"),
        (("2024",), 2025, "year_elsewhere"),
    ],
)
def test_a_year_that_nobody_can_know_is_told(
    quick_office: Office, heads: tuple[str, ...], year: int | None, code: str
) -> None:
    rows = [(*row[:3], *["10"] * len(heads)) for row in PLAIN]
    assert quick_office.find_faults(write(rows, (*PLAIN_HEAD[:3], *heads)), year) == [(1, "year", code)]


def test_a_cell_that_holds_no_year_is_told(quick_office: Office) -> None:
    rows = [(*row, "2025") for row in PLAIN]
    content = write(rows, (*PLAIN_HEAD, "year")).replace("10,2025", "10,i fjol", 1)
    assert (2, "year", "year_wrong") in quick_office.find_faults(content)


def test_a_file_that_is_not_there_is_told(quick_office: Office) -> None:
    with pytest.raises(SurveyError) as wrong:
        load_population(quick_office.installation, quick_office.folder / "borta.csv", by="test")
    assert [problem.code for problem in list_problems(wrong.value)] == ["population_unreadable"]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lines(quick_office: Office) -> None:
    rows = [list(row) for row in PLAIN]
    rows[1][3], rows[2][0], rows[4][1], rows[12][2] = "-1", "0799", "40-70 år", "x"
    text = write(rows, (*PLAIN_HEAD[:3], "2024"))
    assert quick_office.find_faults(text, 2025) == [
        (1, "year", "year_elsewhere"),
        (3, "people", "number_wrong"),
        (4, "code", "area_unknown"),
        (6, "age", "age_crosses"),
        (14, "gender", "gender_unknown"),
    ]


def test_a_range_over_several_bands_says_which(quick_office: Office) -> None:
    said = quick_office.say_faults(change(3, 1, "10-34 år"))
    assert "10-34 år" in said
    assert "0-14, a15_29, a30_44" in said


def test_what_is_lacking_is_named(quick_office: Office) -> None:
    said = quick_office.say_faults(change(9, 1, "80-99 år").replace("a15_29,woman", "20-24,woman", 1))
    assert "0780 Växjö" in said
    assert all(lacking in said for lacking in ("15-19/woman", "25-29/woman", "100+/man"))


def test_the_same_fault_on_many_lines_is_told_once(quick_office: Office) -> None:
    content = write([("0799", *row[1:]) for row in PLAIN] + PLAIN)
    assert quick_office.find_faults(content) == [(2, "code", "area_unknown")]


def test_a_division_by_something_else_counts_nobody_twice(quick_office: Office) -> None:
    rows = [(*row[:3], status, row[3]) for row in PLAIN for status in ("ogifta", "gifta")]
    faults = quick_office.find_faults(write(rows, (*PLAIN_HEAD[:3], "civilstånd", "people")))
    assert faults == [(3, "0780", "cell_twice"), (23, "0781", "cell_twice")]


def test_a_text_from_a_file_is_printed_short_and_without_signs_that_move_the_cursor(
    quick_office: Office,
) -> None:
    said = quick_office.say_faults(change(3, 1, "\x1b[2J" + "å" * 100))
    assert "\x1b" not in said
    assert "å" * 50 not in said


# What is kept


def test_a_year_that_is_loaded_again_is_replaced_whole_and_the_audit_says_so(office: Office) -> None:
    office.load(write(PLAIN))
    office.load(write([(*row[:3], "7") for row in PLAIN]), 2024)
    loaded = office.load(write([(*row[:3], "20") for row in PLAIN]))
    assert loaded.replaced
    assert set(office.list_people(2025).values()) == {20}
    assert set(office.list_people(2024).values()) == {7}
    with office.installation.database.read() as connection:
        events = [(event.action, event.subject, event.actor) for event in audits.list_events(connection)]
        years = [source.year for source in populations.list_sources(connection)]
    assert [event for event in events if event[0].startswith("population")] == [
        ("population replaced", "2025", "test"),
        ("population loaded", "2024", "test"),
        ("population loaded", "2025", "test"),
    ]
    assert years == [2025, 2024]


def test_the_newest_year_is_found_when_none_is_named_and_none_where_nothing_is_loaded(office: Office) -> None:
    assert office.find() is None
    for year in (2023, 2025, 2024):
        office.load(write(PLAIN), year)
    found = office.find()
    assert found is not None
    assert found.source.year == 2025
    assert found.source.loaded.tzinfo is not None
    assert office.find(2022) is None


def test_a_file_that_is_wrong_leaves_what_was_there(office: Office) -> None:
    office.load(write(PLAIN))
    office.find_faults(change(0, 3, "-1"))
    assert set(office.list_people(2025).values()) == {10}


def test_loads_of_a_year_at_the_same_moment_leave_one_of_them_whole(office: Office) -> None:
    office.installation.database.close()
    outcomes = run_together(*(partial(keep_often, office.installation, people) for people in (10, 20, 30)))
    assert [outcome.error for outcome in outcomes] == ["", "", ""]
    assert sum(outcome.value for outcome in outcomes) == 3 * TIMES - 1
    people = list(office.list_people().values())
    assert len(people) == len(PLAIN)
    assert len(set(people)) == 1


def keep_often(installation: Installation, people: int) -> int:
    """Load a year several times; how often something was replaced."""
    mine = reopen(installation)
    margins = [Margin(code, age, gender, people) for code, age, gender, _ in PLAIN]
    return sum(keep_population(mine, margins, year=2025, source="samtidigt", by="test") for _ in range(TIMES))


def test_the_command_says_what_it_did_or_everything_that_is_wrong_and_then_ends_with_2(
    quick_office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "open_here", lambda: quick_office.installation)
    file = quick_office.folder / "kommando.csv"
    monkeypatch.setattr("sys.argv", ["survey", "load-population", str(file), "--year", "2016"])
    for text, status in ((write(PLAIN), 0), (change(0, 3, "-1"), 2)):
        file.write_text(text, "utf-8")
        with pytest.raises(SystemExit) as ended:
            commands.main()
        assert ended.value.code == status
    said = capsys.readouterr()
    assert "Befolkningen 2016 är inläst ur kommando.csv: 2 kommuner, 200 personer" in said.out
    assert "1 fel i befolkningsfilen" in said.err
    assert "kommando.csv:2: people: -1 är inget antal människor." in said.err


def test_the_checksum_is_of_the_numbers_and_not_of_how_they_are_written(quick_office: Office) -> None:
    sums = []
    for text in (write(PLAIN), write(PLAIN[::-1], delimiter=";"), change(0, 3, "11")):
        quick_office.load(text)
        found = quick_office.find(2025)
        sums.append(found.source.checksum if found else "")
    assert sums[0] == sums[1] != sums[2]
    margins = [Margin("0780", age, "woman", 1) for age in AGES]
    assert seal_margins(margins) == seal_margins(margins[::-1])


def test_the_report_says_what_was_replaced_and_left_out_and_that_published_figures_stay() -> None:
    loaded = Loaded(2025, "scb.csv", 20, 339_169, 0, replaced=False)
    assert say_loaded(loaded, speak("sv")) == [
        "Befolkningen 2025 är inläst ur scb.csv: 20 kommuner, 339\u00a0169 personer i enkätens åldrar.",
        "Tal som redan är publicerade ändras inte.",
    ]
    said = say_loaded(replace(loaded, outside=270, replaced=True), speak("sv"))
    assert "tagit platsen" in said[1]
    assert "270 kommuner" in said[2]


# Bands


def test_the_bands_are_those_of_the_surveys_age_question() -> None:
    assert [(band.code, band.ages) for band in BANDS] == [
        ("a15_29", Ages(15, 29)),
        ("a30_44", Ages(30, 44)),
        ("a45_64", Ages(45, 64)),
        ("a65_79", Ages(65, 79)),
        ("a80p", Ages(80, None)),
    ]


def test_surveys_without_bands_or_with_different_ones_cannot_be_counted_by() -> None:
    known = next(one for one in load_folder(SURVEYS) if one.find_key("age_band") is not None)
    with pytest.raises(SurveyError, match="population_bands_missing"):
        find_bands([])
    other = known.model_dump_json().replace("a80p", "a80_99").replace(known.survey, "annan")
    with pytest.raises(SurveyError, match="population_bands_differ"):
        find_bands([known, type(known).model_validate_json(other)])


def test_a_newer_version_of_a_survey_decides_its_bands() -> None:
    known = next(one for one in load_folder(SURVEYS) if one.find_key("age_band") is not None)
    newer = known.model_dump_json().replace("a80p", "a80_99").replace(known.version, "2026-10")
    found = find_bands([type(known).model_validate_json(newer), known])
    assert found[-1] == Band(Ages(80, 99), "a80_99")


@given(st.sets(st.integers(16, 110)))
def test_however_ages_are_cut_within_bands_the_margins_are_the_same(
    quick_office: Office, cuts: set[int]
) -> None:
    starts = sorted({15, 30, 45, 65, 80} | cuts)
    ends = [*(start - 1 for start in starts[1:]), None]
    ages = [Ages(start, end) for start, end in zip(starts, ends, strict=True)]
    rows = [(code, str(one), gender, str(one.low)) for code in NAMES for one in ages for gender in GENDERS]
    file = quick_office.folder / "snitt.csv"
    file.write_text(write(rows), "utf-8")
    found = read_population(file, quick_office.installation.areas, BANDS, year=2025)
    limits = zip(AGES, (15, 30, 45, 65, 80), (29, 44, 64, 79, 110), strict=True)
    sums = {age: sum(start for start in starts if low <= start <= high) for age, low, high in limits}
    assert {(m.area, m.age, m.gender, m.people) for m in found.margins} == {
        (code, age, gender, sums[age]) for code in NAMES for age in AGES for gender in GENDERS
    }


# The demonstration


def test_the_made_up_county_has_people_of_every_kind_everywhere_and_is_the_same_each_time(
    office: Office,
) -> None:
    areas = read_sweden(("07", "08"))
    made = make_population(areas)
    assert made == make_population(areas)
    assert {(m.area, m.age, m.gender) for m in made} == {
        (area.code, age, gender)
        for area in areas.municipalities
        for age in AGES
        for gender in ("woman", "man")
    }
    assert min(margin.people for margin in made) > 100
    residents = sum(area.residents or 0 for area in areas.municipalities)
    assert 0.8 < sum(margin.people for margin in made) / residents < 0.85
    keep_population(office.installation, made, year=2025, source=MADE_UP, by="test")
    found = office.find(2025)
    assert found is not None
    assert (found.source.source, found.margins) == (MADE_UP, made)


def test_small_made_up_municipalities_are_older_than_large_ones() -> None:
    made = make_population(read_sweden(("07", "08")))
    assert share_of_oldest(made, "0821") > share_of_oldest(made, "0780")


def share_of_oldest(made: Sequence[Margin], area: str) -> float:
    mine = [margin for margin in made if margin.area == area]
    return sum(m.people for m in mine if m.age == "a80p") / sum(m.people for m in mine)
