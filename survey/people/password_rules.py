"""Which passwords may be chosen?

As NIST SP 800-63B says: long, none that is common or expected here, and no rules about kinds of signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from survey.errors import SurveyError

SHORTEST, LONGEST = 12, 200  # signs; the longest so that nobody has us hash a book
FEWEST_KINDS = 5  # different signs
SHORTEST_PART = 4  # signs of an address or a name that are looked for
MOST_WORDS = 2  # common words that a password may not be made of; more of them are a sentence
COMMON_FILE = Path(__file__).parent / "common_passwords.txt"
LOOKALIKES = str.maketrans("013457@$!|", "oieastasil")


def normalise(password: str) -> str:
    """A password as it is hashed: the same whichever keyboard composed its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def list_password_faults(password: str, *, address: str, name: str) -> Iterator[SurveyError]:
    """Everything that is wrong with a new password; nothing of it is repeated.

    `address` is its holder's, `name` the installation's: password_short, password_long, password_common,
    password_expected.
    """
    plain = normalise(password)
    if len(plain) < SHORTEST:
        yield SurveyError("password_short", least=SHORTEST)
    if len(plain) > LONGEST:
        yield SurveyError("password_long", most=LONGEST)
    elif is_common(plain):
        yield SurveyError("password_common")
    if any(part in plain.casefold() for part in list_expected(address, name)):
        yield SurveyError("password_expected")


def list_expected(address: str, name: str) -> tuple[str, ...]:
    """What a stranger would try first: the address before its @, and what the service is called."""
    local = normalise(address.partition("@")[0]).casefold()
    called = normalise(name).casefold()
    parts = {local, called, called.replace(" ", ""), *re.split(r"[._+-]", local), *called.split()}
    return tuple(sorted(part for part in parts if len(part) >= SHORTEST_PART))


def is_common(password: str) -> bool:
    """Whether a password is of few different signs, or of one or two common words with digits around them."""
    folded = password.casefold()
    if len(set(folded)) < FEWEST_KINDS:
        return True
    around = "".join(set(folded) - set(keep_letters(folded)))
    bare = folded.rstrip(around)  # without the year and the ! at its end
    return any(is_made_of_words(keep_letters(one)) for one in (folded, bare.translate(LOOKALIKES)))


def keep_letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def is_made_of_words(letters: str) -> bool:
    """Whether letters are only one or two different common words, however often; so are no letters."""
    words = load_common()
    reached: dict[int, set[frozenset[str]]] = {0: {frozenset()}}
    for start in range(len(letters)):
        for end in range(start + 1, len(letters) + 1):
            word = letters[start:end]
            if word not in words:
                continue
            found = {used | {word} for used in reached.get(start, set())}
            reached.setdefault(end, set()).update(used for used in found if len(used) <= MOST_WORDS)
    return bool(reached.get(len(letters)))


@lru_cache(maxsize=1)
def load_common() -> frozenset[str]:
    """The words of the list, as they are compared."""
    lines = COMMON_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(normalise(line).casefold() for line in lines if line and not line.startswith("#"))
