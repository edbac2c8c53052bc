"""How well does the text chain read labelled comments, how well does TextBlob alone, and how fast is it?

    python -m benchmarks.bench_text [masking] [language] [tone] [themes] [learning] [speed]

Everything when nothing is named. Half A was looked at while the lists were written, half B was not. Reads the
files that lie beside the project (benchmarks/text_data.py).
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from analysis.intervals import bound_share
from analysis.text.asked import Asked
from analysis.text.chain import read_text
from analysis.text.language import detect_language
from analysis.text.learning import Coded, train
from analysis.text.learning_features import Comment
from analysis.text.learning_model import suggest
from analysis.text.learning_next import Candidate, choose_next
from analysis.text.masking import find_personal_data
from analysis.text.themes import count_hits, find_themes
from analysis.text.tone import ToneKind, judge_tone
from benchmarks.text_data import (
    GROUPS,
    REVIEWS,
    TRUSTPILOT,
    Labelled,
    read_english_care,
    read_personal,
    read_reviews,
    read_swedish_care,
)
from survey.comments.lines import TYPES

THREE = ("positive", "neutral", "negative")
AS_THREE = {ToneKind.POSITIVE: "positive", ToneKind.NEGATIVE: "negative"}
TEXTBLOB_NEUTRAL = 0.05  # polarity to both sides that is taken for neutral of TextBlob alone
SHORT = 25  # characters
PANEL_CODES, BATCH = 200, 20
SPLITS = 4
SEED = 2026
AT_LEAST_A_SECOND = 500


def say(text: str) -> None:
    print(text, flush=True)


def measure_f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / max(1, 2 * right + wrong + missed)


def bench_masking() -> None:
    """Exact spans and types on sentences with marked personal data."""
    rows = read_personal()
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        found = {(s.start, s.end, TYPES[s.kind]) for s in find_personal_data(row.text)}
        right.update(kind for *_, kind in found & row.spans)
        wrong.update(kind for *_, kind in found - row.spans)
        missed.update(kind for *_, kind in row.spans - found)
    kinds = sorted({*right, *wrong, *missed})
    groups = {kind: [kind] for kind in kinds} | {"all but names": [kind for kind in kinds if kind != "NAME"]}
    for name, of in groups.items():
        r, w, m = (sum(counter[kind] for kind in of) for counter in (right, wrong, missed))
        low = float(bound_share(r, r + m)[0]) if r + m else 0.0
        recall, precision = r / max(1, r + m), r / max(1, r + w)
        say(f"  {name:14} recall {recall:.3f} (at least {low:.3f})  precision {precision:.3f}")
    hard = [row for row in rows if row.is_hard]
    untouched = sum(not find_personal_data(row.text) for row in hard)
    say(f"  hard negatives left untouched: {untouched} of {len(hard)}")


def bench_language() -> None:
    """The language of care comments and reviews, all and short ones."""
    for name, rows in (
        ("Swedish care", read_swedish_care()),
        ("English care", read_english_care()),
        ("Swedish reviews", read_reviews(REVIEWS)),
    ):
        for what, some in (("all", rows), ("short", [r for r in rows if len(r.text.strip()) < SHORT])):
            if some:
                right = sum(detect_language(row.text) == row.language for row in some)
                say(f"  {name}, {what}: {right / len(some):.3f} of {len(some)}")


def bench_tone() -> None:
    """Three classes and, by the sign of the score, two; TextBlob as it stands beside it."""
    from textblob import TextBlob

    for name, rows in (
        ("Swedish care", read_swedish_care()),
        ("English care", [row for row in read_english_care() if row.tone]),
        ("Swedish reviews", read_reviews(REVIEWS)),
        ("Swedish Trustpilot", read_reviews(TRUSTPILOT)),
    ):
        for half in ("A", "B", "AB"):
            some = [row for row in rows if row.half in half]
            tones = [judge_tone(row.text, asked=row.asked, language=row.language) for row in some]
            guesses = [AS_THREE.get(tone.kind, "neutral") for tone in tones]
            print_tones(f"{name}, half {half}", some, guesses, [tone.score or 0.0 for tone in tones])
        scores = [TextBlob(row.text).sentiment.polarity for row in rows]
        alone = ["neutral" if abs(s) <= TEXTBLOB_NEUTRAL else THREE[0] if s > 0 else THREE[2] for s in scores]
        print_tones(f"{name}, TextBlob alone", rows, alone, scores)


def print_tones(name: str, rows: Sequence[Labelled], guesses: Sequence[str], scores: Sequence[float]) -> None:
    told = ""
    if any(row.tone == "neutral" for row in rows):
        each = [f1_of(label, [row.tone for row in rows], guesses) for label in THREE]
        told = f"  macro-F1 {sum(each) / 3:.3f} ({', '.join(f'{one:.2f}' for one in each)})"
    sides = [(row.tone, s) for row, s in zip(rows, scores, strict=True) if row.tone != "neutral"]
    right = sum((tone == "positive") == (s > 0) for tone, s in sides if s)
    say(f"  {name}: {len(rows)}{told}  positive against negative {right / len(sides):.3f}")


def f1_of(label: str, truth: Sequence[str], guesses: Sequence[str]) -> float:
    right = sum(t == g == label for t, g in zip(truth, guesses, strict=True))
    return measure_f1(right, list(guesses).count(label) - right, list(truth).count(label) - right)


def bench_themes() -> None:
    """The lexicon theme by theme, in both halves."""
    for name, rows in (("Swedish care", read_swedish_care()), ("English care", read_english_care())):
        for half in ("A", "B", "AB"):
            some = [row for row in rows if row.half in half]
            found = [{f.theme for f in find_themes(r.text, language=r.language, asked=r.asked)} for r in some]
            scores = score_themes(some, found)
            macro = sum(measure_f1(*score) for score in scores.values()) / len(scores)
            say(f"  {name}, half {half}: {len(some)} comments, macro-F1 {macro:.3f}")
            if half == "AB":
                print_themes(scores)


def score_themes(rows: Sequence[Labelled], found: Sequence[set[str]]) -> dict[str, tuple[int, int, int]]:
    """Right, wrong and missed of each theme."""
    pairs = list(zip(rows, found, strict=True))
    return {
        theme: (
            sum(theme in row.themes and theme in f for row, f in pairs),
            sum(theme not in row.themes and theme in f for row, f in pairs),
            sum(theme in row.themes and theme not in f for row, f in pairs),
        )
        for theme in GROUPS
    }


def print_themes(scores: dict[str, tuple[int, int, int]]) -> None:
    for theme, (r, w, m) in scores.items():
        figures = (
            f"precision {r / max(1, r + w):.2f}  recall {r / max(1, r + m):.2f}  F1 {measure_f1(r, w, m):.2f}"
        )
        say(f"    {theme:18} {r + m:5}  {figures}")


def bench_learning() -> None:
    """What is learnt from half of the English comments, and from 200 chosen ones, beside the lexicon."""
    rows = read_english_care()
    coded = [describe(row) for row in rows]
    for split in range(SPLITS):
        order = list(range(len(rows)))
        random.Random(SEED + split).shuffle(order)
        learnt_from, judged = order[: len(order) // 2], order[len(order) // 2 :]
        lexicon = [set(coded[at].comment.found) for at in judged]
        half = train([coded[at] for at in learnt_from], themes=tuple(GROUPS))
        few = train([coded[at] for at in choose(rows, coded, learnt_from)], themes=tuple(GROUPS))
        told = [("lexicon", lexicon)]
        for name, model in (("half of all", half), (f"{PANEL_CODES} chosen", few)):
            told.append((name, [{s.theme for s in suggest(model, coded[at].comment)} for at in judged]))
        for name, found in told:
            scores = score_themes([rows[at] for at in judged], found)
            macro = sum(measure_f1(*score) for score in scores.values()) / len(scores)
            say(f"  split {split}, {name}: macro-F1 {macro:.3f}")


def describe(row: Labelled) -> Coded:
    """A labelled comment as somebody's coding."""
    found = {f.theme: f.words for f in find_themes(row.text, language=row.language, asked=row.asked)}
    known = {theme: words for theme, words in found.items() if theme in GROUPS}
    hits = {theme: n for theme, n in count_hits(row.text, row.language).items() if theme in GROUPS}
    return Coded(Comment(row.text, row.asked, hits, known), row.themes)


