"""Is the demonstration county made through the real pipeline, as planted, and completed when killed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, select

from analysis.disclosure import Shown
from analysis.periods import shift_month
from analysis.text.masking import find_personal_data
from analysis.weeks import week_of
from survey.answering.codes import make_code, read_code
from survey.answering.drafts import begin_draft
from survey.answering.reached import LOOKED_OVER, SENT
from survey.demo import HISTORY, fill_when_new
from survey.demo.county import GAPS, LJUNGBY, TORSAS, County, count_answers
from survey.demo.sending import list_round_months
from survey.errors import SurveyError
from survey.insight.monitoring import find_followed_round, find_monitoring
from survey.insight.rates import find_rates
from survey.insight.stopping import find_stopping
from survey.installation import Installation
from survey.people.roles import VISITOR, Person, Role
from survey.rounds import list_open_rounds, list_rounds
from survey.store import invitations, monitoring, publications
from survey.store.publications import Cell
from survey.store.tables import comment, definition, inbox, invitation_code, period_key, response
from tests.survey.small_county import (
    HULTSFRED,
    NOW,
    TODAY,
    VAXJO,
    list_cells,
    opened_demonstration,
    summarise,
)

COORDINATOR = Person(Role.COORDINATOR)
FEW = County(months=24, per_thousand=2.0, municipalities=frozenset({VAXJO, LJUNGBY, TORSAS, HULTSFRED}))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, list[str]]]:
    """A small county that was filled once for the tests that only look, and what was told meanwhile."""
    folder = tmp_path_factory.mktemp("county")
    told: list[str] = []
    if request.param == "sqlite":
        with opened_demonstration(f"sqlite:///{folder / 'county.db'}", folder) as installation:
            fill_when_new(installation, tell=told.append, county=FEW)
            yield installation, told
        return
    server = request.getfixturevalue("postgres")
    with server.fresh_database() as url, opened_demonstration(url, folder) as installation:
        fill_when_new(installation, tell=told.append, county=FEW)
        yield installation, told


def average(cells: list[Cell]) -> float:
    return sum(c.n * (c.mean or 0) for c in cells) / sum(c.n for c in cells)


def find_change(installation: Installation, area: str) -> float:
    """Continuity in the last 14 months less what it was before, in points."""
    cells = list_cells(installation, area, "kontinuitet")
    turn = shift_month(NOW, -14)
    return average([c for c in cells if c.period >= turn]) - average([c for c in cells if c.period < turn])


def test_every_month_before_this_one_is_published_and_nothing_waits(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    with installation.database.read() as connection:
        months = [p.month for p in publications.list_publications(connection)]
        waiting = connection.scalar(select(func.count()).select_from(inbox).where(inbox.c.period < NOW))
        living = list(connection.scalars(select(period_key.c.period).where(~period_key.c.destroyed)))
    assert months == [shift_month(NOW, -n) for n in range(1, FEW.months + 1)]
    assert (waiting, living) == (0, [NOW])


def test_as_many_answers_are_stored_as_were_made(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    months = [(shift_month(NOW, -n), n) for n in range(1, FEW.months + 1)]
    areas = [area for area in installation.areas.municipalities if FEW.has(area)]
    made = sum(count_answers(FEW, area, month, ago) for area in areas for month, ago in months)
    made += sum(round(count_answers(FEW, area, NOW, 0) * 9 / 30) for area in areas)  # nine days are over
    with installation.database.read() as connection:
        stored = connection.scalar(select(func.count()).select_from(response))
        passed_on = connection.scalar(select(func.count()).select_from(inbox).where(inbox.c.period == NOW))
    assert (stored or 0) + (passed_on or 0) == made > 3_000


def test_the_answers_came_in_all_weeks_and_more_began_than_sent(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    with installation.database.read() as connection:
        mine = response.c.round_id == HISTORY
        stored = connection.scalar(select(func.count()).select_from(response).where(mine))
        by_area = monitoring.list_answers(connection, HISTORY, last="9999-W52")
        full = monitoring.list_reached(connection, HISTORY)["full"]
    assert sum(n for weeks in by_area.values() for n in weeks.values()) == stored
    assert max(len(weeks) for weeks in by_area.values()) > 3 * FEW.months
    assert full[SENT] < full[LOOKED_OVER] < max(full.values())


def test_the_planted_shift_is_seen_in_ljungby_and_not_in_vaxjo(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    assert 5 <= find_change(installation, LJUNGBY) <= 13
    assert -4 <= find_change(installation, VAXJO) <= 4


def test_the_gaps_of_torsas_have_no_cell(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    months = {c.period for c in list_cells(installation, TORSAS)}
    gaps = {shift_month(NOW, -ago) for ago in GAPS[TORSAS]}
    assert months and months.isdisjoint(gaps)


def test_small_places_are_hidden_and_large_ones_shown(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    hidden = [c for c in list_cells(installation, TORSAS) if c.hidden_signed_in is not None]
    assert hidden
    assert all(c.hidden_public is None for c in list_cells(installation, VAXJO))


def test_the_definition_is_frozen_as_by_any_answer(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    with installation.database.read() as connection:
        frozen = select(definition.c.survey).where(definition.c.frozen)
        assert sorted(connection.scalars(frozen)) == ["invanarupplevelse", "resursgrupp"]  # and the panel's


def test_comments_are_masked_before_they_are_sealed(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    with installation.database.read() as connection:
        texts = list(connection.scalars(select(comment.c.text)))
    assert len(texts) > 200
    assert any("[telefon]" in text for text in texts)
    assert [text for text in texts if find_personal_data(text)] == []


def test_a_line_is_told_for_each_year_and_the_codes_once(filled: tuple[Installation, list[str]]):
    _, told = filled
    years = [line[:5] for line in told if line[:2] == "20"]
    assert years == ["2024:", "2025:", "2026:"]
    assert len([line for line in told if "Ljungby" in line]) == 1


def test_rounds_are_open_for_residents_for_letters_and_for_the_panel(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    doors = {r.id: r.door for r in list_rounds(installation)}
    assert doors == {HISTORY: "open", "var-vard-2026": "open", "brev-2026": "coded", "panel-2026": "panel"}
    assert {r.id for r in list_open_rounds(installation, viewer=VISITOR)} == {"var-vard-2026", "brev-2026"}


def test_a_round_can_be_followed_while_it_is_open(filled: tuple[Installation, list[str]]):
    """Answers of the month that is running, by weeks that are over."""
    installation, _ = filled
    round_ = find_followed_round(installation, "", viewer=COORDINATOR)
    assert round_.is_open(TODAY)
    found = find_monitoring(installation, round_, viewer=COORDINATOR)
    assert found.chosen.so_far is not None and found.chosen.so_far >= 10
    assert all(one.last < week_of(TODAY) for one in found.chosen.came)
    (full, short) = find_stopping(installation, round_, viewer=COORDINATOR)
    assert (full.form, short.form) == ("full", "short")


def test_the_letters_have_a_response_rate_and_codes_that_were_used_are_gone(
    filled: tuple[Installation, list[str]],
):
    installation, _ = filled
    letters = next(r for r in list_rounds(installation) if r.door == "coded")
    (rates,) = find_rates(installation, survey="invanarupplevelse", viewer=COORDINATOR)
    shown = {one.area.code: one.rate.value for one in rates.areas if isinstance(one.rate, Shown)}
    assert rates.round_.id == letters.id
    assert 30 <= shown[VAXJO].per_cent <= 45  # 2.5 letters for each answer
    with installation.database.read() as connection:
        asked = sum(invitations.list_invited(connection)[letters.id].values())
        left = connection.scalar(select(func.count()).select_from(invitation_code))
        by_letter = response.c.round_id.in_([letters.id, ""])  # those of several rounds tell no round
        told = connection.scalar(select(func.count()).select_from(response).where(by_letter))
        waiting = connection.scalar(select(func.count()).select_from(inbox))
    assert 0 < asked - (left or 0) <= (told or 0) + (waiting or 0)


def test_a_told_code_opens_the_letter_round_and_a_real_one_is_refused(
    filled: tuple[Installation, list[str]],
):
    installation, told = filled
    codes = next(line for line in told if "Ljungby" in line).rpartition(": ")[2].split(", ")
    round_ = next(r for r in list_rounds(installation) if r.door == "coded")
    _, draft = begin_draft(
        installation, round_, form="short", language="sv", code=read_code(codes[0], demo=True)
    )
    assert (len(codes), draft.area) == (5, LJUNGBY)
    with pytest.raises(SurveyError, match="code_of_demonstration"):
        read_code(codes[0], demo=False)
    with pytest.raises(SurveyError, match="code_of_real_installation"):
        read_code(make_code(demo=False), demo=True)


def test_a_second_start_adds_nothing_and_says_nothing(filled: tuple[Installation, list[str]]):
    installation, _ = filled
    before = summarise(installation)
    told: list[str] = []
    fill_when_new(installation, tell=told.append, county=FEW)
    assert told == []
    assert summarise(installation) == before


def test_the_months_of_the_history_are_complete_and_end_before_this_one(
    filled: tuple[Installation, list[str]],
):
    installation, _ = filled
    history = next(r for r in list_rounds(installation) if r.id == HISTORY)
    assert (history.opens, history.closes) == (date(2024, 9, 1), date(2026, 8, 31))
    assert len(list_round_months(history)) == FEW.months
