"""What may be written about a proposal, and everything that is wrong with it at once?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.following.faults import MOST_IN_TITLE, join_lines, list_place_faults, list_text_faults
from survey.installation import Installation
from survey.people.roles import Person
from survey.proposals.policies import MOST_ANSWER_DAYS
from survey.strategy.versions import find_current

MOST_IN_TEXT = 1_000  # characters of a proposal: one thing, why, and how
MOST_IN_REASON = 600  # of a decision's reason
MOST_IN_FEEDBACK = 600  # of each part of what residents are told
MOST_QUOTES = 5  # behind one proposal

EASY, ENGLISH, SWEDISH = "sv-x-lattlast", "en", "sv"
PARTS = ("heard", "decided", "done")
Texts = Mapping[str, Mapping[str, str]]  # by language, then by part


@dataclass(frozen=True)
class NewProposal:
    """What somebody wrote of a proposal: promise, theme and quotes may be left out.

    A promise is an item of a framework of the strategy map. Quotes are the ids of cleared comments.
    """

    title: str
    text: str
    dimension: str
    framework: str = ""
    item: str = ""
    theme: str = ""
    quotes: tuple[bytes, ...] = ()


def list_proposal_faults(
    installation: Installation, new: NewProposal, *, survey: str, area: str, by: Person
) -> Iterator[SurveyError]:
    """Everything that is wrong with a proposal, but for the comments behind it."""
    yield from list_place_faults(installation, survey, area, (new.dimension,))
    yield from list_text_faults("proposal_title", new.title, most=MOST_IN_TITLE)
    yield from list_text_faults("proposal_text", new.text, most=MOST_IN_TEXT)
    if new.theme and new.theme not in list_theme_codes(installation.settings):
        yield SurveyError("theme_unknown", theme=new.theme[:40])
    if (new.framework or new.item) and not is_promise(installation, new.framework, new.item, by=by):
        yield SurveyError("proposal_promise_unknown")
    if len(new.quotes) > MOST_QUOTES:
        yield SurveyError("proposal_quotes_many", most=MOST_QUOTES)


def is_promise(installation: Installation, framework: str, item: str, *, by: Person) -> bool:
    """Whether the strategy map has an item whose text is known."""
    found = find_current(installation, viewer=by).map.find_framework(framework)
    known = found.find_item(item) if found is not None else None
    return known is not None and known.is_known


def list_reason_faults(reason: str) -> Iterator[SurveyError]:
    """What is wrong with a reason that everybody will read."""
    yield from list_text_faults("proposal_reason", reason, most=MOST_IN_REASON)


def list_date_faults(typed: str, *, today: date) -> Iterator[SurveyError]:
    """What is wrong with a promised day: it is written as 2026-11-21, and is today or later."""
    day = read_day(typed)
    if day is None:
        yield SurveyError("proposal_day_wrong", day=join_lines(typed)[:20])
    elif day < today:
        yield SurveyError("proposal_day_past", day=day.isoformat())
    elif day > today + timedelta(days=MOST_ANSWER_DAYS):
        yield SurveyError("proposal_day_far", day=day.isoformat())


def read_day(typed: str) -> date | None:
    """The day that was typed, None when it is none."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def list_feedback_faults(texts: Texts) -> Iterator[SurveyError]:
    """Everything that is wrong with what residents are to be told.

    Swedish and easy-to-read Swedish say what was heard and decided, and what was done where the other does;
    English says all that Swedish does or nothing.
    """
    swedish = texts.get(SWEDISH, {})
    for language in (SWEDISH, EASY, ENGLISH):
        said = {part: texts.get(language, {}).get(part, "") for part in PARTS}
        may_be_empty = language == ENGLISH and not any(join_lines(one) for one in said.values())
        for part in PARTS:
            needed = part != "done" or bool(join_lines(swedish.get("done", "")))
            yield from list_text_faults(
                f"proposal_{part}_{language.replace('-', '_')}",  # keys: error.proposal_*
                said[part],
                most=MOST_IN_FEEDBACK,
                may_be_empty=may_be_empty or not needed,
            )
    easy_done, swedish_done = texts.get(EASY, {}).get("done", ""), swedish.get("done", "")
    if join_lines(easy_done) and not join_lines(swedish_done):
        yield SurveyError("proposal_done_sv_missing")
