"""Which texts of a definition can be translated, what is each called, and how are translations put in?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from survey.definition.model import Definition, Dimension, Group, Option, Part, Question, Scale, Text
from survey.language import LANGUAGES

ABOUT_ALL = ("title", "intro", "recall", "outro", "writing_advice")
BEHIND = ("dimension.", "group.")  # what residents meet on other pages than the survey's own
Texts = Mapping[str, Mapping[str, str]]  # language: name of a text: the text
Put = Callable[[str, Text], Text]


def list_texts(definition: Definition) -> dict[str, Text]:
    """Every text by a name that stays the same however questions are moved: question.a01, scale.freq5:na."""
    found: dict[str, Text] = {}

    def note(name: str, text: Text) -> Text:
        found[name] = text
        return text

    change_texts(definition, note)
    return found


def translate_definition(definition: Definition, texts: Texts) -> Definition:
    """The definition with texts in more languages. It can be read in those that nothing is missing in.

    It is for showing only: the definition that is frozen, sealed and counted by is the one without.
    """
    if not texts:
        return definition

    def put(name: str, text: Text) -> Text:
        return text | {language: said[name] for language, said in texts.items() if name in said}

    named = set(list_texts(definition))
    whole = {language for language, said in texts.items() if not list_missing(named, said)}
    readable = tuple(code for code in LANGUAGES if code in definition.languages or code in whole)
    others = tuple(code for code in definition.languages if code not in LANGUAGES)
    return renew_definition(change_texts(definition, put), {"languages": readable + others})


def list_missing(named: set[str], said: Mapping[str, str]) -> list[str]:
    """What has to be translated before a survey can be offered in a language and is not."""
    return sorted(name for name in named if name not in said and not name.startswith(BEHIND))


def change_texts(definition: Definition, put: Put) -> Definition:
    """The definition with each text replaced by what `put` makes of its name and itself."""
    changed: dict[str, object] = dict(put_all(definition, ABOUT_ALL, "", put))
    changed["scales"] = {
        name: change_scale(one, f"scale.{name}", put) for name, one in definition.scales.items()
    }
    changed["dimensions"] = tuple(change_dimension(one, put) for one in definition.dimensions)
    changed["groups"] = tuple(change_group(one, put) for one in definition.groups)
    changed["parts"] = tuple(change_part(one, put) for one in definition.parts)
    return renew_definition(definition, changed)


def renew_definition(definition: Definition, changed: Mapping[str, object]) -> Definition:
    """The definition with some of its fields changed. A plain copy would keep the lists made of the old."""
    kept = {name: getattr(definition, name) for name in Definition.model_fields}
    return Definition.model_construct(definition.model_fields_set, **(kept | dict(changed)))


def put_all(
    of: Definition | Part | Question, fields: tuple[str, ...], before: str, put: Put
) -> Iterator[tuple[str, Text]]:
    """Those of the fields that have a text, with what `put` makes of it."""
    for field in fields:
        text: Text | None = getattr(of, field)
        if text is not None:
            yield field, put(f"{before}{field}", text)


def change_scale(scale: Scale, name: str, put: Put) -> Scale:
    options = tuple(change_option(one, name, put) for one in scale.options)
    escape = change_option(scale.escape, name, put) if scale.escape else None
    return scale.model_copy(update={"options": options, "escape": escape})


def change_option(option: Option, name: str, put: Put) -> Option:
    return option.model_copy(update={"text": put(f"{name}:{option.code}", option.text)})


def change_dimension(dimension: Dimension, put: Put) -> Dimension:
    return dimension.model_copy(update={"text": put(f"dimension.{dimension.id}", dimension.text)})


def change_group(group: Group, put: Put) -> Group:
    return group.model_copy(update={"text": put(f"group.{group.id}", group.text)})


def change_part(part: Part, put: Put) -> Part:
    name = f"part.{part.id}"
    changed: dict[str, object] = {
        "title": put(name, part.title),
        **dict(put_all(part, ("lead",), f"{name}.", put)),
    }
    changed["questions"] = tuple(change_question(one, put) for one in part.questions)
    return part.model_copy(update=changed)


def change_question(question: Question, put: Put) -> Question:
    name = f"question.{question.id}"
    changed: dict[str, object] = {"text": put(name, question.text)}
    changed |= dict(put_all(question, ("help",), f"{name}.", put))
    changed["options"] = tuple(change_option(one, name, put) for one in question.options)
    return question.model_copy(update=changed)
