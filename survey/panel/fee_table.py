"""What is a day's work for a mission paid with, by the table of its year?

The hours of a day are put together: more than four are a whole day, from two to four half a day, and fewer
are paid by the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from survey.errors import SurveyError
from survey.panel.data_files import Document, find_file, find_own_folder, read_document
from survey.settings import Settings

MINUTES_IN_HOUR = 60
HALF_DAY_FROM = 2 * MINUTES_IN_HOUR  # the example of 2024: 2 to 4 hours
WHOLE_DAY_OVER = 4 * MINUTES_IN_HOUR  # the example of 2024: more than 4 hours
HUNDRED = Decimal(100)
Percent = Annotated[Decimal, Field(gt=0, le=100)]


class PaidBy(StrEnum):
    """Which line of the table a day falls under."""

    WHOLE_DAY = "whole_day"
    HALF_DAY = "half_day"
    HOURS = "hours"


class Shares(Document):
    """Per cent of the price base amount."""

    whole_day: Percent
    half_day: Percent
    hour: Percent


class FeeTable(Document):
    """The table of a year; amounts in kronor."""

    year: int
    price_base_amount: Annotated[int, Field(gt=0)]
    percent: Shares


@dataclass(frozen=True)
class Amount:
    """What a day is paid with, in whole kronor, and by which line of the table."""

    paid_by: PaidBy
    kronor: int


def load_table(settings: Settings, year: int) -> FeeTable:
    """The table of a year.

    Raises SurveyError fees_missing, which names the year and where its file is to lie, and panel_file_wrong.
    """
    name = f"{year}.yaml"
    path = find_file(settings, f"fees/{name}")
    if path is None:
        folder = (find_own_folder(settings) / "fees").as_posix()
        raise SurveyError("fees_missing", year=str(year), file=name, folder=folder)
    table = read_document(FeeTable, path)
    if table.year != year:
        raise SurveyError("panel_file_wrong", file=name, where="year")
    return table


def find_amount(table: FeeTable, minutes: int) -> Amount:
    """What some minutes of one day are paid with. Raises ValueError for none or fewer."""
    if minutes <= 0:
        raise ValueError(f"{minutes} minutes are no time to pay for")
    percent = table.percent
    if minutes > WHOLE_DAY_OVER:
        return Amount(PaidBy.WHOLE_DAY, find_share(table, percent.whole_day))
    if minutes >= HALF_DAY_FROM:
        return Amount(PaidBy.HALF_DAY, find_share(table, percent.half_day))
    by_the_hour = Decimal(find_share(table, percent.hour) * minutes) / MINUTES_IN_HOUR
    return Amount(PaidBy.HOURS, round_kronor(by_the_hour))


def find_share(table: FeeTable, percent: Decimal) -> int:
    """A share of the price base amount in whole kronor."""
    return round_kronor(table.price_base_amount * percent / HUNDRED)


def round_kronor(kronor: Decimal) -> int:
    """To the nearest krona; a half is dropped, as in the example of 2024."""
    return int(kronor.to_integral_value(ROUND_HALF_DOWN))
