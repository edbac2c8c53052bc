"""What is wrong with a translated text is said before it is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.translating.faults import MOST_CHARACTERS, list_facts, list_faults
from survey.translating.sets import Set
from survey.translating.states import Entry, Forms

SCREENS, SURVEY = Set(), Set("invanarupplevelse", "2026-1")


def find_codes(swedish: Forms, forms: Forms, *, of: Set = SCREENS, count: int = 1) -> list[str]:
    entry = Entry("a", swedish, swedish, forms=count)
    return [one.code.removeprefix("translation_") for one in list_faults(of, entry, forms)]


@pytest.mark.parametrize(
    ("swedish", "form", "codes"),
    [
        ("Nästa", "Seuraava", []),
        ("Nästa", " ", ["empty"]),
        ("Nästa", "x" * MOST_CHARACTERS, []),
        ("Nästa", "x" * (MOST_CHARACTERS + 1), ["long"]),
        ("Del {number} av {of}", "Osa {number}/{of}", []),
        ("Del {number} av {of}", "Osa {of}/{number}", []),
        ("Del {number} av {of}", "Osa {number}", ["fact_missing"]),
        ("Del {number}", "Osa {numero}", ["fact_missing", "fact_unknown"]),
        ("Nästa", "Seuraava {0}", ["braces"]),
        ("Nästa", "Seuraava {", ["braces"]),
        ("Del {number}", "Osa {number!r}", ["braces"]),
        ("Del {number}", "Osa {number:>9}", ["braces"]),
    ],
)
def test_names_in_braces_stand_as_in_the_swedish(swedish: str, form: str, codes: list[str]) -> None:
    assert find_codes((swedish,), (form,)) == codes


def test_every_form_of_a_counted_text_has_its_names_but_may_say_the_number_in_words() -> None:
    swedish = ("Ett svar i {area}.", "{n} svar i {area}.")
    assert find_codes(swedish, ("ei {area}", "{n} {area}"), count=2) == []
    assert find_codes(swedish, ("ei", "{n} {area}"), count=2) == ["fact_missing"]
    assert find_codes(swedish, ("{n} {area}",), count=2) == ["forms"]


def test_a_surveys_text_has_nothing_put_in_and_may_have_braces() -> None:
    assert find_codes(("Hur {mår} du?",), ("Miten { voit?",), of=SURVEY) == []
    assert find_codes(("Hur mår du?",), ("",), of=SURVEY) == ["empty"]


@given(st.text(max_size=40))
def test_a_text_without_faults_can_be_said(text: str) -> None:
    if list_facts(text) == set():
        assert isinstance(text.format(), str)
