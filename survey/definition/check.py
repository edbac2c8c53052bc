"""Is a definition right, and if not, everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from survey.definition.model import Definition
from survey.definition.read import Place, Problem, Source, read_source
from survey.language import LANGUAGES

Tree = dict[str, Any]
TEXT_FIELDS = ("title", "intro", "outro", "recall", "writing_advice", "text", "help", "lead")


def check_file(path: Path) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition of a file, or None and everything that is wrong, in the order of the lines."""
    return check_source(read_source(path))


def check_source(source: Source) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition of what was read, however it was written; or None and everything that is wrong."""
    if source.tree is None:
        return None, tuple(source.problems)
    if not isinstance(source.tree, dict):
        source.report((), "not_a_mapping")
        return None, tuple(source.problems)
    definition = check_shape(source)
    tree = cast(Tree, source.tree)
    for check in (
        check_ids,
        check_references,
        check_conditions,
        check_options,
        check_texts,
        check_composites,
    ):
        check(tree, source)
    problems = tuple(sorted(source.problems, key=lambda p: (p.line, p.place, p.code)))
    return (None if problems else definition), problems


def check_shape(source: Source) -> Definition | None:
    """The model built from the tree; what pydantic says is turned into problems with places."""
    try:
        return Definition.model_validate(source.tree)
    except ValidationError as wrong:
        errors = wrong.errors()
        for error in errors:
            place = tuple(step for step in error["loc"] if step != "[key]")
            kind = error["type"]
            if kind == "too_short" and any(is_below(other["loc"], error["loc"]) for other in errors):
                continue  # a list is counted without its wrong items, which are told of themselves
            report_shape(error, place, source)
        return None


def report_shape(error: ErrorDetails, place: Place, source: Source) -> None:
    """One thing that pydantic says, as a problem: a key missing, a key unknown, or a value that is wrong."""
    if error["type"] == "missing":
        source.report(place[:-1], "key_missing", key=str(place[-1]))
    elif error["type"] == "extra_forbidden":
        source.report(place, "key_unknown", key=str(place[-1]))
    else:
        source.report(place, "value_wrong", value=repr(error["input"])[:60], said=error["msg"])


def is_below(place: Place, other: Place) -> bool:
    """Whether a place lies inside another."""
    return len(place) > len(other) and place[: len(other)] == other


def items(tree: object, key: str) -> Iterator[tuple[int, Tree]]:
    """The mappings in a list under `key`, with their numbers; whatever is not one is passed over."""
    found = cast(Tree, tree).get(key) if isinstance(tree, dict) else None
    for number, item in enumerate(cast(list[object], found) if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield number, cast(Tree, item)


def find_name(tree: Tree, key: str) -> str | None:
    """The text under `key`; None for nothing and for what is no name, which the shape tells of."""
    found = tree.get(key)
    return found if isinstance(found, str) else None


def list_names(tree: Tree, key: str) -> list[str]:
    """The texts in the list under `key`."""
    found = tree.get(key)
    return (
        [name for name in cast(list[object], found) if isinstance(name, str)]
        if isinstance(found, list)
        else []
    )


def walk_questions(tree: Tree) -> Iterator[tuple[Place, int, Tree]]:
    """Every question with its place and its part's number."""
    for part_number, part in items(tree, "parts"):
        for number, question in items(part, "questions"):
            yield ("parts", part_number, "questions", number), part_number, question


def walk_options(tree: Tree) -> Iterator[tuple[Place, list[tuple[Place, Tree]]]]:
    """Every list of options in the tree: scales' (with their escape) and questions'."""
    scales = tree.get("scales")
    for name, scale in (cast(Tree, scales) if isinstance(scales, dict) else {}).items():
        place: Place = ("scales", name)
        listed: list[tuple[Place, Tree]] = [
            ((*place, "options", n), option) for n, option in items(scale, "options")
        ]
        escape = cast(Tree, scale).get("escape") if isinstance(scale, dict) else None
        if isinstance(escape, dict):
            listed.append(((*place, "escape"), cast(Tree, escape)))
        yield place, listed
    for place, _, question in walk_questions(tree):
        yield place, [((*place, "options", n), option) for n, option in items(question, "options")]


def check_ids(tree: Tree, source: Source) -> None:
    """Nothing of a kind may have the same id twice."""
    check_unique(((place, find_name(q, "id")) for place, _, q in walk_questions(tree)), source)
    check_unique(((place, find_name(q, "key")) for place, _, q in walk_questions(tree)), source)
    for key in ("parts", "dimensions", "groups"):
        check_unique((((key, n), find_name(item, "id")) for n, item in items(tree, key)), source)
    for _, options in walk_options(tree):
        check_unique(((place, find_name(option, "code")) for place, option in options), source)


def check_unique(named: Iterator[tuple[Place, str | None]], source: Source) -> None:
    seen: dict[str, Place] = {}
    for place, name in named:
        if name is None:
            continue
        if name in seen:
            source.report(place, "id_twice", id=name, first_line=source.find_line(seen[name]))
        seen.setdefault(name, place)


