"""What can be asked for in an address, and everything that is wrong with what somebody asked?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from analysis.periods import PeriodKind
from survey.errors import SurveyError

MOST_VALUES = 50  # of one parameter that may be said several times
MOST_ROWS, USUAL_ROWS = 5_000, 1_000
Asked = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Parameter:
    """One part of a query. `choices` are the only values; `most` says that it is a number from 1 to that.

    What it is for is told in the catalogue, `api.parameter.NAME`.
    """

    name: str
    pattern: str = ""
    choices: tuple[str, ...] = ()
    most: int | None = None
    required: bool = False
    many: bool = False

    def takes(self, value: str) -> bool:
        """Whether a value is one that can be asked for."""
        if self.most is not None:
            return re.fullmatch("[1-9][0-9]{0,4}", value) is not None and int(value) <= self.most
        if self.choices:
            return value in self.choices
        return re.fullmatch(self.pattern, value) is not None


KINDS = tuple(kind.value for kind in PeriodKind)
MONTH = "(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
AREA = "[^/\\u0000-\\u001f]{1,20}(/[^/\\u0000-\\u001f]{1,40})?"
MEASURE = "[a-z][a-z0-9_]{0,39}(:(answer\\.)?[a-z0-9_]{1,40})?"
GROUP = "[a-z][a-z0-9_]{0,39}(\\.[a-z0-9_]{1,40})?(:[a-zA-Z0-9_-]{1,40})?"
SURVEY = "[a-z][a-z0-9_]{0,39}"

FROM, TO = Parameter("from", MONTH), Parameter("to", MONTH)
CELLS_PARAMETERS = (
    Parameter("area", AREA, many=True),
    Parameter("kind", choices=KINDS),
    FROM,
    TO,
    Parameter("measure", MEASURE, many=True),
    Parameter("group", GROUP, many=True),
    Parameter("limit", most=MOST_ROWS),
    Parameter("cursor", "[A-Za-z0-9_-]{24,1000}"),
)
SERIES_PARAMETERS = (
    Parameter("area", AREA, required=True),
    Parameter("measure", MEASURE, required=True),
    Parameter("kind", choices=KINDS, required=True),
    Parameter("group", GROUP),
    FROM,
    TO,
)


class AskedWronglyError(SurveyError):
    """A query with everything that is wrong in `faults`: (code of the fault, parameter)."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("query_wrong")  # keys: error.query_wrong
        self.faults = tuple(faults)


def read_query(query: bytes, parameters: Sequence[Parameter]) -> Asked:
    """What a query asks for, by parameter. Raises AskedWronglyError with everything that is wrong."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    said: dict[str, list[str]] = {}
    for name, value in pairs:
        said.setdefault(name, []).append(value)
    faults = list(list_faults(said, parameters))
    if faults:
        raise AskedWronglyError(faults)
    return {name: tuple(values) for name, values in said.items()}


def list_faults(
    said: Mapping[str, Sequence[str]], parameters: Sequence[Parameter]
) -> Iterator[tuple[str, str]]:
    """unknown, twice, many, wrong or missing, and the parameter."""
    known = {one.name: one for one in parameters}
    for name, values in said.items():
        one = known.get(name)
        if one is None:
            yield "unknown", name[:40]
        elif not one.many and len(values) > 1:
            yield "twice", name
        elif len(values) > MOST_VALUES:
            yield "many", name
        elif not all(map(one.takes, values)):
            yield "wrong", name
    for one in parameters:
        if one.required and one.name not in said:
            yield "missing", one.name
