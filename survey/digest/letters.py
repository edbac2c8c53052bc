"""What does a letter say, as plain text and as HTML?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from survey.areas import Area
from survey.digest.abouts import LINKS, About
from survey.digest.addresses import Wish
from survey.digest.news import AreaNews, find_path
from survey.installation import Installation
from survey.language import Words, speak
from survey.mail.envelope import Text

MOST_SENTENCES = 5
FOOT_LINE = "-- "  # what mailboxes know as the beginning of a letter's foot
NO_LINK = "…"  # stands in a preview where a letter has its reader's own link
CONFIRMATION = {About.SIGNALS: "digest.confirm", About.HAPPENED: "light.follow.confirm"}  # its texts

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


@dataclass(frozen=True)
class Letter(Text):
    """A letter in its two forms."""

    @property
    def body(self) -> str:
        """The plain form without what stands under its line: why it came, and the link that ends it."""
        return self.plain.partition(f"\n{FOOT_LINE}\n")[0].strip()


@dataclass(frozen=True)
class Told:
    """Which publications a letter is about: until which month, and which months were corrected."""

    month: str
    corrected: tuple[str, ...] = ()


def write_digest(
    installation: Installation, found: Sequence[AreaNews], told: Told, language: str, *, leave: str
) -> Letter:
    """What has changed in some areas, five sentences at most: what is new, then what goes on; and where
    nothing changed, that. `leave` is the link's secret."""
    words = speak(language)
    news = sorted((one for area in found for one in area.news), key=lambda one: one.order)
    first = news[:MOST_SENTENCES]
    month, end = words.month(told.month), find_end(installation, About.SIGNALS, leave, language)
    name = installation.settings.installation_name
    facts = {
        "title": words.say("digest.title", month=month),
        "month": month,
        "corrected": say_corrected(told, words),
        "new": [(one.sentence, find_address(installation, one.area)) for one in first if one.is_new],
        "going_on": [(one.sentence, find_address(installation, one.area)) for one in first if not one.is_new],
        "more": words.count("digest.more", len(news) - MOST_SENTENCES) if len(news) > MOST_SENTENCES else "",
        "quiet": list_quiet(found, words),
        "places": [(one.area.name, find_address(installation, one.area)) for one in found],
        "name": name,
        "leave": end,
    }
    subject = words.say("digest.subject", name=name, month=month)
    return draw_letter("digest", subject, words, facts, leave=end)


def find_end(installation: Installation, about: About, leave: str, language: str) -> str:
    """The link that ends letters; `leave` is its secret."""
    return make_address(installation, f"{LINKS[about].leave}/{leave}", language)


def write_confirmation(
    installation: Installation, wish: Wish, token: str, *, last_day: str, about: About = About.SIGNALS
) -> Letter:
    """The letter with the link that starts the others."""
    words, text = speak(wish.language), CONFIRMATION[about]
    name = installation.settings.installation_name
    names = [installation.areas.find(code).name for code in wish.areas if installation.areas.has(code)]
    facts = {
        "title": words.say(f"{text}_title"),  # keys: digest.confirm_*, light.follow.confirm_*
        "told": words.say(f"{text}_about", name=name, areas=words.listing(names)),  # keys: digest.confirm_*
        "do": words.say(f"{text}_do"),  # keys: digest.confirm_*
        "label": words.say(f"{text}_link"),  # keys: digest.confirm_*
        "not_you": words.say(f"{text}_not_you", day=last_day),  # keys: digest.confirm_*
        "link": make_address(installation, f"{LINKS[about].confirm}/{token}", wish.language),
    }
    subject = words.say(f"{text}_subject", name=name)  # keys: digest.confirm_*
    return draw_letter("confirm", subject, words, facts)


def draw_letter(
    template: str, subject: str, words: Words, facts: Mapping[str, object], *, leave: str = ""
) -> Letter:
    known = {**facts, "say": words.say, "language": words.language, "foot_line": FOOT_LINE}
    plain, html = (environment.get_template(f"{template}.{kind}").render(known) for kind in ("txt", "html"))
    return Letter(subject, plain, words.language.code, html, leave)


def list_quiet(found: Sequence[AreaNews], words: Words) -> list[str]:
    """A sentence for the areas that nothing changed in, and one for those that nothing can be said of."""
    quiet = [one.area.name for one in found if one.is_judged and not one.news]
    unjudged = [one.area.name for one in found if not one.is_judged and not one.news]
    told = [words.say("digest.quiet", areas=words.listing(quiet))] if quiet else []
    return told + ([words.say("digest.unjudged", areas=words.listing(unjudged))] if unjudged else [])


def say_corrected(told: Told, words: Words) -> str:
    """Which months were corrected; empty when none was."""
    if not told.corrected:
        return ""
    return words.say("digest.corrected", months=words.listing(words.month(one) for one in told.corrected))


def make_address(installation: Installation, path: str, language: str = "") -> str:
    """A whole address of ours, in a language where one is given."""
    asked = f"?{urlencode({'sprak': language})}" if language else ""
    return installation.settings.public_address.rstrip("/") + path + asked


def find_address(installation: Installation, area: Area) -> str:
    """Where an area's trends are."""
    return make_address(installation, find_path(area))


def list_areas(installation: Installation, wish: Wish) -> tuple[Area, ...]:
    """The areas of a wish that the installation still has."""
    return tuple(installation.areas.find(code) for code in wish.areas if installation.areas.has(code))
