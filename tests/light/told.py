"""Does a page say in its language what it is to say?"""

from __future__ import annotations

from survey.language import speak
from tests.light.plain_phone import PlainPhone, read_words


def tells(phone: PlainPhone, code: str, language: str = "sv", **facts: object) -> bool:
    """Whether the page says the sentence of an error."""
    return speak(language).say(f"error.{code}", **facts) in read_words(phone.page)