def choose(rows: Sequence[Labelled], coded: Sequence[Coded], among: Iterable[int]) -> list[int]:
    """The comments that the panel would have been handed, in batches, a model learnt after each."""
    left, chosen = dict.fromkeys(among), list[int]()
    model = None
    while len(chosen) < PANEL_CODES:
        counts = {theme: sum(theme in rows[at].themes for at in chosen) for theme in GROUPS}
        candidates = [Candidate(str(at), coded[at].comment) for at in left]
        new = [int(one) for one in choose_next(candidates, model, counts, BATCH)]
        chosen += new
        for at in new:
            del left[at]
        model = train([coded[at] for at in chosen], themes=tuple(GROUPS))
    return chosen


def bench_speed() -> None:
    """The whole chain on one core after warm-up, the first comment of a new process, and memory."""
    texts = [row.text for row in read_reviews(REVIEWS)]
    half = len(texts) // 2
    for text in texts[:half]:
        read_text(text, asked=Asked.OTHER)
    start = time.process_time()
    for text in texts[half:]:
        read_text(text, asked=Asked.OTHER)
    spent = time.process_time() - start
    words = sum(len(text.split()) for text in texts[half:]) / (len(texts) - half)
    rate = (len(texts) - half) / spent
    say(f"  whole chain: {rate:.0f} comments of {words:.0f} words a second (aim {AT_LEAST_A_SECOND})")
    code = (
        "import time; t = time.perf_counter(); from analysis.text.chain import read_text; "
        "from analysis.text.asked import Asked; "
        "read_text('Maten var god men jag fick vänta.', asked=Asked.OTHER); "
        "print(f'{time.perf_counter() - t:.2f}')"
    )
    firsts = sorted(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    )
    say(f"  first comment of a new process, imports included: {firsts[2]:.2f} s (median of 5; aim 2)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"  memory of this process: {memory:.0f} MB")


PARTS: dict[str, Callable[[], None]] = {
    "masking": bench_masking,
    "language": bench_language,
    "tone": bench_tone,
    "themes": bench_themes,
    "learning": bench_learning,
    "speed": bench_speed,
}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        say(name)
        PARTS[name]()


if __name__ == "__main__":
    main()
