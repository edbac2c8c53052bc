"""Is a file of rules read whole, with everything that is wrong told at once?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.language import speak
from survey.retention.rules import LEAST_DAYS, SHIPPED, Rule, read_rules
from tests.walks import opened

LINES = {kind: f"  {kind}: {{days: 1000, decision: ''}}" for kind in LEAST_DAYS}


def write(path: Path, lines: list[str]) -> Path:
    file = path / "regler.yaml"
    file.write_text("\n".join(["kinds:", *lines]), encoding="utf-8")
    return file


def test_the_rules_that_are_shipped_remove_nothing_before_somebody_decides() -> None:
    assert [rule.is_decided for rule in read_rules(SHIPPED)] == [False] * len(LEAST_DAYS)


def test_a_decision_is_kept_on_one_line(tmp_path: Path) -> None:
    lines = {**LINES, "comments": "  comments: {days: 460, decision: ' Arkivet  2026 '}"}
    rules = read_rules(write(tmp_path, list(lines.values())))
    assert rules[0] == Rule("comments", 460, "Arkivet 2026")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"comments": "  comments: {days: 459, decision: ''}"}, ["kinds.comments.days ska vara minst 460"]),
        ({"audit": "  audit: {days: '900', decision: ''}"}, ["kinds.audit.days"]),
        ({"audit": "  audit: {days: true, decision: ''}"}, ["kinds.audit.days"]),
        ({"audit": "  audit: {days: 0, decision: ''}"}, ["kinds.audit.days"]),
        ({"audit": "  audit: {days: 999999, decision: ''}"}, ["kinds.audit.days"]),
        ({"audit": "  audit: {days: 900, decision: 7}"}, ["kinds.audit.decision"]),
        ({"audit": "  audit: {days: 900}"}, ["kinds.audit.decision"]),
        ({"audit": ""}, ["kinds.audit"]),
        ({"other": "  other: {days: 900, decision: ''}"}, ["kinds.other"]),
        ({"audit": "", "other": "  other: 1"}, ["kinds.audit", "kinds.other"]),
    ],
)
def test_everything_that_is_wrong_is_told_with_its_place(
    tmp_path: Path, change: dict[str, str], told: list[str]
) -> None:
    with pytest.raises(SurveyError) as wrong:
        read_rules(write(tmp_path, list({**LINES, **change}.values())))
    assert wrong.value.code == "retention_wrong"
    for one in told:
        assert one in speak("sv").explain(wrong.value)
    assert "Input should" not in speak("sv").explain(wrong.value)


@pytest.mark.parametrize("text", ["", "kinds", "- a", "kinds: {}\nmore: 1"])
def test_a_file_that_is_no_table_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "regler.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SurveyError) as wrong:
        read_rules(file)
    assert wrong.value.code == "retention_wrong"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as wrong:
        read_rules(tmp_path / "ingen.yaml")
    assert wrong.value.code == "retention_missing"


@pytest.mark.parametrize(
    "text",
    [
        "kinds: [",
        "\x00",
        "kinds: 0000-00-00",
        "kinds: 2026-13-45",
        f"kinds: {'9' * 5000}",
        "kinds: !!int ett",
        "kinds: !!timestamp hej",
        "kinds:\n  <<: 5",
        "[" * 20_000,
    ],
    ids=lambda text: text[:24],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "regler.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SurveyError) as wrong:
        read_rules(file)
    assert (wrong.value.code, wrong.value.facts) == ("retention_unreadable", {"file": "regler.yaml"})


def test_an_installation_whose_rules_cannot_be_read_does_not_start(tmp_path: Path) -> None:
    missing = tmp_path / "finns-inte.yaml"
    with pytest.raises(SurveyError) as wrong, opened("", tmp_path / "var", RETENTION_FILE=missing):
        pass
    assert (wrong.value.code, wrong.value.facts) == ("retention_missing", {"file": missing.as_posix()})
