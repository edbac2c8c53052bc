"""Which words of a text that everybody will read look as if they point out a person?"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.text.masking import Kind, find_personal_data
from survey.proposals.faults import Texts

ABOUT_NOBODY = frozenset({Kind.URL})  # an address on the web is no person's


def find_pointing(texts: Iterable[str]) -> tuple[str, ...]:
    """The pieces that would be masked if a resident had written them, each once, in the order they stand.

    A hint and no judgement: a name is sometimes a place, and some names are seen by nobody but a reader.
    """
    found = (
        text[span.start : span.end]
        for text in texts
        for span in find_personal_data(text)
        if span.kind not in ABOUT_NOBODY
    )
    return tuple(dict.fromkeys(found))


def list_texts(texts: Texts) -> list[str]:
    """Every text of what residents are told."""
    return [text for said in texts.values() for text in said.values()]
