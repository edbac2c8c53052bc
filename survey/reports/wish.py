"""What may a report be asked for, and what is wrong with what somebody asked?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from survey.errors import SurveyError
from survey.insight.choice import DEFAULT_MONTHS, RESIDENTS_SURVEY, check_month, read_span, shift_back
from survey.insight.published import list_all_publications
from survey.installation import Installation
from survey.language import WHOLE_LANGUAGES
from survey.people.permissions import check_can_do
from survey.people.reach import NOWHERE, find_reach, is_within
from survey.people.roles import VISITOR, Permission, Person, Role
from survey.store import organisations
from survey.store.database import Connection
from survey.store.organisations import Organisation

W = TypeVar("W", bound=StrEnum)
MOST_AREAS = 60
MONTHS_OF_PROGRAMME = 36  # three years, as the political programme is followed up


class Kind(StrEnum):
    """Which paper: one page for a committee, or a programme over a span of years."""

    COMMITTEE = "committee"
    PROGRAMME = "programme"


class Format(StrEnum):
    """What the paper is a file of."""

    PDF = "pdf"
    WORD = "docx"


class Readers(StrEnum):
    """Who the paper is for: everybody, or those who see signed-in figures."""

    PUBLIC = "public"
    INSIDE = "inside"


MEDIA: Mapping[Format, str] = {
    Format.PDF: "application/pdf",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Wish:
    """A report that is asked for: about areas (a committee page about one), from a month to a month.

    `organisation` is the id of whose committee it is, empty for an area as such.
    """

    kind: Kind
    areas: tuple[str, ...]
    first: str
    last: str
    format: Format = Format.PDF
    readers: Readers = Readers.PUBLIC
    organisation: str = ""
    language: str = "sv"
    survey: str = RESIDENTS_SURVEY

    def find_viewer(self, role: str) -> Person:
        """Whose eyes its figures are seen with: everybody's, or those of the role that asked."""
        return VISITOR if self.readers is Readers.PUBLIC else Person(Role(role))


@dataclass(frozen=True)
class Asked:
    """What somebody chose, as it was written; empty is as usual."""

    kind: str = Kind.COMMITTEE
    areas: tuple[str, ...] = ()
    organisation: str = ""
    first: str = ""
    last: str = ""
    format: str = Format.PDF
    readers: str = Readers.PUBLIC
    language: str = "sv"


def read_wish(installation: Installation, asked: Asked, *, by: Person) -> Wish:
    """The wish that was asked for.

    Raises SurveyError not_allowed, and what is wrong first: report_kind_unknown, report_format_unknown,
    report_readers_unknown, organisation_unknown, report_organisation_without_area, area_unknown,
    report_areas_none, report_areas_many, report_one_area, report_area_elsewhere, nothing_published,
    span_wrong, report_span_turned, report_span_empty.
    """
    check_can_do(Permission.SEE_SIGNED_IN_FIGURES, by=by)
    kind = read_one(Kind, asked.kind, "report_kind_unknown")  # keys: error.report_kind_unknown
    form = read_one(Format, asked.format, "report_format_unknown")  # keys: error.report_format_unknown
    readers = read_one(Readers, asked.readers, "report_readers_unknown")  # keys: error.report_readers_unknown
    language = asked.language if asked.language in WHOLE_LANGUAGES else "sv"
    with installation.database.read(newest=True) as connection:
        areas = read_areas(installation, connection, asked, kind)
        if readers is Readers.INSIDE:
            check_may_report(installation, connection, areas, by=by)
    first, last = read_months(installation, asked, kind)
    organisation = asked.organisation if kind is Kind.COMMITTEE else ""
    return Wish(kind, areas, first, last, form, readers, organisation, language)


def read_one(kinds: type[W], value: str, code: str) -> W:
    """One of some words. Raises SurveyError with a code for another."""
    try:
        return kinds(value)
    except ValueError:
        raise SurveyError(code, value=value[:20]) from None


