"""Is a file of rules read whole, with everything that is wrong told at once?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.retention.rules import LEAST_DAYS, SHIPPED, Rule, read_rules

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
        ({"comments": "  comments: {days: 459, decision: ''}"}, ["kinds.comments.days: at least 460"]),
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
        assert one in str(wrong.value.facts["problems"])


@pytest.mark.parametrize("text", ["", "kinds", "- a", "kinds: [", "\x00", "kinds: {}\nmore: 1"])
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
