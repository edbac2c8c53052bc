"""How is a password hashed, and is it the right one? It takes as long where there is no account."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from survey.people.password_rules import LONGEST, normalise

MOST_AT_ONCE = 4  # each takes 64 MiB while it is worked out: a crowd may not fill the memory
hasher = PasswordHasher()  # RFC 9106's second recommendation, which is argon2-cffi's own
turns = threading.BoundedSemaphore(MOST_AT_ONCE)


def hash_password(password: str) -> str:
    """A hash with its salt and parameters in it."""
    with turns:
        return hasher.hash(encode(password))


def is_right(known: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed. Where there is none, another hash is worked out instead,
    so that nobody sees from the time it takes whether there is an account."""
    tried = known if known is not None and len(password) <= LONGEST else make_dummy()
    with turns:
        try:
            hasher.verify(tried, encode(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return tried == known


def encode(password: str) -> bytes:
    """What is hashed; also of signs that are no text, which nobody can have chosen."""
    return normalise(password).encode(errors="surrogatepass")


def needs_new_hash(known: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(known)


@lru_cache(maxsize=1)
def make_dummy() -> str:
    """The hash of a password that nobody has, with today's parameters; made at the service's start."""
    return hasher.hash("\x00 nobody has this password")
