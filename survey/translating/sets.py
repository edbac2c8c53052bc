"""Which sets of texts are translated, and how far has each of their texts come in a language?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale
from babel.messages.plurals import get_plural

from survey.definition.model import Definition
from survey.installation import Installation, find_definition
from survey.language import DEFAULT_LANGUAGE, LANGUAGES, Language
from survey.store import rounds, translations
from survey.store.translations import Kept
from survey.translating.places import list_texts
from survey.translating.screens import list_resident_keys, read_texts
from survey.translating.states import Entry, State
from survey.translating.survey_files import read_files

SCREENS = "screens"
ENGLISH = "en"
TRANSLATED: tuple[Language, ...] = tuple(one for one in LANGUAGES.values() if one.is_translated)


@dataclass(frozen=True)
class Set:
    """Texts that are translated together: those of the screens, or those of a survey in a version."""

    survey: str = ""
    version: str = ""

    @property
    def part(self) -> str:
        """What the set is called where it is stored."""
        return f"{self.survey}/{self.version}" if self.survey else SCREENS


def list_sets(installation: Installation) -> tuple[Set, ...]:
    """The screens, and the newest version of each survey that residents answer."""
    with installation.database.read() as connection:
        named = [(one, rounds.list_versions(connection, one)[0]) for one in rounds.list_surveys(connection)]
    newest = [find_definition(installation, *one) for one in named]
    return (Set(), *(Set(one.survey, one.version) for one in newest if is_for_residents(one)))


def is_for_residents(definition: Definition) -> bool:
    """Whether residents answer a survey: it asks where they live, which one for the panel does not."""
    return definition.find_key("municipality") is not None


def list_entries(installation: Installation, of: Set, language: str) -> tuple[Entry, ...]:
    """Every text of a set in a language, in the order they are read.

    Raises SurveyError definition_unknown for a survey that is not there.
    """
    with installation.database.read() as connection:
        kept = translations.list_kept(connection, of.part)
    mine = {key: one for (code, key), one in kept.items() if code == language}
    if not of.survey:
        return list_screen_entries(language, mine)
    definition = find_definition(installation, of.survey, of.version)
    return list_survey_entries(installation, definition, language, mine)


def list_screen_entries(language: str, kept: Mapping[str, Kept]) -> tuple[Entry, ...]:
    swedish, english, drafted = (read_texts(one) for one in (DEFAULT_LANGUAGE, ENGLISH, language))
    counted = count_forms(language)
    return tuple(
        Entry(
            key,
            swedish[key].forms,
            english[key].forms,
            drafted[key].forms if key in drafted else (),
            drafted[key].made_from if key in drafted else "",
            counted if len(swedish[key].forms) > 1 else 1,
            kept.get(key),
        )
        for key in list_resident_keys()
    )


def count_forms(language: str) -> int:
    """How many forms a counted text has in a language, as gettext has them: one in Persian, six in Arabic."""
    return get_plural(Locale.parse(LANGUAGES[language].locale)).num_plurals


def list_survey_entries(
    installation: Installation, definition: Definition, language: str, kept: Mapping[str, Kept]
) -> tuple[Entry, ...]:
    files = read_files(installation.settings.surveys_dir, definition.survey, definition.version)
    drafted = files.get(language, {})
    return tuple(
        Entry(
            name,
            (text.get(DEFAULT_LANGUAGE, ""),),
            (text.get(ENGLISH, ""),),
            (drafted[name].said,) if name in drafted else (),
            drafted[name].made_from if name in drafted else "",
            kept=kept.get(name),
        )
        for name, text in list_texts(definition).items()
    )


def is_reviewed(entries: tuple[Entry, ...]) -> bool:
    """Whether a person has approved every text of a set."""
    return all(one.state is State.APPROVED for one in entries)


def count_states(entries: tuple[Entry, ...]) -> Mapping[State, int]:
    """How many texts are in each state, those with none too."""
    return {state: sum(one.state is state for one in entries) for state in State}
