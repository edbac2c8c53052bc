"""How is a story, and the list of them, drawn as HTML: on the service and into files, by the same code?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from analysis.disclosure import Shown
from survey.installation import SWEDEN, Installation
from survey.language import Words
from survey.light.draw import draw_html, find_address
from survey.light.offer import Offer
from survey.story.directions import Directions
from survey.story.links import ICON, SHEETS, Links
from survey.story.opening import list_opening
from survey.story.people import list_tables, tell_people
from survey.story.story import Story, find_story
from survey.story.telling import name_dimension, tell_opening, tell_state, tell_year
from survey.story.view import Worded, view_chapters, view_decided, word_text
from survey.story.years import StoryYear

Named = tuple[str, str]  # an address or a key, and what its link says
Directed = tuple[Worded, Worded, list[tuple[Worded, list[Named]]]]


def draw_list(
    installation: Installation,
    years: Sequence[StoryYear],
    words: Words,
    links: Links,
    *,
    trouble: str = "",
    sheets: Sequence[str] = (),
    offer: Offer | None = None,
) -> str:
    """Every county with its municipalities and the years that can be read of."""
    areas = installation.areas
    return draw_html(
        "stories.html",
        words,
        **name_sheets(sheets),
        links=links,
        switch={"address": links.index},
        offer=offer,
        groups=[(county, areas.within(county.code)) for county in areas.counties],
        years=years,
        trouble=trouble,
    )


def draw_story(
    installation: Installation,
    code: str,
    year: str,
    words: Words,
    links: Links,
    *,
    told: Sequence[str] | None = None,
    sheets: Sequence[str] = (),
    offer: Offer | None = None,
) -> str:
    """The story of an area's year. `told` are the years that it links to, all when none are named.

    Raises SurveyError area_unknown, year_unknown, and database_*.
    """
    story = find_story(installation, code, year)
    return draw_html(
        "story.html",
        words,
        **name_sheets(sheets),
        **view_story(installation, story, words, links, told),
        links=links,
        switch={"address": partial(links.story, code, year)},
        offer=offer,
    )


def view_story(
    installation: Installation, story: Story, words: Words, links: Links, told: Sequence[str] | None
) -> dict[str, object]:
    """All that stands in a story, ready to be drawn."""
    language = words.language.code
    return {
        "is_draft": not words.is_reviewed or language in story.drafts,
        "area": story.area,
        "year": story.year,
        "opening": [tell_opening(words, one, story) for one in list_opening(story)],
        "told_year": tell_year(words, story),
        "answers": tell_answers(words, story),
        "contents": list_contents(words, story),
        "chapters": view_chapters(installation, story, words),
        "directions": [direct(words, one, story) for one in story.directions],
        "others": view_decided(installation, story.others, story.area, words),
        "quotes": story.quotes,
        "hidden": list(tell_hidden(words, story)),
        "how_when": tell_when(words, story),
        "method": links.live("/metod", language),
        "people": list(tell_people(words, story.people)),
        "tables": list_tables(words, story.people),
        "turns": list_turns(words, story, links),
        "other_years": list_other_years(words, story, links, told),
        "county": link_county(words, story, links),
    }


def name_sheets(sheets: Sequence[str]) -> dict[str, str]:
    """The addresses of style sheets and icon: the service's own, or those of files beside the page."""
    if sheets:
        return {"css": sheets[0], "sheet": sheets[1], "icon": ICON}
    return {"sheet": find_address(SHEETS[1])}


def tell_answers(words: Words, story: Story) -> str:
    """How many answers are behind the story; empty where that is not shown."""
    found = story.people.answers
    if not isinstance(found, Shown) or story.people.period != story.year.period:
        return ""
    return words.say("light.story.answers", n=words.number(found.value))


def list_contents(words: Words, story: Story) -> list[Named]:
    """The chapters' keys and names, in order."""
    before = [("riktning", words.say("light.story.directions"))] if story.directions else []
    chapters = [(one.dimension.id, name_dimension(words, one.dimension)) for one in story.chapters]
    others = [("mer", words.say("light.story.decided_others"))] if story.others else []
    return [
        *before,
        *chapters,
        *others,
        ("ord", words.say("light.story.quotes")),
        ("dolt", words.say("light.story.not_shown")),
        ("sa-gjordes", words.say("light.story.how")),
        ("vilka", words.say("light.story.who")),
        ("vart", words.say("light.story.turn")),
    ]


def direct(words: Words, one: Directions, story: Story) -> Directed:
    """What a framework wants, each thing with links to the chapters that measure it and what they say."""
    items: list[tuple[Worded, list[Named]]] = []
    for item in one.items:
        goals = [
            (
                chapter.dimension.id,
                words.say(
                    "light.story.link_state",
                    name=name_dimension(words, chapter.dimension),
                    state=tell_state(words, chapter),
                ),
            )
            for chapter in story.chapters
            if chapter.dimension.id in item.dimensions
        ]
        items.append((word_text(words, item.text), goals))
    return word_text(words, one.framework.title), word_text(words, one.framework.owner), items


def tell_hidden(words: Words, story: Story) -> Iterator[str]:
    """What is hidden, what is told of a shorter time, and why; that nothing is."""
    names = [name_dimension(words, one.dimension) for one in story.chapters if one.is_hidden]
    parts = [
        name_dimension(words, one.dimension)
        for one in story.chapters
        if one.number.mean is not None and one.number.period != story.year.period
    ]
    groups = [gap for one in story.chapters for gap in one.gaps if gap.measured.now is None]
    if names:
        yield words.say("light.story.not_shown_numbers", names=words.listing(names))
    if parts and story.year.is_whole:
        is_all = len(parts) == len(story.chapters)
        told = words.say("light.story.all") if is_all else words.listing(parts)
        yield words.say("light.story.not_shown_parts", names=told)
    if groups:
        yield words.count("light.story.not_shown_groups", len(groups))
    if not (names or parts or groups):
        yield words.say("light.story.not_shown_nothing")
    yield words.say("light.story.not_shown_why", threshold=words.number(story.threshold))


def tell_when(words: Words, story: Story) -> str:
    """When the figures were published, and until which month they go."""
    day = words.day(story.publication.published.astimezone(SWEDEN).date())
    return words.say("light.story.how_when", day=day, month=words.month(story.year.last))


def list_turns(words: Words, story: Story, links: Links) -> list[tuple[str, str, bool]]:
    """Where a reader can answer, follow what happens, and see all figures, each with whether it is a page of
    the app; none where none can be reached."""
    code, language, name = story.area.code, words.language.code, story.area.name
    found = [
        (links.live("/e", language), words.say("light.story.turn_answer"), False),
        (
            links.live(f"/vad-hande-sen/{code}", language),
            words.say("light.story.turn_happened", area=name),
            False,
        ),
        (
            links.live(f"/trends?area={code}", language),
            words.say("light.story.turn_figures", area=name),
            True,
        ),
    ]
    return [one for one in found if one[0]]


def list_other_years(words: Words, story: Story, links: Links, told: Sequence[str] | None) -> list[Named]:
    """The same place in other years."""
    return [
        (links.story(story.area.code, one.code, words.language.code), one.code)
        for one in story.years
        if one.code != story.year.code and (told is None or one.code in told)
    ]


def link_county(words: Words, story: Story, links: Links) -> Named | None:
    """The story of the county that a municipality lies in; None of a county."""
    if story.county is None:
        return None
    address = links.story(story.county.code, story.year.code, words.language.code)
    return address, words.say("light.story.see_county", county=story.county.name)
