"""How is a page at the door drawn: a heading, sentences, one form, and ways on?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.responses import Response

from survey.errors import SurveyError
from survey.language import Words
from survey.light.draw import draw
from survey.people.faults import list_faults_of

ACCOUNT, SIGN_OUT = "/account", "/logga-ut"
GONE, NOT_FOUND, FORBIDDEN, TOO_MANY, MENDING, OUR_FAULT = 410, 404, 403, 429, 422, 503
STATUS = {
    "link_old": GONE,
    "not_for_demonstration": NOT_FOUND,
    "provider_off": NOT_FOUND,
    "posted_elsewhere": FORBIDDEN,
    "not_allowed": FORBIDDEN,
    "signed_out": FORBIDDEN,
    "form_too_large": 413,
    "form_unreadable": 400,
    "sign_in_wait": TOO_MANY,
    "sign_in_crowded": TOO_MANY,
    "too_many_tries": TOO_MANY,
}
OURS = ("database_", "fault", "key_", "mail_", "not_started")  # how codes begin that are no visitor's doing


@dataclass(frozen=True)
class Field:
    """A line to fill in. `autocomplete` tells password managers and browsers what it is for."""

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = "off"
    hint: str = ""
    value: str = ""
    keys: str = ""  # the kind of keyboard of a phone


@dataclass(frozen=True)
class Button:
    """Something to press: a link where it has an address, else a button that sends `value` as `name`."""

    label: str
    path: str = ""
    name: str = ""
    value: str = ""
    is_second: bool = False


@dataclass(frozen=True)
class Page:
    """What a page at the door says and asks. `picture` is SVG of ours; every other sign is escaped."""

    title: str
    told: Sequence[str] = ()
    fields: Sequence[Field] = ()
    hidden: Mapping[str, str] = field(default_factory=dict[str, str])
    buttons: Sequence[Button] = ()
    ways: Sequence[Button] = ()
    picture: str = ""
    picture_label: str = ""
    to_copy: Sequence[str] = ()
    copy_told: str = ""  # what stands above what is to be copied
    path: str = ""  # where the form goes
    notice: str = ""
    here: str = ""  # where a language's link comes back to; none for a page that is shown once


def find_status(wrong: SurveyError) -> int:
    """The HTTP status of what went wrong: ours, or what the visitor is to mend."""
    if wrong.code in STATUS:
        return STATUS[wrong.code]
    return OUR_FAULT if wrong.code.startswith(OURS) else MENDING


def draw_page(words: Words, page: Page, *, trouble: SurveyError | None = None, status: int = 200) -> Response:
    """A page in the reader's language, with everything that is wrong above its form."""
    status = status if trouble is None else find_status(trouble)
    troubles = [] if trouble is None else list(dict.fromkeys(write_problems(words, trouble)))
    return draw("entry.html", words, status=status, page=page, troubles=troubles)


def write_problems(words: Words, wrong: SurveyError) -> tuple[str, ...]:
    """The sentences of everything that is wrong."""
    return tuple(words.explain(one) for one in list_faults_of(wrong))


def write_problem(words: Words, wrong: SurveyError) -> str:
    return " ".join(write_problems(words, wrong))
