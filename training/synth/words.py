"""Thai text as a typesetter needs it: where a line may break, letters with their marks, digits."""

from __future__ import annotations

import re
from functools import lru_cache

from pythainlp.tokenize import word_tokenize

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# A letter with the marks above and below it, and the ำ that leans on it.
_CLUSTER = re.compile(r".[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33?", re.DOTALL)

# What may not begin a line: closing signs, repetition marks, and letters that need one before them.
_NOT_FIRST = re.compile(r"[ๆฯ.,)\]”’:;!?%/\u0e30-\u0e3a\u0e45\u0e47-\u0e4e-]")
_NOT_LAST = re.compile(r"[(\[“‘./เ-ไ]$")


def thai_digits(text: str | int) -> str:
    """`text` with Thai digits."""
    return str(text).translate(_TO_THAI)


def clusters(text: str) -> list[str]:
    """`text` cut into letters with their marks: what letterspacing may part."""
    return _CLUSTER.findall(text)


@lru_cache(maxsize=4096)
def unbroken(text: str) -> tuple[str, ...]:
    """`text` cut where a line may break: words, single runs of spaces, and tabs.

    Joined again, the pieces are `text`.
    """
    pieces: list[str] = []
    for token in re.split(r"(\s+(?!ๆ))", text):  # `อื่น ๆ` is one word
        if not token:
            continue
        if token.isspace():
            pieces.append(token)
            continue
        held: list[str] = []
        for word in word_tokenize(token, engine="newmm", keep_whitespace=True):
            if held and (word.isspace() or _NOT_FIRST.match(word) or _NOT_LAST.search(held[-1])):
                held[-1] += word
            else:
                held.append(word)
        pieces.extend(held)
    return tuple(pieces)
