"""Is a month published once, from every answer in it, and nothing shown that would give somebody away?"""

from __future__ import annotations

import json
import random
import statistics
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from analysis.periods import list_months, parse_period
from survey.errors import SurveyError
from survey.installation import Installation
from survey.publication.close import close_ended_months, close_month, find_publication, seal_cells
from survey.store.publications import Cell
from survey.store.rounds import Round
from survey.store.tables import publication, published_cell, response
from tests.postgres_server import PostgresServer
from tests.processes import reopen, run_together
from tests.survey.seeded import MEASURES, Person, make_people, same_score, seed
from tests.walks import ITS_MONTH, SURVEY, Calendar, answer_survey, opened

KRONOBERG = ("0760", "0761", "0763", "0780")
Place = tuple[str, str, str, str, str]  # period, area, group, value, measure


def read_cells(installation: Installation) -> list[Cell]:
    with installation.database.read() as connection:
        c = published_cell.c
        return [Cell(*row) for row in connection.execute(select(published_cell).order_by(*c))]


def place(cell: Cell) -> Place:
    return (cell.period, cell.area, cell.group, cell.value, cell.measure)


def close_september(installation: Installation, calendar: Calendar) -> list[Cell]:
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
    return read_cells(installation)


def compute_slowly(
    installation: Installation, periods: set[str]
) -> dict[Place, tuple[int, float, float | None]]:
    """n, mean and standard deviation of every cell, from every response one by one."""
    scores: dict[Place, list[float]] = defaultdict(list)
    with installation.database.read() as connection:
        rows = connection.execute(select(response)).all()
    for row in rows:
        for code in periods:
            if row.month not in list_months(parse_period(code)):
                continue
            county = row.area[:2]
            owners = [(row.area, "", ""), (county, "", "")]
            if code.isdigit():  # groups are published for years alone
                owners += [(county, group, value) for group, value in json.loads(row.groups).items()]
            for measure, score in json.loads(row.scores).items():
                for area, group, value in owners:
                    scores[(code, area, group, value, measure)].append(score)
    return {
        key: (len(some), statistics.fmean(some), statistics.stdev(some) if len(some) > 1 else None)
        for key, some in scores.items()
    }


def test_every_published_number_is_what_a_slow_count_of_every_response_gives(
    installation: Installation, calendar: Calendar
) -> None:
    months = [f"2026-{number:02d}" for number in (1, 2, 5, 9, 12)]
    chance = random.Random(4)
    counts = {(area, month): chance.randrange(0, 25) for area in (*KRONOBERG, "0880") for month in months}
    counts[("0881", "2026-05")] = 1
    seed(installation, make_people(chance, counts))
    calendar.turn_to(2027, 1)
    close_ended_months(installation)
    cells = {place(cell): cell for cell in read_cells(installation)}
    slow = compute_slowly(installation, {cell.period for cell in cells.values()})
    assert {len(code) for code, *_ in cells} == {4, 7}
    assert {"2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", *months} <= {
        code for code, *_ in cells
    }
    assert set(cells) == set(slow)
    for key, (n, mean, sd) in slow.items():
        assert cells[key].n == n
        assert cells[key].mean == pytest.approx(mean, abs=1e-9)
        assert cells[key].sd == (None if sd is None else pytest.approx(sd, abs=1e-9))


def test_both_engines_publish_the_same(tmp_path: Path, postgres: PostgresServer) -> None:
    people = make_people(random.Random(5), {(area, ITS_MONTH): 17 for area in KRONOBERG})
    published = []
    with postgres.fresh_database() as address:
        for url in (f"sqlite:///{tmp_path / 'one.db'}", address):
            calendar = Calendar()
            with opened(url, tmp_path / url[:6], calendar) as installation:
                seed(installation, people)
                published.append([round_cell(one) for one in close_september(installation, calendar)])
    assert published[0] == published[1] != []


def round_cell(cell: Cell) -> Cell:
    """A cell without what the order of adding up may change in the last binary digit."""
    numbers = {name: getattr(cell, name) for name in ("mean", "sd", "low", "high")}
    return replace(cell, **{k: None if v is None else round(v, 9) for k, v in numbers.items()})


