"""What Thai writing never has: sequences of letters and marks that spell no syllable."""

from __future__ import annotations

import re

_VOWELS = "ัิีึืฺุู็"  # above and below, with ็, which takes their place
_TONES = "่-๋"

IMPOSSIBLE = re.compile(
    "|".join(
        (
            rf"(?<![ก-๎])[ะาำๅ{_VOWELS}{_TONES}์]",  # a vowel or mark without a letter
            rf"[เ-ไ][ะาำเ-ไ{_VOWELS}{_TONES}์]",  # a vowel that stands before none
            rf"[{_VOWELS}][{_TONES}]?[{_VOWELS}ะ]",
            rf"[{_TONES}][{_TONES}{_VOWELS}]",
            rf"[ะาำัีึืู็{_TONES}]์",
            rf"์[ะาำ์{_VOWELS}{_TONES}]",
            rf"[ใไ][ก-ฮ][{_TONES}]?[ะำ{_VOWELS}]",
            rf"โ[ก-ฮ][{_TONES}]?[ำ{_VOWELS}]",
            rf"แ[ก-ฮ][{_TONES}]?[ำัิีึืุู]",
            rf"เ[ก-ฮ][{_TONES}]?[ำัึุู]",
            "ใ[^กคจชซดตนบฝผยสหภ]",  # twenty words have ใ
            rf"[ัื](?![{_TONES}]?[ก-ฮ])",
            rf"[ัิีึืุู][ก-ฮ][{_TONES}](?![ก-๎])",  # a tone on the last letter of a syllable
        )
    )
)
"""Measured: 277 times in 7 million characters of government news, nearly all of them slips such as เเ for แ."""


def is_impossible(text: str, at: int, length: int, pattern: re.Pattern[str] = IMPOSSIBLE) -> bool:
    """Whether the `length` letters at `at` are part of, or stand beside, what spells no Thai."""
    return any(found.start() <= at + length and at <= found.end() for found in pattern.finditer(text))


def is_thai(text: str) -> bool:
    """Whether all of `text` are Thai letters, vowels and marks; of no letters it is true."""
    return all("ก" <= letter <= "๎" for letter in text)
