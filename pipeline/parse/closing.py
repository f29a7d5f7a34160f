"""The end of the paper: the people who sign."""

from __future__ import annotations

import math
import re
import statistics
from typing import Any

from pipeline.layout import Row, Traced
from pipeline.parse.draft import flow_together, leaf
from pipeline.parse.names import is_name, is_post, is_role, is_title_only, title_end, without_label
from pipeline.thai.dates import find_dates
from pipeline.thai.fold import match_prefix, similarity
from pipeline.vocabulary import vocabulary

BLOCK_WIDTH = 0.17  # centres of one signature block's lines lie within this share of the page width

BAND_GAP = 1.2  # in line heights

NOTE_WIDTH = 0.6  # of the page width

NOTE_LENGTH = 1.5  # times that of what one signs as: a sentence about the signing

SAME_PERSON = 0.8

_LETTER = re.compile("[ก-ฮA-Za-z]")
_DOTS = re.compile(r"[.…_‥\-–]{3,}")


def parse_signatories(rows: list[Row]) -> list[dict[str, Any]]:
    """The signature blocks under the closing line, left to right and down, as drafts of `Signatory`."""
    rows = [row for row in rows if not _is_note(row)]
    return [person for band in _bands(rows) for block in _blocks(band) for person in _people(block)]


def _is_note(row: Row) -> bool:
    """A sentence or a date among the signatures: the committee's certificate, the day one signed."""
    text = row.text
    role = _signing_role(text.text)
    if len(row.cells) > 1 or _opens(row) or (role and len(text) < NOTE_LENGTH * len(role)) or _role_place(text.text):
        return False
    return row.right - row.left > NOTE_WIDTH or bool(find_dates(text.text))


def signs(row: Row) -> bool:
    """Does the row begin a signature block: (ลงชื่อ)…, or a name alone in brackets?"""
    if _signature_end(row.text.text) is not None:
        return True
    return all(_bracketed(cell) or (is_name(cell.text.strip("( ")) and "(" in cell.text[:2]) for cell in row.cells)


def _bands(rows: list[Row]) -> list[list[Row]]:
    """Signatures that stand above one another, each with its neighbours: white space after a name parts them.

    A line of no name goes with the nearer of the names around it: a wide-set post belongs to the one above.
    """
    bands: list[list[Row]] = []
    for place, row in enumerate(rows):
        ends = not _opens(row) and row.gap < _gap_below(rows[place + 1 :])
        if not bands or (row.gap > BAND_GAP and not ends and _has_name(bands[-1])):
            bands.append([])
        bands[-1].append(row)
    if len(bands) > 1 and not _has_name(bands[-1]):
        rest = bands.pop()
        bands[-1] += rest
    return bands


def _opens(row: Row) -> bool:
    return _has_name([row]) or signs(row)


def _gap_below(rows: list[Row]) -> float:
    """The widest white space before the next name; without bound when none follows."""
    name = next((place for place, row in enumerate(rows) if _opens(row)), None)
    return math.inf if name is None else max(row.gap for row in rows[: name + 1])


def _has_name(rows: list[Row]) -> bool:
    cells = [cell for row in rows for cell in row.cells]
    return any(is_name(cell.text.strip("( ")) or _bracketed(cell) for cell in cells)


def _blocks(rows: list[Row]) -> list[list[Traced]]:
    """Cells that stand under one another: one block, or several side by side."""
    columns: list[tuple[list[float], list[Traced]]] = []
    for row in rows:
        for cell in _signature_cells(row):
            box = cell.box
            if box is None:
                continue
            centre = (box[0] + box[2]) / 2
            near = [column for column in columns if abs(statistics.fmean(column[0]) - centre) < BLOCK_WIDTH]
            if near:
                best = min(near, key=lambda column: abs(statistics.fmean(column[0]) - centre))
                best[0].append(centre)
                best[1].append(cell)
            else:
                columns.append(([centre], [cell]))
    columns.sort(key=lambda column: statistics.fmean(column[0]))
    return [cells for _, cells in columns]


def _signature_cells(row: Row) -> list[Traced]:
    """The row's cells, ลงชื่อ and the role behind the line one signs on put together; scrawls left out."""
    cells: list[Traced] = []
    for cell in row.cells:
        if len(_LETTER.findall(cell.text)) < 2:
            continue
        signs_here = _signature_end(cell.text) is not None
        typed = bool(cells) and _signing_role(cell.text) is not None and _is_signed(cells[-1].text)
        if cells and ((_signature_end(cells[-1].text) is not None and not signs_here) or typed):
            cells[-1] = Traced.join([cells[-1], cell])
        else:
            cells.append(cell)
    return cells


