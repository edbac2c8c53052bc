"""What is said in residents' languages now? Other processes' changes are taken up within some seconds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache

from survey.definition.model import Definition, Text
from survey.installation import Installation, find_definition
from survey.language import Translated, say_instead
from survey.store import rounds, translations
from survey.translating.places import translate_definition
from survey.translating.sets import TRANSLATED, Set, is_reviewed, list_entries, list_survey_entries

SECONDS = 5.0  # how old what is said may be
_taken_up: dict[str, tuple[int, int]] = {}


def find_newest(installation: Installation) -> int:
    """A number that is another whenever a translated text was changed, at most five seconds ago."""
    return read_newest(installation, int(time.monotonic() / SECONDS))


@lru_cache(maxsize=8)
def read_newest(installation: Installation, _now: int) -> int:
    with installation.database.read() as connection:
        return translations.find_newest(connection)


def keep_up(installation: Installation) -> None:
    """Say the screens' texts as people have made them, where that has changed since it was last asked."""
    now = (id(installation), find_newest(installation))
    known = _taken_up.get("screens")
    if known == now or (known is None and not now[1]):
        return
    for language in TRANSLATED:
        entries = list_entries(installation, Set(), language.code)
        texts = {one.key: one.kept.texts for one in entries if one.kept is not None}
        say_instead(language.code, Translated(texts, is_reviewed(entries)))
    _taken_up["screens"] = now


def find_dimensions(installation: Installation, survey: str) -> Mapping[str, Text]:
    """What the dimensions of the newest version of a survey are called, in residents' languages too.

    Empty for a survey that is not there.
    """
    return read_dimensions(installation, survey, find_newest(installation))


@lru_cache(maxsize=16)
def read_dimensions(installation: Installation, survey: str, _newest: int) -> Mapping[str, Text]:
    with installation.database.read() as connection:
        versions = rounds.list_versions(connection, survey)
    if not versions:
        return {}
    shown, _ = translate_survey(installation, find_definition(installation, survey, versions[0]))
    return {one.id: one.text for one in shown.dimensions}


def translate_survey(installation: Installation, definition: Definition) -> tuple[Definition, frozenset[str]]:
    """The definition with its texts in residents' languages, and those languages that are not reviewed.

    It is for showing only: see translate_definition.
    """
    with installation.database.read() as connection:
        kept = translations.list_kept(connection, Set(definition.survey, definition.version).part)
    texts: dict[str, dict[str, str]] = {}
    drafts: set[str] = set()
    for language in TRANSLATED:
        mine = {key: one for (code, key), one in kept.items() if code == language.code}
        entries = list_survey_entries(installation, definition, language.code, mine)
        said = {one.key: one.said[0] for one in entries if one.said}
        if said:
            texts[language.code] = said
            drafts |= set() if is_reviewed(entries) else {language.code}
    return translate_definition(definition, texts), frozenset(drafts)
