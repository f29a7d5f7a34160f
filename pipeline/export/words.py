"""Thai text cut into words, so that a full-text index finds a word inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex
from pythainlp.tokenize import word_dict_trie, word_tokenize

BOUNDARY = "\u200b"
"""Zero-width space, Unicode's mark of a word boundary: an index sees it, a reader does not."""

_SHORTEST = 3
"""Characters of an inner word; shorter ones are mostly pieces that only look like words."""

_NUMBER = regex.compile(r"[0-9๐-๙][0-9๐-๙.,:/-]*(?<=[0-9๐-๙])")
_OTHER = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙", "๐๑๒๓๔๕๖๗๘๙0123456789")


def cut(text: str) -> str:
    """`text` with `BOUNDARY` between its words (newmm); white space stays."""
    return BOUNDARY.join(word_tokenize(text, engine="newmm")) if text else ""


def other_digits(text: str) -> str:
    """The numbers of `text` in the other digits: `2567` of `๒๕๖๗`. Papers print either, and people type either."""
    return " ".join(number.translate(_OTHER) for number in _NUMBER.findall(text))


def inner(words: str) -> str:
    """The words inside the long words of `words` (as `cut` gives them): `ประชุม` of `รายงานการประชุม`.

    Dictionaries hold whole phrases as one word; whoever searches for a part of one means it too.
    """
    found: dict[str, None] = {}
    for word in words.replace("\n", BOUNDARY).replace(" ", BOUNDARY).split(BOUNDARY):
        found.update(dict.fromkeys(_inner(word)))
    return " ".join(found)


@cache
def _inner(word: str) -> tuple[str, ...]:
    return tuple(_parts(word)) if len(word) >= 2 * _SHORTEST else ()


def _parts(word: str) -> Iterator[str]:
    trie = word_dict_trie()
    for start in range(len(word)):
        rest = word[start:]
        yield from (part for part in trie.prefixes(rest) if _SHORTEST <= len(part) < len(word))
