"""What is known not to conform, though no program finds it? A list kept by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """Something that keeps people out: `key` names its sentence, `criteria` what of WCAG 2.1 it breaks."""

    key: str
    criteria: tuple[str, ...]


KNOWN = (
    Known("charts", ("2.1.1", "1.4.13")),
    Known("signed_out", ("2.2.1",)),
    Known("calendar", ("3.1.2",)),
    Known("first_second", ("3.1.2",)),
    Known("lost_contact", ("3.1.2",)),
    Known("written", ("3.1.2",)),
)
