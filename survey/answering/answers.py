"""What an answer can be, and whether what was given is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.areas import Areas
from survey.definition.model import Definition, Option, Question

Value = str | tuple[str, ...]
Answers = Mapping[str, Value]

KEPT_CHARACTERS = 20_000  # of a text that is too long, so that the person can shorten it and loses nothing
UNSEEN_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


@dataclass(frozen=True, eq=False)
class Asked:
    """A question as it is asked in one installation, with all its options. Made once, told by identity."""

    id: str
    question: Question
    options: tuple[Option, ...]
    codes: frozenset[str]


@dataclass(frozen=True)
class Trouble:
    """What a person should know about one answer: `code` has a kind sentence in the catalogue."""

    question: str
    code: str
    facts: Mapping[str, object]


def ask_question(definition: Definition, question: Question, areas: Areas) -> Asked:
    """The question with the installation's municipalities in its list, where it asks for them."""
    options = definition.list_options(question)
    if question.options_from == "municipalities":
        listed = tuple(Option(code=a.code, text={"sv": a.name}) for a in areas.municipalities)
        options = (*listed, *options)
    return Asked(question.id, question, options, frozenset(option.code for option in options))


def read_answer(asked: Asked, raw: Sequence[str]) -> tuple[Value | None, Trouble | None]:
    """The answer in what a form sent, and what is wrong with it.

    None is "no answer", which is always allowed. A code that the question does not have is no answer,
    with trouble: only a broken or forged form sends one. A text keeps its first 20,000 characters even
    when it is too long, so that nothing that was written is lost.
    """
    if asked.question.kind == "text":
        return read_text(asked, raw)
    takes_many = asked.question.kind in ("multi", "rank")
    if len(raw) == 1 and raw[0] in asked.codes:  # as nearly always, and nothing can be wrong with it
        return ((raw[0],) if takes_many else raw[0]), None
    given = tuple(dict.fromkeys(value for value in raw if value))
    known = tuple(code for code in given if code in asked.codes)
    if len(known) < len(given):
        return None, Trouble(asked.id, "unknown_choice", {})
    if not known:
        return None, None
    if takes_many:
        return known, check_choices(asked, known)
    if len(known) > 1:
        return None, Trouble(asked.id, "one_choice", {})
    return next(iter(known)), None


def read_text(asked: Asked, raw: Sequence[str]) -> tuple[Value | None, Trouble | None]:
    """A text without control characters, with plain line breaks."""
    written = next(iter(raw), "")
    text = written.replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN_CONTROLS).strip()
    if not text:
        return None, None
    limit = asked.question.max_chars
    facts = {"length": len(text), "limit": limit}
    if len(text) > max(limit, KEPT_CHARACTERS):
        return text[:KEPT_CHARACTERS], Trouble(asked.id, "text_cut", facts | {"kept": KEPT_CHARACTERS})
    return text, (Trouble(asked.id, "text_too_long", facts) if len(text) > limit else None)


def check_choices(asked: Asked, chosen: tuple[str, ...]) -> Trouble | None:
    """Something that excludes the rest was chosen together with something, or too many were chosen."""
    alone = [option for option in asked.options if option.exclusive and option.code in chosen]
    if alone and len(chosen) > 1:
        return Trouble(asked.id, "excludes_others", {"option": alone[0]})
    limit = asked.question.max_choices
    if limit is not None and len(chosen) > limit:
        return Trouble(asked.id, "too_many_choices", {"limit": limit})
    return None
