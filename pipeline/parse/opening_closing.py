"""When the meeting was opened and closed: the time in the line that says so, or on the row after it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.layout import Element, Row, Traced
from pipeline.parse.draft import Leaf
from pipeline.parse.markers import Marker
from pipeline.thai.fold import fold
from pipeline.thai.numbers import find_times, joined_time, without_dots

UNIT_LENGTH = 2  # letters behind a time that may be left of its unit


def has_time(marker: Marker) -> bool:
    """A line that opens or closes the meeting says when, or is nothing but the words."""
    rest = marker.rest.text
    return any(character.isdigit() for character in rest) or bool(find_times(rest)) or len(fold(rest)) < 3


def with_time(marker: Marker, row: Element) -> Marker | None:
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


def clock(marker: Marker | None, rule: str) -> Leaf | None:
    """The time of the announcement as a leaf; None where none is printed."""
    if marker is None:
        return None
    whole = Traced.join([marker.text, marker.rest])
    times = find_times(without_dots(whole.text))
    if times:
        return Leaf(times[0].clock, whole.cut(times[0].start, times[0].end), rule)
    joined = joined_time(marker.rest.text)
    return Leaf(joined, marker.rest, rule) if joined else None