@pytest.mark.parametrize(
    ("counts", "signed_in", "public"),
    [
        (
            {"0760": 4, "0761": 20, "0763": 30},
            {"0760": "few", "0761": "other"},
            {"0760": "few", "0761": "other"},
        ),
        ({"0760": 5, "0761": 20, "0763": 30}, {}, {"0760": "few", "0761": "other"}),
        ({"0760": 9, "0761": 20, "0763": 30}, {}, {"0760": "few", "0761": "other"}),
        ({"0760": 10, "0761": 20, "0763": 30}, {}, {}),
        ({"0760": 4}, {"0760": "few", "07": "few"}, {"0760": "few", "07": "few"}),
        ({"0760": 5}, {}, {"0760": "few", "07": "few"}),
        ({"0760": 9}, {}, {"0760": "few", "07": "few"}),
        ({"0760": 10}, {}, {}),
        ({"0760": 3, "0761": 4}, {"0760": "few", "0761": "few"}, {"0760": "few", "0761": "few", "07": "few"}),
        (
            {"0760": 2, "0761": 2, "0763": 9, "0780": 40},
            {"0760": "few", "0761": "few", "0763": "other"},
            {"0760": "few", "0761": "few", "0763": "few"},
        ),
    ],
)
def test_a_cell_under_the_threshold_is_hidden_and_so_is_one_that_would_give_it_away(
    installation: Installation,
    calendar: Calendar,
    counts: Mapping[str, int],
    signed_in: Mapping[str, str],
    public: Mapping[str, str],
) -> None:
    seed(installation, same_score(counts))
    cells = [cell for cell in close_september(installation, calendar) if cell.period == ITS_MONTH]
    reasons = {"few": "too_few", "other": "protects_another"}
    assert {cell.area for cell in cells} == {*counts, "07"}
    assert {c.area: c.hidden_signed_in for c in cells if c.hidden_signed_in} == {
        area: reasons[why] for area, why in signed_in.items()
    }
    assert {c.area: c.hidden_public for c in cells if c.hidden_public} == {
        area: reasons[why] for area, why in public.items()
    }


def test_a_quarter_whose_shown_months_leave_a_few_people_over_is_hidden(
    installation: Installation, calendar: Calendar
) -> None:
    for month, n in (("2026-07", 4), ("2026-08", 20), ("2026-09", 20)):
        seed(installation, same_score({"0760": n, "0761": 50, "0763": 50}, month))
    cells = {(c.period, c.area): c.hidden_signed_in for c in close_september(installation, calendar)}
    assert cells[("2026-07", "0760")] == "too_few"
    assert cells[("2026-08", "0760")] is cells[("2026-09", "0760")] is None
    assert cells[("2026-Q3", "0760")] == "protects_another"


def test_a_month_that_is_closed_twice_is_published_once(
    installation: Installation, calendar: Calendar
) -> None:
    seed(installation, same_score({"0760": 12}))
    before = close_september(installation, calendar)
    seed(installation, same_score({"0760": 12}))
    assert close_month(installation, ITS_MONTH) == ()
    assert close_ended_months(installation) == ()
    assert read_cells(installation) == before != []


@pytest.mark.parametrize(
    ("today", "closed"), [(date(2026, 9, 30), 0), (date(2026, 10, 1), 1), (date(2027, 3, 1), 1)]
)
def test_a_month_can_be_closed_from_the_day_after_its_last(
    installation: Installation, calendar: Calendar, today: date, closed: int
) -> None:
    seed(installation, same_score({"0760": 12}))
    calendar.day = today
    if not closed:
        with pytest.raises(SurveyError, match="period_not_over"):
            close_month(installation, ITS_MONTH)
        assert close_ended_months(installation) == ()
        return
    assert len(close_month(installation, ITS_MONTH)) == closed


@pytest.mark.parametrize("code", ["", "2026", "2026-Q3", "2026-13", "september", "2026-9"])
def test_what_is_no_month_cannot_be_closed(installation: Installation, code: str) -> None:
    with pytest.raises(SurveyError, match="period_wrong"):
        close_month(installation, code)


def test_processes_that_close_at_once_publish_once(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    for n in range(12):
        answer_survey(installation, open_round, chance=random.Random(n))
    calendar.turn_to(2026, 10)
    installation.database.close()
    closed = run_together(*[lambda: close_ended_months(reopen(installation))] * 3)
    assert [one.error for one in closed] == [""] * 3
    assert [done.responses for one in closed for done in one.value] == [12]
    with installation.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(publication)).scalar_one() == 1
        assert connection.execute(select(func.count()).select_from(response)).scalar_one() == 12
    assert {cell.n for cell in read_cells(installation)} <= set(range(13))


def test_a_quarter_is_published_although_its_last_month_had_no_answer(
    installation: Installation, calendar: Calendar
) -> None:
    seed(installation, same_score({"0760": 12}, "2026-07"))
    cells = close_september(installation, calendar)
    assert {cell.period for cell in cells} == {"2026-07", "2026-Q3"}
    assert find_publication(installation, SURVEY, "2026-08") is None
    found = find_publication(installation, SURVEY, "2026-09")
    assert found is not None
    assert found.versions == ""


