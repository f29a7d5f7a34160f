"""The door of the parse stage: a layout's flow into the draft of a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.layout import Layout
from pipeline.parse.agenda import Agenda, parse_agenda
from pipeline.parse.attendance import columns_of, parse_list
from pipeline.parse.blocks import draft_blocks, gather_blocks
from pipeline.parse.draft import Capture, assemble
from pipeline.parse.header import parse_header
from pipeline.parse.markers import Marker
from pipeline.parse.opening_closing import clock
from pipeline.parse.sections import Sections, cut_sections
from pipeline.parse.signatures import parse_signatories
from pipeline.thai.fold import fold
from pipeline.vocabulary import vocabulary
from schemas import Record, Source

SAME_HEADING = 10  # letters that the headings of two parts of one list begin with
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
    sections = cut_sections(layout)
    agenda = parse_agenda(layout, sections.agenda)
    reasons = _reasons(sections, agenda)
    draft = {} if reasons else _draft(sections, agenda, layout)
    plain, evidence, captures = assemble(draft)
    record = Record.model_validate(
        {"source": source, "document_type": "other" if reasons else "minutes", **plain, "evidence": evidence}
    )
    return Parsed(record, tuple(captures), tuple(reasons))


def _reasons(sections: Sections, agenda: Agenda) -> list[str]:
    """Why the paper is not minutes; empty when it is."""
    signs = [
        bool(sections.lists),
        sections.opening is not None,
        sections.closing is not None,
        bool(agenda.items),
        any(item.resolutions for item in agenda.items),
    ]
    if (sections.title and any(signs)) or sum(signs) >= ENOUGH_SIGNS:
        return []
    reasons = [] if sections.title else [f"no title such as {vocabulary().usual_title} near the top of page 1"]
    if not any(signs):
        reasons.append("no attendance list, opening or closing time, agenda item or resolution")
    elif not sections.title:
        reasons.append("too few headings of minutes")
    return reasons


def _is_part(marker: Marker, main: Marker) -> bool:
    """Is the list the paper's main one, or a part of it: ผู้เข้าร่วมประชุมฝ่ายไทย, ผู้เข้าร่วมประชุมฝ่ายญี่ปุ่น?"""
    begun = fold(main.text.text)[:SAME_HEADING]
    return marker is main or (marker.detail == main.detail and fold(marker.text.text).startswith(begun))


def _draft(sections: Sections, agenda: Agenda, layout: Layout) -> dict[str, Any]:
    """The record as a draft."""
    lists = sections.lists
    known = max((columns_of(elements) for _, elements in lists), key=len, default=())
    main = lists[0][0] if lists and all(marker.detail != "present" for marker, _ in lists) else None
    header = parse_header(sections.header, sections.title) if sections.title and sections.header else {}
    body = header.get("body")
    own = body.value if body else ""
    return {
        "header": header,
        "attendance": [
            parse_list(marker, elements, main is not None and _is_part(marker, main), known, own)
            for marker, elements in lists
        ],
        "opened_at": clock(sections.opening, "opening"),
        "closed_at": clock(sections.closing, "closing"),
        "preamble": draft_blocks(gather_blocks(agenda.preamble, layout)),
        "agenda": agenda.drafts(own),
        "signatories": parse_signatories(sections.end),
    }
