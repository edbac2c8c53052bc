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
from survey.importing.known import Known
from survey.importing.mapping import ColumnMapping
from survey.importing.open_table import find_table
from survey.importing.table import Table

# Which kinds of file a key says something of.
KINDS_OF_KEY = {
    "delimiter": ("csv",),
    "encoding": ("csv", "spss"),
    "sheet": ("excel",),
    "header_row": ("excel",),
    "value_labels": ("spss",),
    "user_missing": ("spss",),
}
KEPT_DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")  # how a day is told that Excel or SPSS keeps as a day
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
    report_foreign(cast(dict[str, Any], tree or {}), table, source)
    header, trouble = read_columns(table)
    found = check_shape(source, Known(definition, areas, header)) if tree is not None else None
    if found is None or source.problems:
        problems = tuple(sorted(map(name_problem, source.problems), key=lambda p: (p.line, p.place, p.code)))
        raise SurveyError("mapping_wrong", file=path.as_posix(), problems=problems, number=len(problems))
    if trouble is not None:
        raise trouble
    if table is None:  # only where the mapping is wrong, which has been told
        raise SurveyError("import_file_unreadable", file=file.as_posix())
    return read_days(found, table), table


def report_foreign(tree: dict[str, Any], table: Table | None, source: Source) -> None:
    """Keys that say how another kind of file is written."""
    for key, kinds in KINDS_OF_KEY.items():
        if table is not None and key in tree and table.kind not in kinds:
            source.report((key,), "key_not_for_file", key=key, kind=table.kind)


def read_days(mapping: ColumnMapping, table: Table) -> ColumnMapping:
    """The mapping, which also reads days that a file keeps as days: those are told as 2026-05-04."""
    if table.kind == "csv":
        return mapping
    formats = tuple(dict.fromkeys((*mapping.date.formats, *KEPT_DAYS)))
    return mapping.model_copy(update={"date": mapping.date.model_copy(update={"formats": formats})})


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
