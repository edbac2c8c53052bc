"""How is a translated text changed and approved?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, translations
from survey.store.translations import Kept
from survey.translating.faults import list_faults, tell_all
from survey.translating.sets import TRANSLATED, Set, list_entries
from survey.translating.states import Entry, Forms, State

BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Given:
    """What somebody makes of a text. `source` is the checksum of the Swedish that they had before them."""

    key: str
    forms: Forms
    source: str
    approve: bool


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one text."""

    key: str
    fault: SurveyError


def keep_texts(
    installation: Installation, of: Set, language: str, given: Sequence[Given], *, by: Person
) -> int:
    """Keep texts, all or none; how many of them changed anything.

    Raises SurveyError not_allowed, language_unknown, and translation_wrong with every fault of every text in
    `wrong`: what list_faults says, translation_unknown, and translation_source_changed where the Swedish is
    another than the one that was translated.
    """
    check_can_do(Permission.TRANSLATE, by=by)
    if language not in {one.code for one in TRANSLATED}:
        raise SurveyError("language_unknown")
    entries = {one.key: one for one in list_entries(installation, of, language)}
    wrong = tuple(one for text in given for one in list_wrong(of, entries.get(text.key), text))
    if wrong:
        raise SurveyError("translation_wrong", number=len(wrong), wrong=wrong)
    changed = [
        make_kept(installation, of, language, text, by) for text in given if is_new(entries[text.key], text)
    ]
    if not changed:
        return 0
    with installation.database.write() as connection:
        translations.add_kept(connection, changed)
        for action, kept in (
            ("translation approved", [one for one in changed if one.is_approved]),
            ("translation written", [one for one in changed if not one.is_approved]),
        ):
            if kept:
                facts = {"texts": len(kept), "first": kept[0].key, "checksum": seal_kept(kept)}
                audits.add_event(connection, action, f"{of.part} {language}", by=by.name, **facts)
    return len(changed)


def list_wrong(of: Set, entry: Entry | None, text: Given) -> list[Wrong]:
    if entry is None:
        return [Wrong(text.key[:120], SurveyError("translation_unknown"))]
    faults = tell_all(list(list_faults(of, entry, text.forms)))
    if text.source != entry.source:
        faults = [*faults, SurveyError("translation_source_changed")]
    return [Wrong(text.key, one) for one in faults]


def is_new(entry: Entry, text: Given) -> bool:
    """Whether keeping a text would change anything."""
    if clean(text.forms) != entry.said:
        return True
    return text.approve and entry.state is not State.APPROVED


def make_kept(installation: Installation, of: Set, language: str, text: Given, by: Person) -> Kept:
    forms, today = clean(text.forms), installation.today()
    return Kept(of.part, language, text.key, forms, text.source, text.approve, today, by.name)


def clean(forms: Forms) -> Forms:
    """The forms on one line, without blanks around them; no-break spaces stay, which hold codes together."""
    return tuple(BLANKS.sub(" ", form).strip(" ") for form in forms)


def seal_kept(kept: Sequence[Kept]) -> str:
    """A checksum over what was kept: each text with the Swedish that it was made from."""
    sealed = hashlib.sha256()
    for one in kept:
        sealed.update("\0".join((one.key, one.source, *one.texts, "")).encode())
    return sealed.hexdigest()
