"""Is everything that is wrong with the file of groups and roles told at once?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.people.group_roles import Wrong, list_problems, read_group_roles, read_rules_of, say_wrong
from tests.entry.providers import RULES
from tests.people.newcomers import find_top


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("- group: [", [Wrong(1, "no_yaml", "grupper.yaml")]),
        ("", [Wrong(0, "no_list", "grupper.yaml")]),
        ("group: x", [Wrong(0, "no_list", "grupper.yaml")]),
        ("- x\n- group: 3\n  role: manager\n  organisation: Region Test", [
            Wrong(1, "parts_missing", "group, role, organisation"),
            Wrong(2, "parts_missing", "group, role, organisation"),
        ]),
        (
            "- {group: a, role: boss, organisation: Nowhere, rol: x}\n"
            "- {group: a, role: panel_member, organisation: Region Test}", [
            Wrong(1, "part_unknown", "rol"),
            Wrong(1, "role_unknown", "boss"),
            Wrong(1, "organisation_unknown", "Nowhere"),
            Wrong(2, "role_unknown", "panel_member"),
        ]),
        (RULES + RULES.partition("- group: strategi")[0], [Wrong(3, "twice", "chefer")]),
        (RULES, []),
    ],
)  # fmt: skip
def test_everything_wrong_in_the_file_is_told_at_once(
    text: str, wrong: list[Wrong], installation: Installation, tmp_path: Path
) -> None:
    find_top(installation)
    rules = tmp_path / "grupper.yaml"
    rules.write_text(text, encoding="utf-8")
    try:
        read_rules_of(installation, rules)
        found: list[Wrong] = []
    except SurveyError as error:
        found = list(list_problems(error))
    assert found == wrong
    for language in ("sv", "en"):
        assert all(len(say_wrong(one, speak(language))) > 20 for one in found)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as wrong:
        read_group_roles(tmp_path / "borta.yaml", ())
    assert wrong.value.code == "groups_wrong"
