"""Is everybody in a file for research like at least nine others, and is nothing there that should not be?"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pyreadstat
import pytest

from analysis.k_anonymity import LEAST_K
from survey.errors import SurveyError
from survey.installation import Installation
from survey.research import writing
from survey.research.agreements import find_agreement, read_told
from survey.research.choosing import plan_file
from survey.research.kept import FOLDER, find_file
from survey.research.making import make_file
from survey.store import responses
from tests.research.whole_county import (
    NEW,
    RESEARCHER,
    approve,
    fetch,
    open_closed_county,
    read_answers,
)
from tests.survey.little_county import AREAS, PROV, QUESTIONS
from tests.survey.seeded import Person, seed
from tests.walks import Calendar

KNOWN = ("area", "period", "who", "age", "gender", "language", "channel")
County = tuple[Installation, list[Person]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("county")
    with open_closed_county(f"sqlite:///{folder / 'county.db'}", folder, Calendar()) as found:
        yield found


@pytest.fixture(scope="module")
def packet(county: County) -> zipfile.ZipFile:
    return fetch(county[0], approve(county[0]))


@pytest.fixture(scope="module")
def rows(packet: zipfile.ZipFile) -> list[dict[str, str]]:
    return read_answers(packet)


def find_combination(row: dict[str, str]) -> tuple[str, ...]:
    """What could be known of a row, with which questions were asked."""
    return (*(row[name] for name in KNOWN if name in row), *(str(row[q] == "") for q in QUESTIONS))


def test_everybody_is_like_at_least_nine_others(rows: list[dict[str, str]]) -> None:
    sizes = Counter(map(find_combination, rows))
    assert len(sizes) > 3
    assert min(sizes.values()) >= LEAST_K


def test_those_who_are_left_out_are_counted_in_fives(county: County, rows: list[dict[str, str]]) -> None:
    installation, people = county
    told = read_told(find_agreement(installation, find_only(installation), by=RESEARCHER))
    assert told["people"] == len(rows)
    left_out = len(people) - len(rows)
    assert abs(int(str(told["left_out"])) - left_out) <= 2
    assert int(str(told["left_out"])) % 5 == 0


def find_only(installation: Installation) -> str:
    (path,) = (installation.settings.var_dir / FOLDER).glob("*.zip")
    return path.stem


def test_the_answers_are_those_that_were_given(county: County, rows: list[dict[str, str]]) -> None:
    """As many of each answer as people gave, less at most those who are left out."""
    _, people = county
    for question in QUESTIONS:
        given = Counter(write_given(one, question) for one in people)
        kept = Counter(row[question] for row in rows)
        assert all(kept[code] <= given[code] for code in kept)
        assert sum(given.values()) - sum(kept.values()) == len(people) - len(rows)


def write_given(one: Person, question: str) -> str:
    answer = one.answers.get(question, "")
    return "skipped" if answer is None else str(answer)


def test_a_file_has_no_text_no_unit_no_round_and_no_receipt(packet: zipfile.ZipFile) -> None:
    content = packet.read("answers.csv").decode()
    header = content.partition("\r\n")[0].split(",")
    assert set(header) <= {"row", *KNOWN, *QUESTIONS}
    assert not {"north", "runda", "home", "centre"} & set(content.replace("\r\n", ",").split(","))


def test_rows_are_numbered_anew_in_another_order_each_time(
    county: County, rows: list[dict[str, str]]
) -> None:
    again = read_answers(fetch(county[0], approve(county[0])))
    assert [row["row"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    plain = [tuple(list(row.values())[1:]) for row in rows], [tuple(list(row.values())[1:]) for row in again]
    assert plain[0] != plain[1]
    assert Counter(plain[0]) == Counter(plain[1])


def test_the_packet_has_the_agreement_and_both_code_books(
    packet: zipfile.ZipFile, rows: list[dict[str, str]]
) -> None:
    assert packet.namelist() == ["answers.csv", "codebook.md", "codebook.xml", "agreement.txt"]
    agreement = packet.read("agreement.txt").decode()
    assert "2026-01234-01" in agreement
    assert "Ingen försöker ta reda på vem någon i filen är" in agreement
    page = packet.read("codebook.md").decode()
    assert "Minst 10 personer är lika" in page
    assert "publications: 2026\\-07" in page or "publications: 2026-07.1" in page
    for code in {row["q1"] for row in rows} - {""}:
        assert f"| {code} |" in page


def test_the_three_formats_have_the_same_people(county: County, rows: list[dict[str, str]]) -> None:
    installation, _ = county
    expected = Counter(tuple(list(row.values())[1:]) for row in rows)
    parquet = fetch(installation, approve(installation, replace(NEW, file_format="parquet")))
    table = pyarrow.parquet.read_table(io.BytesIO(parquet.read("answers.parquet")))
    found = Counter(
        tuple("" if v is None else v for v in list(row.values())[1:]) for row in table.to_pylist()
    )
    assert found == expected
    assert table.schema.metadata[b"publications"].startswith(b"2026-07.1")
    spss = fetch(installation, approve(installation, replace(NEW, file_format="sav")))
    with_labels, facts = read_spss(spss, Path(installation.settings.var_dir))
    assert facts.number_rows == len(rows)
    numbers = {"": -1.0, "skipped": -2.0, "na": -3.0}
    kept = Counter(numbers[row["q1"]] if row["q1"] in numbers else float(row["q1"]) for row in rows)
    assert Counter(with_labels["q1"].tolist()) == kept
    assert facts.variable_value_labels["q1"][-2.0] == "Inget svar"
    assert facts.missing_ranges["q1"] == [{"lo": n, "hi": n} for n in (-1.0, -2.0, -3.0)]


def read_spss(packet: zipfile.ZipFile, folder: Path):  # type: ignore[no-untyped-def]
    path = folder / "read.sav"
    path.write_bytes(packet.read("answers.sav"))
    return pyreadstat.read_sav(path, user_missing=True)


def test_a_file_is_for_the_process_alone(county: County) -> None:
    agreement = approve(county[0])
    make_file(county[0], agreement.id, based_on=agreement.version, by=RESEARCHER)
    path = find_file(county[0], agreement.id)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [one for one in path.parent.iterdir() if one.is_dir()] == []


# What may come in between


def test_months_that_are_not_published_are_never_there(tmp_path: Path) -> None:
    calendar = Calendar()
    with open_closed_county(f"sqlite:///{tmp_path / 'c.db'}", tmp_path, calendar) as (installation, people):
        seed(installation, [Person(AREAS[0], "2026-10", {"q1": "4", "q2": "1"}) for _ in range(200)])
        plan = plan_file(installation, PROV, lambda: None)
        assert "2026-10" not in plan.months
        assert plan.chosen.people + plan.chosen.suppressed == len(people)


def test_a_file_is_the_same_on_both_engines_but_for_its_order(database_url: str, tmp_path: Path) -> None:
    with open_closed_county(database_url, tmp_path, Calendar(), number=60) as (installation, _):
        found = read_answers(fetch(installation, approve(installation)))
        told = read_told(find_agreement(installation, find_only(installation), by=RESEARCHER))
    assert told["people"] == len(found)
    assert min(Counter(map(find_combination, found)).values()) >= LEAST_K


def test_answers_that_are_taken_back_between_the_passes_make_it_begin_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_closed_county(f"sqlite:///{tmp_path / 'c.db'}", tmp_path, Calendar(), number=40) as (
        installation,
        _,
    ):
        taken: list[bytes] = []
        real = writing.read_kept

        def take_back_first(*arguments):  # type: ignore[no-untyped-def]
            if not taken:
                with installation.database.write() as connection:
                    taken.append(responses.list_receipts(connection)[0])
                    responses.erase_response(connection, response_hash=taken[0], comment_hash=b"")
            return real(*arguments)

        monkeypatch.setattr(writing, "read_kept", take_back_first)
        rows = read_answers(fetch(installation, approve(installation)))
        with installation.database.read() as connection:
            left = len(responses.list_receipts(connection))
        assert taken
        assert len(rows) <= left
        assert min(Counter(map(find_combination, rows)).values()) >= LEAST_K


def test_with_too_few_people_there_is_no_file_and_nothing_lies_about(tmp_path: Path) -> None:
    with open_closed_county(
        f"sqlite:///{tmp_path / 'c.db'}", tmp_path, Calendar(), number=1, months=("2026-09",)
    ) as (installation, _):
        agreement = approve(installation)
        with pytest.raises(SurveyError) as wrong:
            make_file(installation, agreement.id, based_on=agreement.version, by=RESEARCHER)
        assert wrong.value.code == "research_too_few"
        assert list((installation.settings.var_dir / FOLDER).iterdir()) == []
        assert find_agreement(installation, agreement.id, by=RESEARCHER) == agreement


def test_a_folder_that_cannot_be_written_is_told_and_nothing_changes(county: County, tmp_path: Path) -> None:
    installation, _ = county
    broken = replace(
        installation, settings=installation.settings.model_copy(update={"var_dir": tmp_path / "fil"})
    )
    (tmp_path / "fil").write_text("x")
    agreement = approve(installation)
    with pytest.raises(SurveyError) as wrong:
        make_file(broken, agreement.id, based_on=agreement.version, by=RESEARCHER)
    assert wrong.value.code == "research_not_written"
    assert find_agreement(installation, agreement.id, by=RESEARCHER) == agreement


def test_what_is_told_of_a_file_is_plain_json(county: County) -> None:
    told = find_agreement(county[0], find_made(county[0]), by=RESEARCHER).told
    assert set(json.loads(told)) >= {"k", "people", "left_out", "alike", "rungs"}


def find_made(installation: Installation) -> str:
    return next((installation.settings.var_dir / FOLDER).glob("*.zip")).stem
