"""How comments are read as JSON lines, one by one, for whoever wants the chain without an installation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import orjson

from analysis.text.asked import Asked
from analysis.text.chain import Reading, read_text
from analysis.text.masking import Kind
from survey.errors import SurveyError

TYPES = {
    Kind.NAME: "NAME",
    Kind.IDENTITY_NUMBER: "PERSNR",
    Kind.PHONE: "PHONE",
    Kind.EMAIL: "EMAIL",
    Kind.URL: "URL",
    Kind.ADDRESS: "ADDRESS",
    Kind.POSTAL_ADDRESS: "ADDRESS",
    Kind.PLATE: "PLATE",
    Kind.BIRTH_DATE: "DOB",
}
QUESTIONS = tuple(Asked)
EXAMPLE = '{"id": 1, "text": "…"}'
SCORE_DECIMALS = 3


def read_lines(lines: Iterable[bytes]) -> Iterator[bytes | SurveyError]:
    """One line of JSON for each line that is given, in order; a line that makes no sense gives its error.

    Blank lines are passed over. Errors: line_no_json, line_no_object, line_id_missing, line_text_missing,
    line_question_unknown and line_language_wrong, each with the number of the line.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield orjson.dumps(read_line(line, number))
        except SurveyError as wrong:
            yield wrong


def read_line(line: bytes, number: int) -> dict[str, object]:
    """What the chain says of the comment of a line. Raises SurveyError line_*."""
    given = parse_line(line, number)
    if not isinstance(given.get("id"), str | int):
        raise SurveyError("line_id_missing", line=number)
    if not isinstance(given.get("text"), str):
        raise SurveyError("line_text_missing", line=number)
    question, language = given.get("question", Asked.OTHER), given.get("language")
    if question not in QUESTIONS:
        raise SurveyError("line_question_unknown", line=number, known=", ".join(QUESTIONS))
    if language is not None and not (isinstance(language, str) and 2 <= len(language.strip()) <= 20):
        raise SurveyError("line_language_wrong", line=number)
    base = language.strip().lower().partition("-")[0] if language else None
    reading = read_text(given["text"], asked=Asked(question), language=base)
    return {"id": given["id"], **write_reading(reading)}


def parse_line(line: bytes, number: int) -> dict[str, Any]:
    """The object of a line. Raises SurveyError line_no_json and line_no_object."""
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise SurveyError("line_no_json", line=number) from None
    if not isinstance(given, dict):
        raise SurveyError("line_no_object", line=number, example=EXAMPLE)
    return cast(dict[str, Any], given)


def write_reading(reading: Reading) -> dict[str, object]:
    """A reading as plain values."""
    score = reading.tone.score
    return {
        "masked": reading.masked,
        "spans": [{"start": s.start, "end": s.end, "type": TYPES[s.kind]} for s in reading.spans],
        "language": reading.language,
        "tone": reading.tone.kind.value,
        "tone_score": None if score is None else round(score, SCORE_DECIMALS),
        "themes": [found.theme for found in reading.themes],
        "why": {
            "tone": list(reading.tone.words),
            "themes": {found.theme: list(found.words) for found in reading.themes},
        },
    }
