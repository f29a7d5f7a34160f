"""Thai words in order, to look beginnings up in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pythainlp.corpus import thai_words


@cache
def sorted_words() -> Sequence[str]:
    """PyThaiNLP's word list, sorted: half the memory of a set of prefixes."""
    return sorted(thai_words())
