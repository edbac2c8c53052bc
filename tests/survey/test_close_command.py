"""What does the terminal say while a period is closed or corrected, and how much does protection cost?"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from survey import commands
from survey.installation import Installation
from survey.store.publications import Cell
from tests.survey.little_county import AREAS, PROV, open_county, write_files
from tests.survey.published import close_on, read_cells, read_publications
from tests.survey.seeded import Person, make_people, seed, some_people
from tests.walks import Calendar

ROOT = Path(__file__).parent.parent.parent
LONG_AGO = ("2025-07", "2025-08", "2025-09")  # over by any clock
SECONDS = 60


@pytest.fixture
def run(
    tmp_path: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Run a command in an installation with a month to close: its exit status, and what it said."""
    with open_county(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path, calendar) as installation:
        seed(installation, some_people({AREAS[0]: 14, AREAS[1]: 7}))
        calendar.turn_to(2026, 10)
        monkeypatch.setattr(commands, "open_here", lambda: installation)

        def command(*words: str) -> tuple[int, str]:
            monkeypatch.setattr(sys, "argv", ["survey", *words])
            with pytest.raises(SystemExit) as ended:
                commands.main()
            said = capsys.readouterr()
            return int(ended.value.code or 0), said.out + said.err

        yield command, installation


def test_closing_says_how_far_it_has_come_and_what_share_protection_hides(run) -> None:
    command, installation = run
    status, said = command("close-period")
    assert status == 0
    steps = ["Blandar", "Räknar: 21 svar", "Skattar", "Sparar"]
    assert [said.find(step) for step in steps] == sorted(said.find(step) for step in steps)
    assert -1 not in [said.find(step) for step in steps]
    cells = read_cells(installation)
    hidden = sum(cell.hidden_public is not None for cell in cells)
    assert (len(cells), hidden) == (
        18,
        12,
    )  # of 7 people, and of 14 who would give them away; not of the county
    assert "18 tal" in said
    assert "döljer 0 av dem för inloggade (0 %) och 67 % för allmänheten" in said
    assert "0 % av svaren står" in said


def test_closing_again_says_that_there_is_nothing_to_close(run) -> None:
    command, installation = run
    command("close-period", "2026-09")
    for again in (("close-period",), ("close-period", "2026-09")):
        status, said = command(*again)
        assert status == 0
        assert "ingen period att stänga" in said
    assert len(read_publications(installation)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("close-period", "2026-10"),
        ("close-period", "2026-Q3"),
        ("close-period", "september"),
        ("correct-period", "2026-09", "--reason", "Prov", "--survey", PROV),
        ("correct-period", "2026-13", "--reason", "Prov", "--survey", PROV),
        ("correct-period", "2026-09", "--reason", " ", "--survey", PROV),
    ],
)
def test_what_cannot_be_done_is_one_clear_sentence_and_status_2(run, words: tuple[str, ...]) -> None:
    command, installation = run
    status, said = command(*words)
    assert status == 2
    assert len(said.strip().splitlines()[-1]) > 20
    assert "Traceback" not in said
    assert read_publications(installation) == []


def test_a_correction_is_said_as_a_closing_is(run) -> None:
    command, installation = run
    command("close-period")
    status, said = command("correct-period", "2026-09", "--reason", "Fel folkmängd", "--survey", PROV)
    assert status == 0
    assert "67 % för allmänheten" in said
    assert [one.reason for one in read_publications(installation)] == ["", "Fel folkmängd"]


def start(url: str, folder: Path) -> subprocess.Popen[str]:
    """The real command, in a process of its own."""
    files = {name: str(path) for name, path in write_files(folder).items()}
    environment = os.environ | files | {"DATABASE_URL": url, "VAR_DIR": str(folder / "var")}
    return subprocess.Popen(
        [sys.executable, "-m", "survey", "close-period"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_real_command_killed_in_the_middle_and_run_again_publishes_once(
    database_url: str, tmp_path: Path, calendar: Calendar
) -> None:
    people = make_people_of(7)
    with open_county(database_url, tmp_path, calendar) as installation:
        seed(installation, people)
        with start(database_url, tmp_path) as killed:
            assert killed.stdout is not None
            wait_for(killed.stdout, "Räknar")
            time.sleep(0.02)
            killed.send_signal(signal.SIGKILL)
        assert killed.returncode == -signal.SIGKILL
        done = [
            start(database_url, tmp_path) for _ in range(2)
        ]  # two at once, which do not know of each other
        said = [one.communicate(timeout=SECONDS)[0] for one in done]
        assert [one.returncode for one in done] == [0, 0]
        assert {one.month for one in read_publications(installation)} == set(LONG_AGO) | {"2025-12"}
        assert len(read_publications(installation)) == 4
        assert re.search(r"\d+ % av svaren står", "".join(said))
        found = forget_numbers(installation)
    with open_county(f"sqlite:///{tmp_path / 'twin.db'}", tmp_path / "twin", calendar) as twin:
        seed(twin, people)
        close_on(twin, calendar, 2026, 10)
        assert found == forget_numbers(twin) != []


def make_people_of(number: int) -> list[Person]:
    return make_people(random.Random(number), {(area, m): 25 for area in AREAS for m in LONG_AGO})


def wait_for(lines, word: str) -> None:  # type: ignore[no-untyped-def]
    for line in lines:
        if word in line:
            return
    raise AssertionError(f"the command never said {word}")


def forget_numbers(installation: Installation) -> list[Cell]:
    return [replace(cell, publication_id=0) for cell in read_cells(installation)]
