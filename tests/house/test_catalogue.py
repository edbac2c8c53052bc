"""Is every text that the code asks for there, in every language, and nothing else?"""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from tests.house.reading_catalogue import (
    Asked,
    is_covered,
    list_forms,
    list_messages,
    list_placeholders,
    read_catalogue,
    read_everything,
    read_python,
    read_template,
)
from tests.house.reading_code import ROOT

COMPLETE = ("sv", "en")
EASY = "sv_x_lattlast"
LANGUAGES = (*COMPLETE, EASY)
FOR_RESIDENTS = ("answer.", "light.", "receipt.")  # what easy-to-read Swedish must say in its own words
SAYS_WHAT_IT_IS_GIVEN = ROOT / "survey" / "language.py"  # puts error.<code> together from an error's code


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_that_is_asked_for_is_there(language: str) -> None:
    there = list_messages(read_catalogue(language)).keys()
    asked = {key for file in read_everything().values() for key in file.keys}
    assert asked, "nothing was found that asks for a text"
    assert sorted(asked - there) == []


@pytest.mark.parametrize("language", COMPLETE)
def test_every_declared_pattern_has_texts(language: str) -> None:
    there = list_messages(read_catalogue(language))
    patterns = {pattern for file in read_everything().values() for pattern in file.patterns}
    lone = [Asked(frozenset(), frozenset({pattern}), has_made_keys=True) for pattern in sorted(patterns)]
    assert [file.patterns for file in lone if not any(is_covered(key, [file]) for key in there)] == []


def test_a_key_that_is_put_together_is_declared_beside_its_use() -> None:
    asked = {path: file for path, file in read_everything().items() if path != SAYS_WHAT_IT_IS_GIVEN}
    assert [path for path, file in asked.items() if file.has_made_keys and not file.patterns] == []


def test_every_text_is_asked_for() -> None:
    asked = read_everything().values()
    assert [key for key in list_messages(read_catalogue("sv")) if not is_covered(key, asked)] == []


def test_swedish_and_english_have_the_same_texts() -> None:
    assert list_messages(read_catalogue("sv")).keys() == list_messages(read_catalogue("en")).keys()


def test_easy_to_read_swedish_has_no_text_of_its_own() -> None:
    assert (
        sorted(list_messages(read_catalogue(EASY)).keys() - list_messages(read_catalogue("sv")).keys()) == []
    )


def test_easy_to_read_swedish_says_all_that_residents_read() -> None:
    needed = {key for key in list_messages(read_catalogue("sv")) if key.startswith(FOR_RESIDENTS)}
    assert needed, "no text for residents was found"
    assert sorted(needed - list_messages(read_catalogue(EASY)).keys()) == []


@pytest.mark.parametrize("language", ["en", EASY])
def test_a_translation_takes_the_same_facts(language: str) -> None:
    swedish = list_messages(read_catalogue("sv"))
    translated = list_messages(read_catalogue(language))
    both = {key: (message, translated[key]) for key, message in swedish.items() if key in translated}
    assert [key for key, (a, b) in both.items() if list_placeholders(a) != list_placeholders(b)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_doubtful_or_without_one_of_its_plurals(language: str) -> None:
    assert find_unfinished(read_catalogue(language)) == []


def find_unfinished(catalogue: Catalog) -> list[str]:
    """The keys with a missing form, an empty form or a translator's doubt."""
    return [
        key
        for key, message in list_messages(catalogue).items()
        if message.fuzzy
        or not all(form.strip() for form in list_forms(message))
        or (message.pluralizable and len(list_forms(message)) != catalogue.num_plurals)
    ]


# That the readings above can fail at all:


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('words.say("trend.title")', {"trend.title"}),
        ('words.say("trend.title", n=3)', {"trend.title"}),
        ('self.words.count("trend.answers", n)', {"trend.answers"}),
        ('words.say("a.up" if rises else "a.down")', {"a.up", "a.down"}),
        ('raise SurveyError("code_unknown")', {"error.code_unknown"}),
        ('"a.b".count("a")', set()),
        ('print("say")', set()),
    ],
)
def test_what_python_asks_for_is_read(source: str, keys: set[str]) -> None:
    assert read_python(source).keys == keys


@pytest.mark.parametrize(
    "source", ['words.say(f"trend.{kind}")', "words.say(key)", "SurveyError(problem.code)"]
)
def test_a_key_put_together_in_python_is_seen(source: str) -> None:
    assert read_python(source).has_made_keys
    assert read_python(f"{source}  # keys: trend.*, error.a").patterns == {"trend.*", "error.a"}


def test_what_a_template_asks_for_is_read() -> None:
    template = (
        "{{ say(\"light.next\") }} {{ count('light.parts', n) }} {# keys: light.kind.* #} {{ say(kind) }}"
    )
    assert read_template(template) == Asked(
        frozenset({"light.next", "light.parts"}), frozenset({"light.kind.*"}), has_made_keys=True
    )


def test_an_unfinished_text_is_seen() -> None:
    catalogue = Catalog(locale="sv")
    catalogue.add("a.whole", "Hel")
    catalogue.add(("a.counted", "a.counted"), ("{n} svar", "{n} svar"))
    assert find_unfinished(catalogue) == []
    catalogue.add("a.empty", "")
    catalogue.add("a.doubtful", "Kanske", flags=["fuzzy"])
    catalogue.add(("a.one_form", "a.one_form"), ("{n} svar", ""))
    assert find_unfinished(catalogue) == ["a.empty", "a.doubtful", "a.one_form"]


def test_the_facts_of_a_text_are_read() -> None:
    catalogue = Catalog(locale="sv")
    catalogue.add("a", "{name} i {place}")
    catalogue.add(("b", "b"), ("ett svar i {place}", "{n} svar i {place}"))
    messages = list_messages(catalogue)
    assert list_placeholders(messages["a"]) == {"name", "place"}
    assert list_placeholders(messages["b"]) == {"place"}