def read_areas(
    installation: Installation, connection: Connection, asked: Asked, kind: Kind
) -> tuple[str, ...]:
    """The codes of the areas; that of an organisation where one is named."""
    chosen = asked.areas
    if kind is Kind.COMMITTEE and asked.organisation:
        chosen = (find_area_of(find_organisation(connection, asked.organisation), connection),)
    areas = tuple(dict.fromkeys(installation.areas.find(code).code for code in chosen if code))
    if not areas:
        raise SurveyError("report_areas_none")
    if kind is Kind.COMMITTEE and len(areas) > 1:
        raise SurveyError("report_one_area")
    if len(areas) > MOST_AREAS:
        raise SurveyError("report_areas_many", most=MOST_AREAS)
    return areas


def find_organisation(connection: Connection, organisation: str) -> Organisation:
    """Raises SurveyError organisation_unknown."""
    known = organisations.list_organisations(connection)
    found = next((one for one in known if one.id == organisation), None)
    if found is None:
        raise SurveyError("organisation_unknown")
    return found


def find_area_of(organisation: Organisation, connection: Connection) -> str:
    """The area of an organisation, or of the nearest it belongs to.

    Raises SurveyError report_organisation_without_area.
    """
    known = {one.id: one for one in organisations.list_organisations(connection)}
    at: Organisation | None = organisation
    while at is not None and not at.area:
        at = known.get(at.parent or "")
    if at is None:
        raise SurveyError("report_organisation_without_area", organisation=organisation.name)
    return at.area


def check_may_report(
    installation: Installation, connection: Connection, areas: tuple[str, ...], *, by: Person
) -> None:
    """Raises SurveyError report_area_elsewhere for a paper of signed-in figures about others' areas: paper is
    carried on, and what is for inside use is made by those who work there."""
    reach = find_reach(connection, by=by)
    for area in areas:
        if reach == NOWHERE or not is_within(installation, area, reach):
            raise SurveyError("report_area_elsewhere", area=installation.areas.find(area).name)


def read_months(installation: Installation, asked: Asked, kind: Kind) -> tuple[str, str]:
    """The first and the last month, the usual where none is said.

    Raises SurveyError nothing_published, span_wrong, report_span_turned, report_span_empty.
    """
    known = sorted(one.month for one in list_all_publications(installation, RESIDENTS_SURVEY))
    if not known:
        raise SurveyError("nothing_published")
    for month in filter(None, (asked.first, asked.last)):
        check_month(month)
    if asked.first and asked.last and asked.first > asked.last:
        raise SurveyError("report_span_turned", first=asked.first[:10], last=asked.last[:10])
    months = MONTHS_OF_PROGRAMME if kind is Kind.PROGRAMME else DEFAULT_MONTHS
    last = asked.last or known[-1]
    said = {"to": last, "from": asked.first or shift_back(last, months)}
    first, last = read_span(installation, RESIDENTS_SURVEY, said)
    if last < known[0] or first > known[-1]:
        raise SurveyError("report_span_empty", first=known[0], last=known[-1])
    return first, last


def write_wish(wish: Wish) -> dict[str, object]:
    """The wish as it is stored."""
    return {**vars(wish), "areas": list(wish.areas)}


def open_wish(stored: Mapping[str, object]) -> Wish:
    """The wish of what is stored."""
    text = {name: str(value) for name, value in stored.items() if name != "areas"}
    areas = stored.get("areas")
    codes = tuple(str(one) for one in areas) if isinstance(areas, list) else ()  # type: ignore[reportUnknownVariableType]
    wish = Wish(Kind(text["kind"]), codes, text["first"], text["last"])
    return replace(
        wish,
        format=Format(text["format"]),
        readers=Readers(text["readers"]),
        organisation=text["organisation"],
        language=text["language"],
        survey=text["survey"],
    )


def list_area_names(installation: Installation, wish: Wish) -> Iterator[str]:
    """What the areas of a wish are called."""
    for code in wish.areas:
        if installation.areas.has(code):
            yield installation.areas.find(code).name


def list_committees(installation: Installation) -> tuple[Organisation, ...]:
    """The organisations that a committee page can be made for: those that an area is written down for."""
    with installation.database.read() as connection:
        return tuple(one for one in organisations.list_organisations(connection) if one.area)


def widen_areas(installation: Installation, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas, and after each county its municipalities."""
    return tuple(
        dict.fromkeys(
            code for area in areas for code in (area, *(o.code for o in installation.areas.within(area)))
        )
    )
