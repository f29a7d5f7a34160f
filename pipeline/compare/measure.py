"""How far one text is from another: edits over code points and over grapheme clusters.

Two units, because they answer two questions. The character error rate counts
code points: it is the figure the literature and other tools give. The grapheme
error rate counts what a reader sees as one letter: a consonant with its vowel
above and its tone mark is one, and a wrong tone mark makes it one wrong letter.
"""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import Literal

import regex
from pythainlp.util import reorder_vowels
from rapidfuzz.distance import Levenshtein

Spaces = Literal["drop", "collapse"]

_CLUSTER = regex.compile(r"\X")
_NUMBER = regex.compile(r"\d+(?:[.,/:]\d+)*")
_SPACE = regex.compile(r"\s+")
_DASHES = str.maketrans("–—‐‑−", "-----")
_BLANK = regex.compile(r"[.…](?:\s*[.…]){2,}|…")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def graphemes(text: str) -> list[str]:
    """`text` in extended grapheme clusters (UAX #29, `\\X` of the `regex` module).

    ำ (U+0E33) stays with the consonant before it, as `\\X` has it: น้ำ is one
    cluster although ำ is no combining mark. Joined, the clusters are `text` again.
    """
    return _CLUSTER.findall(text)


def fold(text: str, spaces: Spaces = "drop") -> str:
    """`text` without the differences a reader cannot see.

    Zero-width characters go, the text is brought to NFC, and Thai vowels and tone
    marks to their canonical order with `pythainlp.util.reorder_vowels` (which also
    makes ำ of ํ + า and แ of เ + เ). Digits stay as they are: ๕ is not 5, because
    the record keeps them as printed.

    Args:
        spaces: `drop` takes white space out, `collapse` makes each run one space
            and takes it off the ends.
    """
    folded = unicodedata.normalize("NFC", text.translate(_ZERO_WIDTH))
    # Spaces first: with `drop` a mark that was torn off its consonant by a space is reordered too.
    folded = _SPACE.sub("" if spaces == "drop" else " ", folded).strip()
    return str(reorder_vowels(folded))


def with_plain_signs(text: str) -> str:
    """`text` with signs alike that say the same: a dotted blank (three dots and more) is one …, a dash a hyphen."""
    return _BLANK.sub("…", text).translate(_DASHES)


def first_other_number(golden: str, got: str) -> tuple[str, str] | None:
    """The first number of `golden` that is not the same in `got`, and what stands there; None when all are.

    A number is decimal digits of any script with the signs between them (๑๒๐,๐๐๐ or ๘/๒๕๖๗), white
    space not counted; ๕ and 5 are not the same. Where one text has more numbers, the other side is empty.
    """
    for want, have in zip_longest(_NUMBER.findall(fold(golden)), _NUMBER.findall(fold(got)), fillvalue=""):
        if want != have:
            return want, have
    return None


def edits(golden: str, got: str) -> tuple[int, int]:
    """(edits, golden characters): Levenshtein distance over folded code points, white space not counted."""
    want, have = fold(golden), fold(got)
    return Levenshtein.distance(want, have), len(want)


def rate(edited: int, characters: int) -> float:
    """`edited / characters`; for nothing expected, 0.0 when nothing came and 1.0 when something did."""
    if characters == 0:
        return 1.0 if edited else 0.0
    return edited / characters


def cer(golden: str, got: str) -> float:
    """Character error rate: edits / golden characters, after `fold`.

    0.0 is the same text; more than 1.0 is possible when `got` is much longer.
    """
    return rate(*edits(golden, got))


def grapheme_error_rate(golden: str, got: str) -> float:
    """As `cer`, counted in grapheme clusters."""
    want, have = graphemes(fold(golden)), graphemes(fold(got))
    return rate(Levenshtein.distance(want, have), len(want))
