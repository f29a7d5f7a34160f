"""The row that names a paper as minutes."""

from __future__ import annotations

from pipeline.layout import Row
from pipeline.parse.markers import Marker, document_marker

SEARCH_ROWS = 14  # the title stands within so many rows of the beginning


def find_title(rows: list[Row]) -> tuple[int, Marker] | None:
    """The row that names the document as minutes, and what it says: (index, marker)."""
    for index, row in enumerate(rows[:SEARCH_ROWS]):
        if row.page == rows[0].page and (marker := document_marker(row)):
            return index, marker
    return None
