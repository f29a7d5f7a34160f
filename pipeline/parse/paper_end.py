"""Where the agenda ends and the end of the paper begins: at the closing of the meeting, or at the signatures."""

from __future__ import annotations

from pipeline.layout import Row, Traced
from pipeline.parse.markers import Announced, Marker
from pipeline.parse.markers.said import said
from pipeline.parse.opening_closing import has_time, with_time
from pipeline.parse.signatures import signs

SIGNATURE_ROWS = 25  # signatures stand within so many lines of the end


def split_end(body: list[Announced]) -> tuple[list[Announced], Marker | None, list[Announced]]:
    """The elements after the opening as those of the agenda, the closing, and those behind it.

    A sentence that closes the meeting is left to the agenda; where nothing closes it, the signatures are the end.
    """
    closings = [n for n, (_, marker) in enumerate(body) if marker and marker.kind == "closing" and has_time(marker)]
    if closings:
        place = closings[-1]
        closing, end = body[place][1], body[place + 1 :]
        if closing and end and (timed := with_time(closing, end[0][0])):
            closing, end = timed, end[1:]
        return body[:place], closing, end
    said_at, closing = _said_closing(body)
    place = next((n for n, row in _last_rows(body) if signs(row)), len(body)) if closing is None else said_at + 1
    return body[:place], closing, body[place:]


def _said_closing(body: list[Announced]) -> tuple[int, Marker | None]:
    """The last sentence that closes the meeting among the last lines, and where it ends; None where there is none."""
    for place in reversed(range(max(len(body) - SIGNATURE_ROWS, 0), len(body))):
        element = body[place][0]
        if not isinstance(element, Row):
            continue
        if marker := said("closing", element.text):
            return place, marker
        below = body[place + 1][0] if place + 1 < len(body) else None
        if isinstance(below, Row) and (marker := said("closing", Traced.join([element.text, below.text]))):
            return place + 1, marker
    return 0, None


def _last_rows(body: list[Announced]) -> list[tuple[int, Row]]:
    """The rows among the last lines, after the last announcement, with their places."""
    start = max(len(body) - SIGNATURE_ROWS, 0)
    announced = [n for n, (_, marker) in enumerate(body) if marker and marker.kind in ("agenda", "resolution")]
    start = max([start, *(n + 1 for n in announced)])
    return [(n, row) for n, (row, _) in enumerate(body) if n >= start and isinstance(row, Row)]
