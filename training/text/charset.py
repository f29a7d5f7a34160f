"""The characters that the recogniser can write, and the one way in which a text is spelt with them.

Left out on purpose: the private-use marks of old Thai fonts, the ornaments ๎ ๚ ๛ that official papers do not
use, and every look-alike that `normal` maps to one of these (no-break spaces, other dashes, other bullets).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pythainlp.util import reorder_vowels

_ASCII = "".join(chr(code) for code in range(0x20, 0x7F))
# ก to ฮ with ฤ and ฦ, ฯ, vowels and ฺ; ฿; เ to ๆ with ๅ; ็ to ํ; ๏; ๐ to ๙.
_THAI = "".join(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E4E), *range(0x0E4F, 0x0E5A)))
_SIGNS = "§°±²³¼½×÷–—‘’“”•…→≤≥■□○●✓"

CHARSET = "".join(sorted(_ASCII + _THAI + _SIGNS))
"""Every character a line of training text may hold, sorted by code point; the CTC blank is not one of them."""

_KNOWN = frozenset(CHARSET)
_ALIKE = str.maketrans(
    {
        "\t": " ",
        "\n": " ",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u3000": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "–",
        "\u2212": "–",
        "\u2015": "—",
        "\u201e": "“",
        "\u00b4": "’",
        "\u2032": "’",
        "\u2033": "”",
        "\u00b7": "•",
        "\u2219": "•",
        "\u25aa": "■",
        "\u2610": "□",
        "\u25fb": "□",
        "\u2714": "✓",
        "\u2713": "✓",
        "\u25e6": "○",
        "\u00ba": "°",
        "\uf0b7": "•",
    }
)
_SPACES = re.compile(r" {2,}")
_BREAKS = re.compile("[\u200b-\u200f\ufeff\u00ad]")


def normal(text: str) -> str:
    """`text` in the one spelling used for training and reading.

    Vowels and tone marks in the order of `pythainlp.util.reorder_vowels` (ำ is one character, which NFC
    would not mend), one space between words and none at the ends, look-alikes mapped. Characters outside
    `CHARSET` stay: see `foreign`.
    """
    text = _BREAKS.sub("", text.translate(_ALIKE))
    return str(reorder_vowels(_SPACES.sub(" ", text).strip()))


def foreign(text: Iterable[str]) -> set[str]:
    """The characters of `text` that the recogniser cannot write."""
    return set(text) - _KNOWN
