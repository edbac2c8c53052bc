"""How a definition's answers become scores and groups."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.scores import DimensionRule, ItemRule
from survey.definition.model import Definition, Group

Given = Mapping[str, str | tuple[str, ...] | None]
NOT_SAID = "pns"  # "prefer not to say" is no group of people


def make_rules(definition: Definition) -> tuple[DimensionRule, ...]:
    """One rule per dimension, simple ones first, since a composite is made of them."""
    simple = [
        DimensionRule(dimension.id, items=list_items(definition, dimension.id))
        for dimension in definition.dimensions
        if not dimension.parts
    ]
    composite = [DimensionRule(d.id, parts=d.parts) for d in definition.dimensions if d.parts]
    return tuple(rule for rule in simple if rule.items) + tuple(composite)


def list_items(definition: Definition, dimension: str) -> tuple[ItemRule, ...]:
    """The scored questions of a dimension."""
    return tuple(
        ItemRule(
            question.id,
            {option.code: option.score for option in definition.list_options(question)},
            question.reverse,
        )
        for question in definition.questions
        if question.dimension == dimension and question.kind == "scale"
    )


GroupCodes = dict[str, str | list[str]]


def derive_groups(definition: Definition, answers: Given, language: str) -> GroupCodes:
    """The groups a person belongs to, {"group": "code"}, or {"group": ["code", …]} where one may be in
    several; a group that is not known has no key.

    Codes that may never be reported alone are left out: those people count in totals only.
    """
    found: GroupCodes = {"language": language}
    for group in definition.groups:
        codes = find_codes(definition, group, answers.get(group.question))
        if codes:
            found[group.id] = list(codes) if group.each else codes[0]
    return found


def find_codes(definition: Definition, group: Group, given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """The codes of one group: the answers themselves, or yes or no when it counts chosen codes."""
    question = definition.find_question(group.question)
    codes = () if given is None else (given,) if isinstance(given, str) else given
    if question is None or not codes or NOT_SAID in codes:
        return ()
    if group.at_least is not None:
        return ("yes",) if len(set(codes) & set(group.of)) >= group.at_least else ("no",)
    alone = {option.code for option in question.options if option.never_reported_alone or option.exclusive}
    return tuple(code for code in codes if code not in alone)


def find_group_of(definition: Definition, key: str) -> str:
    """The group that tells people apart by the question with a known meaning; empty when there is none."""
    question = definition.find_key(key)
    return next((g.id for g in definition.groups if question is not None and g.question == question.id), "")
