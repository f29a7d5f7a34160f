"""Letters at random: every consonant under every mark, and Latin words that no list holds."""

from __future__ import annotations

import numpy as np

CONSONANTS = "".join(chr(code) for code in range(0x0E01, 0x0E2F) if chr(code) not in "ฤฦ")
_RARE = "ฃฅฆฌญฎฏฐฑฒณศษฬฮฤฦ"
_TONES = ("", "", "", "่", "้", "๊", "๋")
_ABOVE = ("ิ", "ี", "ึ", "ื", "ั")
_BELOW = ("ุ", "ู")
_ONSETS = (
    "b",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
)
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "ou", "io", "y")
_CODAS = ("", "", "l", "m", "n", "nt", "r", "s", "t", "ck", "ng", "tion", "x", "z", "w", "v", "ff")


def _pick(rng: np.random.Generator, pool: str | tuple[str, ...]) -> str:
    return pool[int(rng.integers(len(pool)))]


def syllable(rng: np.random.Generator) -> str:
    """One Thai syllable that can be written, whether or not a word has it."""
    letter = _pick(rng, CONSONANTS) if rng.random() < 0.7 else _pick(rng, _RARE)
    if letter in "ฤฦ":
        return letter + ("ๅ" if rng.random() < 0.3 else "")
    tone = _pick(rng, _TONES)
    form = int(rng.integers(12))
    if form < 3:
        return letter + _pick(rng, _ABOVE) + tone
    if form < 5:
        return letter + _pick(rng, _BELOW) + tone
    if form == 5:
        return letter + tone + "ำ"
    if form == 6:
        return _pick(rng, "เแโใไ") + letter + tone
    if form == 7:
        return _pick(rng, "เแ") + letter + "็" + _pick(rng, CONSONANTS)
    if form == 8:
        return letter + tone + _pick(rng, ("า", "ะ", "อ"))
    if form == 9:
        return letter + _pick(rng, ("์", "ิ์", "ุ์", "ฺ", "ํ", "็"))
    if form == 10:
        return "เ" + letter + _pick(rng, ("ี", "ื")) + tone + _pick(rng, ("ย", "อ", "ยะ"))
    return letter + tone + _pick(rng, CONSONANTS)


def thai(rng: np.random.Generator) -> str:
    """A few syllables, now and then parted by a space, ฯ or ๆ."""
    text = ""
    for _ in range(int(rng.integers(1, 14))):
        text += syllable(rng)
        draw = rng.random()
        if draw < 0.12:
            text += " "
        elif draw < 0.14:
            text += _pick(rng, ("ฯ", " ๆ ", "ๆ", "ฯลฯ ", "๏ "))
    return text


def latin(rng: np.random.Generator) -> str:
    """A pronounceable Latin word, an acronym, or letters and digits mixed as in a code."""
    form = rng.random()
    if form < 0.25:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return "".join(_pick(rng, letters) for _ in range(int(rng.integers(1, 7))))
    if form < 0.4:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz-/.0123456789"
        return "".join(_pick(rng, letters) for _ in range(int(rng.integers(3, 12))))
    word = "".join(
        _pick(rng, _ONSETS) + _pick(rng, _NUCLEI) + _pick(rng, _CODAS) for _ in range(int(rng.integers(1, 4)))
    )
    case = rng.random()
    return word.capitalize() if case < 0.45 else word.upper() if case < 0.6 else word
