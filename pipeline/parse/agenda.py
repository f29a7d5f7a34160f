"""The agenda: a tree of numbered items with their bodies and resolutions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.layout import Element, Layout, Picture, Row, Traced
from pipeline.parse.blocks import INDENT, Block, draft_blocks, gather_blocks, is_unfinished
from pipeline.parse.draft import Leaf, flow_together, leaf
from pipeline.parse.markers import Marker, bare_number, resolution_sentence
from pipeline.parse.names import is_name
from pipeline.thai.fold import fold, match_prefix
from pipeline.thai.loose import loose
from pipeline.thai.numbers import DIGIT, arabic
from pipeline.vocabulary import vocabulary

LARGEST_STEP = 4  # an item's number is at most so many after the one before it
TITLE_GAP = 2.5  # in line heights: more white space than this ends a title
CLOSE_GAP = 0.6  # in line heights: a paragraph under a title stands further off where it is set in less
SHORT_TAIL = 60  # characters; a longer line is a sentence
EARLY_WRAP = 0.6  # of the page width: Thai without spaces wraps early before a long word
SURE_DIGIT = 0.7  # digits read with less confidence are not held to the order of the items

_WHICH = re.compile(
    rf"{loose(vocabulary().grammar['title_tails'])}\s*(?:{DIGIT}|{loose(vocabulary().grammar['buddhist_era'])})"
)
_BODY = re.compile(loose(vocabulary().grammar["body_openings"]))
_LISTED = re.compile(r"[-–•(]|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)\s]")
_BRACKETED = re.compile(r"\([^()]*[ก-๎][^()]*\)")
_LIST_FOLLOWS = re.compile(rf"{loose(vocabulary().grammar['list_follows'])}\s*:?\s*$")


@dataclass(slots=True)
class Decided:
    """A resolution's marker row from the words after the marker on, those words, and what stands under it."""

    row: Row
    rest: Traced
    elements: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """An agenda item while it is gathered."""

    number: str | None
    number_text: Traced | None
    title: list[Traced]
    left: float
    elements: list[Element] = field(default_factory=list)
    resolutions: list[Decided] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    under: Item | None = None  # the item that an unnumbered one stands under

    @property
    def depth(self) -> int:
        if self.under:
            return self.under.depth + 1
        return self.number.count(".") + 1 if self.number else 1


