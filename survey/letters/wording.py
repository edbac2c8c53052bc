"""What does a letter say, in a language and for a round that is anonymous or confidential?"""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from survey.definition.model import Definition
from survey.installation import Installation, find_definition
from survey.language import LANGUAGES, Language, Words, pick_text, speak
from survey.store.rounds import Round
from survey.translating.current import translate_survey

KEY_PATH = "/k"


@dataclass(frozen=True)
class Wording:
    """The texts of a letter, the same for everybody who gets it."""

    language: str
    sender: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    scan: str
    type: str
    picture: str
    address: str


def find_address(installation: Installation, *, path: str = KEY_PATH, asked_at: str = "") -> str:
    """The address of a page as people reach it: the setting's, else the one the coordinator is at."""
    settings = installation.settings
    begins = settings.public_address or asked_at or settings.address
    return begins.rstrip("/") + path


def shorten_address(address: str) -> str:
    """An address as it is printed, to be typed."""
    return address.partition("://")[2]


def write_letter(installation: Installation, round_: Round, language: str, *, address: str) -> Wording:
    """The letter with a code. Anonymous and confidential rounds never get each other's sentences."""
    words, definition = speak(language), find_definition(installation, round_.survey, round_.version)
    shown, _ = translate_survey(installation, definition)
    return Wording(
        words.language.locale[:2],
        installation.settings.installation_name,
        pick_text(definition.title, language),
        list_first(definition, words, demo=installation.is_demo),
        (
            words.say(f"letter.promise_{round_.mode}"),  # keys: letter.promise_*
            words.say("letter.voluntary"),
            words.say("letter.closes", day=words.day(round_.closes)),
            words.say("letter.languages", languages=name_languages(shown, words)),
        ),
        words.say("letter.scan"),
        words.say("letter.type"),
        words.say("letter.picture"),
        shorten_address(address),
    )


def name_languages(definition: Definition, words: Words) -> str:
    """The languages that a survey can be read in, as the letter's language names them."""
    named = [name_language(LANGUAGES[code], words) for code in definition.languages if code in LANGUAGES]
    return words.listing(named)


def name_language(language: Language, words: Words) -> str:
    """What a language is called in another: arabiska. Easy-to-read Swedish has a name of our own."""
    if language.falls_back_to and not language.is_translated:
        return words.say("letter.easy")
    return Locale.parse(language.code).get_language_name(words.language.locale) or language.name


def list_first(definition: Definition, words: Words, *, demo: bool) -> tuple[str, ...]:
    """What the survey is about, and how long it takes."""
    language = words.language.code
    said = [pick_text(definition.intro, language)]
    if definition.minutes.short is None:
        said.append(words.say("letter.minutes", minutes=words.number(definition.minutes.full)))
    else:
        facts = {"full": definition.minutes.full, "short": definition.minutes.short}
        said.append(words.say("letter.minutes_choose", **{k: words.number(v) for k, v in facts.items()}))
    if definition.min_age:
        said.append(words.say("answer.min_age", age=words.number(definition.min_age)))
    return (words.say("letter.demo"), *said) if demo else tuple(said)


def write_reminder(installation: Installation, round_: Round, language: str, *, address: str) -> Wording:
    """The letter without a code that everybody of an anonymous round gets: nobody knows who has answered."""
    words, definition = speak(language), find_definition(installation, round_.survey, round_.version)
    return Wording(
        words.language.locale[:2],
        installation.settings.installation_name,
        words.say("letter.reminder_title", title=pick_text(definition.title, language)),
        (
            words.say("letter.reminder_thanks"),
            words.say("letter.reminder_why"),
            words.say("letter.reminder_how", address=shorten_address(address)),
        ),
        (
            words.say("letter.promise_anonymous"),
            words.say("letter.voluntary"),
            words.say("letter.closes", day=words.day(round_.closes)),
        ),
        "",
        "",
        "",
        shorten_address(address),
    )
