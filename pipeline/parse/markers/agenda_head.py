"""Heads of agenda items: the words with a number (ระเบียบวาระที่ ๔), or a dotted number alone (๔.๒)."""

from __future__ import annotations

import re

from pipeline.layout import Traced
from pipeline.parse.markers.marker import Marker, Ranked, best_prefix
from pipeline.thai.loose import loose
from pipeline.thai.numbers import agenda_number
from pipeline.vocabulary import vocabulary

# Letters that may stand for a digit the reader cannot write.
_UNREADABLE = re.compile(r"\s*(?P<junk>[^\sก-ฮ]{1,3}|[ก-ฮ])(?=\s|$)")
_ITEM_WORD = re.compile(rf"{loose(vocabulary().grammar['item_words'])}\s*")
_BULLET = re.compile(r"^[\s\-–•*·]+")


def agenda_head(text: Traced) -> Ranked | None:
    """An agenda item's head: ระเบียบวาระที่ ๔, วาระที่ 4.2 …"""
    bullet = _BULLET.match(text.text)
    body = text.cut(bullet.end() if bullet else 0)
    best = best_prefix(body.text, vocabulary().agenda)
    if best is None:
        return None
    end = best[0].end
    gap = len(body.text[end:]) - len(body.text[end:].lstrip(" ."))
    number = agenda_number(body.text[end + gap :])
    if number:
        last = end + gap + number[1]
        rest = body.cut(last).lstrip(".:")
        return best[0].rank, Marker("agenda", body.cut(0, last), rest, number[0], body.cut(end + gap, last))
    junk = _UNREADABLE.match(body.text, end)
    if junk:
        rest = body.cut(junk.end())
        return best[0].rank, Marker("agenda", body.cut(0, junk.end()), rest, "", body.cut(*junk.span("junk")))
    return None


def bare_number(text: Traced) -> tuple[str, Traced, Traced] | None:
    """A dotted number that begins a line, alone or behind เรื่องที่: ("1.1", its place, what follows)."""
    word = _ITEM_WORD.match(text.text)
    start = word.end() if word else 0
    found = agenda_number(text.text[start:])
    if not found or "." not in found[0]:
        return None
    number, end = found[0], start + found[1]
    if end < len(text) and not re.match(r"[\s.)]", text.text[end]):
        return None
    return number, text.cut(start, end), text.cut(end).lstrip(".)")
