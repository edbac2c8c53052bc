"""What translators keep and approve, who may, and what residents then read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from survey import language as spoken
from survey.answering.drafts import find_survey
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.store import audits, rounds, translations
from survey.translating import current
from survey.translating.current import find_dimensions, keep_up
from survey.translating.exchange import read_file, write_file
from survey.translating.keep import Given, Wrong, keep_texts
from survey.translating.sets import Set, count_states, is_reviewed, list_entries, list_sets
from survey.translating.states import Entry, State
from tests.walks import open_a_round

TRANSLATOR = Person(Role.TRANSLATOR, "t1")
SCREENS, SURVEY = Set(), Set("invanarupplevelse", "2026-1")


@pytest.fixture(autouse=True)
def words_as_shipped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test has said instead is said by it alone, and every change is seen at once."""
    monkeypatch.setattr(spoken, "_spoken", {})
    monkeypatch.setattr(current, "_taken_up", {})
    monkeypatch.setattr(current, "SECONDS", 1e-9)
    yield


def find(installation: Installation, key: str, *, of: Set = SCREENS, language: str = "fi") -> Entry:
    return next(one for one in list_entries(installation, of, language) if one.key == key)


def give(installation: Installation, key: str, text: str, *, of: Set = SCREENS, approve: bool = False) -> int:
    entry = find(installation, key, of=of)
    return keep_texts(installation, of, "fi", [Given(key, (text,), entry.source, approve)], by=TRANSLATOR)


def find_wrong(wrong: SurveyError) -> list[tuple[str, str]]:
    found = wrong.facts["wrong"]
    assert isinstance(found, tuple)
    return [(one.key, one.fault.code) for one in found if isinstance(one, Wrong)]


def test_a_changed_text_is_said_instead_of_the_shipped_and_waits_for_approval(
    installation: Installation,
) -> None:
    keep_up(installation)
    assert speak("fi").say("answer.next") == "Seuraava"
    assert give(installation, "answer.next", "  Eteen \n päin ") == 1
    keep_up(installation)
    assert speak("fi").say("answer.next") == "Eteen päin"
    assert speak("fi").say("answer.back") == "Takaisin"
    assert find(installation, "answer.next").state is State.DRAFT
    assert find(installation, "answer.next", language="de").kept is None
    assert give(installation, "answer.next", "Eteen päin") == 0, "nothing changed"


def test_approval_records_who_when_and_both_checksums(installation: Installation) -> None:
    assert give(installation, "answer.next", "Seuraava", approve=True) == 1
    entry = find(installation, "answer.next")
    assert entry.state is State.APPROVED and entry.kept is not None
    assert (entry.kept.made, entry.kept.made_by) == (installation.today(), "translator t1")
    assert entry.kept.source == entry.source
    assert give(installation, "answer.next", "Seuraava", approve=True) == 0
    with installation.database.read() as connection:
        event = next(one for one in audits.list_events(connection) if one.action == "translation approved")
    assert (event.actor, event.subject, event.facts["texts"]) == ("translator t1", "screens fi", 1)
    assert len(str(event.facts["checksum"])) == 64


def test_a_language_is_reviewed_when_every_text_is_and_no_longer_when_one_is_changed(
    installation: Installation,
) -> None:
    entries = list_entries(installation, SCREENS, "fi")
    everything = [Given(one.key, one.said, one.source, True) for one in entries]
    assert keep_texts(installation, SCREENS, "fi", everything, by=TRANSLATOR) == len(entries)
    keep_up(installation)
    assert is_reviewed(list_entries(installation, SCREENS, "fi")) and speak("fi").is_reviewed
    assert not speak("de").is_reviewed
    give(installation, "answer.next", "Eteenpäin")
    keep_up(installation)
    assert not speak("fi").is_reviewed
    assert speak("fi").count("light.follow.letter_more", 1) != speak("fi").count(
        "light.follow.letter_more", 2
    )


def test_nothing_is_kept_when_anything_is_wrong_and_all_of_it_is_told(installation: Installation) -> None:
    source = find(installation, "answer.part_of").source
    given = [
        Given("answer.part_of", ("Osa {number}",), source, True),
        Given("answer.next", ("Eteenpäin",), "old", True),
        Given("answer.nothing", ("x",), "", True),
        Given("answer.back", (" ",), find(installation, "answer.back").source, False),
    ]
    with pytest.raises(SurveyError) as wrong:
        keep_texts(installation, SCREENS, "fi", given, by=TRANSLATOR)
    assert find_wrong(wrong.value) == [
        ("answer.part_of", "translation_fact_missing"),
        ("answer.next", "translation_source_changed"),
        ("answer.nothing", "translation_unknown"),
        ("answer.back", "translation_empty"),
    ]
    with installation.database.read() as connection:
        assert translations.find_newest(connection) == 0


