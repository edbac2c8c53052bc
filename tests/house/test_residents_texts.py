"""Is all that a resident meets there in every language, put together rightly, and no more than that?"""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.plurals import get_plural

from survey.definition.load import load_definition
from survey.language import DEFAULT_LANGUAGE, LANGUAGES, WHOLE_LANGUAGES, Words, find_catalogue
from survey.translating.faults import list_faults
from survey.translating.places import list_texts
from survey.translating.screens import (
    NOT_TRANSLATED,
    ONLY_IN_THE_APP,
    RESIDENT_TEXTS,
    list_resident_keys,
    read_texts,
)
from survey.translating.sets import TRANSLATED, Set, count_forms, list_screen_entries
from survey.translating.states import State, tell_source
from survey.translating.survey_files import check_translation, read_files
from survey.translating.terms import read_terms
from tests.house.reading_catalogue import Asked, read_catalogue, read_everything
from tests.house.reading_code import ROOT

CODES = [one.code for one in TRANSLATED]
SURVEYS = ROOT / "surveys"
RESIDENTS = SURVEYS / "invanarupplevelse" / "2026-1.yaml"
# Where the texts of a resident's pages and letters are asked for; and what of it only those at work see.
ROOMS = (
    "survey/light/",
    "survey/answering/",
    "survey/story/",
    "survey/proposals/sentences.py",
    "survey/digest/happened_letter.py",
)
FOR_STAFF = {
    "commands.py",
    "export.py",
    "years.py",  # its error becomes light.story.no_year
    "fetch.html",
    "fetch_parts.html",
    "fetch_reminders.html",
    "invitation.html",
    "entry.html",
    "preview.html",
    "print.html",
    "paper_fields.html",
    "keying_choose.html",
    "keying_desk.html",
    "keying_form.html",
    "keying_rounds.html",
    "programs.html",
}
# What rooms that others read too say for them: the notes under a line, and the names of periods.
ASKED_ELSEWHERE = {"change.done.action", "change.done.event", "change.start.break", "change.start.rebase"} | {
    "period.half",
    "period.quarter",
}
# Errors of an installation that cannot take answers: a resident is told that it is not possible now.
OURS = ("error.key_*", "error.keys_*", "error.definition_unknown")
# What may be the same as in Swedish: names, numbers, and words that the languages share.
MAY_BE_ALIKE = {
    "de": {"question.c1:yes_panel"},
    "layout": {"light.story.interval", "light.story.link_state", "light.story.percent"},
    "numbers": {"question.b6:n1", "question.b6:n2_3", "question.b6:n4_6"},
}


def list_asked() -> set[str]:
    """The keys that the rooms of residents ask for."""
    files = {path.relative_to(ROOT): asked for path, asked in read_everything().items()}
    mine = [a for path, a in files.items() if str(path).startswith(ROOMS) and path.name not in FOR_STAFF]
    known = read_texts(DEFAULT_LANGUAGE)
    return {key for key in known if any(is_asked(key, file) for file in mine)}


def is_asked(key: str, file: Asked) -> bool:
    return key in file.keys or any(fnmatchcase(key, one) for one in file.patterns)


def test_the_list_of_residents_texts_holds_all_that_their_pages_ask_for() -> None:
    asked = {key for key in list_asked() if not any(fnmatchcase(key, one) for one in OURS)}
    assert len(asked) > 150
    others = {key for key in asked if any(fnmatchcase(key, one) for one in NOT_TRANSLATED)}
    assert asked - set(list_resident_keys()) - set(ONLY_IN_THE_APP) - others == set()


@pytest.mark.parametrize("pattern", RESIDENT_TEXTS)
def test_no_pattern_of_the_list_is_idle(pattern: str) -> None:
    assert any(fnmatchcase(key, pattern) for key in list_resident_keys())


@pytest.mark.parametrize("language", CODES)
def test_a_language_has_exactly_the_texts_that_residents_meet(language: str) -> None:
    assert sorted(read_texts(language)) == list(list_resident_keys())


@pytest.mark.parametrize("language", CODES)
def test_no_text_of_a_language_is_wrong_or_made_from_other_swedish(language: str) -> None:
    entries = list_screen_entries(language, {})
    wrong = {one.key: [f.code for f in list_faults(Set(), one, one.drafted)] for one in entries}
    assert {key: faults for key, faults in wrong.items() if faults} == {}
    assert [one.key for one in entries if one.state is not State.DRAFT] == []