def check_references(tree: Tree, source: Source) -> None:
    """A question's scale and dimension, and a group's question and codes, must exist."""
    scales = tree.get("scales")
    scale_names = set(cast(Tree, scales)) if isinstance(scales, dict) else set[str]()
    dimensions = {find_name(item, "id") for _, item in items(tree, "dimensions")}
    for place, _, question in walk_questions(tree):
        scale, dimension = find_name(question, "scale"), find_name(question, "dimension")
        if question.get("kind") == "scale" and question.get("scale") is None:
            source.report(place, "scale_missing", question=question.get("id"))
        if scale is not None and isinstance(question.get("kind"), str) and question["kind"] != "scale":
            source.report((*place, "scale"), "scale_not_here", kind=question["kind"])
        if scale is not None and scale not in scale_names:
            source.report((*place, "scale"), "scale_unknown", scale=scale)
        if dimension is not None and dimension not in dimensions:
            source.report((*place, "dimension"), "dimension_unknown", dimension=dimension)
    questions = {find_name(q, "id"): q for _, _, q in walk_questions(tree)}
    for number, group in items(tree, "groups"):
        check_group(group, ("groups", number), questions, source)


def check_group(group: Tree, place: Place, questions: Mapping[str | None, Tree], source: Source) -> None:
    named = find_name(group, "question")
    if named is None:
        return  # the shape tells of it
    if named not in questions:
        source.report(place, "group_question_unknown", question=named)
        return
    codes = {find_name(option, "code") for _, option in items(questions[named], "options")}
    for code in list_names(group, "of"):
        if code not in codes:
            source.report((*place, "of"), "code_unknown", code=code, question=named)


def check_conditions(tree: Tree, source: Source) -> None:
    """A condition may only ask about a question in an earlier part: a page cannot change while it is read."""
    known = {find_name(q, "id"): (part, q) for _, part, q in walk_questions(tree)}
    for place, part, question in walk_questions(tree):
        for number, condition in items(question, "show_if"):
            here: Place = (*place, "show_if", number)
            named = find_name(condition, "question")
            if named is None:
                continue  # the shape tells of it
            if named not in known:
                source.report(here, "condition_unknown", question=named)
                continue
            if known[named][0] >= part:
                source.report(here, "condition_not_earlier", question=named)
            check_condition_codes(condition, known[named][1], here, source)


def check_condition_codes(condition: Tree, question: Tree, place: Place, source: Source) -> None:
    asked = [key for key in ("answered", "any_of", "none_of") if condition.get(key) is not None]
    if len(asked) != 1:
        source.report(place, "condition_unclear", question=condition.get("question"))
    codes = {find_name(option, "code") for _, option in items(question, "options")}
    if question.get("kind") in ("text", "scale") or question.get("options_from"):
        return
    for key in ("any_of", "none_of"):
        for code in list_names(condition, key):
            if code not in codes:
                source.report((*place, key), "code_unknown", code=code, question=condition.get("question"))


def check_options(tree: Tree, source: Source) -> None:
    """Choices need options, text has none, and a dimension needs scores."""
    for place, _, question in walk_questions(tree):
        kind, options = question.get("kind"), list(items(question, "options"))
        chosen = kind in ("single", "multi", "rank")
        if chosen and not options and not question.get("options_from"):
            source.report(place, "options_missing", question=question.get("id"))
        if kind in ("text", "scale") and options:
            source.report((*place, "options"), "options_not_here", kind=kind)
        codes = {find_name(option, "code") for _, option in options} - {None}
        if question.get("consent") and find_name(question, "consent_code") not in codes:
            source.report(place, "consent_code_wrong", question=question.get("id"))
        if question.get("reverse") is True and kind != "scale":
            source.report((*place, "reverse"), "reverse_without_scale", question=question.get("id"))


def check_texts(tree: Tree, source: Source) -> None:
    """Every text must be there in every language that the definition says it has."""
    languages = list_names(tree, "languages")
    for number, language in enumerate(languages):
        if language not in LANGUAGES:
            source.report(("languages", number), "language_unknown", language=language)
    for place, texts in walk_texts(tree, ()):
        for language in languages:
            falls_back = place[0] in ("dimensions", "groups") and language in LANGUAGES
            if falls_back and LANGUAGES[language].falls_back_to in texts:
                continue
            said = texts.get(language)
            if said is None:
                source.report(place, "text_missing", language=language)
            elif isinstance(said, str) and not said.strip():
                source.report((*place, language), "text_empty", language=language)
        for language in texts:
            if languages and language not in languages:
                source.report((*place, language), "text_language_unlisted", language=language)


def walk_texts(node: object, place: Place) -> Iterator[tuple[Place, Tree]]:
    """Every mapping of language to text, with its place."""
    if isinstance(node, list):
        for number, child in enumerate(cast(list[object], node)):
            yield from walk_texts(child, (*place, number))
    if not isinstance(node, dict):
        return
    for key, child in cast(Tree, node).items():
        if key in TEXT_FIELDS and isinstance(child, dict):
            yield (*place, key), cast(Tree, child)
        elif key not in ("links",):
            yield from walk_texts(child, (*place, key))


def check_composites(tree: Tree, source: Source) -> None:
    """A composite is made of simple dimensions, and every simple one has a question."""
    dimensions = {find_name(item, "id"): item for _, item in items(tree, "dimensions")}
    measured = {find_name(q, "dimension") for _, _, q in walk_questions(tree)}
    for number, dimension in items(tree, "dimensions"):
        named = list_names(dimension, "parts")
        for part in named:
            if part not in dimensions:
                source.report(("dimensions", number, "parts"), "dimension_unknown", dimension=part)
            elif dimensions[part].get("parts"):
                source.report(("dimensions", number, "parts"), "composite_of_composite", dimension=part)
        name = find_name(dimension, "id")
        if name is not None and not named and name not in measured:
            source.report(("dimensions", number), "dimension_empty", dimension=name)
