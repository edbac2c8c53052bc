"""How is what was done told, on the screen and in a file?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from survey.audit.chain import Verdict
from survey.installation import SWEDEN
from survey.language import Words
from survey.store.audits import Event

COLUMNS = ("at", "actor", "action", "subject", "facts")


def list_heads(words: Words) -> tuple[str, ...]:
    """What the columns are called."""
    return tuple(words.say(f"audit.column.{one}") for one in COLUMNS)  # keys: audit.column.*


def write_rows(words: Words, events: Iterable[Event]) -> Iterator[Sequence[str]]:
    """The heads and a row for each event."""
    yield list_heads(words)
    for one in events:
        yield write_event(one)


def write_event(one: Event) -> tuple[str, ...]:
    """An event as the columns have it; times are Swedish, to the second."""
    return (tell_moment(one.at), one.actor, one.action, one.subject, tell_facts(one.facts))


def tell_moment(at: datetime) -> str:
    """2026-11-29 04:02:11, as clocks in Sweden show it."""
    return f"{at.astimezone(SWEDEN):%Y-%m-%d %H:%M:%S}"


def tell_facts(facts: Mapping[str, object]) -> str:
    """The facts of an event: number: 3, area: 07."""
    return ", ".join(f"{name}: {value}" for name, value in sorted(facts.items()))


def tell_verdict(words: Words, verdict: Verdict) -> str:
    """That nothing has been changed, or what is wrong and where, and what to do."""
    number = words.number(verdict.checked)
    if verdict.broken is None:
        return words.say("audit.whole", number=number)
    place = words.number(verdict.at or 0)
    return words.say(f"audit.broken.{verdict.broken}", place=place)  # keys: audit.broken.*
