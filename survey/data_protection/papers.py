"""How are the record of processing and the draft impact assessment written?

They are papers of a Swedish authority, so they are in Swedish. What only people can decide stands as a blank
to fill in, and is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.data_protection.facts import Facts
from survey.language import DEFAULT_LANGUAGE, speak

BLANK = "[fyll i]"
environment = Environment(  # Markdown, not HTML: what is put in is made harmless by `write_line`
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701
)


class Paper(StrEnum):
    """A paper, by the name of its template and its file."""

    RECORD = "registerforteckning"
    IMPACT = "konsekvensbedomning"


def write_line(value: object) -> str:
    """A value on one line of Markdown in which no sign means anything else; a blank for nothing."""
    text = " ".join(str(value).split())
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text or BLANK


environment.filters["line"] = write_line  # type: ignore[reportUnknownMemberType]


def write_paper(paper: Paper, facts: Facts) -> str:
    """A paper as Markdown."""
    words = speak(DEFAULT_LANGUAGE)
    names: Mapping[str, str] = {
        **{
            one.rule.kind: words.say(f"retention.kind.{one.rule.kind}") for one in facts.rules
        },  # keys: retention.kind.*
        **{
            one.what: words.say(f"retention.always.{one.what}") for one in facts.always
        },  # keys: retention.always.*
    }
    return environment.get_template(f"{paper}.md").render(facts=facts, names=names, blank=BLANK, words=words)