@pytest.mark.parametrize("language", ["sv", "en", "sv-x-lattlast", "xx"])
def test_only_translated_languages_are_changed_here(on_sqlite: Installation, language: str) -> None:
    with pytest.raises(SurveyError, match="language_unknown"):
        keep_texts(on_sqlite, SCREENS, language, [], by=TRANSLATOR)


def test_a_surveys_translation_is_read_at_once_and_changes_neither_definition_nor_checksum(
    installation: Installation,
) -> None:
    round_ = open_a_round(installation)
    before = find_survey(installation, round_, "full")
    assert before.definition.languages == (
        "sv",
        "sv-x-lattlast",
        "en",
        "de",
        "pl",
        "so",
        "fi",
        "uk",
        "ar",
        "fa",
        "ti",
    )
    assert before.drafts == {"de", "pl", "so", "fi", "uk", "ar", "fa", "ti"}
    give(installation, "question.a22", "Kaikki toimii", of=SURVEY, approve=True)
    after = find_survey(installation, round_, "full").definition.find_question("a22")
    assert after is not None and after.text["fi"] == "Kaikki toimii"
    with installation.database.read() as connection:
        stored = rounds.find_definition(connection, SURVEY.survey, SURVEY.version)
    assert (
        stored is not None and stored.checksum == round_.checksum and "Kaikki toimii" not in stored.document
    )


def test_what_dimensions_are_called_is_there_too(on_sqlite: Installation) -> None:
    assert find_dimensions(on_sqlite, "invanarupplevelse")["trygghet"]["fi"] == "Turvallisuus"
    assert find_dimensions(on_sqlite, "okand") == {}


def test_the_panels_survey_is_not_for_translating(on_sqlite: Installation) -> None:
    assert list_sets(on_sqlite) == (SCREENS, SURVEY)


# To a tool and back.


@pytest.mark.parametrize("of", [SCREENS, SURVEY], ids=["screens", "survey"])
@pytest.mark.parametrize("language", ["ar", "pl", "fa"])
def test_a_file_that_comes_back_as_it_went_changes_nothing(
    on_sqlite: Installation, of: Set, language: str
) -> None:
    given = read_file(write_file(on_sqlite, of, language), language, approve=True)
    assert len(given) == len(list_entries(on_sqlite, of, language))
    assert keep_texts(on_sqlite, of, language, given, by=TRANSLATOR) == 0


def test_what_a_tool_marks_as_done_is_approved_by_whoever_asks_for_it(on_sqlite: Installation) -> None:
    done = (
        write_file(on_sqlite, SCREENS, "pl")
        .replace(b"#, fuzzy, python-brace-format", b"")
        .replace(b"#, fuzzy\n", b"")
    )
    assert keep_texts(on_sqlite, SCREENS, "pl", read_file(done, "pl", approve=False), by=TRANSLATOR) == 0
    number = keep_texts(on_sqlite, SCREENS, "pl", read_file(done, "pl", approve=True), by=TRANSLATOR)
    states = count_states(list_entries(on_sqlite, SCREENS, "pl"))
    assert number == states[State.APPROVED] > 150
    again = write_file(on_sqlite, SCREENS, "pl")
    assert b"fuzzy" not in again


def test_a_text_that_was_translated_from_other_swedish_does_not_come_in(on_sqlite: Installation) -> None:
    changed = write_file(on_sqlite, SCREENS, "fi").replace("#. Nästa\n".encode(), "#. Nästa sida\n".encode())
    with pytest.raises(SurveyError) as wrong:
        keep_texts(on_sqlite, SCREENS, "fi", read_file(changed, "fi", approve=False), by=TRANSLATOR)
    assert find_wrong(wrong.value) == [("answer.next", "translation_source_changed")]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\xff\xfe", b'msgid "a"\nmsgstr', b'msgid ""\nmsgstr ""\n']
)
def test_a_file_that_is_none_is_told_of(content: bytes) -> None:
    with pytest.raises(SurveyError, match="translation_file_wrong"):
        read_file(content, "fi", approve=False)
