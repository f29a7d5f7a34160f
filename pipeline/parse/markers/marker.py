"""An announcement, and the phrases of the vocabulary that a line may begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.layout import Element, Traced
from pipeline.thai.fold import Prefix, match_prefix
from pipeline.vocabulary import vocabulary

BODY_IN_SHORT = re.compile(r"(?:[ก-ฮ]{1,4}\s?\.\s?){0,3}[ก-ฮ]{1,4}\s?\.[ก-๎]*(?:\s[ก-๎]+ฯ)?(?=[\s:]|$)")
"""A body's name in short, as it stands among the words of an announcement: อ.ก.พ.กรม, ก.อบต.จังหวัด."""

Kind = Literal["document", "attendance", "opening", "closing", "agenda", "resolution"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A line's announcement.

    Attributes:
        kind: what it announces.
        text: the words of the announcement as read.
        rest: what follows them on the line.
        detail: the kind of attendance list, or the agenda number ("" when it could not be read).
        number: the place of the agenda number.
    """

    kind: Kind
    text: Traced
    rest: Traced
    detail: str = ""
    number: Traced | None = None


Announced = tuple[Element, Marker | None]
"""An element of the flow with what its row announces."""

Ranked = tuple[tuple[int, int], Marker]
"""A marker and how well it fits: (edits, minus the letters it takes), the least being the best."""


def best_prefix(text: str, phrases: Iterable[str]) -> tuple[Prefix, str] | None:
    """The phrase that `text` begins with, and how; of several that nearly fit, the best."""
    found = [(prefix, phrase) for phrase in phrases if (prefix := match_prefix(text, phrase))]
    return min(found, key=lambda pair: pair[0].rank) if found else None


def phrase_marker(kind: Kind, text: Traced, phrases: tuple[str, ...]) -> Ranked | None:
    """The marker that one of `phrases` makes of the line `text`."""
    best = best_prefix(text.text, phrases)
    if best is None:
        return None
    end = best[0].end
    return best[0].rank, Marker(kind, text.cut(0, end), text.cut(end).lstrip(":"))


def goes_on(tail: str) -> bool:
    """Do the words go on without a break, as in ผู้เข้าประชุมทุกท่าน? Not by how they met: ผู้มาประชุมผ่านระบบ…"""
    if any(match_prefix(tail, way) for way in (*vocabulary().venue_continued, *vocabulary().attendance_continued)):
        return False
    return bool(tail) and not tail[0].isspace() and tail[0] not in "(:-–."
