"""Headings of attendance lists: ผู้มาประชุม, รายชื่อคณะกรรมการผู้ไม่มาประชุม, ฝ่ายบริหารที่เข้าร่วมประชุม."""

from __future__ import annotations

import re

from pipeline.layout import Traced
from pipeline.parse.markers.marker import BODY_IN_SHORT, Marker, Ranked, best_prefix, goes_on
from pipeline.parse.names import is_name
from pipeline.parse.wording import says_nothing
from pipeline.thai.fold import fold, match_prefix
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

SHORT_HEADING = 48  # characters; a longer line that begins like a heading is a sentence

# So many people, nobody named: จำนวน ๖๔ คน.
COUNTED = re.compile(
    rf"{loose(vocabulary().grammar['counted_words'])}\s*[0-9๐-๙,]+\s*{loose(vocabulary().grammar['counted'])}"
)
_SAYS = re.compile(r"[ก-ฮ].*[ก-ฮ]|^\s*ๆ|\([^()]*[ก-ฮ][^()]*\)")  # what is no stray letter
_ABSENT = re.compile(
    rf"(?:{loose(vocabulary().attendance_openings)})?\s*(?:{loose(vocabulary().attendance_members)})?\s*"
    rf"(?:{loose(vocabulary().heading_of_people)}|{loose(vocabulary().heading_of_members)})"
    rf"{loose(vocabulary().heading_of_absent)}"
)
_LABEL = re.compile(r"[(\s]*(?:[0-9๐-๙]{1,2}\s*[.)]|[ก-ง]\s*[.)]\s)\s*")  # ๑. ผู้มาประชุม


def list_heading(text: Traced) -> Ranked | None:
    """The heading that the line `text` is: a known one after whose list it is, or a short line that ends as one."""
    if label := _LABEL.match(text.text):
        text = text.cut(label.end())
    kinds = dict(vocabulary().attendance)
    found = [
        ((prefix.edits + edits, -prefix.length - length), start, start + prefix.end, kinds[phrase])
        for start, edits, length in _starts(text.text)
        for phrase in kinds
        if (prefix := match_prefix(text.text[start:], phrase))
    ]
    if says_absent(text.text):  # ผู้ลาประชุม is nearly ผู้มาประชุม
        found = [one for one in found if one[-1] == "absent"]
    for rank, _, end, kind in sorted(found):
        if marker := _unless_sentence(text, end, kind):
            return rank, marker
    return _of_others(text)


def says_absent(words: str) -> bool:
    """Does a heading speak of people who were not there: กรรมการที่ลา…, ผู้ที่ไม่สามารถ…?"""
    return _ABSENT.match(words) is not None


def _of_others(text: Traced) -> Ranked | None:
    """A short line that ends as headings do: ฝ่ายบริหารอาคารที่เข้าร่วมประชุม."""
    words = text.text.strip(" :")
    if "  " in words or len(fold(words)) > SHORT_HEADING or re.match(r"[\W0-9๐-๙]", words):
        return None
    if is_name(words) and " " in words:  # พระสังฆาธิการผู้เข้าประชุม begins like a monk's name
        return None
    ends = [(len(phrase), kind) for phrase, kind in vocabulary().attendance if fold(words).endswith(fold(phrase))]
    length, kind = max(ends, default=(0, ""))
    return ((1, -length), Marker("attendance", text.strip(":"), text.cut(len(text)), kind)) if kind else None


def _starts(text: str) -> list[tuple[int, int, int]]:
    """Where the words of a heading may begin: at once, after รายชื่อ, after whose list it is; with edits and length."""
    starts = [(0, 0, 0)]
    if in_short := BODY_IN_SHORT.match(text):
        starts.append((in_short.end(), 0, 0))
    for phrases in (vocabulary().attendance_openings, vocabulary().attendance_members):
        for start, edits, length in list(starts):
            if best := best_prefix(text[start:], phrases):
                starts.append((start + best[0].end, edits + best[0].edits, length + best[0].length))
    return starts


def _goes_with(tail: str) -> bool:
    """Does the tail belong to a heading: ผู้ไม่สามารถเข้าประชุม + ได้?"""
    return any(match_prefix(tail, way, 0.0) for way in vocabulary().attendance_continued)


def _unless_sentence(text: Traced, end: int, kind: str) -> Marker | None:
    """A line that begins with a heading of a list, unless it goes on as a sentence does."""
    rest = text.cut(end).strip(":")
    numbered = re.match(r"[(\s]*[0-9๐-๙]{1,2}\s*[.)]", rest.text)
    named = text.text[end:].lstrip().startswith(":") and is_name(rest.text)
    followed = numbered or named or COUNTED.search(rest.text)  # by the list, or by how many came
    if not followed and (len(fold(text.text)) > SHORT_HEADING or goes_on(text.text[end:])):
        return None
    said = _goes_with(rest.text) or _SAYS.search(rest.text)
    heading = text.cut(0, end) if followed or says_nothing(rest.text) or not said else text
    return Marker("attendance", heading.strip(":"), rest, kind)
