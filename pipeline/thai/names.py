"""How people's names are spelt in Thai: which letters follow which in PyThaiNLP's lists of 22,000 names.

Names are put together from parts without end, so that a list of whole names says little of the next one. Which letter
follows up to four others says more (Kneser-Ney's smoothing: letters that follow much are likely after anything).
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

BEFORE = 4  # letters that a letter is judged by
_DISCOUNT = 0.85  # measured: names that were held out are likeliest so
_LETTERS = 70  # Thai letters, vowels and marks
_INDEXED = 3  # letters of the pieces that are looked up; of shorter ones there are few
_EDGE = "\n"  # before and after every name


@dataclass(frozen=True, slots=True)
class _Followers:
    """What stands behind some letters: how often each letter, and how often any."""

    times: Counter[str]
    total: int


def is_known_name(word: str) -> bool:
    """Is `word` a given or a family name of the lists?"""
    return word in _known()


@lru_cache(maxsize=4096)
def likelihood(name: str) -> float:
    """Logarithm of how likely a given or a family name is spelt so, without spaces; it has some value for any text."""
    spelt = f"{_EDGE}{name}{_EDGE}"
    return sum(math.log(_likely(spelt[max(0, at - BEFORE) : at], spelt[at])) for at in range(1, len(spelt)))


@lru_cache(maxsize=32_768)
def _likely(before: str, letter: str) -> float:
    """How likely `letter` is behind `before`."""
    shorter = _likely(before[1:], letter) if before else 1 / _LETTERS
    followers = _followers(before)
    if not followers.total:
        return shorter
    own = max(followers.times[letter] - _DISCOUNT, 0.0)
    return (own + _DISCOUNT * len(followers.times) * shorter) / followers.total


@lru_cache(maxsize=16_384)
def _followers(before: str) -> _Followers:
    """Counted when they are asked for: few are, and counting all takes half a second."""
    text, length = _text(), len(before)
    if length == BEFORE or before.startswith(_EDGE):
        times = Counter(text[at + length] for at in _places(before))
    elif length == _INDEXED:  # behind how many letters, not how often: that is what shorter pieces are asked for
        times = Counter(letter for _, letter in {(text[at - 1], text[at + length]) for at in _places(before)})
    else:
        times = _behind(length).get(before, Counter())
    return _Followers(times, times.total())


def _places(piece: str) -> Iterator[int]:
    """Where `piece` stands in the names and something follows."""
    text = _text()
    if len(piece) < _INDEXED:
        at = text.find(piece, 0, -1)
        while at >= 0:
            yield at
            at = text.find(piece, at + 1, -1)
    else:
        yield from (at for at in _index().get(piece[:_INDEXED], ()) if text.startswith(piece, at))


@cache
def _index() -> dict[str, array[int]]:
    """Where every piece of `_INDEXED` letters stands."""
    text, places = _text(), defaultdict[str, "array[int]"](lambda: array("I"))
    for at in range(len(text) - _INDEXED):
        places[text[at : at + _INDEXED]].append(at)
    return places


@cache
def _behind(length: int) -> dict[str, Counter[str]]:
    """What stands behind every piece of few letters, each letter once for every letter before the piece."""
    text, found = _text(), defaultdict[str, Counter[str]](Counter)
    for piece in {text[at : at + length + 2] for at in range(len(text) - length - 1)}:
        found[piece[1:-1]][piece[-1]] += 1
    return found


@cache
def _text() -> str:
    return _EDGE + _EDGE.join(sorted(_known())) + _EDGE


@cache
def _known() -> frozenset[str]:
    return frozenset(thai_male_names() | thai_female_names() | thai_family_names())