def _people(cells: list[Traced]) -> list[dict[str, Any]]:
    """The people of one column. A name opens a person; a role printed above a name belongs to that name."""
    people: list[_Signer] = []
    waiting: list[Traced] = []  # a role on the (ลงชื่อ) line, before the name
    rank = Traced("", ())  # on the line one signs on, before a name in brackets without it
    for cell in _whole_names(cells):
        end = _signature_end(cell.text)
        text = cell.cut(end) if end else cell
        text = text.without(_DOTS.pattern).strip(":() ")
        if place := _role_place(text.text, signed=end is not None):
            before = text.cut(0, place)
            if end is not None or is_name(before.text) or _is_scribble(before.text):
                waiting.append(text.cut(place))
                text = before if end is not None or is_name(before.text) else text.cut(len(text))
        if not text:
            continue
        if is_title_only(text.text):
            rank = text
            continue
        if rank and not is_name(text.text) and _bracketed(cell):
            text = Traced.join([rank, text], "" if rank.text.endswith(".") else " ")
        rank = Traced("", ())
        if people and not people[-1].after and similarity(people[-1].name.text, text.text) > SAME_PERSON:
            people[-1].name = text  # typed where one signs, then printed in brackets
        elif is_name(text.text) or (_bracketed(cell) and not is_post(text.text) and not is_role(text.text)):
            people.append(_Signer(text, waiting))
            waiting = []
        elif end is not None or not people or (_signs_only(text.text) and people[0].role_above):
            waiting.append(text)
        else:
            people[-1].after += _office_and_role(text)
    return [person.draft() for person in people]


def _whole_names(cells: list[Traced]) -> list[Traced]:
    """The cells, a name in brackets that goes on over lines put together."""
    whole: list[Traced] = []
    for cell in cells:
        begun = whole and "(" in whole[-1].text and ")" not in whole[-1].text and is_name(whole[-1].text.strip("( "))
        # A closing bracket may also have been lost.
        if begun and (")" in cell.text or not _says_what(cell.text)):
            whole[-1] = Traced.join([whole[-1], cell])
        else:
            whole.append(cell)
    return whole


def _signs_only(text: str) -> bool:
    """Is the text what one signs as, and no office: ประธานกรรมการตรวจรายงานการประชุม may be both?"""
    return _signing_role(text) is not None and not is_post(text)


def _says_what(text: str) -> bool:
    """Is the text an office or a role?"""
    return bool(is_post(text) or is_role(text) or _signing_role(text))


class _Signer:
    """One signatory while gathered."""

    def __init__(self, name: Traced, above: list[Traced]) -> None:
        self.name = name
        self.above = above
        self.after: list[Traced] = []

    @property
    def role_above(self) -> bool:
        """Is the role printed above the name?"""
        return any(_signing_role(text.text) for text in self.above)

    def draft(self) -> dict[str, Any]:
        """As a draft of `Signatory`."""
        signing = self.role_above or any(_signing_role(text.text) for text in self.after)
        roles = [text for text in self.above if _signing_role(text.text) or is_role(text.text)]
        position: list[Traced] = []
        for index, text in enumerate(self.after):
            if (
                _signs_only(text.text)
                or (_role_and_deed(text.text) and not self.role_above)
                or (_signing_role(text.text) and not self.role_above)
                or (index and is_role(text.text) and not signing)
                or (roles and not is_post(text.text))
            ):
                roles.append(text)
            else:
                position.append(text)
        return {
            "name": leaf(Traced.join(self.name.split(r"\s{2,}")), "closing.name"),
            "position": leaf(without_label(flow_together(position)), "closing.position"),
            "role": leaf(Traced.join(roles), "closing.role"),
        }


def _role_place(text: str, signed: bool = False) -> int:
    """Where a role begins behind a name typed on the signature line; 0 when there is none.

    Args:
        signed: after ลงชื่อ any role of the meeting will do.
    """
    places = [word.start() for word in re.finditer(r"(?<=\s)\S", text)]
    sure = [at for at in places if any(match_prefix(text[at:], role, 0.0) for role in vocabulary().signing_roles)]
    near = (at for at in places if _signing_role(text[at:]) or (signed and is_role(text[at:])))
    return sure[0] if sure else next(near, 0)


def _role_and_deed(text: str) -> bool:
    """Is the text a role of the meeting and what its holder did: ผู้ช่วยเลขานุการ สรุปรายงานการประชุม?"""
    place = _role_place(text)
    return place > 0 and is_role(text[:place].strip())


def _office_and_role(text: Traced) -> list[Traced]:
    """An office and what one signs as behind a stroke: เลขาธิการ/ผู้จดรายงานการประชุม."""
    stroke = text.text.rfind("/")
    if stroke > 0 and _signing_role(text.text[stroke + 1 :].strip()) and not _signing_role(text.text):
        return [text.cut(0, stroke), text.cut(stroke + 1)]
    return [text]


def _is_scribble(text: str) -> bool:
    """Is the text a name typed for a signature, without its title?"""
    return len(text.split()) == 2 and not (is_name(text) or is_post(text) or is_role(text) or _signing_role(text))


def _is_signed(text: str) -> bool:
    """Is the text a person who signs, and nothing of what he signs as?"""
    return _is_scribble(text) or (is_name(text.strip("( ")) and _role_place(text) == 0)


def _bracketed(cell: Traced) -> bool:
    inner = cell.text.strip(" .…")
    return inner.startswith("(") and inner.endswith(")") and title_end(inner.strip("() ")) == 0 and len(inner) > 6


def _signature_end(text: str) -> int | None:
    for phrase in vocabulary().signature:
        found = match_prefix(text, phrase, tolerance=0.2)
        if found:
            return found.end
    return None


def _signing_role(text: str) -> str | None:
    for role in vocabulary().signing_roles:
        if similarity(text, role) > 0.85 or match_prefix(text, role) is not None:
            return role
    return None
