"""Which texts does the code ask for, and which are there?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.reading_code import ROOT, list_files, name_called

# A key that is put together when the program runs is declared in a comment beside its use: `# keys: trend.*`.
DECLARATION = re.compile(r"#\s*keys:\s*([a-z0-9_.*]+(?:\s*,\s*[a-z0-9_.*]+)*)")
IN_A_TEMPLATE = re.compile(r"\b(?:say|count)\(\s*(?:([\"'])(?P<key>[^\"']+)\1|(?P<made>[^\s\"')]))")
SOURCES = ("app.py", "survey", "pages", "analysis")


@dataclass(frozen=True)
class Asked:
    """The keys that one file asks for, the patterns it declares, and whether any key is not written out."""

    keys: frozenset[str]
    patterns: frozenset[str]
    has_made_keys: bool


@cache
def read_catalogue(language: str) -> Catalog:
    """A language's catalogue by the name of its folder, e.g. sv_x_lattlast; plurals as its header says."""
    with (ROOT / "locales" / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=None, abort_invalid=True)


def list_messages(catalogue: Catalog) -> dict[str, Message]:
    """Each message by its key."""
    return {name_key(message): message for message in catalogue if message.id}


def name_key(message: Message) -> str:
    """A message's key; of a counted text, the same key stands for one and for many."""
    return message.id if isinstance(message.id, str) else message.id[0]


def list_forms(message: Message) -> list[str]:
    """The texts of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def list_placeholders(message: Message) -> set[str]:
    """The names in braces; {n} of a counted text may be left out of a form and is not compared."""
    named = {
        name for text in list_forms(message) for _, name, _, _ in Formatter().parse(text) if name is not None
    }
    return named if isinstance(message.id, str) else named - {"n"}


def read_python(source: str) -> Asked:
    """What a Python source asks for: say("key"), words.count("key"), SurveyError("code")."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    asked = [list_first_texts(call) for call in calls if asks_for_a_text(call)]
    codes = [list_first_texts(call) for call in calls if name_called(call) == "SurveyError"]
    keys = {key for keys in asked for key in keys} | {f"error.{code}" for codes in codes for code in codes}
    return Asked(frozenset(keys), read_declarations(source), any(not found for found in asked + codes))


def asks_for_a_text(call: ast.Call) -> bool:
    """Whether a call is say(...), or the count(...) of words: strings and lists count too."""
    if name_called(call) == "count":
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        return getattr(owner, "id", getattr(owner, "attr", "")) == "words"
    return name_called(call) == "say"


def list_first_texts(call: ast.Call) -> list[str]:
    """The first argument where it is written out, or both where it is one or the other; else nothing."""
    first = call.args[0] if call.args else None
    options = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    texts = [option.value for option in options if isinstance(option, ast.Constant)]
    return [text for text in texts if isinstance(text, str)] if len(texts) == len(options) else []


def read_template(source: str) -> Asked:
    """What a template asks for: {{ say("key") }} and {{ count("key", n) }}."""
    found = list(IN_A_TEMPLATE.finditer(source))
    keys = frozenset(match["key"] for match in found if match["key"])
    return Asked(keys, read_declarations(source), any(match["made"] for match in found))


def read_declarations(source: str) -> frozenset[str]:
    """The patterns in the comments `keys: a.*, b.c` of a source."""
    declared = DECLARATION.findall(source)
    return frozenset(pattern.strip() for patterns in declared for pattern in patterns.split(","))


@cache
def read_everything() -> dict[Path, Asked]:
    """What each file of the product asks for."""
    templates = [path for path in (ROOT / "survey").rglob("templates/**/*") if path.is_file()]
    asked = {path: read_python(path.read_text()) for path in list_files(*SOURCES)}
    return asked | {path: read_template(path.read_text()) for path in templates}


def is_covered(key: str, asked: Iterable[Asked]) -> bool:
    """Whether a file asks for the key by name or by a pattern."""
    return any(
        key in file.keys or any(compile_pattern(each).match(key) for each in file.patterns) for file in asked
    )


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern as an expression; the standard library keeps fewer of them than are declared."""
    return re.compile(translate(pattern))