def test_an_answer_that_is_sent_when_the_month_is_over_counts_in_the_next(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    seed(installation, same_score({"0780": 12}))
    before = close_september(installation, calendar)
    for n in range(6):
        answer_survey(installation, open_round, municipality="0780", chance=random.Random(n))
    assert close_ended_months(installation) == ()
    calendar.turn_to(2026, 11)
    close_ended_months(installation)
    after = read_cells(installation)
    assert [cell for cell in after if cell.period != "2026-10"] == before
    assert max(cell.n for cell in after if cell.period == "2026-10") == 6


def test_one_more_answer_in_the_open_month_changes_no_published_cell(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    seed(installation, same_score({"0780": 12, "0760": 6}))
    before = close_september(installation, calendar)
    answer_survey(installation, open_round, municipality="0780")
    assert close_ended_months(installation) == ()
    assert read_cells(installation) == before


def test_the_order_of_answers_within_a_month_changes_nothing(tmp_path: Path) -> None:
    people = make_people(random.Random(6), {(area, ITS_MONTH): 9 for area in KRONOBERG})
    published = []
    for number in range(2):
        calendar = Calendar()
        random.Random(number).shuffle(people)
        with opened(
            f"sqlite:///{tmp_path / str(number)}.db", tmp_path / f"var{number}", calendar
        ) as installation:
            seed(installation, people)
            published.append([round_cell(one) for one in close_september(installation, calendar)])
    assert published[0] == published[1] != []


def test_people_of_other_places_are_in_no_published_cell(
    installation: Installation, calendar: Calendar
) -> None:
    seed(installation, [Person("elsewhere", {"helhet": 50.0}) for _ in range(40)])
    seed(installation, same_score({"0760": 12}))
    assert {(c.area, c.n) for c in close_september(installation, calendar)} == {("0760", 12), ("07", 12)}


def test_the_checksum_of_a_publication_is_that_of_its_cells_in_the_database(
    installation: Installation, calendar: Calendar
) -> None:
    seed(installation, make_people(random.Random(8), {(area, ITS_MONTH): 15 for area in KRONOBERG}))
    cells = close_september(installation, calendar)
    found = find_publication(installation, SURVEY, ITS_MONTH)
    assert found is not None
    assert {cell.publication_id for cell in cells} == {found.id}
    assert found.checksum == seal_cells(cells) == seal_cells(cells[::-1])


@pytest.mark.parametrize(
    "touched", [{"n": 16}, {"mean": 50.000001}, {"hidden_public": None}, {"hidden_signed_in": "too_few"}]
)
def test_a_cell_that_somebody_has_touched_changes_the_checksum(
    installation: Installation, calendar: Calendar, touched: dict[str, object]
) -> None:
    seed(installation, same_score({"0760": 4, "0761": 15}))
    close_september(installation, calendar)
    chosen = (published_cell.c.area == "0761", published_cell.c.period == ITS_MONTH)
    with installation.database.write() as connection:
        assert connection.execute(update(published_cell).where(*chosen).values(**touched)).rowcount == 1
    found = find_publication(installation, SURVEY, ITS_MONTH)
    assert found is not None
    hidden_already = touched == {"hidden_signed_in": "protects_another"}
    assert not hidden_already
    assert seal_cells(read_cells(installation)) != found.checksum


cells_strategy = st.lists(
    st.builds(
        Cell,
        survey=st.just(SURVEY),
        area=st.sampled_from(KRONOBERG),
        kind=st.just("month"),
        measure=st.sampled_from(MEASURES),
        group=st.just(""),
        value=st.just(""),
        period=st.sampled_from(["2026-08", "2026-09"]),
        revision=st.just(1),
        publication_id=st.integers(0, 3),
        n=st.integers(1, 50),
        mean=st.floats(0, 100),
        sd=st.none(),
        low=st.none(),
        high=st.none(),
        hidden_public=st.none(),
        hidden_signed_in=st.none(),
    ),
    max_size=6,
)


@given(cells=cells_strategy, chance=st.randoms(use_true_random=False))
def test_the_checksum_depends_on_the_cells_and_not_on_their_order(
    cells: list[Cell], chance: random.Random
) -> None:
    before = seal_cells(cells)
    chance.shuffle(cells)
    assert seal_cells(cells) == before
    if cells:
        assert seal_cells([replace(cells[0], n=cells[0].n + 1), *cells[1:]]) != before
