"""How a condition is written in an XLSForm's `relevant`, and which of those expressions we can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey.definition.model import Condition

LONGEST = 4_000  # characters of an expression; longer ones were made by no person
DEEPEST = 20  # brackets in brackets
TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*(?P<name>[^${}\s]+)\s*\})|(?P<text>'[^']*'|\"[^\"]*\"|-?\d+(?:\.\d+)?)"
    r"|(?P<sign>!=|>=|<=|[=<>(),])|(?P<word>[a-z][a-z-]*)|(?P<dot>\.))"
)


class UnreadableError(Exception):
    """An expression that says something which a definition cannot."""


@dataclass(frozen=True)
class Selected:
    """That a question has an answer, or (`negated`) has not."""

    question: str
    code: str
    negated: bool = False


@dataclass(frozen=True)
class Answered:
    """That a question is answered with something, or (not `positive`) with nothing."""

    question: str
    positive: bool


@dataclass(frozen=True)
class Joined:
    """Several expressions with `and` or `or` between them; one that stood in brackets is never flattened."""

    word: str
    parts: tuple[Expression, ...]


Expression = Selected | Answered | Joined


def write_relevant(conditions: Sequence[Condition]) -> str:
    """The conditions as XPath, "" for none: one of them must hold. Read back they are the same."""
    written = [write_condition(condition) for condition in conditions]
    return written[0] if len(written) == 1 else " or ".join(f"({one})" for one in written)


def write_condition(condition: Condition) -> str:
    ref = f"${{{condition.question}}}"
    if condition.answered is not None:
        return f"{ref} != ''" if condition.answered else f"{ref} = ''"
    if condition.any_of is not None:
        return " or ".join(f"selected({ref}, '{code}')" for code in condition.any_of)
    return " and ".join(f"not(selected({ref}, '{code}'))" for code in condition.none_of or ())


def read_relevant(text: str) -> tuple[Condition, ...]:
    """The conditions of an expression, of which one must hold.

    Raises UnreadableError for what a definition has no words for: sums, comparisons of size, other
    functions, and several questions that must all be answered in a way.
    """
    found = Reader(text).read()
    return tuple(make_condition(part) for part in list_alternatives(found))


def list_alternatives(found: Expression) -> tuple[Expression, ...]:
    """The parts of an expression of which one must hold; the whole where it is one condition by itself."""
    if not isinstance(found, Joined) or found.word == "and" or is_about_one(found):
        return (found,)
    return tuple(one for part in found.parts for one in list_alternatives(part))


def is_about_one(found: Joined) -> bool:
    """Whether all parts are about the same question and say the same kind of thing of its answer."""
    return len({(type(p), p.question) for p in found.parts if isinstance(p, Selected)}) == 1 and all(
        isinstance(p, Selected) and p.negated == (found.word == "and") for p in found.parts
    )


def make_condition(found: Expression) -> Condition:
    """One expression as a condition. Raises UnreadableError."""
    if isinstance(found, Answered):
        return Condition(question=found.question, answered=found.positive)
    if isinstance(found, Selected):
        codes = (found.code,)
        return (
            Condition.model_construct(question=found.question, none_of=codes)
            if found.negated
            else Condition.model_construct(question=found.question, any_of=codes)
        )
    if not is_about_one(found):
        raise UnreadableError
    selected = [part for part in found.parts if isinstance(part, Selected)]
    codes = tuple(part.code for part in selected)
    question = selected[0].question
    if found.word == "or":
        return Condition.model_construct(question=question, any_of=codes)
    return Condition.model_construct(question=question, none_of=codes)


class Reader:
    """A reader of the few expressions we know: or, and, not, selected, =, != and string-length > 0."""

    def __init__(self, text: str) -> None:
        self.tokens = list_tokens(text)
        self.at = 0
        self.depth = 0

    def read(self) -> Expression:
        found = self.read_joined("or")
        if self.at != len(self.tokens):
            raise UnreadableError
        return found

    def read_joined(self, word: str) -> Expression:
        parts = [self.read_joined("and") if word == "or" else self.read_one()]
        while self.peek() == ("word", word):
            self.at += 1
            parts.append(self.read_joined("and") if word == "or" else self.read_one())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def read_one(self) -> Expression:
        kind, value = self.take()
        if (kind, value) == ("sign", "("):
            return stand_alone(self.read_bracketed())
        if (kind, value) == ("word", "not"):
            self.expect("(")
            return negate(self.read_bracketed())
        if (kind, value) == ("word", "selected"):
            return self.read_selected()
        if (kind, value) == ("word", "string-length"):
            return self.read_length()
        if kind == "ref":
            return self.read_comparison(value)
        raise UnreadableError

    def read_bracketed(self) -> Expression:
        """What stands in brackets, the first of which has been read."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableError
        found = self.read_joined("or")
        self.expect(")")
        self.depth -= 1
        return found

    def read_selected(self) -> Expression:
        self.expect("(")
        question = self.take_kind("ref")
        self.expect(",")
        code = self.take_kind("text")
        self.expect(")")
        return Selected(question, code)

    def read_length(self) -> Expression:
        """string-length(${q}) > 0, which is how many say that a text has been written."""
        self.expect("(")
        question = self.take_kind("ref")
        self.expect(")")
        sign, number = self.take_kind("sign"), self.take_kind("text")
        if (sign, number) not in ((">", "0"), ("!=", "0"), (">=", "1"), ("=", "0")):
            raise UnreadableError
        return Answered(question, sign != "=")

    def read_comparison(self, question: str) -> Expression:
        sign, code = self.take_kind("sign"), self.take_kind("text")
        if sign not in ("=", "!="):
            raise UnreadableError
        if not code:
            return Answered(question, sign == "!=")
        return Selected(question, code, negated=sign == "!=")

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self) -> tuple[str, str]:
        found = self.peek()
        self.at += 1
        return found

    def take_kind(self, kind: str) -> str:
        found, value = self.take()
        if found != kind:
            raise UnreadableError
        return value

    def expect(self, sign: str) -> None:
        if self.take() != ("sign", sign):
            raise UnreadableError


def stand_alone(found: Expression) -> Expression:
    """What stood in brackets: a condition by itself, also when the next is about the same question."""
    if isinstance(found, Selected):
        return Joined("and" if found.negated else "or", (found,))
    return found


def negate(found: Expression) -> Expression:
    """The opposite of an expression."""
    if isinstance(found, Selected):
        return Selected(found.question, found.code, not found.negated)
    if isinstance(found, Answered):
        return Answered(found.question, not found.positive)
    return Joined("and" if found.word == "or" else "or", tuple(negate(part) for part in found.parts))


def list_tokens(text: str) -> list[tuple[str, str]]:
    """The expression cut into (kind, value). Raises UnreadableError for signs that we do not know."""
    if len(text) > LONGEST:
        raise UnreadableError
    found: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = TOKEN.match(text, at)
        if match is None:
            raise UnreadableError
        kind = match.lastgroup or ""
        if match["ref"]:
            found.append(("ref", match["name"]))
        elif match["text"]:
            found.append(("text", match["text"].strip("'\"")))
        else:
            found.append((kind, match[kind]))
        at = match.end()
    return found
