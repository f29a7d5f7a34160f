"""The flow of a paper cut into its sections: header, attendance lists, opening, agenda, closing, end."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.layout import Element, Layout, Row
from pipeline.parse.agenda import holds_agenda
from pipeline.parse.attendance import PrintedList, begun_above, cut_running_text, is_continued, unannounced, with_guests
from pipeline.parse.header import find_title, unframed
from pipeline.parse.markers import Announced, Marker, find_marker
from pipeline.parse.markers.said import said, says
from pipeline.parse.opening_closing import has_time, with_time
from pipeline.parse.paper_end import split_end
from pipeline.parse.wording import is_dirt

OPENING_ROWS = 3  # under a heading that opens the meeting: the sentence that tells when


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of a paper, in order.

    Attributes:
        title: what the title's row says; None where no row names the paper as minutes.
        header: the rows from the title's on.
        lists: the attendance lists, each with its heading.
        opening: the line that opens the meeting.
        agenda: what stands between opening and closing, each with what its row announces.
        closing: the line or the sentence that closes the meeting.
        end: the rows behind it.
    """

    title: Marker | None
    header: list[Row]
    lists: list[PrintedList]
    opening: Marker | None
    agenda: list[Announced]
    closing: Marker | None
    end: list[Row]


def cut_sections(layout: Layout) -> Sections:
    """The sections of a paper's flow; what stands above its title is left out."""
    elements = unframed(layout.elements)
    rows = [element for element in elements if isinstance(element, Row)]
    title = find_title(rows) if rows else None
    first = elements.index(rows[title[0]]) if title else 0
    taken = _Taken(layout)
    for element in elements[first:]:
        if not (isinstance(element, Row) and is_dirt(element.text.text)):
            taken.take(element)
    body = taken.body
    if not body and not taken.opening and taken.lists:
        body = [(element, None) for element in cut_running_text(taken.lists[-1][1])]
    agenda, closing, end = split_end(body)
    return Sections(
        title=title[1] if title else None,
        header=taken.header,
        lists=with_guests(taken.lists),
        opening=_timed(taken.opening, body),
        agenda=agenda,
        closing=closing,
        end=[element for element, _ in end if isinstance(element, Row)],
    )


def _timed(opening: Marker | None, body: list[Announced]) -> Marker | None:
    """The opening; where it is a heading without a time, what the sentence under it says of it."""
    if opening is None or opening.rest:
        return opening
    rows = [element for element, marker in body[:OPENING_ROWS] if isinstance(element, Row) and marker is None]
    return next((found for row in rows if (found := said("opening", row.text))), opening)


@dataclass(slots=True)
class _Taken:
    """What has been taken of the flow so far; `body` is everything after the opening."""

    layout: Layout
    header: list[Row] = field(default_factory=list)
    lists: list[PrintedList] = field(default_factory=list)
    opening: Marker | None = None
    body: list[Announced] = field(default_factory=list)

    def take(self, element: Element) -> None:
        """Lay the next element to the section it belongs to."""
        marker = find_marker(element) if isinstance(element, Row) else None
        kind = marker.kind if marker else None
        timed = with_time(self.opening, element) if self.opening and not self.body else None
        if timed:
            self.opening = timed
        elif self.body:
            self.body.append((element, marker))
        elif marker and kind == "opening" and not self.opening and has_time(marker):
            self.opening = marker
        elif marker and kind == "attendance" and not self.opening:
            self._open_list(marker)
        elif self.opening or kind == "agenda" or holds_agenda(element):
            self.body.append((element, marker))
        elif self.lists and isinstance(element, Row) and says("opening", element.text):
            self.opening = said("opening", element.text)
            above = begun_above(element, self.lists[-1][1], self.layout)
            self.body += [(one, None) for one in (*above, element)]
        elif self.lists:
            self.lists[-1][1].append(element)
        elif isinstance(element, Row) and (begun := unannounced(element, self.header)):
            self.lists.append(begun)
        elif isinstance(element, Row):
            self.header.append(element)

    def _open_list(self, marker: Marker) -> None:
        if self.lists and self.lists[-1][0].detail == marker.detail:
            if is_continued(marker):
                return
            if not self.lists[-1][1]:  # the heading read twice, its underline once more
                self.lists.pop()
        self.lists.append((marker, []))
