"""Does a definition come back from an XLSForm as it was, and does pyxform take what we write?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from survey.areas import Area, Areas
from survey.definition.interchange.findings import Fate
from survey.definition.interchange.xlsform_read import Wanted, read_xlsform
from survey.definition.interchange.xlsform_write import judge_xlsform, write_xlsform
from survey.definition.load import load_definition
from survey.definition.model import Definition
from tests.definition.interchange.generated import definitions

SURVEYS = Path(__file__).parents[3] / "surveys"
AREAS = Areas((Area("07", "Kronoberg"),), (Area("0780", "Växjö", "07"), Area("0781", "Ljungby", "07")))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a fault is found at once; shrinking takes minutes
WANTED = Wanted(today=date(2026, 11, 29))


def write(definition: Definition) -> bytes:
    written = write_xlsform(definition, AREAS)
    assert written.content is not None, written.findings
    return written.content


@pytest.mark.parametrize("survey", ["invanarupplevelse", "resursgrupp"])
def test_a_shipped_survey_comes_back_as_it_was(survey: str) -> None:
    definition = load_definition(SURVEYS / survey / "2026-1.yaml")
    brought = read_xlsform(write(definition), "form.xlsx", WANTED)
    assert brought.findings == ()
    assert brought.definition == definition


@pytest.mark.parametrize("survey", ["invanarupplevelse", "resursgrupp"])
def test_pyxform_converts_what_we_write_without_a_warning(survey: str) -> None:
    definition = load_definition(SURVEYS / survey / "2026-1.yaml")
    assert judge_xlsform(write(definition)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
@given(definitions())
def test_whatever_check_accepts_comes_back_as_it_was(definition: Definition) -> None:
    written = write_xlsform(definition, AREAS)  # pyxform has converted it, or this raises
    assert written.content is not None
    assert [one for one in written.findings if one.key == "carry.judge_warns"] == []
    brought = read_xlsform(written.content, "form.xlsx", WANTED)
    assert [one for one in brought.findings if one.fate is not Fate.KEPT] == []
    assert brought.definition == definition
    assert brought.definition is not None
    assert list(brought.definition.scales) == list(definition.scales)
