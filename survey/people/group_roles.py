"""Which group of the identity provider gives which role where, and what is wrong in the file that says so?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.people.roles import Role
from survey.store import organisations
from survey.store.organisations import Organisation
from survey.yaml_faults import YAML_FAULTS

GIVEN = [role.value for role in Role if role not in (Role.RESIDENT, Role.PANEL_MEMBER)]
PARTS = ("group", "role", "organisation")


@dataclass(frozen=True)
class GroupRole:
    """Members of a group have a role in an organisation, which is named as on the organisations' page."""

    group: str
    role: str
    organisation: str


@dataclass(frozen=True)
class Wrong:
    """Something wrong in the file: on which entry (from 1), what, and the word it is about."""

    entry: int
    code: str
    word: str


def read_group_roles(file: Path, known: Sequence[Organisation]) -> tuple[GroupRole, ...]:
    """The lines of the file. Raises SurveyError groups_wrong with every Wrong in `problems`."""
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise SurveyError("groups_wrong", problems=(Wrong(0, "unreadable", file.name),)) from None
    except YAML_FAULTS as wrong:
        line = getattr(getattr(wrong, "problem_mark", None), "line", -1) + 1
        raise SurveyError("groups_wrong", problems=(Wrong(line, "no_yaml", file.name),)) from None
    if not isinstance(said, list) or not said:
        raise SurveyError("groups_wrong", problems=(Wrong(0, "no_list", file.name),))
    entries = cast(list[Any], said)
    problems = tuple(list_wrong(entries, {one.name for one in known}))
    if problems:
        raise SurveyError("groups_wrong", problems=problems)
    return tuple(GroupRole(*(one[part] for part in PARTS)) for one in entries)


def read_rules_of(installation: Installation, file: Path) -> tuple[GroupRole, ...]:
    """The lines of a file for the organisations of an installation. Raises SurveyError groups_wrong."""
    with installation.database.read(newest=True) as connection:
        return read_group_roles(file, organisations.list_organisations(connection))


def list_problems(wrong: SurveyError) -> tuple[Wrong, ...]:
    """Everything that is wrong in the file, when the error is about it."""
    found = wrong.facts.get("problems")
    return cast(tuple[Wrong, ...], found) if isinstance(found, tuple) else ()


def list_wrong(said: Iterable[Any], places: set[str]) -> Iterator[Wrong]:
    """Everything that is wrong in the entries."""
    seen: set[tuple[str, ...]] = set()
    for number, one in enumerate(said, start=1):
        if not is_whole(one):
            yield Wrong(number, "parts_missing", ", ".join(PARTS))
            continue
        for part in one.keys() - set(PARTS):
            yield Wrong(number, "part_unknown", str(part)[:40])
        if one["role"] not in GIVEN:
            yield Wrong(number, "role_unknown", one["role"][:40])
        if one["organisation"] not in places:
            yield Wrong(number, "organisation_unknown", one["organisation"][:80])
        told = tuple(one[part] for part in PARTS)
        if told in seen:
            yield Wrong(number, "twice", one["group"][:80])
        seen.add(told)


def is_whole(entry: Any) -> bool:
    """Whether an entry says everything that it must, as text."""
    return isinstance(entry, dict) and all(
        isinstance(cast(dict[str, Any], entry).get(part), str) for part in PARTS
    )


def say_wrong(wrong: Wrong, words: Words) -> str:
    """Where, what is wrong and what to do, as a sentence."""
    facts = {"entry": words.number(wrong.entry), "word": wrong.word, "roles": ", ".join(GIVEN)}
    return words.say(f"groups.{wrong.code}", **facts)  # keys: groups.*


def list_given(
    rules: Iterable[GroupRole], groups: Iterable[str], known: Sequence[Organisation]
) -> tuple[tuple[str, str], ...]:
    """The roles that members of some groups have: pairs of role and organisation's id, each once."""
    ids = {one.name: one.id for one in known}
    member_of = set(groups)
    return tuple(
        dict.fromkeys(
            (one.role, ids[one.organisation])
            for one in rules
            if one.group in member_of and one.organisation in ids
        )
    )
