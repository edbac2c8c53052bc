"""Is a year's population kept whole, replaced whole, and told of as it was kept?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from survey import commands
from survey.installation import Installation
from survey.language import speak
from survey.population.load import Loaded, keep_population, say_loaded, seal_margins
from survey.store import audits, populations
from survey.store.populations import Margin
from tests.processes import reopen, run_together
from tests.survey.population_files import AGES, PLAIN, Office, change, write

TIMES = 8  # that each of several processes loads the same year


def test_a_plain_file_is_kept_with_its_year_and_where_it_came_from(office: Office) -> None:
    loaded = office.load(write(PLAIN))
    assert loaded == Loaded(2025, "befolkning.csv", 2, 200, 0, replaced=False)
    found = office.find()
    assert found is not None
    assert (found.source.year, found.source.source) == (2025, "befolkning.csv")
    assert office.list_people() == {(code, age, gender): 10 for code, age, gender, _ in PLAIN}


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
