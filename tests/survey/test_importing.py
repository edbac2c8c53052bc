"""Does every row of a file come in once, or get listed with its reason?"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.importing import run
from survey.importing.report import Report, say_report
from survey.language import speak
from survey.publication.close import close_ended_months
from tests.survey.bringing_in import GOOD, HEADER, MAPPING, Desk, say_reason, write_csv
from tests.walks import Calendar

DOCUMENT = Path(__file__).parents[2] / "docs" / "import.md"


# Again


def test_the_same_file_brings_in_nothing_the_second_time(desk: Desk) -> None:
    rows = [GOOD, ("1", *GOOD[1:4], "changes", "More."), ("2", *GOOD[1:]), ("3", "", *GOOD[2:])]
    first, second = desk.bring_in(rows), desk.bring_in(rows)
    assert (first.imported_rows, first.there_rows, first.rejected_rows) == (3, 0, 1)
    assert (second.imported_rows, second.there_rows, second.rejected_rows) == (0, 3, 1)
    assert second.there == 2
    assert len(desk.read_table("response")) == 2


def test_rows_in_another_order_are_the_same_people(desk: Desk) -> None:
    rows = [GOOD, ("1", *GOOD[1:4], "changes", "More."), ("2", *GOOD[1:])]
    desk.bring_in(rows)
    assert desk.bring_in(rows[::-1]).there_rows == 3


def test_a_longer_file_brings_in_what_is_new(desk: Desk) -> None:
    desk.bring_in([GOOD])
    report = desk.bring_in([("2", *GOOD[1:]), GOOD])
    assert (report.imported, report.there) == (1, 1)


def test_a_person_whose_rows_have_changed_is_told_and_left_as_they_were(desk: Desk) -> None:
    desk.bring_in([GOOD])
    report = desk.bring_in([GOOD, ("1", *GOOD[1:4], "changes", "I forgot this.")])
    assert report.rejected == {"changed": 2}
    assert [one[4] for one in desk.list_rejects()] == ["3", "2"]
    assert desk.read_table("comment") == []


def test_without_a_respondent_equal_rows_are_different_people_each_once(desk: Desk) -> None:
    rows = [("", *GOOD[1:])] * 3
    first = desk.bring_in(rows, respondent=None)
    again = desk.bring_in(rows, respondent=None)
    more = desk.bring_in([*rows, rows[0]], respondent=None)
    assert [first.imported, again.imported, more.imported] == [3, 0, 1]


def test_the_same_respondent_of_another_source_is_another_person(desk: Desk) -> None:
    desk.bring_in([GOOD])
    assert desk.bring_in([GOOD], source="other").imported == 1


def test_an_import_that_is_cut_off_continues_where_it_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 2)
    settle, calls = run.settle, iter([True, False])

    def settle_once(*given: Any) -> None:
        if not next(calls):
            raise KeyboardInterrupt
        settle(*given)

    rows = [(str(n), *GOOD[1:]) for n in range(5)]
    monkeypatch.setattr(run, "settle", settle_once)
    with pytest.raises(KeyboardInterrupt):
        desk.bring_in(rows)
    assert len(desk.read_table("response")) == 2
    assert not desk.rejects.exists()
    monkeypatch.setattr(run, "settle", settle)
    report = desk.bring_in(rows)
    assert (report.there, report.imported) == (2, 3)


def test_two_imports_at_once_bring_everybody_in_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    desk.bring_in([])
    (desk.folder / "answers.csv").write_bytes(write_csv([HEADER, *((str(n), *GOOD[1:]) for n in range(40))]))
    reports: list[Report] = []
    both = [threading.Thread(target=lambda: reports.append(desk.bring_in_written())) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(report.imported for report in reports) == 40
    assert [report.imported + report.there for report in reports] == [40, 40]
    assert len(desk.read_table("response")) == 40


# What is published does not change


def test_a_published_month_takes_no_more_answers_and_others_do(desk: Desk, calendar: Calendar) -> None:
    calendar.turn_to(2026, 3, 1)
    desk.bring_in([("1", "2026-02-10", *GOOD[2:])])
    close_ended_months(desk.installation)
    days = ["2026-02-11", "2026-01-31", "2026-03-01"]
    report = desk.bring_in([(str(n), day, *GOOD[2:]) for n, day in enumerate(days, start=2)])
    assert (report.imported, report.rejected) == (2, {"published": 1})
    assert desk.list_rejects()[0][:2] == ["2", say_reason("published")]


def test_a_month_inside_a_published_quarter_takes_no_more_answers(desk: Desk, calendar: Calendar) -> None:
    calendar.turn_to(2026, 4, 1)
    desk.bring_in([("1", "2026-02-10", *GOOD[2:])])
    close_ended_months(desk.installation)
    report = desk.bring_in([("2", "2026-01-10", *GOOD[2:]), ("3", "2026-04-01", *GOOD[2:])])
    assert (report.imported, report.rejected) == (1, {"published": 1})


def test_who_came_in_before_the_month_was_published_is_there_afterwards(
    desk: Desk, calendar: Calendar
) -> None:
    desk.bring_in([GOOD])
    close_ended_months(desk.installation)
    assert (desk.bring_in([GOOD]).there, desk.bring_in([GOOD]).rejected) == (1, {})


# A dry run


def test_a_dry_run_tells_what_would_be_done_and_does_nothing_but_the_list(desk: Desk) -> None:
    rows = [GOOD, ("2", *GOOD[1:]), ("3", "", *GOOD[2:])]
    dry = desk.bring_in(rows, dry_run=True)
    listed = desk.list_rejects()
    tables_after = [desk.read_table(name) for name in ("response", "comment", "import_row")]
    events = [row.action for row in desk.read_table("audit")]
    real = desk.bring_in(rows)
    assert (dry.imported, dry.rejected, listed) == (real.imported, real.rejected, desk.list_rejects())
    assert tables_after == [[], [], []]
    assert "answers imported" not in events


def test_a_dry_run_knows_what_is_there_and_what_is_published(desk: Desk) -> None:
    desk.bring_in([GOOD])
    close_ended_months(desk.installation)
    report = desk.bring_in([GOOD, ("2", *GOOD[1:])], dry_run=True)
    assert (report.imported, report.there, report.rejected) == (0, 1, {"published": 1})


# What is said


def test_the_report_says_what_was_done_and_why_rows_stayed_out(desk: Desk) -> None:
    desk.bring_in([GOOD])
    report = desk.bring_in(
        [
            GOOD,
            ("2", "2026-04-01", *GOOD[2:4], "changes", "More."),
            ("3", "", *GOOD[2:]),
            ("4", *GOOD[1:3], "6", "", ""),
        ]
    )
    said = [line.replace("\u00a0", " ") for line in say_report(report, speak("sv"))]
    assert said == [
        "Svar från 1 person är intagna: 1 av 4 rader.",
        "I dem finns 1 kommentar. De gäller april 2026 till april 2026.",
        "1 rad fanns redan, från 1 person.",
        f"2 rader är avvisade. De står i {desk.rejects}",
        "  1: Datumet saknas.",
        "  1: Svaret finns inte bland frågans svar i mappningen.",
    ]


def test_a_dry_run_says_that_nothing_has_come_in(quick_desk: Desk) -> None:
    report = quick_desk.bring_in([GOOD], dry_run=True, source="said")
    assert say_report(report, speak("sv"))[0] == (
        "Prov: inget är intaget. Svar från 1 person skulle tas in: 1 av 1 rader."
    )


def test_the_example_in_the_documentation_does_what_it_says(desk: Desk) -> None:
    text = DOCUMENT.read_text("utf-8")
    example, mapping = (re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("csv", "yaml"))
    assert example is not None and mapping is not None
    (desk.folder / "answers.csv").write_text(example[1], "utf-8")
    (desk.folder / "mapping.yaml").write_text(mapping[1], "utf-8")
    report = desk.bring_in_written()
    assert (report.imported, report.imported_rows, report.comments) == (3, 4, 2)
    assert report.rejected == {"date_wrong": 1, "area_unknown": 1, "unlisted": 1}
    assert [one[0] for one in desk.list_rejects()] == ["6", "7", "8"]


# The law

cells = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    st.sampled_from(["2026-05-04", "2026-06-01", "2027-01-01", "", "x"]),
    st.sampled_from(["Växjö", "Ljungby", "Malmö", ""]),
    st.sampled_from(["good", "bad", "6", ""]),
    st.sampled_from(["changes", "good things", "food", ""]),
    st.sampled_from(["", 'Text,\nwith "signs"', "no answer", "\x00"]),
)
files = st.lists(
    st.one_of(cells, st.lists(st.text(max_size=5), min_size=1, max_size=8).map(tuple)), max_size=12
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows=files, has_respondent=st.booleans(), dry_run=st.booleans())
def test_every_row_comes_in_or_was_there_or_is_listed(
    quick_desk: Desk, rows: list[tuple[str, ...]], has_respondent: bool, dry_run: bool
) -> None:
    before = len(quick_desk.read_table("response"))
    respondent = MAPPING["respondent"] if has_respondent else None
    report = quick_desk.bring_in(rows, dry_run=dry_run, respondent=respondent, source="law")
    assert report.rows == len(rows)
    assert report.rows == report.imported_rows + report.there_rows + report.rejected_rows
    assert len(quick_desk.list_rejects()) == report.rejected_rows
    assert len(quick_desk.read_table("response")) - before == (0 if dry_run else report.imported)
