"""Of everything that a line may announce, what fits best."""

from __future__ import annotations

from pipeline.layout import Row
from pipeline.parse.markers.agenda_head import agenda_head
from pipeline.parse.markers.list_heading import list_heading
from pipeline.parse.markers.marker import Marker, phrase_marker
from pipeline.parse.markers.resolution import resolution_marker
from pipeline.vocabulary import vocabulary


def find_marker(row: Row) -> Marker | None:
    """The announcement that `row` begins with, if any; of several that nearly fit, the best."""
    text = row.text
    found = [
        list_heading(text),
        phrase_marker("closing", text, vocabulary().closing),
        phrase_marker("opening", text, vocabulary().opening),
        agenda_head(text),
        resolution_marker(text),
    ]
    return min((ranked for ranked in found if ranked), key=lambda ranked: ranked[0], default=((0, 0), None))[1]


def document_marker(row: Row) -> Marker | None:
    """Does the row begin with the name of a kind of minutes?"""
    ranked = phrase_marker("document", row.text, vocabulary().document)
    return ranked[1] if ranked else None
