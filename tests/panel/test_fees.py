"""What is a day's work paid with, by the table of its year, and what when there is none?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.errors import SurveyError
from survey.panel.fee_table import FeeTable, Shares, find_amount, load_table
from survey.settings import Settings

SHARES = Shares(whole_day=Decimal("3.6"), half_day=Decimal("1.8"), hour=Decimal("0.5"))
PERCENT = "percent: {whole_day: 4, half_day: 2, hour: 1}"
TABLE_2024 = FeeTable(year=2024, price_base_amount=57_300, percent=SHARES)


def make_settings(folder: Path) -> Settings:
    return Settings(VAR_DIR=folder)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("minutes", "paid_by", "kronor"),
    [
        (15, "hours", 71),  # 71.50: a half krona is dropped
        (60, "hours", 286),  # the example of 2024
        (90, "hours", 429),
        (119, "hours", 567),
        (120, "half_day", 1_031),  # the example of 2024: 2 to 4 hours
        (240, "half_day", 1_031),
        (241, "whole_day", 2_063),  # the example of 2024: more than 4 hours
        (480, "whole_day", 2_063),
    ],
)
def test_the_example_of_2024(minutes: int, paid_by: str, kronor: int) -> None:
    found = find_amount(TABLE_2024, minutes)
    assert (found.paid_by, found.kronor) == (paid_by, kronor)


@pytest.mark.parametrize(
    ("year", "base", "hour", "half_day", "whole_day"),
    [(2024, 57_300, 286, 1_031, 2_063), (2025, 58_800, 294, 1_058, 2_117), (2026, 59_200, 296, 1_066, 2_131)],
)
def test_the_years_that_are_known(
    year: int, base: int, hour: int, half_day: int, whole_day: int, tmp_path: Path
) -> None:
    table = load_table(make_settings(tmp_path), year)
    assert table.price_base_amount == base
    assert [find_amount(table, minutes).kronor for minutes in (60, 180, 300)] == [hour, half_day, whole_day]


@pytest.mark.parametrize("minutes", [0, -15])
def test_no_time_is_paid_with_nothing(minutes: int) -> None:
    with pytest.raises(ValueError, match="no time"):
        find_amount(TABLE_2024, minutes)


@given(
    base=st.integers(20_000, 200_000),
    less=st.integers(1, 720),
    more=st.integers(0, 720),
)
def test_longer_is_never_paid_less(base: int, less: int, more: int) -> None:
    table = FeeTable(year=2030, price_base_amount=base, percent=SHARES)
    assert find_amount(table, less).kronor <= find_amount(table, less + more).kronor


def test_a_year_without_a_table_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as wrong:
        load_table(make_settings(tmp_path), 2031)
    folder = (tmp_path / "panel" / "fees").as_posix()
    assert wrong.value.code == "fees_missing"
    assert wrong.value.facts == {"year": "2031", "file": "2031.yaml", "folder": folder}


def write_own(folder: Path, year: int, text: str) -> None:
    own = folder / "panel" / "fees"
    own.mkdir(parents=True)
    (own / f"{year}.yaml").write_text(text, encoding="utf-8")


def test_an_installations_own_table_takes_the_place_of_the_products(tmp_path: Path) -> None:
    percent = '{whole_day: "4", half_day: "2", hour: "1"}'
    write_own(tmp_path, 2026, f"year: 2026\nprice_base_amount: 50000\npercent: {percent}")
    table = load_table(make_settings(tmp_path), 2026)
    assert [find_amount(table, minutes).kronor for minutes in (60, 180, 300)] == [500, 1_000, 2_000]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("year: 2031", "price_base_amount, percent"),
        (
            "year: 2031\nprice_base_amount: 0\npercent: {whole_day: 4, half_day: 2, hour: 1}",
            "price_base_amount",
        ),
        ("year: 2030\nprice_base_amount: 60000\npercent: {whole_day: 4, half_day: 2, hour: 1}", "year"),
        (
            "year: 2031\nprice_base_amount: 60000\npercent: {whole_day: 400, half_day: 2, hour: 1}",
            "percent.whole_day",
        ),
        ("year: [", "*"),
    ],
)
def test_a_table_that_is_wrong_says_where(text: str, where: str, tmp_path: Path) -> None:
    write_own(tmp_path, 2031, text)
    with pytest.raises(SurveyError) as wrong:
        load_table(make_settings(tmp_path), 2031)
    assert (wrong.value.code, wrong.value.facts["where"]) == ("panel_file_wrong", where)
