"""What does the accessibility statement say? All that the law asks, from the audit and the known faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.accessibility.known import KNOWN, Known
from survey.accessibility.results import Audit, Fault
from survey.language import LANGUAGES, Words
from survey.version import VERSION

SUPERVISOR = "https://www.digg.se/tdosanmalan"
MAIL = "mailto:"


@dataclass(frozen=True)
class Way:
    """A link out of the statement."""

    address: str
    label: str


@dataclass(frozen=True)
class Section:
    """A heading with its sentences, the things it lists and where it leads."""

    title: str
    told: tuple[str, ...]
    points: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Statement:
    """The whole of it: what it is about, and its sections."""

    about: str
    sections: tuple[Section, ...]


def make_statement(
    words: Words,
    audit: Audit,
    *,
    service: str,
    contact: str,
    known: Sequence[Known] = KNOWN,
    version: str = VERSION,
) -> Statement:
    """The statement of a service that is called so, in the reader's language.

    `contact` is an e-mail address or a page's; where it is empty, that is said. An audit of another version
    than the one that runs is told as such.
    """
    faults = audit.faults
    return Statement(
        words.say("light.statement.about", name=service),
        (
            tell_conformance(words, has_faults=bool(known or faults)),
            tell_faults(words, known, faults),
            Section(words.say("light.statement.instead"), (words.say("light.statement.instead_about"),)),
            tell_contact(words, contact),
            tell_supervision(words),
            tell_audit(words, audit, version),
        ),
    )


def tell_conformance(words: Words, *, has_faults: bool) -> Section:
    """How far the law is followed: wholly, or in part where anything is known not to conform."""
    told = words.say("light.statement.partly" if has_faults else "light.statement.wholly")
    return Section(words.say("light.statement.how_far"), (told, words.say("light.statement.standard")))


def tell_faults(words: Words, known: Sequence[Known], faults: Sequence[Fault]) -> Section:
    """Everything that does not conform, with what it goes against."""
    points = (*(tell_known(words, one) for one in known), *(tell_found(words, one) for one in faults))
    told = words.say("light.statement.faults_about" if points else "light.statement.faults_none")
    return Section(words.say("light.statement.faults"), (told,), points)


def tell_known(words: Words, one: Known) -> str:
    said = words.say(f"light.statement.known.{one.key}")  # keys: light.statement.known.*
    return f"{said} (WCAG {', '.join(one.criteria)})" if one.criteria else said


def tell_found(words: Words, one: Fault) -> str:
    """A fault of the audit's, by the name that the program has for its rule."""
    return words.say("light.statement.found", page=one.page, rule=one.rule)


def tell_contact(words: Words, contact: str) -> Section:
    """Where to turn; a page's address is a link, and so is an e-mail address."""
    title = words.say("light.statement.report")
    if not contact:
        return Section(title, (words.say("light.statement.report_nowhere"),))
    way = Way(contact if "://" in contact else f"{MAIL}{contact}", contact)
    return Section(title, (words.say("light.statement.report_about"),), ways=(way,))


def tell_supervision(words: Words) -> Section:
    way = Way(SUPERVISOR, words.say("light.statement.supervision_way"))
    title = words.say("light.statement.supervision")
    return Section(title, (words.say("light.statement.supervision_about"),), ways=(way,))


def tell_audit(words: Words, audit: Audit, version: str) -> Section:
    """How, when and with what it was tested, and what no program can test."""
    return Section(words.say("light.statement.tested"), tuple(list_audit(words, audit, version)))


def list_audit(words: Words, audit: Audit, version: str) -> Iterator[str]:
    yield words.say(
        "light.statement.tested_when",
        day=words.day(audit.day),
        version=audit.version,
        tools=", ".join(audit.tools),
    )
    if audit.version != version:
        yield words.say("light.statement.tested_before", tested=audit.version, now=version)
    yield words.say(
        "light.statement.tested_what",
        pages=words.number(len(audit.pages)),
        languages=", ".join(LANGUAGES[code].name for code in audit.languages),
        screens="; ".join(audit.screens),
        looks=words.number(audit.looks),
    )
    yield (
        words.count("light.statement.tested_found", len(audit.faults))
        if audit.faults
        else words.say("light.statement.tested_clean")
    )
    yield words.say("light.statement.tested_by_hand")
