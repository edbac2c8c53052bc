"""What does a letter say of what has happened with proposals? Never a resident's words, never a comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.areas import Area
from survey.digest.abouts import LINKS, About
from survey.digest.letters import Letter, draw_letter, find_end, make_address
from survey.installation import Installation
from survey.language import Words, speak
from survey.proposals.faults import EASY
from survey.proposals.news import News, NewsKind
from survey.store.proposals import Proposal

MOST_CHAPTERS = 10  # proposals in one letter; the rest is on the page
DECISIONS = (NewsKind.ACCEPTED, NewsKind.DECLINED)


@dataclass(frozen=True)
class Chapter:
    """What is new of a proposal, and the area on whose page it stands."""

    proposal: Proposal
    news: tuple[News, ...]
    area: Area


@dataclass(frozen=True)
class Told:
    """A chapter in words. `reason` is in Swedish, as it was written, and empty for none."""

    title: str
    place: str
    sentences: tuple[str, ...]
    reason: str
    link: str


def write_happened(
    installation: Installation, chapters: Sequence[Chapter], language: str, *, leave: str
) -> Letter:
    """What is new, a chapter for each proposal. `leave` is the secret of the link that ends such letters."""
    words, name = speak(language), installation.settings.installation_name
    more = len(chapters) - MOST_CHAPTERS
    end = find_end(installation, About.HAPPENED, leave, language)
    facts = {
        "title": words.say("light.follow.letter_title"),
        "chapters": [tell_chapter(installation, one, words) for one in chapters[:MOST_CHAPTERS]],
        "more": words.count("light.follow.letter_more", more) if more > 0 else "",
        "places": make_address(installation, LINKS[About.HAPPENED].back, language),
        "name": name,
        "leave": end,
    }
    subject = words.say("light.follow.letter_subject", name=name)
    return draw_letter("happened", subject, words, facts, leave=end)


def tell_chapter(installation: Installation, chapter: Chapter, words: Words) -> Told:
    """A chapter in a reader's language. A reason is no easy-to-read text; the page has one that is."""
    proposal = chapter.proposal
    is_decided = any(one.kind in DECISIONS for one in chapter.news)
    page = f"{LINKS[About.HAPPENED].back}/{chapter.area.code}"
    return Told(
        proposal.title,
        installation.areas.find(proposal.area).name,
        tuple(tell_news(words, one) for one in chapter.news),
        proposal.reason if is_decided and words.language.code != EASY else "",
        make_address(installation, page, words.language.code),
    )


def tell_news(words: Words, one: News) -> str:
    """One piece of news as a sentence."""
    day, title = words.day(one.day), one.title.rstrip(".")
    return words.say(f"light.follow.news.{one.kind}", day=day, title=title)  # keys: light.follow.news.*
