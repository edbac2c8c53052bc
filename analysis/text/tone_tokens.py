"""What are the words, signs and pauses of a text, as the tone is read from them?

TextBlob's own tokenizer splits "t.ex.", has no emoji and slows down on some texts; its `.words` and
`.sentences` need downloads. This one reads any text once, from left to right.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

STOP = "."
"""The token for the end of a sentence: a full stop, !, ?, an ellipsis or a new line."""
SHOUT = "!"
"""The token for an end of a sentence with an exclamation mark."""
ASK = "?"
"""The token for an end of a sentence with a question mark."""
PAUSE = ","
"""The token for a comma, semicolon, colon, dash or bracket."""

_LONGEST_TAG = 200
_TAG = re.compile(rf"</?[A-Za-z][^<>]{{0,{_LONGEST_TAG}}}>")
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]"
)
_HELD_DOWN = re.compile(r"([aeiouyåäöAEIOUYÅÄÖ])\1{2,}|([^\W\dwW])\2{3,}")
"""A vowel three times, a consonant four times: three of those stand in compounds ("bluffföretag")."""
_GLUED = re.compile("(?<=[a-zåäö]{2})(?=[A-ZÅÄÖ][a-zåäö]{2})")
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,64}\.\w{1,10}")
_LINK_CUE = re.compile(r"//|www\.|@")
_EMOTICON = r"[:;=][-'^]?[)(\]\[DdPp/\\|*oO]+(?!\w)|(?<!\w)[xX]D+(?!\w)|[()]-?:|<3+|\^_?\^"
_EMOJI = r"[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_NUMBER = r"\d+(?:[.,:/]\d+)*"
_MASK = r"\[[^\[\]\n]{1,40}\]"
_MASKED = "[]"
_TOKEN = re.compile(
    rf"(?P<word>{_WORD})|(?P<mask>{_MASK})|(?P<emoticon>{_EMOTICON})|(?P<emoji>{_EMOJI})"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<stop>[.!?\u2026\n]+)|(?P<pause>[,;:()\[\]\u2013\u2014\u2022-]+)"
)
_NOSE = re.compile("(?<=[:;=^])[-'^_](?=.)")
_EMOTICONS_OF_LETTERS = frozenset({"xd"})
_ABBREVIATIONS = re.compile(
    r"\b(t\.? ?ex|bl\.? ?a|m\.? ?m|d\.? ?v\.? ?s|o\.? ?s\.? ?v|p\.? ?g\.? ?a|fr\.? ?o\.? ?m|s\.? ?k|kl|ca|nr"
    r"|tel|e\.? ?g|i\.? ?e|etc|dr|mr|mrs|ms)\.",
    re.IGNORECASE,
)
_QUOTES = {ord(quote): "'" for quote in "\u2018\u2019\u201b\u02bc\u00b4`"}


def read_tokens(text: str) -> list[str]:
    """The words, numbers, emoticons and emoji of a text in small letters; STOP, SHOUT, ASK, PAUSE between.

    Web addresses, tags and invisible characters are left out; a letter held down ("såååå") is written once.
    A row of the same emoji counts as one, what stands in square brackets (a mask) as a word saying nothing.
    Any text is accepted; an empty one gives an empty list.
    """
    return list(_read(_clean(text)))


def has_words(tokens: Iterable[str]) -> bool:
    """Whether a letter is among the tokens: a comment of emoji, numbers and marks belongs to no language."""
    return any(token[0].isalpha() for token in tokens if token not in _EMOTICONS_OF_LETTERS)


def _clean(text: str) -> str:
    """The text with one spelling for each letter and apostrophe, and nothing in it that is not seen."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text).translate(_QUOTES))
    if "<" in text:
        text = _TAG.sub(" ", text)
    if _LINK_CUE.search(text):
        text = _LINK.sub(" ", text)
    text = _ABBREVIATIONS.sub(lambda found: found[0].replace(".", ""), text)
    return _GLUED.sub(". ", _HELD_DOWN.sub(lambda found: found[0][0], text))


def _read(text: str) -> Iterator[str]:
    """The tokens of a cleaned text."""
    last = ""
    for found in _TOKEN.finditer(text):
        token = _name_token(found.lastgroup or "", found[0])
        if token != last or found.lastgroup != "emoji":
            yield token
        last = token


def _name_token(group: str, piece: str) -> str:
    """The token for one piece of the text."""
    if group == "stop":
        return SHOUT if "!" in piece else ASK if "?" in piece else STOP
    if group == "pause":
        return PAUSE
    if group == "emoticon":
        return _name_emoticon(piece.lower())
    if group == "mask":
        return _MASKED
    return piece.lower()


def _name_emoticon(piece: str) -> str:
    """An emoticon without nose and with one mouth: ":-)))" as ":)"."""
    return _NOSE.sub("", piece, count=1)[:2]
