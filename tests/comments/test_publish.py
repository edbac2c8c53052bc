"""Are themes counted once, for quarters and years that are over, and never changed after?"""

from __future__ import annotations

from pathlib import Path

from survey.answering.erase import erase_answers
from survey.comments.counting import Counts, read_counts
from survey.comments.publish import Due, list_due, publish_themes
from survey.installation import Installation
from survey.store import themes
from survey.store.themes import PublishedThemes
from tests.comments.written import (
    GOOD,
    KRONOBERG,
    LJUNGBY,
    MARKARYD,
    VAXJO,
    Writer,
    close_and_publish,
    make_writers,
    write,
)
from tests.processes import run_together
from tests.walks import SURVEY, Calendar, opened

FOOD = "Maten smakar ingenting."
PHONE = "Det är omöjligt att komma fram på telefon."
NOTHING = "Hej hej."


def read_published(installation: Installation) -> dict[tuple[str, str], PublishedThemes]:
    with installation.database.read() as connection:
        return {(row.area, row.period): row for row in themes.list_published(connection, SURVEY)}


def read_shown(installation: Installation, period: str) -> dict[str, Counts]:
    """The counts of a period by area, where they are shown."""
    return {
        area: read_counts(row.document)
        for (area, code), row in read_published(installation).items()
        if code == period and row.hidden is None
    }


def name(due: tuple[Due, ...]) -> list[str]:
    return [one.period.code for one in due]


def test_a_quarter_is_due_when_its_last_month_is_published_and_a_year_after_its_quarters(
    installation: Installation, calendar: Calendar
) -> None:
    write(installation, make_writers(VAXJO, 30, FOOD) + make_writers(VAXJO, 30, FOOD, month="2026-12"))
    assert name(close_and_publish(installation, calendar, 2026, 8)) == []
    assert name(close_and_publish(installation, calendar, 2026, 10)) == ["2026-Q3"]
    assert name(close_and_publish(installation, calendar, 2026, 10)) == []
    assert name(close_and_publish(installation, calendar, 2027, 1)) == ["2026-Q4", "2026"]


def test_comments_count_once_for_each_of_their_themes_and_those_without_are_counted_too(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    write(
        on_sqlite,
        make_writers(VAXJO, 12, FOOD)
        + make_writers(VAXJO, 8, f"{FOOD} {PHONE} {PHONE}")
        + make_writers(VAXJO, 5, NOTHING)
        + make_writers(VAXJO, 40, "")
        + make_writers(VAXJO, 6, "Vänlig personal.", question=GOOD),
    )
    close_and_publish(on_sqlite, calendar, 2026, 10)
    counts = read_shown(on_sqlite, "2026-Q3")[VAXJO]
    assert counts.comments == 31
    assert counts.themes["food"] == 20
    assert counts.themes["access"] == 8
    assert counts.themes["attitude"] == 6
    assert counts.unassigned == 5
    assert sum(counts.theme_tones["food"].values()) == 20
    assert sum(counts.tones.values()) == sum(counts.languages.values()) == 31
    row = read_published(on_sqlite)[VAXJO, "2026-Q3"]
    assert (row.answers, row.comments, row.readable) == (71, 31, 31)


def test_a_municipality_with_few_is_hidden_and_so_is_one_that_would_give_it_away(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    write(
        on_sqlite,
        make_writers(VAXJO, 40, FOOD) + make_writers(LJUNGBY, 20, FOOD) + make_writers(MARKARYD, 19, FOOD),
    )
    close_and_publish(on_sqlite, calendar, 2026, 10)
    assert read_shown(on_sqlite, "2026-Q3").keys() == {VAXJO, KRONOBERG}
    assert read_shown(on_sqlite, "2026-Q3")[KRONOBERG].comments == 79


def test_a_year_is_the_sum_of_its_quarters_as_they_were_counted(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    gone = Writer(VAXJO, text=FOOD)
    write(on_sqlite, [gone, *make_writers(VAXJO, 29, FOOD), *make_writers(VAXJO, 25, PHONE, month="2026-11")])
    close_and_publish(on_sqlite, calendar, 2026, 10)
    before = read_published(on_sqlite)
    erase_answers(on_sqlite, gone.receipt)
    close_and_publish(on_sqlite, calendar, 2027, 1)
    after = read_published(on_sqlite)
    assert {place: after[place] for place in before} == before
    assert read_shown(on_sqlite, "2026")[VAXJO].comments == 55
    assert read_shown(on_sqlite, "2026")[VAXJO].themes["food"] == 30


def test_what_is_taken_back_before_is_not_counted(on_sqlite: Installation, calendar: Calendar) -> None:
    gone = Writer(VAXJO, text=FOOD)
    write(on_sqlite, [gone, *make_writers(VAXJO, 29, FOOD)])
    erase_answers(on_sqlite, gone.receipt)
    close_and_publish(on_sqlite, calendar, 2026, 10)
    assert read_shown(on_sqlite, "2026-Q3")[VAXJO].comments == 29


def test_one_more_comment_in_a_month_that_goes_on_changes_nothing(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    write(on_sqlite, make_writers(VAXJO, 30, FOOD))
    close_and_publish(on_sqlite, calendar, 2026, 10)
    before = read_published(on_sqlite)
    write(on_sqlite, make_writers(VAXJO, 1, PHONE, month="2026-10"))
    assert close_and_publish(on_sqlite, calendar, 2026, 10) == ()
    assert read_published(on_sqlite) == before


def test_two_processes_publish_a_quarter_once(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var", DEMO=True) as installation:
        write(installation, make_writers(VAXJO, 30, FOOD))
        close_only(installation)

    def publish() -> int:
        with opened(
            database_url, tmp_path / "var", Calendar(Calendar().day.replace(month=10)), DEMO=True
        ) as own:
            return len(publish_themes(own))

    outcomes = run_together(publish, publish)
    assert [one.error for one in outcomes] == ["", ""]
    assert sum(one.value for one in outcomes) == 1
    with opened(database_url, tmp_path / "var", DEMO=True) as installation:
        assert list_due(installation) == ()
        assert len([1 for _, period in read_published(installation) if period == "2026-Q3"]) == len(
            list(installation.areas)
        )


def close_only(installation: Installation) -> None:
    """Close what has ended without publishing themes."""
    from survey.publication.close import close_ended_months

    calendar = installation.today
    assert isinstance(calendar, Calendar)
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
