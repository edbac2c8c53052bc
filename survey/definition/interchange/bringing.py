"""How what was read from another format becomes a definition that `check` accepts, or everything wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from survey.definition.check import check_source
from survey.definition.interchange.findings import Brought, Fate, Finding, Told, Where
from survey.definition.read import Place, Source

WIDTH = 110  # characters in a line of the YAML
SECONDS_EACH = 15  # a question, as the residents' survey takes: 34 questions in 8 minutes
SECONDS = 60


@dataclass
class Tree:
    """A definition's YAML as it is built, with where each of its places stands in the other format."""

    root: dict[str, Any] = field(default_factory=dict[str, Any])
    wheres: dict[Place, Where] = field(default_factory=dict[Place, Where])
    told: Told = field(default_factory=Told)

    def find_where(self, place: Place) -> Where:
        """Where a place, or the nearest above it that is known, stands."""
        while place and place not in self.wheres:
            place = place[:-1]
        return self.wheres.get(place, Where())


@dataclass
class CarriedSource(Source):
    """A source whose faults are told where they stand in the other format."""

    carried: Tree = field(default_factory=Tree)

    def report(self, place: Place, code: str, /, **facts: object) -> None:
        super().report(place, code, **facts)
        where = self.carried.find_where(place)
        found = Finding(Fate.STOPS, f"definition.{code}", where, facts)
        if found not in self.carried.told.findings:
            self.carried.told.findings.append(found)


def finish_definition(tree: Tree) -> Brought:
    """The definition of a tree, checked as a file is; nothing where anything stops it."""
    source = CarriedSource("", tree.root, carried=tree)
    definition, _ = check_source(source)
    if definition is None or tree.told.stopped:
        return Brought(None, "", tree.told.sort())
    return Brought(definition, write_yaml(tree.root), tree.told.sort())


def leave_empty(parts: list[dict[str, Any]], tree: Tree) -> list[dict[str, Any]]:
    """The parts that have questions, their keys in order, with the places of what is in them moved along."""
    kept: list[dict[str, Any]] = []
    moved: dict[Place, Where] = {place: one for place, one in tree.wheres.items() if place[0] != "parts"}
    for number, part in enumerate(parts):
        if not part["questions"]:
            tree.told.tell(Fate.LOST, "group_empty", tree.wheres["parts", number])
            continue
        for place, one in tree.wheres.items():
            if place[:2] == ("parts", number):
                moved[("parts", len(kept), *place[2:])] = one
        order = ("id", "title", "lead", "repeat_over", "questions")
        kept.append({key: part[key] for key in order if key in part})
    tree.wheres = moved
    return kept


def write_yaml(tree: dict[str, Any]) -> str:
    """The tree as YAML, in its own order; what looks like a number or a yes is quoted."""
    return yaml.dump(tree, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=WIDTH)


class PlainDumper(yaml.SafeDumper):
    """YAML without anchors: a definition is read by people."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def estimate_minutes(questions: int) -> int:
    """How long so many questions take, in minutes, 1 to 120."""
    return min(120, max(1, round(questions * SECONDS_EACH / SECONDS)))
