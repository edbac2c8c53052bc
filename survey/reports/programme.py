"""The programme report: how has it gone in some areas over a span of years, and what was done?

Chapters: what matters most, what was decided, each area, what the areas share, how figures are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from survey.areas import Area
from survey.insight.news import list_news
from survey.insight.sentences import Teller
from survey.insight.told import CHANGING
from survey.language import pick_text
from survey.reports.appendix import make_appendix
from survey.reports.area_chapter import Chapter, make_chapter, tell_briefly
from survey.reports.committee import tell_footer
from survey.reports.deeds import list_deeds, name_dimensions, tell_deed
from survey.reports.document import Block, Bullets, Document, Heading, Paragraph, Table, Tone
from survey.reports.promises import find_strategy, list_framework_rows
from survey.reports.subject import Subject, find_best_lines, list_headlines
from survey.strategy.model import Framework

Tell = Callable[[int, int], None]  # how many steps of how many are done


def make_programme(subject: Subject, areas: Sequence[Area], *, tell: Tell) -> Document:
    """The whole report about some areas. `tell` is told after each area.

    Raises SurveyError span_outside, span_without_period.
    """
    words, wish = subject.words, subject.wish
    chapters: list[tuple[Subject, Teller, Chapter]] = []
    for number, area in enumerate(areas, start=1):
        mine = replace(subject, area=area)
        teller = find_best_lines(mine)
        chapters.append((mine, teller, make_chapter(mine, teller)))
        tell(number, len(areas))
    blocks = [
        *tell_most_important(subject, chapters),
        *tell_decided(subject, areas),
        Heading(1, words.say("report.programme.areas")),
        *(block for _, _, chapter in chapters for block in chapter.blocks),
        *tell_shared(subject, areas),
        *make_appendix(subject),
    ]
    span = {"first": words.month(wish.first), "last": words.month(wish.last)}
    names = ", ".join(one.name for one in areas)
    return Document(
        title=words.say("report.programme.title", **span),
        about=words.say("report.programme.about", survey=subject.name_survey(), areas=names),
        language=words.language.code[:2],
        footer=tell_footer(subject),
        contents=words.say("report.contents"),
        page_of=words.say("report.page_of"),
        blocks=tuple(blocks),
    )


def tell_most_important(
    subject: Subject, chapters: Sequence[tuple[Subject, Teller, Chapter]]
) -> Iterator[Block]:
    """Who may read it, what clearly changed where, and a table of all areas."""
    words = subject.words
    yield Heading(1, words.say("report.programme.most_important"))
    if not subject.is_public:
        threshold = words.number(chapters[0][1].trends.threshold)
        yield Paragraph(words.say("report.inside", threshold=threshold), Tone.WARNING)
    named = [
        words.say("report.programme.changed", area=mine.area.name, told=list_news(teller)[0])
        for mine, teller, _ in chapters
        if has_signal(teller)
    ]
    yield Bullets(tuple(named)) if named else Paragraph(words.say("report.programme.no_signal"))
    yield make_overview(subject, chapters)
    yield Paragraph(words.say("report.programme.no_ranking"), Tone.SMALL)


def has_signal(teller: Teller) -> bool:
    """Whether some line of an area changes by more than chance."""
    return any(
        one.change is not None and one.change.kind in CHANGING for one in teller.trends.series if one.is_asked
    )


def make_overview(subject: Subject, chapters: Sequence[tuple[Subject, Teller, Chapter]]) -> Table:
    """A row for each area: its headlines' latest figures, and how they go."""
    words, teller = subject.words, chapters[0][1]
    heads = [teller.name_dimension(one) for one in list_headlines(teller.trends)]
    rows = tuple(
        (mine.area.name, *(tell_briefly(told, one) for one in list_headlines(told.trends)))
        for mine, told, _ in chapters
    )
    return Table(words.say("report.programme.overview"), (words.say("trends.area"), *heads), rows)


def tell_decided(subject: Subject, areas: Sequence[Area]) -> Iterator[Block]:
    """What was decided for the areas and their counties, each with what residents answer there."""
    words, version = subject.words, find_strategy(subject)
    places = {one.code for one in areas} | {one.parent for one in areas if one.parent}
    frameworks = () if version is None else tuple(f for f in version.map.frameworks if f.area in places)
    if version is None or not frameworks:
        return
    yield Heading(1, words.say("report.programme.decided"))
    for framework in frameworks:
        yield from tell_framework(subject, framework)


def tell_framework(subject: Subject, framework: Framework) -> Iterator[Block]:
    """A framework: whose it is, and its items with the figures of its owner's area."""
    words, language = subject.words, subject.words.language.code
    rows = list_framework_rows(subject, framework)
    yield Heading(2, pick_text(framework.title, language))
    owner = words.say("strategy.owner", owner=pick_text(framework.owner, language))
    yield Paragraph(" ".join(filter(None, [owner, pick_text(framework.decided, language)])))
    yield Bullets(rows) if rows else Paragraph(words.say("report.promises_none"))


def tell_shared(subject: Subject, areas: Sequence[Area]) -> Iterator[Block]:
    """What is done in the counties of the areas, where those have no chapter of their own."""
    words, names = subject.words, name_dimensions(subject)
    there = {one.code for one in areas}
    counties = dict.fromkeys(one.parent for one in areas if one.parent and one.parent not in there)
    told: list[Block] = []
    for code in counties:
        county = subject.installation.areas.find(code)
        mine = replace(subject, area=county)
        rows = tuple(tell_deed(mine, one, names) for one in list_deeds(mine))
        if rows:
            told += [Heading(2, county.name), Bullets(rows)]
    if told:
        yield Heading(1, words.say("report.programme.shared"))
        yield from told
        yield Paragraph(words.say("plan.not_because"), Tone.SMALL)
