"""The people of a record, and how their names were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.correct.known import without_spaces
from pipeline.correct.reading import Reading


def named(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Everybody on the attendance lists and below the minutes: (the part of the record, its pointer)."""
    for n, roll in enumerate(data["attendance"]):
        for k, person in enumerate(roll["people"]):
            yield person, f"/attendance/{n}/people/{k}"
    for n, signatory in enumerate(data["signatories"]):
        yield signatory, f"/signatories/{n}"


def reading_of(value: str, path: str, readings: Mapping[str, Reading]) -> Reading:
    """How `value` was read; nothing is known where its marks were put in order and cannot be told apart any more."""
    reading = readings.get(path, Reading())
    return reading if len(reading.letters) == len(without_spaces(value)) else Reading()
