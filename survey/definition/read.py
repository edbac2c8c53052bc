"""Where in a YAML file everything stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from survey.yaml_faults import YAML_FAULTS

Place = tuple[Hashable, ...]
MOST_OF_A_KEY = 60  # characters of one that is told of
MOST_PLACES = 200_000  # of a file; the residents' survey has 1,304


class EndlessError(Exception):
    """A file of few lines that stands for more than anybody has written: names of lists of names."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a definition: `code` has a sentence in the catalogue."""

    file: str
    line: int
    place: str
    code: str
    facts: dict[str, object] = field(default_factory=dict[str, object])


@dataclass
class Source:
    """A file as it was read: its tree, the line of every place, and what was wrong already."""

    file: str
    tree: Any = None
    lines: dict[Place, int] = field(default_factory=dict[Place, int])
    problems: list[Problem] = field(default_factory=list[Problem])

    def report(self, place: Place, code: str, /, **facts: object) -> None:
        """Add a problem at a place, with the line of the nearest place that has one."""
        self.problems.append(Problem(self.file, self.find_line(place), say_place(place), code, facts))

    def find_line(self, place: Place) -> int:
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def say_place(place: Place) -> str:
    """("parts", 0, "title") as parts[0].title."""
    said = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return said.lstrip(".") or "-"


def read_source(path: Path) -> Source:
    """A YAML file as a tree with lines. Never raises for what is in the file: it is in `problems`."""
    source = Source(path.as_posix())
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        source.report((), "unreadable")
        return source
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        facts: dict[str, object] = {"said": wrong.problem or "?"}
        source.problems.append(Problem(source.file, line, "-", "not_yaml", facts))
        return source
    except RecursionError:
        source.report((), "endless")
        return source
    except yaml.YAMLError:
        source.report((), "unreadable")
        return source
    if node is None:
        source.report((), "empty")
        return source
    construct = cast("Callable[[yaml.Node], Any]", loader.construct_object)  # pyright: ignore[reportUnknownMemberType]
    try:
        source.tree = build_tree(node, (), source, construct)
    except (
        RecursionError,
        EndlessError,
    ):  # an alias inside what it stands for, or lists in lists without end
        source.problems = []
        source.report((), "endless")
    if source.tree is None and not source.problems:
        source.report((), "empty")
    return source


def build_tree(node: yaml.Node, place: Place, source: Source, construct: Callable[[yaml.Node], Any]) -> Any:
    """The values below a node; keys that are doubled or not text are reported and left out."""
    source.lines[place] = node.start_mark.line + 1
    if len(source.lines) > MOST_PLACES:
        raise EndlessError
    if isinstance(node, yaml.SequenceNode):
        return [build_tree(child, (*place, i), source, construct) for i, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return read_value(node, place, source, construct)
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = read_key(key_node, construct)
        if key is None:
            written = key_node.value[:MOST_OF_A_KEY] if isinstance(key_node, yaml.ScalarNode) else "?"
            named = (*place, written)
            source.lines.setdefault(named, key_node.start_mark.line + 1)
            source.report(named, "key_not_text", key=written)
            continue
        if key in found:
            source.lines[(*place, key)] = key_node.start_mark.line + 1
            source.report((*place, key), "key_twice", key=key)
            continue
        found[key] = build_tree(value_node, (*place, key), source, construct)
    return found


def read_key(node: yaml.Node, construct: Callable[[yaml.Node], Any]) -> str | None:
    """A key, None where YAML takes it for something else than text."""
    try:
        key = construct(node)
    except RecursionError:
        raise
    except YAML_FAULTS:
        return None
    return key if isinstance(key, str) else None


def read_value(node: yaml.Node, place: Place, source: Source, construct: Callable[[yaml.Node], Any]) -> Any:
    """A value that is written as one; None, with a problem, where it is no day or number that there is."""
    try:
        return construct(node)
    except RecursionError:
        raise
    except YAML_FAULTS:
        source.lines[place] = node.start_mark.line + 1
        source.report(place, "no_value")
        return None
