"""The elements between opening and closing as a tree of agenda items."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pipeline.layout import Element, Layout, Picture, Row, Traced
from pipeline.parse.agenda.bare_heads import with_bare_heads
from pipeline.parse.agenda.beside import with_resolutions_beside
from pipeline.parse.agenda.item import Decided, Item
from pipeline.parse.agenda.numbering import is_item, is_next
from pipeline.parse.agenda.progress import Progress
from pipeline.parse.agenda.resolutions import resolution_draft, resolution_end, stated_resolutions
from pipeline.parse.agenda.tabled import Entry, tabled
from pipeline.parse.agenda.title_end import continues_title
from pipeline.parse.blocks import draft_blocks, gather_blocks
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.markers import Announced, Marker
from pipeline.parse.markers.agenda_head import bare_number
from pipeline.thai.fold import match_prefix
from pipeline.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda as it was gathered.

    Attributes:
        preamble: what stands before the first item.
        items: the items that stand under no other.
    """

    layout: Layout
    preamble: list[Element]
    items: list[Item]

    def drafts(self, own: str) -> list[dict[str, Any]]:
        """The tree as drafts of `AgendaItem`.

        Args:
            own: the name of the body that met.
        """
        return [_draft(item, self.layout, own) for item in self.items]


def parse_agenda(layout: Layout, body: list[Announced]) -> Agenda:
    """The agenda in the elements after the opening, each with what its row announces."""
    parser = _Parser(layout)
    body = with_bare_heads(with_resolutions_beside(body))
    parser.run(body, tabled(body))
    return Agenda(layout, parser.preamble, parser.at.items)


class _Parser:
    """Takes the elements one after the other, and lays each to the item it belongs to."""

    def __init__(self, layout: Layout) -> None:
        self.at = Progress(layout)
        self.preamble: list[Element] = []
        self._titled = False  # is the item's title still going on?

    def run(self, body: list[Announced], tables: dict[int, list[Entry]]) -> None:
        """Take `body`; the tables in it that hold the agenda are those of `tables`, by their places."""
        for place, (element, marker) in enumerate(body):
            self.at.ahead = body[place + 1 :]
            if entries := tables.get(place):
                for entry in entries:
                    self._take_entry(entry)
                self.at.above = None
                continue
            row = element if isinstance(element, Row) else None
            if row is None or not self._take_row(row, marker):
                self._titled = False
                self._body(element)
            self.at.above = row

    def _take_row(self, row: Row, marker: Marker | None) -> bool:
        if marker and marker.kind == "agenda" and is_item(marker, row, self.at):
            self._open(Item(marker.detail or None, marker.number, _nonempty(marker.rest), row.left))
            return True
        bare = bare_number(row.text)
        if bare and is_next(bare[0], self.at):
            self._open(Item(bare[0], bare[1], _nonempty(bare[2]), row.left))
            return True
        if marker and marker.kind == "resolution" and self.at.path:
            self._titled = False
            self.at.item.resolutions.append(Decided(_beginning_at(marker.rest, row), marker.rest))
            return True
        if self._titled and continues_title(row, self.at):
            self.at.item.title.append(row.text)
            return True
        if self._titled and _is_matter(row, self.at.item):
            self._open(Item(None, None, [row.text], row.left, under=self.at.item))
            return True
        return False

    def _take_entry(self, entry: Entry) -> None:
        """What a row of a table says: an item, or more of the one before."""
        if entry.number_text is not None:
            left = entry.number_text.box[0] if entry.number_text.box else 0.0
            self.at.open(Item(entry.number, entry.number_text, [entry.title] if entry.title else [], left))
        self._titled = False
        for row in entry.body:
            if self.at.path:
                self.at.item.elements.append(row)
            else:
                self.preamble.append(row)
        if entry.decided and self.at.path:
            first, *more = entry.decided
            if entry.number_text is None and self.at.item.resolutions:
                self.at.item.resolutions[-1].elements += entry.decided
            else:
                self.at.item.resolutions.append(Decided(first, first.text, list(more), alone=True))

    def _open(self, item: Item) -> None:
        self.at.open(item)
        self._titled = True

    def _body(self, element: Element) -> None:
        if not self.at.path:
            if not isinstance(element, Picture):
                self.preamble.append(element)
        elif self.at.item.resolutions:
            self.at.item.resolutions[-1].elements.append(element)
        else:
            self.at.item.elements.append(element)


def _is_matter(row: Row, item: Item) -> bool:
    """An unnumbered matter right under a numbered item: เรื่อง ร่างแผน…"""
    return (
        item.number is not None
        and match_prefix(row.text.text, vocabulary().matter) is not None
        and bool(re.match(r"\S{4,7}\s", row.text.text))
    )


def _beginning_at(rest: Traced, row: Row) -> Row:
    """The row from `rest` on: lines under it are set in, or not, against where its words begin."""
    box = rest.box
    return replace(row, box=(box[0], *row.box[1:])) if box else row


def _nonempty(text: Traced) -> list[Traced]:
    return [text] if text else []


def _draft(item: Item, layout: Layout, own: str) -> dict[str, Any]:
    blocks = gather_blocks(item.elements, layout)
    stated = [] if item.resolutions else stated_resolutions(blocks, own)
    resolutions = [resolution_draft(parts, "agenda.resolution_sentence") for parts in stated]
    taken = [block for parts in stated for block in parts]
    body = draft_blocks([block for block in blocks if block not in taken])
    for decided in item.resolutions:
        blocks = gather_blocks(decided.elements, layout, (decided.rest, decided.row))
        end = len(blocks) if decided.alone else resolution_end(blocks)
        resolutions.append(resolution_draft(blocks[:end], "agenda.resolution"))
        body += draft_blocks(blocks[end:])
    return {
        "number": Leaf(item.number, item.number_text, "agenda.number") if item.number_text else None,
        "title": leaf(flow_together(item.title), "agenda.title") or "",
        "body": body,
        "resolutions": [resolution for resolution in resolutions if resolution],
        "items": [_draft(child, layout, own) for child in item.items],
    }
