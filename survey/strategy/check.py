"""Is the file of a strategy map right, and if not, everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from survey.definition.check import check_unique, find_name, is_below, items, report_shape
from survey.definition.read import Place, Problem, Source, read_source
from survey.errors import SurveyError
from survey.strategy.model import Item, StrategyMap
from survey.strategy.rules import PARENTS, list_faults

Tree = dict[str, Any]
Measured = Mapping[str, Collection[str]]  # the dimensions of each survey that is stored


def load_map(path: Path, *, measured: Measured) -> StrategyMap:
    """The map of a file. Raises SurveyError strategy_wrong with every problem in `problems`."""
    found, problems = check_map(path, measured=measured)
    if found is None:
        raise SurveyError("strategy_wrong", file=path.as_posix(), problems=problems, number=len(problems))
    return found


def check_map(path: Path, *, measured: Measured) -> tuple[StrategyMap | None, tuple[Problem, ...]]:
    """The map of a file, or None and everything that is wrong, in the order of the lines.

    Of a survey that is not among the measured nothing is known, and its dimensions are taken as they are.
    """
    source = read_source(path)
    if not isinstance(source.tree, dict):
        if source.tree is not None:
            source.report((), "strategy_shapeless")
        return None, tuple(source.problems)
    tree = cast(Tree, source.tree)
    found = check_shape(source)
    dimensions = measured.get(find_name(tree, "survey") or "")
    check_names(tree, source)
    for number, framework in items(tree, "frameworks"):
        check_items(framework, ("frameworks", number), source, dimensions)
    problems = tuple(sorted(source.problems, key=lambda p: (p.line, p.place, p.code)))
    return (None if problems else found), problems


def check_shape(source: Source) -> StrategyMap | None:
    """The model built from the tree; what pydantic says is turned into problems with places."""
    try:
        return StrategyMap.model_validate(source.tree)
    except ValidationError as wrong:
        errors = wrong.errors()
        for error in errors:
            place = tuple(step for step in error["loc"] if step != "[key]")
            if error["type"] == "too_short" and any(is_below(o["loc"], error["loc"]) for o in errors):
                continue  # a list is counted without its wrong items, which are told of themselves
            report_shape(error, place, source)
        return None


def check_names(tree: Tree, source: Source) -> None:
    """No framework has another's key, and no item another's id, whichever framework it stands in: the
    questions of a survey name them by their ids alone."""
    keys = ((("frameworks", number), find_name(one, "key")) for number, one in items(tree, "frameworks"))
    check_unique(keys, source)
    check_unique(((place, find_name(item, "id")) for place, item in walk_items(tree)), source)


def walk_items(tree: Tree) -> Iterator[tuple[Place, Tree]]:
    """Every item of every framework with its place."""
    for number, framework in items(tree, "frameworks"):
        for place, item in items(framework, "items"):
            yield ("frameworks", number, "items", place), item


def check_items(framework: Tree, place: Place, source: Source, dimensions: Collection[str] | None) -> None:
    """The rules for each item that has the right shape; of the others the shape has told already."""
    listed = [(number, read_item(one)) for number, one in items(framework, "items")]
    parents = {item.id for _, item in listed if item is not None and item.kind in PARENTS}
    for number, item in listed:
        if item is None:
            continue
        for fault in list_faults(item, dimensions=dimensions, parents=parents):
            source.report((*place, "items", number, fault.part), fault.code, **fault.facts)


def read_item(tree: Tree) -> Item | None:
    """The item of a tree, None when it has not the right shape."""
    try:
        return Item.model_validate(tree)
    except ValidationError:
        return None
