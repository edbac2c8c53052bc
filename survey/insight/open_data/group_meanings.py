"""What each group of an export is, in the words of its survey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from survey.definition.model import Definition, Group, Text
from survey.insight.open_data.cells import EVERYBODY, REST, name_group
from survey.insight.open_data.hierarchies import VALUE_MARK
from survey.insight.open_data.meanings import WRITTEN_IN, Entry, choose_languages, say_text
from survey.language import LANGUAGES, speak

LANGUAGE = "language"  # the group of the language that somebody answered in, which no survey defines


def list_group_entries(
    codes: Sequence[str], definitions: Sequence[Definition], overlapping: frozenset[str]
) -> Iterator[Entry]:
    """Every group's code with what it is called; a code that no version knows has no text."""
    texts = read_texts(definitions, overlapping)
    for code in codes:
        variable, _, value = code.partition(VALUE_MARK)
        if code == EVERYBODY:
            text = say_both("open_data.everybody")
        elif value == REST:
            text = say_both("open_data.rest")
        else:
            text = texts.get(code, {})
        about = texts.get(variable, {})
        yield {"code": code, "variable": variable if value else "", "about": about, "text": text}


def read_texts(definitions: Sequence[Definition], overlapping: frozenset[str]) -> Mapping[str, Text]:
    """The texts of variables and of their values by code, the newest version's where several have one."""
    found: dict[str, Text] = {LANGUAGE: say_both("open_data.language")}
    for code, language in LANGUAGES.items():
        found[name_group(LANGUAGE, code, overlapping)] = dict.fromkeys(WRITTEN_IN, language.name)
    for definition in definitions:
        for group in definition.groups:
            for code, text in list_values(definition, group):
                name = name_group(group.id, code, overlapping)
                variable = name.partition(VALUE_MARK)[0]
                is_own = group.id in overlapping
                found.setdefault(
                    variable, join_texts(group.text, text) if is_own else choose_languages(group.text)
                )
                found.setdefault(name, say_both("open_data.yes") if is_own else text)
    return found


def list_values(definition: Definition, group: Group) -> Iterator[tuple[str, Text]]:
    """The values of a group with their texts: the answers, or yes and no where codes are counted."""
    if group.at_least is not None:
        yield from (("yes", say_both("open_data.yes")), ("no", say_both("open_data.no")))
        return
    question = definition.find_question(group.question)
    for option in () if question is None else definition.list_options(question):
        yield option.code, choose_languages(option.text)


def join_texts(variable: Text, value: Text) -> Text:
    """What a value is called that is a variable of its own."""
    return {one: f"{say_text(variable, one)}: {say_text(value, one)}" for one in WRITTEN_IN}


def say_both(key: str) -> Text:
    """A text of the catalogue in each of a codebook's languages."""
    return {language: speak(language).say(key) for language in WRITTEN_IN}  # keys: open_data.*, research.*
