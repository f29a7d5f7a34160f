"""The door of the parse stage: a layout's flow into the draft of a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pipeline.layout import Element, Layout, Row, Traced
from pipeline.parse.agenda import AgendaParser
from pipeline.parse.attendance import is_continued, parse_list
from pipeline.parse.blocks import draft_blocks, gather_blocks, is_dirt
from pipeline.parse.closing import parse_signatories, signs
from pipeline.parse.draft import Capture, Leaf, assemble
from pipeline.parse.header import find_title, parse_header
from pipeline.parse.heads import with_bare_heads
from pipeline.parse.lists import cut_running_text, runs_on, with_guests
from pipeline.parse.markers import Marker, find_marker, said, says
from pipeline.parse.roster import columns_of
from pipeline.thai.fold import fold
from pipeline.thai.numbers import DIGIT, find_times, without_dots
from pipeline.vocabulary import vocabulary
from schemas import Record, Source

SIGNATURE_ROWS = 25  # signatures stand within so many lines of the end

UNIT_LENGTH = 2  # letters behind a time that may be left of its unit

_JOINED_TIME = re.compile(rf"\D*(?P<hour>{DIGIT}{{2}})(?P<minute>{DIGIT}{{2}})\W*")  # the forces: เวลา ๐๙๐๐

ENOUGH_SIGNS = 3  # structural headings that make minutes of a paper whose title could not be read


@dataclass(frozen=True, slots=True)
class Parsed:
    """A record without corrections and issues, and how it came about.

    Attributes:
        record: with evidence for every leaf that was read.
        captures: which rule filled which field from which text, for `--explain`.
        reasons: for a paper that is not minutes, why not.
    """

    record: Record
    captures: tuple[Capture, ...]
    reasons: tuple[str, ...]


def parse(layout: Layout, source: Source) -> Parsed:
    """The record that the layout's text makes. Never raises on any text."""
    sections = _Sections(layout)
    reasons = sections.reasons()
    draft = {} if reasons else sections.draft()
    plain, evidence, captures = assemble(draft)
    record = Record.model_validate(
        {"source": source, "document_type": "other" if reasons else "minutes", **plain, "evidence": evidence}
    )
    return Parsed(record, tuple(captures), tuple(reasons))


