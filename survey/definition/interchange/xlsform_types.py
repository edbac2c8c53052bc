"""Which types of an XLSForm's rows we know, and what is said of those that we have no question for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Means(StrEnum):
    """What a row is."""

    QUESTION = "question"
    NOTE = "note"
    BEGIN = "begin"
    END = "end"
    METADATA = "metadata"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class RowType:
    """A row's type. `kind` is a question's; `listed` its list; `key` is said where it is not supported."""

    means: Means
    said: str
    kind: str = ""
    listed: str = ""
    key: str = ""


SELECTS: Mapping[str, str] = {"select_one": "single", "select_multiple": "multi", "rank": "rank"}
METADATA = frozenset(
    (
        *("start", "end", "today", "deviceid", "device_id", "username", "phonenumber", "email", "simserial"),
        *("subscriberid", "audit", "start_geopoint", "background_geopoint", "background_audio", "hidden"),
    )
)
# What an author can do instead, by type: a sentence of the catalogue for each.
UNSUPPORTED: Mapping[str, str] = {
    **dict.fromkeys(("integer", "int", "decimal", "range"), "type_number"),
    **dict.fromkeys(("date", "time", "datetime"), "type_date"),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "gps", "location"), "type_place"),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "barcode"), "type_media"),
    **dict.fromkeys(("calculate", "xml_external", "csv_external"), "type_calculate"),
    **dict.fromkeys(("begin_repeat", "end_repeat", "begin_loop", "end_loop"), "type_repeat"),
    **dict.fromkeys(("acknowledge", "trigger"), "type_acknowledge"),
}


def read_type(said: str) -> RowType:
    """What the type of a row means; a type that nobody knows is unsupported."""
    words = said.replace("-", "_").split()
    if len(words) > 1 and words[0] in ("select", "begin", "end"):
        words = [f"{words[0]}_{words[1]}", *words[2:]]
    first = words[0].lower() if words else ""
    if first in SELECTS:
        return read_select(said, SELECTS[first], said.split()[len(said.split()) - len(words) + 1 :])
    if first == "text":
        return RowType(Means.QUESTION, said, "text")
    if first in ("begin_group", "end_group"):
        return RowType(Means.BEGIN if first == "begin_group" else Means.END, said)
    if first == "note":
        return RowType(Means.NOTE, said)
    if first in METADATA:
        return RowType(Means.METADATA, said)
    if first.startswith("select_"):
        return RowType(Means.UNSUPPORTED, said, key="type_external")
    return RowType(Means.UNSUPPORTED, said, key=UNSUPPORTED.get(first, "type_unknown"))


def read_select(said: str, kind: str, rest: list[str]) -> RowType:
    """A question with a list; one with a free "other" beside its list is not supported."""
    if not rest:
        return RowType(Means.UNSUPPORTED, said, key="list_unnamed")
    if len(rest) > 1:
        return RowType(Means.UNSUPPORTED, said, key="type_or_other")
    return RowType(Means.QUESTION, said, kind, rest[0])
