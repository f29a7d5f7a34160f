"""Folding: what two spellings of the same Thai words have in common after reading errors.

Tone marks, ์ and ็ are what readers lose first, spaces come and go, and vowels arrive in the
wrong order; what is left decides whether two texts are the same words.
`rapidfuzz.utils.default_process` must not be used on Thai: it turns vowels and tone marks into spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from pythainlp.util import reorder_vowels
from rapidfuzz.distance import Levenshtein

from pipeline.thai.marks import TONE_MARKS, VOWEL_MARKS
from pipeline.thai.numbers import TO_ARABIC

_INVISIBLE = "\u200b\u200c\u200d\ufeff"
_DROPPED = TONE_MARKS + "ฺ" + _INVISIBLE
_UNIFIED = {"ำ": "า", "–": "-", "—": "-", "‐": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'"}

# A heading's letters may differ by this share after folding: one in six.
PREFIX_TOLERANCE = 1 / 6

# A phrase of so many letters is known by its letters alone.
ROBBED_LETTERS = 7

HEAD = 128  # characters: a line's beginning is folded once for all phrases it is held against


def tidy(text: str) -> str:
    """Vowels in canonical order, single spaces, no zero-width characters: how a value is kept."""
    for invisible in _INVISIBLE:
        text = text.replace(invisible, "")
    while (ordered := reorder_vowels(text)) != text:  # a mark out of place may hide another
        text = ordered
    return " ".join(text.split())


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """`text` for matching: no spaces, no tone marks, Arabic digits, plain dashes and quotes."""
    return fold_with_offsets(reorder_vowels(text))[0].replace("เเ", "แ")  # where a space or a mark stood between


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each folded character its place in `text`. Vowels keep their order."""
    folded: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        if plain := _folded_character(character):
            folded.append(plain)
            offsets.append(place)
    return "".join(folded), offsets


@cache
def _folded_character(character: str) -> str:
    """What `character` is folded to: one character, or none."""
    if character.isspace() or character in _DROPPED:
        return ""
    character = character.translate(TO_ARABIC)
    return _UNIFIED.get(character, character).lower()[0]  # one for one: İ has two in lower case


def skeleton(text: str) -> str:
    """The letters of `text` without any vowel or mark above or below them."""
    return "".join(character for character in fold(text) if character not in VOWEL_MARKS)


def similarity(one: str, other: str) -> float:
    """0-1: how alike two texts are after folding."""
    return float(Levenshtein.normalized_similarity(fold(one), fold(other)))


@dataclass(frozen=True, slots=True)
class Prefix:
    """A text begins with a phrase: it ends at `end`, with so many `edits`; `length` is the phrase's, folded."""

    end: int
    edits: int
    length: int

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts matches of several phrases, the best first: fewest edits, then the longest."""
        return self.edits, -self.length


def match_prefix(text: str, phrase: str, tolerance: float = PREFIX_TOLERANCE) -> Prefix | None:
    """Does `text` begin with `phrase`, reading errors allowed?

    Args:
        text: a line as read.
        phrase: a heading as it is spelt.
        tolerance: edits allowed a folded character of `phrase`.
    """
    wanted, letters = _folded_phrase(phrase)
    found, offsets = _folded_head(text[: max(HEAD, 3 * len(phrase))])
    allowed = int(tolerance * len(wanted) + 1e-9)
    best: tuple[int, int, int] | None = None
    longest = min(len(wanted) + allowed, len(found))
    # Whatever prefix fits, the longest one looked at is at most that much further off.
    far = 3 * allowed
    if Levenshtein.distance(wanted, found[:longest], score_cutoff=far) > far:
        longest = 0
    for length in range(max(len(wanted) - allowed, 1), longest + 1):
        edits = Levenshtein.distance(wanted, found[:length], score_cutoff=allowed)
        if edits > allowed:
            continue
        # On a tie prefer the prefix that ends with the phrase's own last letter.
        rank = (edits, 0 if found[length - 1] == wanted[-1] else 1, length)
        if best is None or rank < best:
            best = rank
    if best is None:
        best = _robbed_prefix(found, wanted, letters)
    if best is None:
        return None
    end = offsets[best[2] - 1] + 1
    while end < len(text) and text[end] in _DROPPED + VOWEL_MARKS:
        end += 1
    return Prefix(end, best[0], len(wanted))


def _robbed_prefix(found: str, wanted: str, letters: str) -> tuple[int, int, int] | None:
    """Does `found` begin with the letters of `wanted`, its vowels above and below lost: มตทประชุม?"""
    if len(letters) < ROBBED_LETTERS:
        return None
    met = 0
    for place, character in enumerate(found):
        if character in VOWEL_MARKS:
            continue
        if character != letters[met]:
            return None
        met += 1
        if met == len(letters):
            return len(wanted) - len(letters) + 1, 0, place + 1
    return None


@cache
def _folded_phrase(phrase: str) -> tuple[str, str]:
    """A phrase of the vocabulary folded, and its letters alone."""
    return fold(phrase), skeleton(phrase)


@lru_cache(maxsize=4096)
def _folded_head(text: str) -> tuple[str, list[int]]:
    return fold_with_offsets(text)
