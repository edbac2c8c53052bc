"""Whether those who answered in an area are like those who live there, in words."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.disclosure import Hidden, NoAnswers, Shown
from analysis.representation import GroupShare
from survey.insight.representation import Representation, Variable
from survey.insight.sentences import Teller
from survey.language import pick_text

PERCENT = 100


def tell_basis(teller: Teller, found: Representation) -> Iterator[str]:
    """Which period, how many answers, and whose people they are compared with."""
    words, period = teller.words, teller.words.period(found.period)
    if isinstance(found.answers, Shown):
        n = words.number(found.answers.value)
        yield words.say("trends.who_answers_in", area=found.area.name, period=period, n=n)
    elif isinstance(found.answers, Hidden):
        yield f"{period}: {teller.tell_hidden(found.answers)}."
    else:
        yield f"{period}: {words.say('trends.no_answers')}."
    if found.source is not None and is_counted(found):
        yield words.say("trends.how_margins", year=str(found.source.year), source=found.source.source)
    elif found.variables:
        yield words.say("trends.who_unweighted")


def is_counted(found: Representation) -> bool:
    """Whether anybody has counted the people of the area."""
    return any(share.people is not None for one in found.variables for _, share in one.shares)


def list_under(teller: Teller, variable: Variable) -> list[str]:
    """The groups that have less than half the say that their size would give them."""
    return [pick_text(o.text, teller.words.language.code) for o, share in variable.shares if share.is_under]


def name_variable(teller: Teller, variable: Variable) -> str:
    return pick_text(variable.group.text, teller.words.language.code)


def list_shares(teller: Teller, variable: Variable) -> list[tuple[str, str, str]]:
    """Each group of a variable with its share of the answers and of the people."""
    language = teller.words.language.code
    return [
        (pick_text(option.text, language), say_answers(teller, share), say_people(teller, share))
        for option, share in variable.shares
    ]


def say_answers(teller: Teller, share: GroupShare) -> str:
    """A share of the answers, or why there is none."""
    if isinstance(share.answers, Hidden):
        return teller.tell_hidden(share.answers)
    if isinstance(share.answers, NoAnswers):
        return teller.words.say("trends.no_answers")
    return say_percent(teller, share.answers.value)


def say_people(teller: Teller, share: GroupShare) -> str:
    return teller.words.say("trends.not_known") if share.people is None else say_percent(teller, share.people)


def say_percent(teller: Teller, share: float) -> str:
    return teller.words.say("trends.percent", n=teller.words.number(share * PERCENT))
