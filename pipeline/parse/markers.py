"""What a line announces: the document's title, an attendance list, an agenda item, a resolution …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.layout import Row, Traced
from pipeline.parse.blocks import says_nothing, states_resolution
from pipeline.parse.names import is_name
from pipeline.thai.fold import Prefix, fold, match_prefix
from pipeline.thai.loose import loose
from pipeline.thai.numbers import agenda_number, find_times, without_dots
from pipeline.vocabulary import vocabulary

Kind = Literal["document", "attendance", "opening", "closing", "agenda", "resolution"]

# Letters that may stand for a digit the reader cannot write.
_UNREADABLE = re.compile(r"\s*(?P<junk>[^\sก-ฮ]{1,3}|[ก-ฮ])(?=\s|$)")
_BODY_IN_SHORT = re.compile(
    r"(?:[ก-ฮ]{1,4}\s?\.\s?){0,3}[ก-ฮ]{1,4}\s?\.[ก-๎]*(?:\s[ก-๎]+ฯ)?(?=[\s:]|$)"
)  # อ.ก.พ.กรม, ก.อบต.จังหวัด
_BULLET = re.compile(r"^[\s\-–•*·]+")
_HEADING_LABEL = re.compile(r"[(\s]*(?:[0-9๐-๙]{1,2}\s*[.)]|[ก-ง]\s*[.)]\s)\s*")  # ๑. ผู้มาประชุม

SHORT_PHRASE = 7  # letters; so short a phrase (มติ) begins many words, and must stand alone
SHORT_SENTENCE = 20  # letters; what is shorter is no sentence
SAID_GAP = 12  # characters between the words and the time: `ปิดประชุม เมื่อเวลา ๑๒.๐๐ น.`
SHORT_HEADING = 48  # characters; a longer line that begins like a heading is a sentence

# So many people, nobody named: จำนวน ๖๔ คน.
COUNTED = re.compile(
    rf"{loose(vocabulary().grammar['counted_words'])}\s*[0-9๐-๙,]+\s*{loose(vocabulary().grammar['counted'])}"
)

_SAID = {
    "opening": re.compile(loose(vocabulary().opening)),
    "closing": re.compile(loose(vocabulary().closing)),
}


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
        _resolution(text),
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


def _resolution(text: Traced) -> _Ranked | None:
    """มติที่ประชุม, or มติ with the body's own name up to the next space: มติสภามหาวิทยาลัย."""
    words = vocabulary()
    named = _phrase("resolution", text, words.resolution_bodies)
    if named and " " not in named[1].text.text and (name := re.match(r"\S*", text.text[len(named[1].text) :])):
        end = len(named[1].text) + name.end()
        rest = text.cut(end).lstrip(":")
        if not rest or _decides(rest.text):
            return named[0], Marker("resolution", text.cut(0, end), rest)
    if in_short := _resolution_in_short(text):
        return in_short
    long = tuple(phrase for phrase in words.resolution if len(fold(phrase)) > SHORT_PHRASE)
    ranked = _phrase("resolution", text, long)
    if ranked and not _runs_over(ranked[1], text):
        return ranked
    ranked = _phrase("resolution", text, words.resolution[-1:] if ranked else words.resolution)
    return ranked if ranked and not _goes_on(text.text[len(ranked[1].text) :]) else None


def _runs_over(marker: Marker, text: Traced) -> bool:
    """Does a marker take the first words of its resolution: มติ : ที่ประชุมรับทราบ?"""
    words = marker.text.text
    if ":" in words:
        return True
    word = match_prefix(words, vocabulary().resolution[-1], tolerance=0.0)
    apart = word is not None and words[word.end : word.end + 1].isspace()
    return apart and _goes_on(text.text[len(words) :])


def _resolution_in_short(text: Traced) -> _Ranked | None:
    """มติ with the body's name in short: มติ ก.อบต.จังหวัด รับทราบ."""
    word = _phrase("resolution", text, vocabulary().resolution[-1:])
    if word is None or word[0][0]:
        return None
    rest = word[1].rest
    body = _BODY_IN_SHORT.match(rest.text)
    if body and (not rest.text[body.end() :].strip() or _decides(rest.text[body.end() :].strip(": "))):
        end = len(text) - len(rest) + body.end()
        return word[0], Marker("resolution", text.cut(0, end), text.cut(end).lstrip(":"))
    return None


