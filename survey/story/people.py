"""Who answered in a year, in words and as tables of shares?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.representation import GroupShare
from survey.definition.model import Definition, Group
from survey.insight.answered_sentences import PERCENT, is_counted
from survey.insight.representation import Representation, Variable, list_group_options
from survey.language import Words, pick_text


@dataclass(frozen=True)
class ShareTable:
    """A variable's groups with their shares of the answers and of the people."""

    name: str
    rows: tuple[tuple[str, str, str], ...]


def name_people(found: Representation, definition: Definition) -> Representation:
    """The same shares, with groups and options as a definition calls them."""
    groups = {one.id: one for one in definition.groups}
    return replace(found, variables=tuple(name_variable(one, groups, definition) for one in found.variables))


def name_variable(variable: Variable, groups: Mapping[str, Group], definition: Definition) -> Variable:
    group = groups.get(variable.group.id, variable.group)
    options = list_group_options(definition, group)
    return replace(
        variable,
        group=group,
        shares=tuple((options.get(option.code, option), share) for option, share in variable.shares),
    )


def tell_people(words: Words, found: Representation) -> Iterator[str]:
    """How many answered, whether some groups have too little say, and whose people are compared with."""
    facts = {"period": words.period(found.period)}
    if isinstance(found.answers, Shown):
        yield words.say("light.story.who_n", n=words.number(found.answers.value), **facts)
    else:
        is_hidden = isinstance(found.answers, Hidden)
        yield words.say("light.story.who_hidden" if is_hidden else "light.story.who_none", **facts)
    if not found.has_shares:
        yield words.say("light.story.who_not_shown")
        return
    if not is_counted(found):
        yield words.say("light.story.who_unknown")
        return
    under = [name for one in found.variables for name in list_under(words, one)]
    if under:
        yield words.say("light.story.who_under", groups=words.listing(under))
    else:
        yield words.say("light.story.who_fine")
    if found.source is not None:
        yield words.say("light.story.who_source", year=str(found.source.year), source=found.source.source)


def list_under(words: Words, variable: Variable) -> list[str]:
    """The groups with less than half the share of the answers that they have of the people."""
    return [pick_text(o.text, words.language.code) for o, share in variable.shares if share.is_under]


def list_tables(words: Words, found: Representation) -> tuple[ShareTable, ...]:
    """A table for each variable; none where no share is shown."""
    if not found.has_shares:
        return ()
    language = words.language.code
    return tuple(
        ShareTable(
            pick_text(one.group.text, language),
            tuple(
                (pick_text(option.text, language), say_answers(words, share), say_people(words, share))
                for option, share in one.shares
            ),
        )
        for one in found.variables
    )


def say_answers(words: Words, share: GroupShare) -> str:
    """A share of the answers, or that it is not shown or nobody's."""
    if isinstance(share.answers, Hidden):
        return words.say("light.story.cell_hidden")
    if isinstance(share.answers, NoAnswers):
        return words.say("light.story.cell_none")
    return say_percent(words, share.answers.value)


def say_people(words: Words, share: GroupShare) -> str:
    return words.say("light.story.not_known") if share.people is None else say_percent(words, share.people)


def say_percent(words: Words, share: float) -> str:
    return words.say("light.story.percent", n=words.number(share * PERCENT))
