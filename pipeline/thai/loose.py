"""Regular expressions for Thai words as they are misread: marks lost, stops and spaces come and gone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.thai.marks import MARKS

_MARK = f"[{MARKS}]"


def loose(words: Iterable[str]) -> str:
    """A group that matches any of `words`, their marks and full stops optional, ำ also as ํา or า."""
    return "(?:" + "|".join(_loose_word(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _loose_word(word: str) -> str:
    pattern = ""
    for character in word:
        if character in MARKS:
            continue
        if character == "ำ":
            pattern += "ํ?[ำา]"
        elif character == ".":
            pattern += r"\s?\.?"
        elif character.isspace():
            pattern += r"\s*"
        else:
            pattern += re.escape(character)
        if "ก" <= character <= "ฮ":
            pattern += _MARK + "{0,3}"
    return pattern
