"""Is everything said in the reader's language, with Swedish numbers, dates and months?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.errors import SurveyError
from survey.language import LANGUAGES, pick_text, speak

NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "said"), [("sv", "Skicka svaren"), ("sv-x-lattlast", "Skicka"), ("en", "Send the answers")]
)
def test_a_text_is_said_in_the_readers_language(language: str, said: str) -> None:
    assert speak(language).say("answer.send") == said


def test_easy_to_read_swedish_falls_back_to_swedish() -> None:
    key = "error.not_allowed"
    assert speak("sv-x-lattlast").say(key) == speak("sv").say(key)


@pytest.mark.parametrize("language", ["", "tlh", "SV", "../../etc", "en\x00"])
def test_a_language_that_is_not_there_is_swedish(language: str) -> None:
    assert speak(language).language.code == "sv"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_text_that_is_not_there_is_a_fault_and_never_its_key(language: str) -> None:
    with pytest.raises(LookupError, match=language):
        speak(language).say("no.such.text")
    with pytest.raises(LookupError, match=language):
        speak(language).count("no.such.text", 2)


def test_a_fact_may_have_any_name() -> None:
    assert "survey" in speak("en").say("definition.key_missing", key="survey")


def test_a_fact_that_is_missing_is_a_fault() -> None:
    with pytest.raises(KeyError):
        speak("sv").say("answer.part_of", number=1)


def test_what_a_person_wrote_is_put_in_as_it_is() -> None:
    assert speak("sv").say("definition.key_missing", key="{0.__class__}") == (
        "Nyckeln {0.__class__} saknas. Lägg till den."
    )


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1234, 0, f"1{NO_BREAK}234", "1,234"),
        (1234.5, 1, f"1{NO_BREAK}234,5", "1,234.5"),
        (1234567, 0, f"1{NO_BREAK}234{NO_BREAK}567", "1,234,567"),
        (-3.25, 1, "−3,2", "−3.2"),
        (2.5, 0, "2", "2"),
        (3.5, 0, "4", "4"),
        (7, 2, "7,00", "7.00"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    value: float, decimals: int, swedish: str, english: str
) -> None:
    assert speak("sv").number(value, decimals) == swedish
    assert speak("sv-x-lattlast").number(value, decimals) == swedish
    assert speak("en").number(value, decimals) == english


def test_days_are_written_as_people_write_them() -> None:
    assert speak("sv").day(date(2026, 11, 21)) == "2026-11-21"
    assert speak("sv-x-lattlast").day(date(2026, 11, 21)) == "2026-11-21"
    assert speak("en").day(date(2026, 11, 21)) == "21 Nov 2026"


@pytest.mark.parametrize(
    ("code", "swedish", "english"),
    [
        ("2026-11", "november 2026", "November 2026"),
        ("2026-01", "januari 2026", "January 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_is_said_as_people_say_it(code: str, swedish: str, english: str) -> None:
    assert (speak("sv").period(code), speak("en").period(code)) == (swedish, english)


@pytest.mark.parametrize(("code", "number"), [("2026-Q1", "1"), ("2026-Q4", "4"), ("2026-H2", "2")])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_quarter_or_a_half_names_its_year_and_number(code: str, number: str, language: str) -> None:
    said = speak(language).period(code)
    assert "2026" in said and number in said.replace("2026", "")


def test_a_quarter_is_not_said_as_a_half() -> None:
    assert speak("sv").period("2026-Q2") != speak("sv").period("2026-H2")


def test_a_count_takes_the_form_of_its_number() -> None:
    words = speak("sv")
    assert words.count("start.open_rounds", 1) == "1 omgång är öppen nu."
    assert words.count("start.open_rounds", 0) == "0 omgångar är öppna nu."
    assert words.count("start.open_rounds", 1200) == f"1{NO_BREAK}200 omgångar är öppna nu."


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_an_error_is_a_sentence_with_its_facts(language: str) -> None:
    error = SurveyError("round_not_open", opens="2026-01-01", closes="2026-12-31")
    said = speak(language).explain(error)
    assert "2026-01-01" in said and "2026-12-31" in said and said.endswith((".", "።"))


def test_a_number_in_an_error_is_written_as_people_write_it() -> None:
    said = speak("sv").explain(SurveyError("definition_wrong", number=1200, file="x.yaml", problems=()))
    assert f"1{NO_BREAK}200" in said


@pytest.mark.parametrize(
    ("texts", "language", "picked"),
    [
        ({"sv": "Ja", "sv-x-lattlast": "Jo", "en": "Yes"}, "sv-x-lattlast", "Jo"),
        ({"sv": "Ja", "en": "Yes"}, "sv-x-lattlast", "Ja"),
        ({"sv": "Ja", "en": "Yes"}, "en", "Yes"),
        ({"sv": "Ja"}, "en", "Ja"),
        ({"sv": "Ja", "en": "Yes"}, "tlh", "Ja"),
        ({"en": "Yes"}, "sv", "Yes"),
        ({}, "sv", ""),
    ],
)
def test_a_surveys_text_is_picked_for_the_reader(texts: dict[str, str], language: str, picked: str) -> None:
    assert pick_text(texts, language) == picked


def test_what_is_wrong_in_several_places_is_one_sentence_after_the_other() -> None:
    faults = (SurveyError("setting_yes_no", name="DEMO"), SurveyError("setting_contact"))
    said = speak("en").explain(SurveyError("settings_invalid", problems=faults))
    assert "DEMO must be true or false. ACCESSIBILITY_CONTACT must be" in said


@pytest.mark.parametrize(
    ("fact", "told"), [(1200, "1\N{NO-BREAK SPACE}200"), (0.5, 0.5), ("x", "x"), ((), ())]
)
def test_a_whole_number_is_told_with_its_signs_and_all_else_as_it_is(fact: object, told: object) -> None:
    assert speak("sv").say_fact(fact) == told
