"""Dotted blanks that somebody filled in: ครั้งที่ ....๔.... ."""

from __future__ import annotations

import re

from pipeline.layout import Traced

_DOTS = re.compile(r"[.…_‥]{2,}")


def with_dots(text: Traced, end: int) -> int:
    """`end`, or where the dotted blank ends that goes on from there."""
    dots = _DOTS.match(text.text, end)
    return dots.end() if dots else end
