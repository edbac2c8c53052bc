"""What is wrong with a translated text?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

from survey.errors import SurveyError
from survey.translating.sets import Set
from survey.translating.states import Entry, Forms

COUNT = "n"  # the number of a counted text, which a form may say in words
MOST_CHARACTERS = 3_000  # of a translated text


def list_faults(of: Set, entry: Entry, forms: Forms) -> Iterator[SurveyError]:
    """Everything that is wrong with the forms of a text.

    translation_empty, translation_long, translation_forms; of the screens' also translation_braces,
    translation_fact_missing and translation_fact_unknown: surveys' texts have nothing put in.
    """
    if len(forms) != entry.forms:
        yield SurveyError("translation_forms", forms=entry.forms, given=len(forms))
    for form in forms:
        if not form.strip():
            yield SurveyError("translation_empty")
        if len(form) > MOST_CHARACTERS:
            yield SurveyError("translation_long", limit=MOST_CHARACTERS)
    if not of.survey:
        yield from list_fact_faults(entry, forms)


def list_fact_faults(entry: Entry, forms: Forms) -> Iterator[SurveyError]:
    """Every name in braces stands in each form, as in the Swedish, and no other does."""
    wanted = set[str]().union(*(list_facts(form) or () for form in entry.swedish))
    for form in forms:
        found = list_facts(form)
        if found is None:
            yield SurveyError("translation_braces")
            continue
        for name in sorted(wanted - found - {COUNT}):
            yield SurveyError("translation_fact_missing", fact=name)
        for name in sorted(found - wanted):
            yield SurveyError("translation_fact_unknown", fact=name)


def list_facts(text: str) -> set[str] | None:
    """The names in braces; None for braces that do not belong together or hold something else."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return None
    names = [name for _, name, _, _ in parsed if name is not None]
    plain = all(
        name.isidentifier() and not spec and how is None for _, name, spec, how in parsed if name is not None
    )
    return set(names) if plain else None


def tell_all(faults: Sequence[SurveyError]) -> Sequence[SurveyError]:
    """Each fault once, however many forms have it."""
    return list({(one.code, str(one.facts)): one for one in faults}.values())
