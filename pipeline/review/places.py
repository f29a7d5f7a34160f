"""Places in a record's data: values by pointer, where they stand on paper, and the same place in a later reading."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.review.decisions import Box, Json
from schemas.pointer import join, split, under

ROWS = frozenset(
    {"attendance", "people", "agenda", "items", "resolutions", "body", "children", "preamble", "signatories"}
)
"""Keys of lists whose members can be added, moved and removed."""

_NAMING = ("name", "title", "heading", "text", "position", "role", "label")
_SAME_PLACE = 0.5  # share of the smaller box that two boxes of one place have in common


class Found(NamedTuple):
    """A place of an earlier reading in this one; None: it is not there any more."""

    pointer: str | None
    same: bool  # does it say the same?


def is_added(pointer: str) -> bool:
    """Is `pointer` in a row that a person added?"""
    return any(key.startswith("+") for key in split(pointer))


def is_row(pointer: str) -> bool:
    """Does `pointer` name a member of a list of rows?"""
    keys = split(pointer)
    return len(keys) >= 2 and keys[-2] in ROWS and (keys[-1].isdigit() or keys[-1].startswith("+"))


def value_at(data: Json, pointer: str, default: Json = None) -> Json:
    """The value at `pointer`, or `default` where there is none."""
    for key in split(pointer):
        if isinstance(data, dict) and key in data:
            data = data[key]
        elif isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        else:
            return default
    return data


def naming_key(row: Json) -> str | None:
    """The key of a row that tells it from its neighbours."""
    return next((key for key in _NAMING if isinstance(row, dict) and row.get(key)), None)


def text_of(value: Json) -> str:
    """What a value says, on one line: a row by what names it."""
    if isinstance(value, dict):
        key = naming_key(value)
        return str(value[key]) if key else ""
    if isinstance(value, list):
        return " · ".join(filter(None, map(text_of, value)))
    return "" if value is None else str(value)


def evidence_of(data: Json, pointer: str) -> tuple[int, Box] | None:
    """Page and box of a value; of a row those of what names it, else of the first value in it."""
    evidence = data["evidence"]
    value = value_at(data, pointer)
    key = naming_key(value)
    for place in (pointer, join(pointer, key) if key else pointer):
        if place in evidence:
            return evidence[place]["page"], tuple(evidence[place]["box"])
    first = next((place for place in evidence if under(place, pointer)), None)
    return (evidence[first]["page"], tuple(evidence[first]["box"])) if first else None


def find_again(data: Json, pointer: str, text: str, page: int | None, box: Box | None) -> Found:
    """Where what stood at `pointer` in an earlier reading of the paper stands in `data`.

    Args:
        text: what it said then.
        page, box: where it stood on the paper; None when that is not known.
    """
    missing = object()
    here = value_at(data, pointer, missing)
    if is_added(pointer):
        return Found(pointer, True)
    if not any(key.isdigit() for key in split(pointer)):
        return Found(pointer, text_of(value_at(data, pointer)) == text)
    same_text = here is not missing and text_of(here) == text
    if same_text and (box is None or _at_place(data, pointer, page, box)):
        return Found(pointer, True)
    others = _like(data, pointer)
    if page and box:
        nearest = max(others, key=lambda other: _nearness(data, other, page, box), default=None)
        if nearest and _nearness(data, nearest, page, box) >= _SAME_PLACE:
            return Found(nearest, text_of(value_at(data, nearest)) == text)
    equal = [other for other in others if text and text_of(value_at(data, other)) == text]
    if len(equal) == 1:
        return Found(equal[0], True)
    if here is not missing and (not box or evidence_of(data, pointer) is None):
        return Found(pointer, same_text)
    return Found(None, False)


def _at_place(data: Json, pointer: str, page: int | None, box: Box) -> bool:
    return page is None or evidence_of(data, pointer) is None or _nearness(data, pointer, page, box) >= _SAME_PLACE


def _nearness(data: Json, pointer: str, page: int, box: Box) -> float:
    found = evidence_of(data, pointer)
    if not found or found[0] != page:
        return 0.0
    x0, y0, x1, y1 = found[1]
    width, height = min(x1, box[2]) - max(x0, box[0]), min(y1, box[3]) - max(y0, box[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((x1 - x0) * (y1 - y0), (box[2] - box[0]) * (box[3] - box[1]))
    return width * height / smaller if smaller else 0.0


def _like(data: Json, pointer: str) -> list[str]:
    """Pointers of `data` that differ from `pointer` in nothing but the places in lists."""
    found = [("", data)]
    for key in split(pointer):
        if key.isdigit():
            found = [(join(at, n), row) for at, rows in found if isinstance(rows, list) for n, row in enumerate(rows)]
        else:
            found = [(join(at, key), value[key]) for at, value in found if isinstance(value, dict) and key in value]
    return [at for at, _ in found]
