"""How do the published cells become an SPSS file, in which hidden and missing are two things?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from analysis.spss_file import SpssFile, SpssVariable
from survey.insight.open_data.cells import HIDDEN_MARK, Row
from survey.insight.open_data.coded import Coded
from survey.insight.open_data.files import BOUNDS
from survey.insight.open_data.traced import write_trace
from survey.language import DEFAULT_LANGUAGE, Words, speak

HIDDEN, NO_NUMBER, BOUNDED = -1.0, -2.0, -3.0  # values that are no numbers, each with a label of its own
CODED = ("area", "period", "group", "measure")
NUMBERS = ("n", "value", "low", "high")
BOUND_BYTES = 8
STATUSES = {"shown": 1.0, "hidden": 2.0}


def write_spss(
    path: Path,
    rows: Iterable[Row],
    coded: Mapping[str, Coded],
    traced: Mapping[str, str],
    *,
    title: str,
    made: datetime,
) -> int:
    """The file; how many cases it has."""
    file = SpssFile(path, list_variables(coded), label=title, notes=[write_trace(traced)], made=made)
    for row in rows:
        numbers = (row.n, row.value, row.low, row.high)
        bounds = [text if text[:1] in ("<", ">") else "" for text in numbers[1:]]
        file.write_row([*row[:4], *map(read_number, numbers), STATUSES[row.status], *bounds])
    file.close()
    return file.cases


def read_number(text: str) -> float:
    """A number as it is, and the three ways there may be none."""
    if text.isdecimal():
        return float(text)
    return HIDDEN if text == HIDDEN_MARK else BOUNDED if text else NO_NUMBER


def list_variables(coded: Mapping[str, Coded]) -> list[SpssVariable]:
    words = speak(DEFAULT_LANGUAGE)
    return [
        *(describe_codes(name, coded[name], words) for name in CODED),
        *(describe_numbers(name, words) for name in NUMBERS),
        SpssVariable(
            "status",
            words.say("open_data.column.status"),
            {number: words.say(f"open_data.status.{code}") for code, number in STATUSES.items()},
        ),  # keys: open_data.status.*
        *(
            SpssVariable(
                name, words.say(f"open_data.column.{name}"), width=BOUND_BYTES
            )  # keys: open_data.column.*
            for name in BOUNDS
        ),
    ]


def describe_codes(name: str, codes: Coded, words: Words) -> SpssVariable:
    """A column of codes as text, each code with what it is called."""
    width = max((len(code.encode()) for code in codes.texts), default=1)
    labels = {code: codes.say(code, DEFAULT_LANGUAGE) for code in codes.texts}
    return SpssVariable(name, words.say(f"open_data.column.{name}"), labels, width=width)


def describe_numbers(name: str, words: Words) -> SpssVariable:
    """A column of numbers, with the values that stand for no number."""
    labels = {
        HIDDEN: words.say("open_data.missing.hidden"),
        NO_NUMBER: words.say("open_data.missing.none"),
        BOUNDED: words.say("open_data.missing.bound"),
    }
    return SpssVariable(
        name,
        words.say(f"open_data.column.{name}"),
        labels,
        missing=(HIDDEN, NO_NUMBER, BOUNDED),
        measure="scale",
    )