def _decides(text: str) -> bool:
    """Does `text` begin with the words of a decision, or with a list of several?"""
    words = vocabulary()
    verbs = (*words.resolution_verb, *(word for word, _ in words.decisions))
    return any(match_prefix(text, verb) for verb in verbs) or re.match(r"[0-9๐-๙]{1,2}[.)]", text) is not None


def _attendance(text: Traced) -> _Ranked | None:
    if label := _HEADING_LABEL.match(text.text):
        text = text.cut(label.end())
    kinds = dict(vocabulary().attendance)
    found = [
        ((prefix.edits + edits, -prefix.length - length), start, start + prefix.end, kinds[phrase])
        for start, edits, length in _heading_starts(text.text)
        for phrase in kinds
        if (prefix := match_prefix(text.text[start:], phrase))
    ]
    for rank, _, end, kind in sorted(found):
        if marker := _attendance_heading(text, end, kind):
            return rank, marker
    return _heading_of_others(text)


def _heading_of_others(text: Traced) -> _Ranked | None:
    """A short line that ends as headings do: ฝ่ายบริหารอาคารที่เข้าร่วมประชุม."""
    words = text.text.strip(" :")
    if "  " in words or len(fold(words)) > SHORT_HEADING or re.match(r"[\W0-9๐-๙]", words) or is_name(words):
        return None
    ends = [(len(phrase), kind) for phrase, kind in vocabulary().attendance if fold(words).endswith(fold(phrase))]
    length, kind = max(ends, default=(0, ""))
    return ((1, -length), Marker("attendance", text.strip(":"), text.cut(len(text)), kind)) if kind else None


def _heading_starts(text: str) -> list[tuple[int, int, int]]:
    """Where the words of a heading may begin: at once, after รายชื่อ, after whose list it is; with edits and length."""
    starts = [(0, 0, 0)]
    if in_short := _BODY_IN_SHORT.match(text):
        starts.append((in_short.end(), 0, 0))
    for phrases in (vocabulary().attendance_openings, vocabulary().attendance_members):
        for start, edits, length in list(starts):
            if best := _best(text[start:], phrases):
                starts.append((start + best[0].end, edits + best[0].edits, length + best[0].length))
    return starts


def _attendance_heading(text: Traced, end: int, kind: str) -> Marker | None:
    """A line that begins with a heading of a list, unless it goes on as a sentence does."""
    rest = text.cut(end).strip(":")
    numbered = re.match(r"[(\s]*[0-9๐-๙]{1,2}\s*[.)]", rest.text)
    counted = COUNTED.search(rest.text)  # nobody is named
    if not (numbered or counted) and (len(fold(text.text)) > SHORT_HEADING or _goes_on(text.text[end:])):
        return None
    heading = (
        text.cut(0, end)
        if numbered or counted or says_nothing(rest.text) or not re.search("[ก-ฮ].*[ก-ฮ]", rest.text)
        else text
    )
    return Marker("attendance", heading.strip(":"), rest, kind)


def _goes_on(tail: str) -> bool:
    """Do the words go on without a break, as in ผู้เข้าประชุมทุกท่าน? Not by how they met: ผู้มาประชุมผ่านระบบ…"""
    if any(match_prefix(tail, way) for way in (*vocabulary().venue_continued, *vocabulary().attendance_continued)):
        return False
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


def said(kind: Kind, text: Traced) -> Marker | None:
    """The announcement inside a sentence: ประธานกล่าวขอบคุณและปิดประชุมเวลา ๑๒.๐๐ น."""
    times = find_times(without_dots(text.text))
    for words in _SAID[kind].finditer(text.text):
        if any(words.end() <= time.start <= words.end() + SAID_GAP for time in times):
            return Marker(kind, text.cut(*words.span()), text.cut(words.end()))
    return None


def says(kind: Kind, text: Traced) -> bool:
    """Does a sentence speak of the announcement, with or without a time?"""
    return len(fold(text.text)) > SHORT_SENTENCE and _SAID[kind].search(text.text) is not None


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
    if states_resolution(text.text):
        return True
    speaker, dash, words_said = text.text.partition(" -")
    return (
        bool(dash)
        and any(match_prefix(speaker, phrase) for phrase in words.resolution_speaker)
        and _decides(words_said)
    )
