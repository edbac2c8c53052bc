"""Which texts of the screens does a resident meet, and what do the catalogues say of each?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from survey.language import DEFAULT_LANGUAGE, LANGUAGES, find_catalogue

Forms = tuple[str, ...]  # of a text: one, or one for each plural form of its language

# Held against the code by tests/house/test_residents_texts.py.
RESIDENT_TEXTS = (
    "answer.*",
    "light.*",
    "change.done.*",
    "change.start.*",
    "period.*",
    "plan.activity",
    "plan.organisation.*",
    "plan.other_way",
    "plan.outcome.*",
    "plan.state.*",
    "error.already_sent",
    "error.answers_need_mending",
    "error.code_*",
    "error.digest_link_old",
    "error.door_*",
    "error.fault",
    "error.form_*",
    "error.nothing_to_send",
    "error.receipt_*",
    "error.round_not_open",
    "error.round_unknown",
    "error.too_many_tries",
    "error.way_unknown",
)
ONLY_IN_THE_APP = ("answer.began_in", "answer.done_app", "answer.in_app", "answer.results", "answer.title")
# Told in Swedish and English only: the accessibility statement, and what keyers are told.
NOT_TRANSLATED = (
    "light.statement.*",
    "error.code_other_survey",
    "error.form_differs_elsewhere",
    "error.form_just_keyed",
    "error.form_keyed_once",
)
APART = " / "  # between the forms of a counted text where they are told as one


@dataclass(frozen=True)
class Said:
    """What a catalogue says under one key. `made_from` is the Swedish it was translated from."""

    forms: Forms
    made_from: str = ""


@lru_cache(maxsize=16)
def read_texts(language: str) -> Mapping[str, Said]:
    """Everything that a language's catalogue says, by key."""
    with find_catalogue(language).open("rb") as source:
        found = read_po(source, locale=LANGUAGES[language].locale)
    return {name_key(one): Said(list_forms(one), " ".join(one.auto_comments)) for one in found if one.id}


def name_key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def list_forms(message: Message) -> Forms:
    """The forms of a text; none where it has no text."""
    said = message.string or ""
    forms = (said,) if isinstance(said, str) else tuple(said)
    return forms if all(forms) else ()


def tell_forms(forms: Forms) -> str:
    """The forms of a text as one line; those that are alike once."""
    return APART.join(dict.fromkeys(forms))


@lru_cache(maxsize=1)
def list_resident_keys() -> tuple[str, ...]:
    """The keys that residents' languages have texts for, in the order of the alphabet."""
    return tuple(sorted(key for key in read_texts(DEFAULT_LANGUAGE) if is_for_residents(key)))


def is_for_residents(key: str) -> bool:
    """Whether a text stands where a resident who reads a translated language can meet it."""
    left_out = key in ONLY_IN_THE_APP or any(fnmatchcase(key, one) for one in NOT_TRANSLATED)
    return not left_out and any(fnmatchcase(key, one) for one in RESIDENT_TEXTS)
