"""In which language does a survey's text stand, where that is not the reader's own?"""

from __future__ import annotations

from functools import lru_cache

from survey.answering.journey import Survey
from survey.definition.model import Text
from survey.language import LANGUAGES, Language, Words, pick_language
from survey.translating.places import ABOUT_ALL


def find_other(text: Text, words: Words) -> str:
    """The language of a text for those who read it in `words`; empty where it is theirs.

    Easy-to-read Swedish and Swedish are one language to whoever listens to the page.
    """
    found = pick_language(text, words.language.code)
    same = (words.language.code, "" if words.language.is_translated else words.language.falls_back_to)
    return "" if found in same else found


@lru_cache(maxsize=256)
def find_other_of(survey: Survey, words: Words) -> Language | None:
    """Another language that some of a survey's texts are in, which its reader is told; None where none is.

    Municipalities' names are the same in every language and are not told of.
    """
    definition = survey.definition
    texts: list[Text | None] = [getattr(definition, name) for name in ABOUT_ALL]
    for part, asked in survey.parts:
        texts += [part.title, part.lead]
        for one in asked:
            options = definition.list_options(one.question)
            texts += [one.question.text, one.question.help, *(option.text for option in options)]
    others = {find_other(text, words) for text in texts if text} - {""}
    return next((LANGUAGES[code] for code in sorted(others) if code in LANGUAGES), None)


def is_draft(survey: Survey, words: Words) -> bool:
    """Whether a page of a survey shows translated texts that nobody has reviewed."""
    return not words.is_reviewed or words.language.code in survey.drafts
