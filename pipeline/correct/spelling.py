"""Doubted letters of a person's name, settled by how names are spelt: จิด becomes จิต where the reader thought of ต.

Only what the recogniser itself offers for a letter is taken, its own likelihood and that of the spelling together, and
only by a margin. A name whose letters were read surely is never changed, however odd it is spelt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.correct.reading import Letter, Reading, letters_of
from pipeline.thai.names import is_known_name, likelihood
from pipeline.thai.orthography import is_thai

# Log odds. Measured on 7,000 worn lines of names that the lists of `pipeline.thai.names` were made to lack: 432 wrong
# names were made right, 17 right ones wrong, none of these by a letter read surely; of names that they have 267, none.
SPELLING = 0.5  # what the spelling weighs beside the recogniser, which knows something of spelling itself
LETTER = 2.0  # what a letter more makes a name less likely by itself
MARGIN = 1.4  # for every letter
CERTAIN = 0.9  # a letter read with more stays
SURELY = 0.8  # a letter read with more
SURE_MARGIN = 2.0  # so much more speaks for such a letter
KNOWN_MARGIN = 2.0  # and so much for a name that others have
MOST = 4  # letters of one name; where more are wrong, nothing is known of any
WELL_SPELT = -3.5  # likelihood a letter of what is taken for a name
_FOLLOWED = 4  # likeliest spellings to which a change is added

_Word = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A name with its doubted letters settled.

    Attributes:
        name: as it is spelt now.
        score: 0-100, how likely the least sure of the changes is.
    """

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A name as it may be spelt.

    Attributes:
        words: the letters of each word, and its end.
        odds: logarithm of the odds for it against what was read, less the margins that are asked for.
        changes: letters that are not as they were read.
    """

    words: tuple[_Word, ...]
    odds: float = 0.0
    changes: int = 0

    @property
    def name(self) -> str:
        return " ".join(map(_text, self.words))


def settled(bare: str, reading: Reading) -> Settled | None:
    """`bare`, a name without its titles, with doubted letters settled; None when all stay as they were read.

    Args:
        reading: of the letters of `bare`.
    """
    if not reading.doubts:
        return None
    best = read = _Spelt(tuple(_words(bare, reading)))
    beam = [read]
    for _ in range(MOST + 1):
        found: dict[str, _Spelt] = {}
        for spelt in (other for one in beam for other in _changed(one, read)):
            name = spelt.name
            if name not in found or spelt.odds > found[name].odds:
                found[name] = spelt
        beam = sorted(found.values(), key=lambda one: -one.odds)[:_FOLLOWED]
        best = max([best, *(one for one in beam if _is_well_spelt(one, read))], key=lambda one: one.odds)
    if not 0 < best.changes <= MOST or best.name == read.name:
        return None
    return Settled(best.name, round(100 / (1 + math.exp(-best.odds - MARGIN)), 1))


def spelling_odds(bare: str, other: str) -> float:
    """What the spelling speaks for `other` against `bare`, two names without titles; log odds."""
    return sum(_odds("", word) for word in other.split(" ")) - sum(_odds("", word) for word in bare.split(" "))


def sure_margin(sure: float | None) -> float:
    """What more is asked for another letter where one was read with this confidence; log odds."""
    return SURE_MARGIN if sure is not None and sure > SURELY else 0.0


def _odds(word: str, other: str) -> float:
    return SPELLING * (likelihood(other) - likelihood(word) + LETTER * (len(other) - len(word)))


def _words(bare: str, reading: Reading) -> Iterator[_Word]:
    """The letters of each word, and its end; what may be missing between two words may be so in either."""
    letters = letters_of(bare.replace(" ", ""), reading)
    at = 0
    for word in bare.split(" "):
        end = at + len(word)
        yield (*letters[at:end], replace(letters[end], text="", sure=None, others={}, left=None))
        at = end


def _is_well_spelt(spelt: _Spelt, read: _Spelt) -> bool:
    """Are the words that were changed spelt like names? Of what was read as a mere heap of letters nothing is known."""
    texts = (_text(word) for word, other in zip(spelt.words, read.words, strict=True) if word != other)
    return all(likelihood(text) >= WELL_SPELT * (len(text) + 1) for text in texts)


def _changed(spelt: _Spelt, read: _Spelt) -> Iterator[_Spelt]:
    """`spelt` with one letter more as it may be."""
    for index, word in enumerate(spelt.words):
        text = _text(word)
        known = KNOWN_MARGIN * (text == _text(read.words[index]) and is_known_name(text))
        for letters, share, sure in _others(word):
            other = _text(letters)
            spelling = _odds(text, other)
            margin = MARGIN + known + sure_margin(sure)
            words = (*spelt.words[:index], letters, *spelt.words[index + 1 :])
            yield _Spelt(words, spelt.odds + math.log(share) + spelling - margin, spelt.changes + 1)


def _others(word: _Word) -> Iterator[tuple[_Word, float, float | None]]:
    """The word with one letter as it may be: (letters, odds, confidence of the letter that was read)."""
    for place, letter in enumerate(word):
        head, tail = word[:place], word[place + 1 :]
        for other, odds in letter.others.items():
            if not is_thai(other) or odds <= 0 or (letter.sure or 0.0) > CERTAIN:
                continue
            changed = (replace(letter, text=other, others={}),) if other else ()
            yield (*head, *changed, *tail), odds, letter.sure
        for other, odds in letter.missing.items():
            if other and is_thai(other) and odds > 0:
                added = Letter(text=other, sure=None, others={}, left=None, missing={})
                yield (*head, added, replace(letter, missing={}), *tail), odds, None


def _text(word: _Word) -> str:
    return "".join(letter.text for letter in word)
