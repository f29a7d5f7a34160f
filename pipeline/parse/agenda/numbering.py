"""Where an item begins: which numbers are items of this agenda, and which belong to lists and sentences."""

from __future__ import annotations

import re

from pipeline.layout import Row
from pipeline.parse.agenda.item import Item
from pipeline.parse.agenda.progress import Progress
from pipeline.parse.markers import Marker
from pipeline.parse.markers.agenda_head import bare_number
from pipeline.thai.numbers import arabic

LARGEST_STEP = 4  # an item's number is at most so many after the one before it
SURE_DIGIT = 0.7  # digits read with less confidence are not held to the order of the items


def is_item(marker: Marker, row: Row, at: Progress) -> bool:
    """Is a marked head an item of this agenda, or words of the text that begin like one?"""
    sure = marker.number is not None and marker.number.confidence >= SURE_DIGIT
    begins = at.above is None or row.gap > 1.0 or at.layout.breaks_off(at.above, row)
    parts = [int(part) for part in marker.detail.split(".")] if marker.detail else []
    doubtful = not sure and (len(parts) < 2 or marker.number is None or re.search("[๐-๙]", marker.number.text))
    if not parts or doubtful:
        return begins
    if _comes_later(parts[0], at):
        return False
    if len(parts) == 1:
        unused = all(item.number != marker.detail for item in at.items)
        return at.top is None or at.top < parts[0] <= at.top + LARGEST_STEP or (begins and unused)
    return at.top is None or parts[0] in (at.top, at.top + 1)


def _comes_later(number: int, at: Progress) -> bool:
    """Does the open item go on first, and the item of this number begin after it? This one is another meeting's."""
    ahead = [int(mark.detail.split(".")[0]) for _, mark in at.ahead if mark and mark.kind == "agenda" and mark.detail]
    if at.top is None or at.top >= number or at.top not in ahead:
        return False
    return number in ahead[ahead.index(at.top) :]


def is_next(number: str, at: Progress) -> bool:
    """Is a bare dotted number the next sub-item of an open item?"""
    if at.path and at.item.under:
        return False  # under an unnumbered matter, numbers are those of its list
    parts = number.split(".")
    parent = ".".join(parts[:-1])
    holder = next((item for item in at.path if item.number == parent), None)
    if holder is None or _goes_on_with_list(number, parent, at.item) or _is_marked_ahead(number, at):
        return False
    last = max((int(str(item.number).split(".")[-1]) for item in holder.items if item.number), default=0)
    if holder.items and holder.items[-1].number == number:  # printed twice: both have a resolution
        return bool(holder.items[-1].resolutions) and _is_decided(at)
    return int(parts[-1]) == last + 1 and (len(parts) == 2 or bool(holder.items) or _is_decided(at))


def _goes_on_with_list(number: str, parent: str, item: Item) -> bool:
    """Does the number go on with a list of the open item's body: ๔.๒ after the list's ๔.๑, or after its ๔.?"""
    step = int(number.split(".")[-1]) - 1
    for element in reversed(item.elements):
        found = re.match(r"[0-9๐-๙]+(?:\.[0-9๐-๙]+)*", element.text.text) if isinstance(element, Row) else None
        if found and step and arabic(found.group()) == f"{parent}.{step}":
            return True
    return False


def _is_marked_ahead(number: str, at: Progress) -> bool:
    """Does an item of this number follow that has the word before it?"""
    return any(marker and marker.kind == "agenda" and marker.detail == number for _, marker in at.ahead)


def _is_decided(at: Progress) -> bool:
    """Does a resolution stand ahead, before the next number? A list three deep has none, items have."""
    for element, marker in at.ahead:
        if marker and marker.kind == "resolution":
            return True
        if (marker and marker.kind == "agenda") or (isinstance(element, Row) and bare_number(element.text)):
            return False
    return False
