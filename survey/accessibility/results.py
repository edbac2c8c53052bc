"""What did the last look at every page find? The audit writes results.json, the statement tells from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Fault:
    """A rule that a page breaks, one of the places, and where it was seen: language, scheme, screen."""

    page: str
    rule: str
    help: str
    element: str
    seen: tuple[str, ...]

    def without(self, languages: Collection[str]) -> Fault:
        """The fault as it was seen in other languages than these."""
        return replace(self, seen=tuple(one for one in self.seen if one.partition(", ")[0] not in languages))


class Audit(BaseModel):
    """What was looked at, with what, on which day of which version, and what was found.

    `pages` has the languages that each was looked at in; it was so light and dark, on every screen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    day: date
    tools: tuple[str, ...]
    rules: tuple[str, ...]
    schemes: tuple[str, ...]
    screens: tuple[str, ...]
    pages: Mapping[str, tuple[str, ...]]
    faults: tuple[Fault, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that some page was looked at in, that of most pages first."""
        found = Counter(language for languages in self.pages.values() for language in languages)
        return tuple(language for language, _ in found.most_common())

    @property
    def looks(self) -> int:
        """How many times a page was looked at."""
        return sum(map(len, self.pages.values())) * len(self.schemes) * len(self.screens)

    def renew(self, other: Audit) -> Audit:
        """This audit with what another, of the same version, found on some of the pages in its place.

        Raises ValueError where the two cannot be put together.
        """
        if (self.version, self.schemes, self.screens) != (other.version, other.schemes, other.screens):
            raise ValueError("an audit of another version, or on other screens, cannot be renewed")
        pages = {**self.pages}
        for name, languages in other.pages.items():
            pages[name] = tuple(dict.fromkeys((*pages.get(name, ()), *languages)))
        left = [one.without(other.pages.get(one.page, ())) for one in self.faults]
        faults = join_faults([*(one for one in left if one.seen), *other.faults])
        return other.model_copy(update={"pages": dict(sorted(pages.items())), "faults": faults})

    def write(self, path: Path) -> None:
        """Keep it as JSON."""
        path.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")


def join_faults(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """One fault for each page and rule, in the order of the alphabet."""
    joined: dict[tuple[str, str], Fault] = {}
    for one in found:
        before = joined.get((one.page, one.rule))
        seen = {*one.seen, *(before.seen if before else ())}
        joined[one.page, one.rule] = replace(before or one, seen=tuple(sorted(seen)))
    return tuple(joined[key] for key in sorted(joined))


def read_audit(path: Path) -> Audit:
    """The audit of a file. Raises OSError and ValueError where it is none of ours."""
    return Audit.model_validate_json(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def find_audit() -> Audit:
    """The audit that is kept with this code."""
    return read_audit(RESULTS)
