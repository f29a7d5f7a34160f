"""Text made fit for files that other programs open."""

from __future__ import annotations

import regex

_FORBIDDEN = regex.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2)."""

_STEERING = regex.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of the text around them and are not seen themselves."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def legal(text: str) -> str:
    """`text` with U+FFFD for what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def readable(text: str) -> str:
    """`text` for a reading copy: as `legal`, and marks that turn the text's direction shown as ⟨U+202E⟩."""
    return _STEERING.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", legal(text))


def no_formula(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
