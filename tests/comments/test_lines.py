"""Are comments read as JSON lines, in order and one by one, and does a broken line stop nothing?"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from survey.comments.lines import read_line, read_lines
from survey.errors import SurveyError

SECONDS = 120


def read(**given: Any) -> dict[str, Any]:
    return read_line(json.dumps({"id": 1, **given}).encode(), 1)


def test_a_line_says_what_was_masked_where_and_what_was_read_out_of_the_rest() -> None:
    said = read(text="Maten är kall, ring 070-174 06 05.", question="could_improve")
    assert said["id"] == 1
    assert said["masked"] == "Maten är kall, ring [telefon]."
    assert said["spans"] == [{"start": 20, "end": 33, "type": "PHONE"}]
    assert said["language"] == "sv"
    assert said["tone"] == "negative"
    assert -1 <= said["tone_score"] < 0
    assert "food" in said["themes"]
    assert "Maten" in said["why"]["themes"]["food"]


@pytest.mark.parametrize(
    ("text", "question", "tone"),
    [
        ("Ingenting.", "could_improve", "positive"),
        ("Ingenting.", "what_good", "negative"),
        ("Nothing", "could_improve", "positive"),
        ("Nothing", "what_good", "negative"),
    ],
)
def test_the_question_is_context(text: str, question: str, tone: str) -> None:
    assert read(text=text, question=question)["tone"] == tone


@pytest.mark.parametrize(
    ("given", "type_", "text"),
    [
        ("Syster Fatima var snäll.", "NAME", "Fatima"),
        ("Mitt nummer är 19121212-1212.", "PERSNR", "19121212-1212"),
        ("Skriv till a.b@example.com nu.", "EMAIL", "a.b@example.com"),
        ("Bilen ABC 123 stod fel.", "PLATE", "ABC 123"),
    ],
)
def test_a_span_is_where_it_stands_in_the_text_as_it_was_given(given: str, type_: str, text: str) -> None:
    (span,) = read(text=given)["spans"]
    assert (span["type"], given[span["start"] : span["end"]]) == (type_, text)


@pytest.mark.parametrize(
    ("language", "assessed"), [("sv", True), ("sv-SE", True), ("EN", True), ("fi", False), ("ar", False)]
)
def test_a_language_that_is_told_is_believed(language: str, assessed: bool) -> None:
    said = read(text="Bra personal", language=language)
    assert said["language"] == language.lower()[:2]
    assert (said["tone"] != "not_assessed") is assessed
    assert (said["tone_score"] is not None) is assessed


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"nonsense", "line_no_json"),
        (b"\xff\xfe", "line_no_json"),
        (b'{"id": 1, "text": "a"', "line_no_json"),
        (b"[1]", "line_no_object"),
        (b'{"text": "a"}', "line_id_missing"),
        (b'{"id": null, "text": "a"}', "line_id_missing"),
        (b'{"id": 1}', "line_text_missing"),
        (b'{"id": 1, "text": 2}', "line_text_missing"),
        (b'{"id": 1, "text": "a", "question": "why"}', "line_question_unknown"),
        (b'{"id": 1, "text": "a", "question": 3}', "line_question_unknown"),
        (b'{"id": 1, "text": "a", "language": 3}', "line_language_wrong"),
        (b'{"id": 1, "text": "a", "language": ""}', "line_language_wrong"),
    ],
)
def test_a_line_that_makes_no_sense_is_told_with_its_number_and_the_rest_goes_on(
    line: bytes, code: str
) -> None:
    before, wrong, after = read_lines(
        [b'{"id": "a", "text": "Bra"}', line, b"\n", b'{"id": "b", "text": "Bra"}']
    )
    assert isinstance(wrong, SurveyError)
    assert (wrong.code, wrong.facts["line"]) == (code, 2)
    assert [json.loads(one)["id"] for one in (before, after) if isinstance(one, bytes)] == ["a", "b"]


HARD = {
    "only emoji": "😀😀👍🏽❤️",
    "mixed languages": "Jättebra personal, but the waiting time is too long. Kiitos!",
    "right to left": "الطعام كان باردا ولم يستمع إلينا أحد",
    "html": "<script>alert('x')</script><b>Maten</b> var <img src=x onerror=alert(1)> kall",
    "control characters": "Maten\x00 var\x07 kall\x1b[31m",
    "only a name": "Fatima Lindqvist",
    "capitals": "DET GÅR ALDRIG ATT KOMMA FRAM PÅ TELEFON!!!",
    "lone surrogates": "Maten \ud800 var kall",
    "empty": "",
    "blank": " \n\t\u200b",
}


@pytest.mark.parametrize("what", HARD)
def test_hard_texts_are_read_and_every_span_lies_in_them(what: str) -> None:
    text = HARD[what]
    given = json.dumps({"id": what, "text": text}).encode()
    try:
        said = read_line(given, 1)
    except SurveyError as wrong:
        assert (what, wrong.code) == ("lone surrogates", "line_no_json")
        return
    assert all(0 <= one["start"] < one["end"] <= len(text) for one in said["spans"])


@pytest.mark.parametrize(
    "number",
    [
        "19121212\u200b-1212",
        "1912\u200d1212-12\u206012",
        "１９１２１２１２-１２１２",
        "19121212\u2013l2l2",
        "191212 12-12 12",
    ],
)
def test_a_number_with_hidden_or_look_alike_signs_is_masked(number: str) -> None:
    masked = read(text=f"Mitt nummer är {number}, tack.")["masked"]
    assert "[personnummer]" in masked
    assert "1212" not in masked


def test_a_hundred_thousand_characters_are_read() -> None:
    said = read(text="Maten var kall och ingen lyssnade. " * 2858)
    assert {"food", "participation"} <= set(said["themes"])


def test_the_command_reads_from_a_pipe_and_answers_each_line_at_once() -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "survey", "text"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert command.stdin is not None and command.stdout is not None
    try:
        for number in (1, 2):
            command.stdin.write(json.dumps({"id": number, "text": "Bra personal"}) + "\n")
            command.stdin.flush()
            assert json.loads(command.stdout.readline())["id"] == number
        command.stdin.write("nonsense\n")
        command.stdin.flush()
        told = json.loads(command.stdout.readline())
        assert (told["line"], told["error"]) == (3, "line_no_json")
        assert told["message"].startswith("Rad 3")
        command.stdin.close()
        assert command.wait(SECONDS) == 0
    finally:
        command.kill()
