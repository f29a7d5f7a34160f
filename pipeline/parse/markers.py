"""What a line announces: the document's title, an attendance list, an agenda item, a resolution …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.layout import Row, Traced
from pipeline.thai.fold import Prefix, fold, match_prefix
from pipeline.thai.numbers import agenda_number
from pipeline.vocabulary import vocabulary

Kind = Literal["document", "attendance", "opening", "closing", "agenda", "resolution"]

# Letters that may stand for a digit the reader cannot write.
_UNREADABLE = re.compile(r"\s*(?P<junk>[^\sก-ฮ]{1,3}|[ก-ฮ])(?=\s|$)")
_BULLET = re.compile(r"^[\s\-–•*·]+")

SHORT_HEADING = 48  # characters; a longer line that begins like a heading is a sentence


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


def find_marker(row: Row) -> Marker | None:
    """The announcement that `row` begins with, if any; of several that nearly fit, the best."""
    text = row.text
    found = [
        _attendance(text),
        _phrase("closing", text, vocabulary().closing),
        _phrase("opening", text, vocabulary().opening),
        _agenda(text),
        _phrase("resolution", text, vocabulary().resolution),
    ]
    return min((ranked for ranked in found if ranked), key=lambda ranked: ranked[0], default=((0, 0), None))[1]


def document_marker(row: Row) -> Marker | None:
    """Does the row begin with the name of a kind of minutes?"""
    ranked = _phrase("document", row.text, vocabulary().document)
    return ranked[1] if ranked else None


_Ranked = tuple[tuple[int, int], Marker]


def _best(text: str, phrases: Iterable[str]) -> tuple[Prefix, str] | None:
    found = [(prefix, phrase) for phrase in phrases if (prefix := match_prefix(text, phrase))]
    return min(found, key=lambda pair: pair[0].rank) if found else None


def _phrase(kind: Kind, text: Traced, phrases: tuple[str, ...]) -> _Ranked | None:
    best = _best(text.text, phrases)
    if best is None:
        return None
    end = best[0].end
    return best[0].rank, Marker(kind, text.cut(0, end), text.cut(end).lstrip(":"))


def _attendance(text: Traced) -> _Ranked | None:
    kinds = dict(vocabulary().attendance)
    found = [(prefix, kinds[phrase]) for phrase in kinds if (prefix := match_prefix(text.text, phrase))]
    for prefix, kind in sorted(found, key=lambda pair: pair[0].rank):
        if marker := _attendance_heading(text, prefix.end, kind):
            return prefix.rank, marker
    return None


def _attendance_heading(text: Traced, end: int, kind: str) -> Marker | None:
    """A line that begins with a heading of a list, unless it goes on as a sentence does."""
    rest = text.cut(end).strip(":")
    numbered = re.match(r"[(\s]*[0-9๐-๙]{1,2}\s*[.)]", rest.text)
    if not numbered and (len(fold(text.text)) > SHORT_HEADING or _goes_on(text.text[end:])):
        return None
    heading = text.cut(0, end) if numbered or not re.search("[ก-ฮ].*[ก-ฮ]", rest.text) else text
    return Marker("attendance", heading.strip(":"), rest, kind)


def _goes_on(tail: str) -> bool:
    """Do the words go on without a break, as in ผู้เข้าประชุมทุกท่าน?"""
    return bool(tail) and not tail[0].isspace() and tail[0] not in "(:-–."


def _agenda(text: Traced) -> _Ranked | None:
    """An agenda item's head: ระเบียบวาระที่ ๔, วาระที่ 4.2 …"""
    bullet = _BULLET.match(text.text)
    body = text.cut(bullet.end() if bullet else 0)
    best = _best(body.text, vocabulary().agenda)
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
    """A dotted number that begins a line: ("1.1", its place, what follows)."""
    found = agenda_number(text.text)
    if not found or "." not in found[0]:
        return None
    number, end = found
    if end < len(text) and not re.match(r"[\s.)]", text.text[end]):
        return None
    return number, text.cut(0, end), text.cut(end).lstrip(".)")


def resolution_sentence(text: Traced) -> bool:
    """Does a paragraph without a marker state a resolution, alone or in a speaker's column?"""
    words = vocabulary()
    if any(match_prefix(text.text, phrase) for phrase in words.resolution_sentence):
        return True
    speaker, dash, said = text.text.partition(" -")
    verbs = [*words.resolution_verb, *(word for word, _ in words.decisions)]
    return (
        bool(dash)
        and any(match_prefix(speaker, phrase) for phrase in words.resolution_speaker)
        and any(match_prefix(said, verb) for verb in verbs)
    )
