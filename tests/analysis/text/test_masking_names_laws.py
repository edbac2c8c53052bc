"""Does masking keep its laws on any text with names: twice is once, only adding, in little time?"""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.masking import ENGLISH_TOKENS, SWEDISH_TOKENS, Kind, find_personal_data, mask_text

NAMES = "Anna|Björn|Hans|Per|My|Dag|Lund|Berg|Svensson|Xyzana|Annas|Anna's|Lars'|Anna-Lena|A|K|K-G|von|da|May"
CUES = "heter|läkaren|syster|doktor|min|dotter|mvh|är|på|natten|som|och|eller|med|till|nurse|and|the|was"
OTHERS = (
    "Solgården|Telia|Linnea|avdelning|sjukhus|AB|&|I|IVA|[namn]|[name]|3|kr|070-123-45-67|Storgatan|MvhAnna"
)
WORDS = st.sampled_from([word for words in (NAMES, CUES, OTHERS) for word in words.split("|")]).flatmap(
    lambda word: st.sampled_from([word, word, word.lower(), word.upper()])
)
GAPS = st.sampled_from([" ", "  ", "\n", ", ", ". ", "! ", ": ", "/", " / ", "-", "", "\u200b"])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=14).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.sampled_from([SWEDISH_TOKENS, ENGLISH_TOKENS]))
def test_masking_a_masked_text_changes_nothing(text: str, tokens: dict[Kind, str]):
    once = mask_text(text, tokens=tokens).text
    assert mask_text(once, tokens=tokens).text == once


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_is_not_masked_stays_as_it_was(text: str):
    masked = mask_text(text)
    bounds = [0, *(edge for span in masked.spans for edge in (span.start, span.end)), len(text)]
    kept = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    tokens = [SWEDISH_TOKENS[span.kind] for span in masked.spans]

    assert all(left.end <= right.start for left, right in pairwise(masked.spans))
    assert masked.text == kept[0] + "".join(
        token + part for token, part in zip(tokens, kept[1:], strict=True)
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises_and_every_span_holds_a_letter_or_digit(text: str):
    assert all(
        any(char.isalnum() for char in text[span.start : span.end]) for span in find_personal_data(text)
    )


HOSTILE = (
    "Anna och |Anna |Mvh A|//A |von |ANNA |Anna's|å'|aaaBbb|Björn på a a |A. |K-G |läkaren X|heter |Anna\n"
    "|Xyz och Anna och |Sankt Anna AB |Á|\u200bA|Анна |أحمد |😀|A.B.C.|a och A och "
    "|Anna, |<b>Anna</b>|\x00Anna"
)


@pytest.mark.parametrize("piece", HOSTILE.split("|"))
def test_a_hundred_thousand_characters_take_seconds(piece: str):
    text = (piece * 100_000)[:100_000]
    start = time.process_time()

    masked = mask_text(text).text

    assert time.process_time() - start < 5  # measured: 0.02 to 0.7 s; the rest is for a slow machine
    assert mask_text(masked).text == masked
