"""Which definitions an installation has, read from its folder of surveys."""

from __future__ import annotations

import hashlib
from pathlib import Path

from survey.definition.check import check_file
from survey.definition.model import Definition
from survey.definition.read import Problem
from survey.errors import SurveyError
from survey.language import Words


def load_definition(path: Path) -> Definition:
    """The definition in a file. Raises SurveyError definition_wrong with every problem in `problems`."""
    definition, problems = check_file(path)
    if definition is None:
        raise SurveyError("definition_wrong", file=path.as_posix(), problems=problems, number=len(problems))
    return definition


def load_folder(folder: Path) -> tuple[Definition, ...]:
    """Every definition below a folder, `<survey>/<version>.yaml`.

    Raises SurveyError surveys_missing for an empty folder, and definition_wrong naming the problems
    of all files at once.
    """
    paths = sorted(folder.glob("*/*.yaml"))
    if not paths:
        raise SurveyError("surveys_missing", folder=folder.as_posix())
    found: list[Definition] = []
    wrong: list[Problem] = []
    for path in paths:
        definition, problems = check_file(path)
        wrong.extend(problems)
        if definition is not None and (definition.survey, definition.version) != (
            path.parent.name,
            path.stem,
        ):
            wrong.append(Problem(path.as_posix(), 1, "survey", "name_and_file_differ"))
        if definition is not None:
            found.append(definition)
    if wrong:
        raise SurveyError(
            "definition_wrong", file=folder.as_posix(), problems=tuple(wrong), number=len(wrong)
        )
    return tuple(found)


def seal_definition(definition: Definition) -> str:
    """The checksum (SHA-256, hexadecimal) that tells whether a definition has changed since it was frozen."""
    return hashlib.sha256(write_document(definition).encode()).hexdigest()


def write_document(definition: Definition) -> str:
    """The definition as one JSON document, the same for the same content."""
    return definition.model_dump_json(exclude_defaults=True)


def say_problem(problem: Problem, words: Words) -> str:
    """A problem as a line: file:line: place: what is wrong and what to do."""
    told = words.say(f"definition.{problem.code}", **problem.facts)  # keys: definition.*
    return f"{problem.file}:{problem.line}: {problem.place}: {told}"
