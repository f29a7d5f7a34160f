"""The door of the parse stage: a layout's flow into the draft of a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.layout import Element, Layout, Row, Traced
from pipeline.parse.agenda import AgendaParser
from pipeline.parse.attendance import is_continued, parse_list
from pipeline.parse.blocks import draft_blocks
from pipeline.parse.closing import parse_signatories, signs
from pipeline.parse.draft import Capture, Leaf, assemble
from pipeline.parse.header import find_title, parse_header
from pipeline.parse.markers import Marker, find_marker
from pipeline.thai.fold import fold
from pipeline.thai.numbers import find_times
from schemas import Record, Source

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
        self._agenda = AgendaParser(layout)
        self._end: list[Row] = []
        first = layout.elements.index(rows[self._title[0]]) if self._title else 0
        for element in layout.elements[first:]:
            self._take(element)

    def _take(self, element: Element) -> None:
        if self._closing or (self._end and isinstance(element, Row)):
            if isinstance(element, Row):
                self._end.append(element)
            return
        marker = find_marker(element) if isinstance(element, Row) else None
        kind = marker.kind if marker else None
        if marker and kind == "closing" and self._agenda.started and _has_time(marker):
            self._closing = marker
        elif marker and kind == "opening" and not self._opening and not self._agenda.started and _has_time(marker):
            self._opening = marker
        elif marker and kind == "attendance" and not self._opening and not self._agenda.started:
            self._open_list(marker)
        elif self._opening or self._agenda.started or kind == "agenda":
            self._take_body(element, marker)
        elif self._lists:
            self._lists[-1][1].append(element)
        elif isinstance(element, Row):
            self._header.append(element)

    def _take_body(self, element: Element, marker: Marker | None) -> None:
        if isinstance(element, Row) and self._agenda.started and signs(element):
            self._end.append(element)
        else:
            self._agenda.take(element, marker)

    def _open_list(self, marker: Marker) -> None:
        if is_continued(marker) and self._lists and self._lists[-1][0].detail == marker.detail:
            return
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
        if self._title and any(signs_) or sum(signs_) >= ENOUGH_SIGNS:
            return []
        reasons = [] if self._title else ["no title such as รายงานการประชุม near the top of the first page"]
        if not any(signs_):
            reasons.append("no attendance list, opening or closing time, agenda item or resolution")
        elif not self._title:
            reasons.append("too few headings of minutes")
        return reasons

    def draft(self) -> dict[str, Any]:
        """The record as a draft."""
        header = parse_header(self._header, self._title[1]) if self._title and self._header else {}
        return {
            "header": header,
            "attendance": [parse_list(marker, elements) for marker, elements in self._lists],
            "opened_at": _clock(self._opening, "opening"),
            "closed_at": _clock(self._closing, "closing"),
            "preamble": draft_blocks(self._agenda.preamble, self._layout),
            "agenda": self._agenda.drafts(),
            "signatories": parse_signatories(self._end),
        }


def _has_time(marker: Marker) -> bool:
    """A line that opens or closes the meeting says when, or is nothing but the words."""
    return any(character.isdigit() for character in marker.rest.text) or len(fold(marker.rest.text)) < 3


def _clock(marker: Marker | None, rule: str) -> Leaf | None:
    if marker is None:
        return None
    whole = Traced.join([marker.text, marker.rest])
    times = find_times(whole.text)
    return Leaf(times[0].clock, whole.cut(times[0].start, times[0].end), rule) if times else None
