"""Are those who answered called what the reader's language calls them?"""

from __future__ import annotations

import pytest

from analysis.disclosure import Shown
from analysis.representation import GroupShare
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.representation import Representation, Variable, list_group_options
from survey.installation import Installation, find_definition
from survey.language import speak
from survey.story.people import list_tables, name_people
from survey.translating.current import translate_survey


@pytest.mark.parametrize(
    ("language", "variable", "option"),
    [("sv", "Kön", "Kvinna"), ("de", "Geschlecht", "Frau"), ("fi", "Sukupuoli", "Nainen")],
)
def test_groups_and_options_are_named_in_the_readers_language(
    installation: Installation, language: str, variable: str, option: str
) -> None:
    definition = find_definition(installation, RESIDENTS_SURVEY, "2026-1")
    gender = next(one for one in definition.groups if one.id == "gender")
    woman = list_group_options(definition, gender)["woman"]
    share = GroupShare("woman", Shown(0.2), 0.5, 0.4, is_under=True)
    found = Representation(
        installation.areas.find("07"), "2026", None, Shown(100), (Variable(gender, ((woman, share),)),)
    )
    named = name_people(found, translate_survey(installation, definition)[0])
    (table,) = list_tables(speak(language), named)
    assert (table.name, table.rows[0][0]) == (variable, option)
