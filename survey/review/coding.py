"""How somebody says which themes are in a comment and whether it may be quoted, and how that is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.text.asked import Asked
from analysis.text.themes import Found
from survey.comments.counting import read_themes
from survey.comments.reading import find_asked
from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.review.states import Deed, can_now
from survey.review.where_it_stands import check_can_now, find_comment_state
from survey.store import audits, comments, reviews
from survey.store.comments import Coding, Readable


@dataclass(frozen=True)
class ToCode:
    """A comment to code: no area, month, tone or score stands beside it."""

    id: bytes
    asked: Asked
    text: str
    suggested: tuple[Found, ...]
    quotable: bool


def describe(installation: Installation, survey: str, row: Readable) -> ToCode:
    """A comment as its reader sees it, with what the chain suggests."""
    suggested = tuple(Found(theme, words) for theme, words in read_themes(row).items())
    return ToCode(row.id, find_asked(installation, survey, row.question), row.text, suggested, row.quotable)


def count_coded(installation: Installation) -> int:
    """How many comments have been coded, by one or two readers."""
    with installation.database.read(newest=True) as connection:
        return reviews.count_coded_themes(connection)[""]


def code_comment(
    installation: Installation,
    comment_id: bytes,
    *,
    themes: Collection[str],
    quotable: bool,
    by: Person,
) -> None:
    """Keep which themes somebody saw in a comment, none of them too, and whether it may be quoted.

    Raises SurveyError: not_allowed, theme_unknown, comment_gone when it was taken back or withheld meanwhile,
    comment_taken when another has got it because it was kept too long.
    """
    check_can_do(Permission.CODE_COMMENTS, by=by)
    for theme in sorted(set(themes) - set(list_theme_codes(installation.settings))):
        raise SurveyError("theme_unknown", theme=theme[:40])
    coding = Coding(comment_id, by.name, tuple(sorted(themes)), installation.today())
    with installation.database.write() as connection:
        before = comments.find_readable(connection, comment_id)
        if before is None:
            raise SurveyError("comment_gone")
        if not reviews.finish_slot(connection, comment_id, by.name):
            raise SurveyError("comment_taken")
        comments.add_coding(connection, coding)
        subject = comment_id.hex()
        audits.add_event(connection, "comment coded", subject, by=by.name, themes=len(coding.themes))
        wanted = quotable and can_now(find_comment_state(connection, comment_id), Deed.CLEAR)
        if before.quotable != wanted:
            comments.set_quotable(connection, comment_id, quotable=wanted)
            action = "comment cleared to be quoted" if wanted else "comment no longer quoted"
            audits.add_event(connection, action, subject, by=by.name)


def code_again(installation: Installation, comment_id: bytes, *, themes: Collection[str], by: Person) -> None:
    """Change one's own coding of a comment that is coded in two ways.

    Raises SurveyError: not_allowed, comment_gone, comment_state when it is not coded in two ways any more, or
    when one has not coded it.
    """
    check_can_do(Permission.CODE_COMMENTS, by=by)
    coding = Coding(comment_id, by.name, tuple(sorted(themes)), installation.today())
    with installation.database.write() as connection:
        check_can_now(connection, comment_id, Deed.CODE_ANEW)
        if by.name not in {one.coder for one in comments.list_codings_of(connection, comment_id)}:
            raise SurveyError("comment_state")
        comments.add_coding(connection, coding)
        audits.add_event(
            connection, "comment coded anew", comment_id.hex(), by=by.name, themes=len(coding.themes)
        )
