"""How the rows of an XLSForm become parts with questions, in the order they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from survey.definition.interchange.bringing import Tree, leave_empty
from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.names import find_free, fit_identifier
from survey.definition.interchange.sheets import AFTERWORD, FOREWORDS, PREFIX
from survey.definition.interchange.xlsform_languages import Tongues
from survey.definition.interchange.xlsform_lists import Choices
from survey.definition.interchange.xlsform_questions import Conditions, Known, read_conditions, read_question
from survey.definition.interchange.xlsform_sheets import Form, Line
from survey.definition.interchange.xlsform_types import Means, RowType, read_type


@dataclass
class Group:
    """A group that is open, with what it asks for before anything in it is shown."""

    part: dict[str, Any] | None
    conditions: Conditions


@dataclass
class Walk:
    """The rows as they are walked through: the parts so far, and the groups that are open."""

    known: Known
    tree: Tree
    title: dict[str, str]
    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    open: list[Group] = field(default_factory=list[Group])
    loose: dict[str, Any] | None = None  # the part that holds questions outside groups

    @property
    def told(self) -> Told:
        return self.tree.told

    def step(self, line: Line, type_: RowType) -> None:
        """Take in one row."""
        if type_.means is Means.BEGIN:
            self.begin(line)
        elif type_.means is Means.END:
            self.end(line)
        elif type_.means is Means.NOTE:
            self.add_note(line)
        elif type_.means is Means.QUESTION:
            self.add_question(line, type_)
        elif type_.means is Means.METADATA:
            self.told.tell(Fate.LOST, "metadata", line.where, type=type_.said)
        else:
            key = type_.key
            self.told.tell(Fate.STOPS, key, line.where, type=type_.said or "-")  # keys: carry.*

    def begin(self, line: Line) -> None:
        """A group is a part; one inside another gives its questions to the outer, without its heading."""
        conditions = read_conditions(line, self.known)
        if self.open:
            if self.known.tongues.read(line, "label"):
                self.told.tell(Fate.LOST, "heading_lost", line.where)
            self.open.append(Group(self.open[-1].part, self.join(self.open[-1].conditions, conditions, line)))
            return
        self.loose = None
        name = line.get(f"{PREFIX}id") or line.get("name") or "del"
        part: dict[str, Any] = {"id": self.free_part(fit_identifier(name)), "questions": []}
        part["title"] = self.known.tongues.read(line, "label")
        if subject := line.get(f"{PREFIX}repeat_over"):
            part["repeat_over"] = subject
        self.add_part(part, line.where)
        self.open.append(Group(part, conditions))

    def end(self, line: Line) -> None:
        if not self.open:
            self.told.tell(Fate.STOPS, "end_without_begin", line.where)
            return
        self.open.pop()

    def free_part(self, name: str) -> str:
        return find_free(name, [part["id"] for part in self.parts])

    def add_part(self, part: dict[str, Any], where: Where) -> None:
        self.tree.wheres["parts", len(self.parts)] = where
        self.parts.append(part)

    def add_note(self, line: Line) -> None:
        """A text that is only read: it has a place before the survey, after it, and first in a part."""
        text, role = self.known.tongues.read(line, "label"), line.get(f"{PREFIX}role")
        root = self.tree.root
        if role in (*FOREWORDS, AFTERWORD):
            root[role] = text
        elif self.open and self.open[-1].part is not None and "lead" not in self.open[-1].part:
            part = self.open[-1].part
            if part["questions"]:
                self.told.tell(Fate.LOST, "note_lost", line.where)
            else:
                part["lead"] = text
        elif not self.open and not self.parts and "intro" not in root:
            root["intro"] = text
            self.tree.wheres["intro",] = line.where
        else:
            self.told.tell(Fate.LOST, "note_lost", line.where)

    def add_question(self, line: Line, type_: RowType) -> None:
        question, wheres = read_question(line, type_, self.known)
        own = read_conditions(line, self.known)
        asked = self.join(self.open[-1].conditions, own, line) if self.open else own
        if asked:
            question["show_if"] = asked
        part = self.open[-1].part if self.open else self.find_loose(line, asked)
        if part is None:
            return
        place = ("parts", self.parts.index(part), "questions", len(part["questions"]))
        self.tree.wheres[place] = line.where
        for number, where in enumerate(wheres):
            self.tree.wheres[(*place, "options", number)] = where
        part["questions"].append(question)

    def join(self, outer: Conditions, inner: Conditions, line: Line) -> Conditions:
        """The conditions of a group and of what is in it; both at once is more than a question can have."""
        if outer and inner:
            self.told.tell(Fate.STOPS, "conditions_both", line.where)
        return inner or outer

    def find_loose(self, line: Line, asked: Conditions) -> dict[str, Any]:
        """The part for a question outside groups; a new one when it asks about one in the same part."""
        here = (
            {question["id"] for question in self.loose["questions"]} if self.loose is not None else set[str]()
        )
        if self.loose is None or any(condition["question"] in here for condition in asked):
            part = {"id": self.free_part("del_1"), "questions": list[Any](), "title": self.title}
            self.add_part(part, line.where)
            self.loose = part
            self.told.tell(Fate.CHANGED, "part_made", line.where, part=part["id"])
        return self.loose


def read_parts(
    form: Form, tongues: Tongues, lists: dict[str, Choices], tree: Tree, title: dict[str, str]
) -> list[dict[str, Any]]:
    """Every part with its questions, as YAML; groups without questions are left out, and told."""
    types = [read_type(line.get("type")) for line in form.survey]
    walk = Walk(make_known(form, types, tongues, lists, tree.told), tree, title)
    for line, type_ in zip(form.survey, types, strict=True):
        walk.step(line, type_)
    if walk.open:
        tree.told.tell(Fate.STOPS, "group_open")
    return leave_empty(walk.parts, tree)


def make_known(
    form: Form, types: list[RowType], tongues: Tongues, lists: dict[str, Choices], told: Told
) -> Known:
    """What the questions are called here, found before any condition is read."""
    ids: dict[str, str] = {}
    list_of: dict[str, str] = {}
    for line, type_ in zip(form.survey, types, strict=True):
        if type_.means is not Means.QUESTION:
            continue
        said = line.get("name")
        ids.setdefault(said, fit_identifier(said, ids.values()))
        list_of.setdefault(said, type_.listed)
        if ids[said] != said:
            told.tell(Fate.CHANGED, "renamed", line.where, old=said or "-", new=ids[said])
    return Known(tongues, lists, ids, list_of, told)
