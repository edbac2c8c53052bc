"""What a letter code looks like, and whether what was typed is one."""

from __future__ import annotations

import secrets

from survey.errors import SurveyError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, none that looks like another; 31 is a prime
LENGTH = 10
DEMONSTRATION_OFFSET = 15  # a demonstration's check sign is another, so that no code fits both kinds
LOOK_ALIKES = str.maketrans(
    {"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", " ": None, "-": None, "\u00a0": None}
)


def find_check_sign(body: str, *, demo: bool) -> str:
    """The eleventh sign: a weighted sum modulo 31, which finds one wrong sign and two that changed place."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=2))
    return ALPHABET[(total + (DEMONSTRATION_OFFSET if demo else 0)) % len(ALPHABET)]


def make_code(*, demo: bool) -> str:
    """A new code: ten random signs (49 bits) and a check sign."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return body + find_check_sign(body, demo=demo)


def show_code(code: str) -> str:
    """A code as it is printed: in groups of four, four and three."""
    return f"{code[:4]} {code[4:8]} {code[8:]}"


def read_code(typed: str, *, demo: bool) -> str:
    """The code in what was typed; spaces, hyphens and small letters do not matter.

    Raises SurveyError code_mistyped when it cannot be a code (a sign is missing or wrong),
    code_of_demonstration when it is a demonstration's and this is real, and code_of_real_installation
    the other way round.
    """
    code = typed.strip().upper().translate(LOOK_ALIKES)
    if len(code) != LENGTH + 1 or any(sign not in ALPHABET for sign in code):
        raise SurveyError("code_mistyped")
    body, check = code[:LENGTH], code[LENGTH]
    if check == find_check_sign(body, demo=demo):
        return code
    if check == find_check_sign(body, demo=not demo):
        raise SurveyError("code_of_demonstration" if not demo else "code_of_real_installation")
    raise SurveyError("code_mistyped")
