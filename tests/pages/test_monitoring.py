"""Does the page that follows a round say first how many came, and teach where there is nothing yet?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.disclosure import Hidden, HiddenReason, Shown
from pages.shared import menu_table
from pages.shared.frame import Frame
from pages.shared.response_rates import tell_rate
from pages.shared.where_people_stop import tell_missing
from survey.answering.drafts import find_survey
from survey.answering.reached import list_places
from survey.insight.rates import Answered, AreaRate
from survey.insight.unanswered import Missing
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.store import monitoring
from tests.insight.hand_made import CELL, add_cells, add_publication
from tests.walks import Calendar, open_a_round, opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
SHARES = '{"5": 1.0, "skipped": 0.08, "na": 0.02}'


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """On a Monday: the week that was over yesterday is week 37."""
    calendar = Calendar(date(2026, 9, 14))
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", calendar, DEMO=True) as found:
        yield found


def draw(installation: Installation, monkeypatch: pytest.MonkeyPatch, **asked: str) -> AppTest:
    """The page as a coordinator sees it at an address."""
    frame = Frame(installation, Person(Role.COORDINATOR), "sv")
    monkeypatch.setattr(menu_table, "open_frame", lambda: frame)
    monkeypatch.setattr(menu_table, "HOME", "monitoring")
    page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*page.markdown, *page.error))


def count(installation: Installation, week: str, numbers: dict[str, int]) -> None:
    with installation.database.write() as connection:
        monitoring.add_answers(connection, week, {("runda", area): n for area, n in numbers.items()})


def test_before_there_is_a_round_it_says_what_will_stand_here(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Det finns ingen omgång att följa än" in read(draw(installation, monkeypatch))


def test_a_new_round_says_what_is_not_there_yet(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_a_round(installation)
    page = draw(installation, monkeypatch)
    told = read(page)
    assert "Färre än 10 svar har kommit från alla kommuner till och med vecka 37 2026" in told
    assert "Från ingen kommun har minst 10 svar kommit än." in told  # and not 21 rows of it
    assert not page.table
    assert "Omgången har inga inbjudningar" in told
    assert "Visas när minst 20 personer har börjat svara" in told
    assert speak("sv").say("error.nothing_published") in told


def test_it_says_first_how_many_came_and_when(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_a_round(installation)
    count(installation, "2026-W36", {"0780": 31})
    count(installation, "2026-W37", {"0780": 14, "0881": 7})
    page = draw(installation, monkeypatch)
    assert page.markdown[0].value.split("\n") == [
        "* Omkring 45 svar har kommit från alla kommuner till och med vecka 37 2026.",
        "* De senaste omkring 15 kom vecka 37 2026.",
        "* Omgången är öppen till och med 2026-12-31.",
    ]
    table = page.table[0].value
    assert table[table.iloc[:, 0] == "Växjö"].values.tolist() == [["Växjö", "45", "vecka 37 2026"]]
    assert table[table.iloc[:, 0] == "Nybro"].values.tolist() == [["Nybro", "färre än 10", "–"]]


def test_the_round_and_area_are_those_of_the_address(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_a_round(installation)
    open_a_round(installation, "brev", door="coded")
    count(installation, "2026-W37", {"0780": 31, "0881": 50})
    page = draw(installation, monkeypatch, round="runda", area="0881")
    assert "Omkring 50 svar har kommit från Nybro" in read(page)
    coded = read(draw(installation, monkeypatch, round="brev", area="08"))
    assert "från Kalmar län" in coded and "när en månad av omgången har publicerats" in coded


@pytest.mark.parametrize("asked", [{"round": "finns-inte"}, {"area": "9999"}])
def test_an_address_that_makes_no_sense_says_so_and_shows_the_usual(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    open_a_round(installation)
    page = draw(installation, monkeypatch, **asked)
    assert len(page.error) == 1
    assert "alla kommuner" in read(page)


def test_it_says_where_most_people_stop(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = open_a_round(installation)
    places = list_places(find_survey(installation, round_, "full"))
    with installation.database.write() as connection:
        numbers = dict(zip(places, (100, 95, 60, 55), strict=False))
        monitoring.add_reached(connection, round_.id, "full", numbers)
    page = draw(installation, monkeypatch)
    told = read(page)
    assert "Hämta hur långt de kommer (CSV)" in [one.label for one in page.get("download_button")]
    assert "95 % av dem som började kom till delen innan, 60 % kom dit." in told


def test_what_is_left_unanswered_is_told_when_it_is_opened(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_a_round(installation)
    add_publication(installation, "2026-09")
    place = {"kind": "quarter", "period": "2026-Q3", "area": "0780", "measure": "a01", "n": 60}
    add_cells(installation, CELL.__class__(**{**vars(CELL), **place, "shares": SHARES}))
    page = draw(installation, monkeypatch, area="0780")
    assert "Växjö, kvartal 3 2026" in read(page)
    assert "Frågor som lämnas utan svar i alla omgångar: Växjö" in [one.value for one in page.header]
    assert "Flest hoppade över" not in read(page)
    page.session_state["unanswered-open"] = True
    page.run()
    assert not page.exception
    assert ": 8 %." in read(page)


def test_a_hidden_rate_says_why_and_a_question_without_an_escape_that_it_has_none(
    installation: Installation,
) -> None:
    words, vaxjo = speak("sv"), installation.areas.find("0780")
    hidden = AreaRate(vaxjo, Hidden(HiddenReason.TOO_FEW, 10))
    assert tell_rate(words, hidden)[1:] == ("", "", "För få svar för att visa (färre än 10)")
    shown = AreaRate(vaxjo, Shown(Answered(200, 50, 25)))
    assert tell_rate(words, shown)[1:] == ("200", "50", "25 %")
    assert tell_missing(words, Missing(3, None)) == ("3 %", "finns inte att välja")
