"""How were the figures of a report made, and which publications are they from?"""

from __future__ import annotations

from collections.abc import Iterator

from survey.insight.published import list_all_publications
from survey.installation import SWEDEN
from survey.publication.close import METHOD
from survey.reports.document import Block, Heading, Paragraph, Table
from survey.reports.subject import Subject

SECTIONS = ("who", "weights", "intervals", "hidden", "revisions", "lines", "scales")  # of the page Method


def make_appendix(subject: Subject) -> Iterator[Block]:
    """The method as its page tells it, and every publication of the span."""
    words, settings = subject.words, subject.installation.settings
    facts = {
        "method": METHOD,
        "public": words.number(settings.threshold_public),
        "signed_in": words.number(settings.threshold_signed_in),
    }
    yield Heading(1, words.say("report.method"))
    yield Paragraph(words.say("method.intro", **facts))
    for section in SECTIONS:
        yield Heading(2, words.say(f"method.{section}.title"))  # keys: method.*
        for paragraph in words.say(f"method.{section}.text", **facts).split("\n"):
            yield Paragraph(paragraph)
    yield Heading(1, words.say("report.publications"))
    yield make_publications(subject)


def make_publications(subject: Subject) -> Table:
    """A row for each publication of a month in the span, the newest first, corrections with their reason."""
    words, wish = subject.words, subject.wish
    known = list_all_publications(subject.installation, wish.survey)
    heads = ("month", "revision", "day", "method", "reason")
    rows = tuple(
        (
            words.month(one.month),
            words.number(one.revision),
            words.day(one.published.astimezone(SWEDEN).date()),
            f"{one.method}, {one.code_version}",
            one.reason,
        )
        for one in known
        if wish.first <= one.month <= wish.last
    )
    told = tuple(words.say(f"report.publication.{one}") for one in heads)  # keys: report.publication.*
    return Table("", told, rows, frozenset({1}))