class AgendaParser:
    """Takes the elements after the opening and hands out the tree."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._path: list[Item] = []
        self._above: Row | None = None
        self._ahead: list[tuple[Element, Marker | None]] = []
        self._titled = False  # is the item's title still going on?
        self.preamble: list[Element] = []
        self.items: list[Item] = []

    def run(self, body: list[tuple[Element, Marker | None]]) -> None:
        """Take the body: each element with what its row announces."""
        for place, (element, marker) in enumerate(body):
            self._ahead = body[place + 1 :]
            row = element if isinstance(element, Row) else None
            if row is None or not self._take_row(row, marker):
                self._titled = False
                self._body(element)
            self._above = row

    def _take_row(self, row: Row, marker: Marker | None) -> bool:
        if marker and marker.kind == "agenda" and self._accepts(marker, row):
            self._open(Item(marker.detail or None, marker.number, _nonempty(marker.rest), row.left))
            return True
        bare = bare_number(row.text)
        if bare and self._is_next(bare[0]):
            self._open(Item(bare[0], bare[1], _nonempty(bare[2]), row.left))
            return True
        if marker and marker.kind == "resolution" and self._path:
            self._titled = False
            self._path[-1].resolutions.append(Decided(_beginning_at(marker.rest, row), marker.rest))
            return True
        if self._titled and self._continues_title(row):
            self._path[-1].title.append(row.text)
            return True
        if self._titled and self._is_subheading(row):
            self._open(Item(None, None, [row.text], row.left, under=self._path[-1]))
            return True
        return False

    def _is_subheading(self, row: Row) -> bool:
        """An unnumbered matter right under a numbered item: เรื่อง ร่างแผน…"""
        item = self._path[-1]
        return (
            item.number is not None
            and match_prefix(row.text.text, vocabulary().matter) is not None
            and bool(re.match(r"\S{4,7}\s", row.text.text))
        )

    def _body(self, element: Element) -> None:
        if not self._path:
            if not isinstance(element, Picture):
                self.preamble.append(element)
        elif self._path[-1].resolutions:
            self._path[-1].resolutions[-1].elements.append(element)
        else:
            self._path[-1].elements.append(element)

    def _open(self, item: Item) -> None:
        while self._path and (self._path[-1].depth >= item.depth or not _is_under(item, self._path[-1])):
            self._path.pop()
        (self._path[-1].items if self._path else self.items).append(item)
        self._path.append(item)
        self._titled = True

    def _accepts(self, marker: Marker, row: Row) -> bool:
        """Is a marked head an item of this agenda, or words of the text that begin like one?"""
        sure = marker.number is not None and marker.number.confidence >= SURE_DIGIT
        begins = self._above is None or row.gap > 1.0 or self._layout.breaks_off(self._above, row)
        top = self._top
        parts = [int(part) for part in marker.detail.split(".")] if marker.detail else []
        doubtful = not sure and (len(parts) < 2 or marker.number is None or re.search("[๐-๙]", marker.number.text))
        if not parts or doubtful:
            return begins
        if len(parts) == 1:
            unused = all(item.number != marker.detail for item in self.items)
            return top is None or top < parts[0] <= top + LARGEST_STEP or (begins and unused)
        return top is None or parts[0] in (top, top + 1)

    @property
    def _top(self) -> int | None:
        """The first figure of the open items' numbers, None when none has one."""
        number = self._path[0].number if self._path else None
        return int(number.split(".")[0]) if number else None

    def _is_next(self, number: str) -> bool:
        """Is a bare dotted number the next sub-item of an open item?"""
        if self._path and self._path[-1].under:
            return False  # under an unnumbered matter, numbers are those of its list
        parts = number.split(".")
        parent = ".".join(parts[:-1])
        holder = next((item for item in self._path if item.number == parent), None)
        if holder is None:
            return False
        if self._in_list(number, parent) or self._is_marked_ahead(number):
            return False
        last = max((int(str(item.number).split(".")[-1]) for item in holder.items if item.number), default=0)
        if holder.items and holder.items[-1].number == number:  # printed twice: both have a resolution
            return bool(holder.items[-1].resolutions) and self._is_decided()
        return int(parts[-1]) == last + 1 and (len(parts) == 2 or bool(holder.items) or self._is_decided())

    def _in_list(self, number: str, parent: str) -> bool:
        """Does the number go on with a list of the open item's body: ๔.๒ after the list's ๔.๑, or after its ๔.?"""
        step = int(number.split(".")[-1]) - 1
        for element in reversed(self._path[-1].elements):
            found = re.match(r"[0-9๐-๙]+(?:\.[0-9๐-๙]+)*", element.text.text) if isinstance(element, Row) else None
            if found and step and arabic(found.group()) == f"{parent}.{step}":
                return True
        return False

    def _is_marked_ahead(self, number: str) -> bool:
        """Does an item of this number follow that has the word before it?"""
        return any(marker and marker.kind == "agenda" and marker.detail == number for _, marker in self._ahead)

    def _is_decided(self) -> bool:
        """Does a resolution stand ahead, before the next number? A list three deep has none, items have."""
        for element, marker in self._ahead:
            if marker and marker.kind == "resolution":
                return True
            if (marker and marker.kind == "agenda") or (isinstance(element, Row) and bare_number(element.text)):
                return False
        return False

    def _continues_title(self, row: Row) -> bool:
        item, above = self._path[-1], self._above
        if resolution_sentence(row.text) or (item.title and _BODY.match(row.text.text)):
            return False
        if not item.title:
            return True
        if above is None or row.gap > TITLE_GAP:
            return False
        if is_unfinished(above.text.text) or _is_in_brackets(row.text.text) or self._tells_which(row):
            return True
        full = not self._layout.breaks_off(above, row)
        set_in = item.left > self._layout.left + INDENT
        below = self._ahead[0][0] if self._ahead else None
        close = row.left <= self._layout.left + INDENT or row.gap < CLOSE_GAP
        if set_in and close and row.left < item.left - INDENT:  # a paragraph would be set in more
            return full or above.right > EARLY_WRAP
        if full and isinstance(below, Row) and _is_tail(row, below, item):
            return True
        if (
            isinstance(below, Row)
            and (
                below.left <= self._layout.left + INDENT / 2 < row.left
                or below.left < min(row.left, item.left) - INDENT
            )
            and not self._layout.breaks_off(row, below)
        ):
            return False  # the first line of a paragraph
        if abs(row.left - item.left) < INDENT / 2 and row.left > self._layout.left + INDENT:
            return full and (not isinstance(below, Row) or self._layout.breaks_off(row, below))
        title = item.title[0].box
        hanging = title is not None and abs(row.left - title[0]) < INDENT
        return full and (hanging or row.left <= self._layout.left + INDENT / 2)

    def _tells_which(self, row: Row) -> bool:
        """A short line under the title that says of which meeting or year it speaks: ประจำปีงบประมาณ พ.ศ. ๒๕๖๗."""
        item = self._path[-1]
        title = item.title[0].box
        places = (self._layout.left, item.left, *((title[0],) if title else ()))
        return (
            any(abs(row.left - place) < INDENT / 2 for place in places)
            and len(row.text) < SHORT_TAIL
            and _WHICH.match(row.text.text) is not None
        )

    def drafts(self) -> list[dict[str, Any]]:
        """The tree as drafts of `AgendaItem`."""
        return [self._draft(item) for item in self.items]

    def _draft(self, item: Item) -> dict[str, Any]:
        blocks = gather_blocks(item.elements, self._layout)
        stated = [block for block in blocks if not item.resolutions and block.lines and resolution_sentence(block.text)]
        resolutions = [resolution_draft([block], "agenda.resolution_sentence") for block in stated]
        body = draft_blocks([block for block in blocks if block not in stated])
        for decided in item.resolutions:
            blocks = gather_blocks(decided.elements, self._layout, (decided.rest, decided.row))
            own = _resolution_blocks(blocks)
            resolutions.append(resolution_draft(blocks[:own], "agenda.resolution"))
            body += draft_blocks(blocks[own:])
        return {
            "number": Leaf(item.number, item.number_text, "agenda.number") if item.number_text else None,
            "title": leaf(flow_together(item.title), "agenda.title") or "",
            "body": body,
            "resolutions": [resolution for resolution in resolutions if resolution],
            "items": [self._draft(child) for child in item.items],
        }


