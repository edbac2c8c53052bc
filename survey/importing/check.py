"""Is a mapping right for a file and a survey, and if not, everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from survey.areas import Areas
from survey.definition.check import report_shape
from survey.definition.model import Definition
from survey.definition.read import Problem, Source, read_source
from survey.errors import SurveyError
from survey.importing.known import Known, is_text_encoding
from survey.importing.mapping import ColumnMapping
from survey.importing.table import Table

OWN_CODES = frozenset(
    {
        "area_unknown",
        "code_unknown",
        "column_missing",
        "column_or_constant",
        "column_twice",
        "date_format_wrong",
        "encoding_unknown",
        "key_twice",
        "language_unknown",
        "question_is_area",
        "question_repeats",
        "question_unknown",
        "separator_not_here",
        "unit_too_long",
        "values_for_text",
    }
)


def read_mapping(path: Path, file: Path, definition: Definition, areas: Areas) -> tuple[ColumnMapping, Table]:
    """The mapping in a YAML file, and the table it is for.

    Raises SurveyError mapping_wrong with every problem in `problems`, in the order of the lines; and,
    where the mapping is right so far as can be told, import_* for a table that cannot be read.
    """
    source = read_source(path)
    tree: object = source.tree
    if tree is not None and not isinstance(tree, dict):
        source.report((), "mapping_shapeless")
        tree = None
    table = find_table(file, cast(dict[str, Any], tree or {}))
    header, trouble = read_columns(table)
    found = check_shape(source, Known(definition, areas, header)) if tree is not None else None
    if found is None or source.problems:
        problems = tuple(sorted(map(name_problem, source.problems), key=lambda p: (p.line, p.place, p.code)))
        raise SurveyError("mapping_wrong", file=path.as_posix(), problems=problems, number=len(problems))
    if trouble is not None:
        raise trouble
    return found, Table(file, found.encoding, found.delimiter)


def find_table(file: Path, tree: dict[str, Any]) -> Table | None:
    """The table as the tree says it is written, before anybody has checked that; None where it cannot be."""
    encoding = tree.get("encoding", ColumnMapping.model_fields["encoding"].default)
    delimiter = tree.get("delimiter", ColumnMapping.model_fields["delimiter"].default)
    right = isinstance(encoding, str) and isinstance(delimiter, str) and len(delimiter) == 1
    return Table(file, encoding, delimiter) if right and is_text_encoding(encoding) else None


def read_columns(table: Table | None) -> tuple[tuple[str, ...] | None, SurveyError | None]:
    """The table's columns, or why they cannot be read."""
    if table is None:
        return None, None
    try:
        table.check_encoding()
        return table.read_header(), None
    except SurveyError as wrong:
        return None, wrong


def check_shape(source: Source, known: Known) -> ColumnMapping | None:
    """The mapping built from the tree; what is wrong becomes problems with places."""
    try:
        return ColumnMapping.model_validate(source.tree, context=known)
    except ValidationError as wrong:
        for error in wrong.errors():
            place, kind = tuple(step for step in error["loc"] if step != "[key]"), error["type"]
            if kind == "too_short" and error["input"]:
                continue  # pydantic counts only the items that are right; those that are wrong are told
            if kind in OWN_CODES:
                source.report(place, kind, **error.get("ctx", {}))
            else:
                report_shape(error, place, source)
        return None


def name_problem(problem: Problem) -> Problem:
    """An empty mapping needs another advice than an empty survey."""
    return replace(problem, code="mapping_empty") if problem.code == "empty" else problem