@pytest.mark.parametrize("language", CODES)
def test_no_text_is_the_swedish_by_accident(language: str) -> None:
    same = {one.key for one in list_screen_entries(language, {}) if one.drafted == one.swedish}
    assert same - MAY_BE_ALIKE["layout"] - MAY_BE_ALIKE.get(language, set()) == set()
    drafted = read_files(SURVEYS, "invanarupplevelse", "2026-1")[language]
    alike = {name for name, one in drafted.items() if one.said == one.made_from}
    assert alike - MAY_BE_ALIKE["numbers"] - MAY_BE_ALIKE.get(language, set()) == set()


@pytest.mark.parametrize(
    ("language", "forms"),
    [("ar", 6), ("fi", 2), ("so", 2), ("uk", 3), ("fa", 1), ("ti", 2), ("de", 2), ("pl", 3)],
)
def test_a_language_has_its_own_number_of_plural_forms(language: str, forms: int) -> None:
    assert count_forms(language) == forms
    assert len(read_texts(language)["light.follow.letter_more"].forms) == forms
    assert read_catalogue(language).plural_expr == get_plural(Locale.parse(language)).plural_expr


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("pl", 1, "propozycja"),
        ("pl", 3, "propozycje"),
        ("pl", 5, "propozycji"),
        ("pl", 22, "propozycje"),
        ("uk", 21, "пропозиція"),
        ("uk", 2, "пропозиції"),
        ("uk", 11, "пропозицій"),
        ("ar", 2, "مقترحان"),
        ("ar", 5, "مقترحات"),
        ("ar", 11, "مقترحًا"),
        ("ar", 100, "مقترح آخر"),
    ],
)
def test_a_number_takes_its_own_form(language: str, number: int, told: str) -> None:
    assert told in Words(language).count("light.follow.letter_more", number)


@pytest.mark.parametrize("language", CODES)
def test_the_survey_of_residents_is_whole_and_right_in_each_language(language: str) -> None:
    path = RESIDENTS.parent / RESIDENTS.stem / f"{language}.yaml"
    assert check_translation(path, load_definition(RESIDENTS)) == ()
    assert len(read_files(SURVEYS, "invanarupplevelse", "2026-1")[language]) == len(
        list_texts(load_definition(RESIDENTS))
    )


@pytest.mark.parametrize("language", CODES)
def test_a_catalogue_says_that_it_is_a_draft(language: str) -> None:
    head = find_catalogue(language).read_text(encoding="utf-8").partition("msgid")[0]
    assert "Drafts" in head and "No person has reviewed them" in head


def test_every_word_of_the_list_is_there_in_every_language() -> None:
    assert {
        word: set(CODES) - set(said) for word, said in read_terms().items() if set(said) != set(CODES)
    } == {}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "2026-11-21"),
        ("en", "21 Nov 2026"),
        ("de", "21. November 2026"),
        ("fi", "21. marraskuuta 2026"),
        ("pl", "21 listopada 2026"),
        ("uk", "21 листопада 2026\u202fр."),
        ("so", "Noofeembar 21, 2026"),
        ("ar", "21 نوفمبر 2026"),
        ("fa", "21 نوامبر 2026"),
        ("ti", "ሕዳር 21, 2026"),
    ],
)
def test_a_day_has_its_month_in_words_and_digits_as_letters_and_telephones_have(
    language: str, told: str
) -> None:
    assert Words(language).day(date(2026, 11, 21)) == told
    assert Words(language).number(1177).replace("\xa0", "").replace(",", "").replace(".", "").isascii()


def test_only_arabic_and_persian_are_written_from_the_right() -> None:
    assert [code for code, one in LANGUAGES.items() if one.direction == "rtl"] == ["ar", "fa"]
    assert [code for code in CODES if Locale.parse(code).text_direction == "rtl"] == ["ar", "fa"]
    assert set(WHOLE_LANGUAGES) == {"sv", "sv-x-lattlast", "en"}


def test_what_files_note_of_a_counted_text_is_both_of_its_forms() -> None:
    assert tell_source(("en  rad", "{n} rader")) == "en rad / {n} rader"
    assert tell_source(("lika", "lika")) == "lika"


def test_no_translation_lies_where_no_survey_does() -> None:
    found = {path.parent.relative_to(SURVEYS) for path in SURVEYS.glob("*/*/*.yaml")}
    assert [path for path in found if not Path(SURVEYS, f"{path}.yaml").is_file()] == []
