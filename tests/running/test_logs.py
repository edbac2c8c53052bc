"""Does a line of the log say what we wrote, and of libraries nothing that somebody gave?"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from survey.logs import JsonLine, OneLog, TextLine, request_name

SECRET = "070-123 45 67"


@pytest.fixture
def in_request() -> Iterator[str]:
    token = request_name.set("0a1b2c3d")
    yield "0a1b2c3d"
    request_name.reset(token)


def make_record(
    name: str, said: object, *given: object, fault: BaseException | None = None
) -> logging.LogRecord:
    about = (type(fault), fault, fault.__traceback__) if fault else None
    return logging.LogRecord(name, logging.ERROR, "/lib/streamlit/web.py", 42, said, given, about)


def find_fault() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as fault:
        return fault


@pytest.mark.parametrize("name", ["survey.light.guard", "pages.shared.frame", "app", "survey"])
def test_our_own_line_is_written_as_it_is_with_the_name_of_its_request(name: str, in_request: str) -> None:
    said = json.loads(JsonLine().format(make_record(name, "%s failed", "a chore")))
    assert (said["message"], said["request"], said["level"]) == ("a chore failed", in_request, "ERROR")


@pytest.mark.parametrize(
    ("said", "given", "told"),
    [
        ("cannot read %s", (SECRET,), "cannot read %s (at web.py:42)"),
        (f"cannot read {SECRET}", (), "a message of a library (at web.py:42)"),
        (ValueError(SECRET), (), "a message of a library (at web.py:42)"),
        (OSError(98, "address in use", SECRET), (), "address in use (at web.py:42)"),
    ],
)
@pytest.mark.parametrize("name", ["streamlit.web", "uvicorn.error", "surveyor", "sqlalchemy.pool"])
def test_of_a_librarys_line_only_what_stands_in_its_code_is_written(
    name: str, said: object, given: tuple[object, ...], told: str
) -> None:
    line = JsonLine().format(make_record(name, said, *given))
    assert json.loads(line)["message"] == told
    assert SECRET not in line


@pytest.mark.parametrize("name", ["survey.review", "streamlit.web"])
@pytest.mark.parametrize("write", [TextLine, JsonLine])
def test_of_a_fault_its_kind_and_place_are_written_and_never_its_message(
    name: str, write: type[logging.Formatter]
) -> None:
    line = write().format(make_record(name, "it failed", fault=find_fault()))
    assert "ValueError at test_logs.py:" in line
    assert SECRET not in line and "Traceback" not in line


def test_a_line_for_people_is_one_line(in_request: str) -> None:
    line = TextLine().format(make_record("survey.audit", "noted"))
    assert line.endswith(f"ERROR survey.audit [{in_request}]: noted") and "\n" not in line


def test_a_librarys_logger_writes_nowhere_of_its_own() -> None:
    own = OneLog("streamlit.later")
    own.addHandler(logging.NullHandler())
    own.propagate = False
    assert (own.handlers, own.propagate) == ([], True)