class _Sections:
    """The flow cut into header, attendance lists, agenda and end."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        rows = [element for element in layout.elements if isinstance(element, Row)]
        self._title = find_title(rows) if rows else None
        self._header: list[Row] = []
        self._lists: list[tuple[Marker, list[Element]]] = []
        self._opening: Marker | None = None
        self._closing: Marker | None = None
        self._body: list[tuple[Element, Marker | None]] = []
        first = layout.elements.index(rows[self._title[0]]) if self._title else 0
        for element in layout.elements[first:]:
            if not (isinstance(element, Row) and is_dirt(element.text.text)):
                self._take(element)
        if not self._body and not self._opening and self._lists:
            self._body = [(element, None) for element in cut_running_text(self._lists[-1][1])]
        self._lists = with_guests(self._lists)
        self._end = [element for element, _ in self._cut_end() if isinstance(element, Row)]
        self._agenda = AgendaParser(layout)
        self._agenda.run(with_bare_heads(self._body))

    def _take(self, element: Element) -> None:
        marker = find_marker(element) if isinstance(element, Row) else None
        kind = marker.kind if marker else None
        timed = _with_time(self._opening, element) if self._opening and not self._body else None
        if timed:
            self._opening = timed
        elif self._body:
            self._body.append((element, marker))
        elif marker and kind == "opening" and not self._opening and _has_time(marker):
            self._opening = marker
        elif marker and kind == "attendance" and not self._opening:
            self._open_list(marker)
        elif self._opening or kind == "agenda":
            self._body.append((element, marker))
        elif self._lists and isinstance(element, Row) and says("opening", element.text):
            self._opening = said("opening", element.text)
            self._body += [*self._begun_above(element), (element, None)]
        elif self._lists:
            self._lists[-1][1].append(element)
        elif isinstance(element, Row):
            self._header.append(element)

    def _begun_above(self, row: Row) -> list[tuple[Element, Marker | None]]:
        """The lines of the sentence that `row` goes on with, taken off the list they were laid to."""
        begun: list[tuple[Element, Marker | None]] = []
        under, elements = row, self._lists[-1][1]
        while elements and isinstance(above := elements[-1], Row) and runs_on(above):
            if self._layout.breaks_off(above, under):
                break
            begun.insert(0, (elements.pop(), None))
            under = above
        return begun

    def _cut_end(self) -> list[tuple[Element, Marker | None]]:
        """Take the closing line and what follows it off the body; without one, the signatures."""
        closings = [
            n for n, (_, marker) in enumerate(self._body) if marker and marker.kind == "closing" and _has_time(marker)
        ]
        if closings:
            place = closings[-1]
            self._closing = self._body[place][1]
            end = self._body[place + 1 :]
            if self._closing and end and (timed := _with_time(self._closing, end[0][0])):
                self._closing, end = timed, end[1:]
        elif (sentence := self._said_closing()) is not None:
            place = sentence + 1  # the sentence is body
            end = self._body[place:]
        else:
            place = next((n for n in self._last_rows() if signs(self._body[n][0])), len(self._body))  # type: ignore[arg-type]
            end = self._body[place:]
        self._body = self._body[:place]
        return end

    def _said_closing(self) -> int | None:
        """The last sentence that closes the meeting, among the last lines."""
        for place in reversed(range(max(len(self._body) - SIGNATURE_ROWS, 0), len(self._body))):
            element = self._body[place][0]
            if not isinstance(element, Row):
                continue
            if marker := said("closing", element.text):
                self._closing = marker
                return place
            below = self._body[place + 1][0] if place + 1 < len(self._body) else None
            if isinstance(below, Row) and (marker := said("closing", Traced.join([element.text, below.text]))):
                self._closing = marker
                return place + 1
        return None

    def _last_rows(self) -> list[int]:
        """Indexes of the rows among the last lines, after the last announcement."""
        start = max(len(self._body) - SIGNATURE_ROWS, 0)
        announced = [
            n for n, (_, marker) in enumerate(self._body) if marker and marker.kind in ("agenda", "resolution")
        ]
        start = max([start, *(n + 1 for n in announced)])
        return [n for n in range(start, len(self._body)) if isinstance(self._body[n][0], Row)]

    def _open_list(self, marker: Marker) -> None:
        if self._lists and self._lists[-1][0].detail == marker.detail:
            if is_continued(marker):
                return
            if not self._lists[-1][1]:  # the heading read twice, its underline once more
                self._lists.pop()
        self._lists.append((marker, []))

    def reasons(self) -> list[str]:
        """Why the paper is not minutes; empty when it is."""
        signs_ = [
            bool(self._lists),
            self._opening is not None,
            self._closing is not None,
            bool(self._agenda.items),
            any(item.resolutions for item in self._agenda.items),
        ]
        if (self._title and any(signs_)) or sum(signs_) >= ENOUGH_SIGNS:
            return []
        reasons = [] if self._title else [f"no title such as {vocabulary().usual_title} near the top of page 1"]
        if not any(signs_):
            reasons.append("no attendance list, opening or closing time, agenda item or resolution")
        elif not self._title:
            reasons.append("too few headings of minutes")
        return reasons

    def draft(self) -> dict[str, Any]:
        """The record as a draft."""
        known = max((columns_of(elements) for _, elements in self._lists), key=len, default=())
        kinds = [marker.detail for marker, _ in self._lists]
        main = self._lists[0][0] if self._lists and "present" not in kinds else None
        header = parse_header(self._header, self._title[1]) if self._title and self._header else {}
        return {
            "header": header,
            "attendance": [
                parse_list(marker, elements, alone=marker is main, known=known) for marker, elements in self._lists
            ],
            "opened_at": _clock(self._opening, "opening"),
            "closed_at": _clock(self._closing, "closing"),
            "preamble": draft_blocks(gather_blocks(self._agenda.preamble, self._layout)),
            "agenda": self._agenda.drafts(),
            "signatories": parse_signatories(self._end),
        }


def _has_time(marker: Marker) -> bool:
    """A line that opens or closes the meeting says when, or is nothing but the words."""
    rest = marker.rest.text
    return any(character.isdigit() for character in rest) or bool(find_times(rest)) or len(fold(rest)) < 3


def _with_time(marker: Marker, row: Element) -> Marker | None:
    """The announcement with the time that follows on the next row; None where that is no such row."""
    if not isinstance(row, Row):
        return None
    begun = Traced.join([marker.text, marker.rest])
    whole = Traced.join([begun, row.text])
    times = find_times(without_dots(whole.text))
    if not times or find_times(without_dots(begun.text)) or times[0].start > len(begun) + 1:
        return None
    if len(fold(whole.text[times[0].end :])) > UNIT_LENGTH:
        return None
    return replace(marker, rest=Traced.join([marker.rest, row.text]))


def _clock(marker: Marker | None, rule: str) -> Leaf | None:
    if marker is None:
        return None
    whole = Traced.join([marker.text, marker.rest])
    times = find_times(without_dots(whole.text))
    if times:
        return Leaf(times[0].clock, whole.cut(times[0].start, times[0].end), rule)
    joined = _JOINED_TIME.fullmatch(marker.rest.text)
    if joined and int(joined["hour"]) < 24 and int(joined["minute"]) < 60:
        return Leaf(f"{int(joined['hour']):02d}:{int(joined['minute']):02d}", marker.rest, rule)
    return None