def _resolution_blocks(blocks: list[Block]) -> int:
    """How many of the blocks under a marker are the resolution: its first paragraph, and the remarks it announces.

    A resolution that is a list itself goes on while the list does; a picture ends it.
    """
    pictures = [n for n, block in enumerate(blocks) if block.picture]
    if pictures:
        return min(_resolution_blocks(blocks[: pictures[0]]), pictures[0])
    if blocks and blocks[0].label:
        return next((n for n, block in enumerate(blocks) if block.label is None), len(blocks))
    if blocks and _LIST_FOLLOWS.search(blocks[0].text.text):
        return len(blocks)
    return 1


def resolution_draft(blocks: list[Block], rule: str) -> dict[str, Any] | None:
    """A draft of `Resolution`, a paragraph or list item a line; None for no text."""
    paragraphs = [Traced.join([*([block.label] if block.label else []), block.text]) for block in blocks]
    source = Traced.join(paragraphs)
    if not source:
        return None
    text = "\n".join(paragraph.value for paragraph in paragraphs if paragraph)
    return {"text": Leaf(text, source, rule), "decision": decision_of(text)}


def decision_of(text: str) -> str:
    """What a resolution decides, by the word of the vocabulary that stands first in it."""
    folded = fold(text)
    best: tuple[int, int, str] | None = None
    for word, decision in vocabulary().decisions:
        place = folded.find(fold(word))
        if place >= 0 and (best is None or (place, -len(word)) < best[:2]):
            best = (place, -len(word), decision)
    return best[2] if best else "other"


def _is_tail(row: Row, below: Row, item: Item) -> bool:
    """Is `row` the end of the item's title: set in less than the paragraph below it, which is no list it announces?"""
    if below.left < row.left + INDENT or _LIST_FOLLOWS.search(row.text.text) or _LISTED.match(below.text.text):
        return False
    title = item.title[0].box
    hanging = title is not None and item.left - INDENT / 2 < row.left < title[0]
    return hanging or below.gap > row.gap + CLOSE_GAP


def _is_in_brackets(text: str) -> bool:
    """Is the line a remark on the title above it, and nobody's name: (วาระที่ ๑ ขั้นรับหลักการ)?"""
    return _BRACKETED.fullmatch(text) is not None and not is_name(text.strip("() "))


def _beginning_at(rest: Traced, row: Row) -> Row:
    """The row from `rest` on: lines under it are set in, or not, against where its words begin."""
    box = rest.box
    return replace(row, box=(box[0], *row.box[1:])) if box else row


def _nonempty(text: Traced) -> list[Traced]:
    return [text] if text else []


def _is_under(item: Item, parent: Item) -> bool:
    return (
        item.under is parent
        or bool(item.number and parent.number and item.number.startswith(parent.number + "."))
        or (item.depth > 1 and parent.depth == 1 and parent.number is None)
    )
