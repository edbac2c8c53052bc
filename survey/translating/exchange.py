"""How do translations leave for a translator's own tool and come back? As a gettext file (.po)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import LANGUAGES
from survey.translating.keep import Given
from survey.translating.screens import list_forms, name_key
from survey.translating.sets import Set, list_entries
from survey.translating.states import State, seal_source, tell_source

MOST_BYTES = 2_000_000
DOUBTFUL = "fuzzy"  # what tools call a text that is not approved
PROJECT, VERSION = "Invånarrösten", "0.1.0"


def write_file(installation: Installation, of: Set, language: str) -> bytes:
    """The texts of a set as a .po file. The Swedish stands above each text, and the English as a remark.

    What is not approved is marked as doubtful, so that the tool shows it first.
    """
    catalogue = Catalog(locale=LANGUAGES[language].locale, project=PROJECT, version=VERSION, fuzzy=False)
    for entry in list_entries(installation, of, language):
        is_counted = entry.forms > 1 or len(entry.swedish) > 1
        forms = entry.said or ("",) * entry.forms
        catalogue.add(
            (entry.key, entry.key) if is_counted else entry.key,
            forms if is_counted else forms[0],
            auto_comments=[tell_source(entry.swedish)],
            user_comments=[f"English: {tell_source(entry.english)}"],
            flags=[] if entry.state is State.APPROVED else [DOUBTFUL],
        )
    written = io.BytesIO()
    write_po(written, catalogue, width=0, sort_output=False)
    return written.getvalue()


def read_file(content: bytes, language: str, *, approve: bool) -> Sequence[Given]:
    """The texts of a .po file; those that are empty are left out.

    With `approve`, what is not marked as doubtful is approved. Raises SurveyError translation_file_wrong
    and translation_file_large.
    """
    if len(content) > MOST_BYTES:
        raise SurveyError("translation_file_large", most=MOST_BYTES // 1_000_000)
    try:
        found = read_po(io.BytesIO(content), locale=LANGUAGES[language].locale, abort_invalid=True)
    except Exception:
        raise SurveyError("translation_file_wrong") from None
    texts = [one for one in found if one.id and list_forms(one)]
    if not texts:
        raise SurveyError("translation_file_wrong")
    return [
        Given(
            name_key(one),
            list_forms(one),
            seal_source((" ".join(one.auto_comments),)),
            approve and DOUBTFUL not in one.flags,
        )
        for one in texts
    ]
