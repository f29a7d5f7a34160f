"""Pages built by hand for the parsers: plain rows of text become lines with boxes. All people are invented.

A row is a string, set from the left margin; `|` parts its cells, which stand at the column stops.
Before a cell's text `@0.3 ` sets its left edge, `> ` sets it in as a first line is, `^ ` centres it.
An empty string is white space. `Ruled` is a table with ruled lines; `flowing` wraps running text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pythainlp.tokenize import word_tokenize

from pipeline.check import check
from pipeline.correct import Findings, Reading
from pipeline.layout import Layout, arrange
from pipeline.ocr import Box, Cell, DocumentText, Line, PageText
from pipeline.parse import Parsed, parse
from schemas import Record, Source

LEFT, RIGHT = 0.1, 0.9
INDENT = 0.1
STOPS = (LEFT, 0.46, 0.7, 0.8)  # where the cells of a row begin
TOP, BOTTOM = 0.13, 0.93
HEIGHT, PITCH = 0.018, 0.025
LETTER = 0.01  # width of a letter, in fractions of the page width
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_PLACED = re.compile(r"@(?P<x>[0-9.]+)\s(?P<text>.*)", re.S)


@dataclass(frozen=True)
class Ruled:
    """A table with ruled lines. `edges` are the places of its upright rules; a cell may have several lines."""

    edges: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


Rows = Sequence[str | Ruled]


def width_of(text: str) -> float:
    """The room `text` takes, in fractions of the page width."""
    return LETTER * sum(character not in _MARKS for character in text)


def cell(text: str, left: float, top: float, confidence: float = 1.0) -> Cell:
    """A cell whose letters know their left edges and their confidence, as an engine tells them."""
    lefts, at = [], left
    for character in text:
        mark = character in _MARKS
        lefts.append(round(max(at - LETTER, left) if mark else at, 5))
        at += 0 if mark else LETTER
    assert at <= 1, f"no room on the page for {text!r}"
    box = (round(left, 5), round(top, 5), round(at, 5), round(top + HEIGHT, 5))
    return Cell(text=text, box=box, confidence=confidence, chars=(confidence,) * len(text), lefts=tuple(lefts))


def line(row: str, top: float, confidence: float = 1.0) -> Line:
    """The line of one row."""
    cells = []
    for stop, part in zip(STOPS, row.split("|"), strict=False):
        text = part.strip()
        if not text:
            continue
        left = stop
        if placed := _PLACED.fullmatch(text):
            left, text = float(placed["x"]), placed["text"]
        elif text.startswith("> "):
            left, text = LEFT + INDENT, text[2:]
        elif text.startswith("^ "):
            text = text[2:]
            left = 0.5 - width_of(text) / 2
        cells.append(cell(text, left, top, confidence))
    return Line(cells=tuple(cells))


def flowing(text: str, left: float = LEFT, first: float | None = None) -> list[str]:
    """Running text as rows from `left` to the right margin, broken between words; the first begins at `first`."""
    rows, at, now = [], LEFT + INDENT if first is None else first, ""
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if now and at + width_of(now + word) > RIGHT:
            rows.append(f"@{at:.3f} {now.strip()}")
            at, now = left, ""
        now += word
    return [*rows, f"@{at:.3f} {now.strip()}"]


def page(
    rows: Rows, number: int = 1, head: str = "", foot: str = "", top: float = TOP, pitch: float = PITCH
) -> PageText:
    """A page of `rows`, `pitch` of its height from one to the next, with a line at its head and one at its foot."""
    lines = [line(head, 0.05)] if head else []
    rules: list[Box] = []
    for row in rows:
        if isinstance(row, Ruled):
            top = _ruled(row, top, lines, rules, pitch)
            continue
        if row.strip():
            lines.append(line(row, top))
        top += pitch
    assert top < BOTTOM, "too many rows for one page"
    if foot:
        lines.append(line(foot, 0.94))
    return PageText(number=number, width=2480, height=3508, lines=tuple(lines), rules=tuple(rules))


def _ruled(table: Ruled, top: float, lines: list[Line], rules: list[Box], pitch: float) -> float:
    begin, last = top, table.edges[-1]
    rules.append((table.edges[0], top, last, top + 0.001))
    for row in table.rows:
        texts = [text.split("\n") for text in row]
        for index in range(max(len(text) for text in texts)):
            cells = [
                cell(text[index], edge + 0.01, top + 0.004)
                for edge, text in zip(table.edges, texts, strict=False)
                if index < len(text) and text[index]
            ]
            if cells:
                lines.append(Line(cells=tuple(cells)))
            top += pitch
        rules.append((table.edges[0], top, last, top + 0.001))
    rules += [(edge, begin, edge + 0.001, top) for edge in table.edges]
    return top + 0.01


def document(*pages: Rows | PageText, unwritable: str = "") -> DocumentText:
    """A document of `pages`."""
    made = [
        given if isinstance(given, PageText) else page(given, number) for number, given in enumerate(pages, start=1)
    ]
    return DocumentText(
        file="paper.pdf",
        sha256="0" * 64,
        pages_in_file=len(made),
        engine="by hand",
        unwritable=unwritable,
        pages=tuple(made),
    )


def laid_out(*pages: Rows | PageText) -> Layout:
    """The layout of a document of `pages`."""
    return arrange(document(*pages))


def parsed(*pages: Rows | PageText) -> Parsed:
    """What the parsers make of a document of `pages`."""
    return parse(laid_out(*pages), Source(file="paper.pdf", sha256="0" * 64, pages=len(pages)))


HEADER = (
    "^ รายงานการประชุมคณะกรรมการส่งเสริมการอ่านตำบลดอนพุดซ้อน",
    "^ ครั้งที่ ๓/๒๕๖๔",
    "^ วันพุธที่ ๙ มิถุนายน ๒๕๖๔ เวลา ๐๙.๓๐ น.",
    "^ ณ ห้องสมุดประชาชนดอนพุดซ้อน",
    "",
)
LISTS = (
    "ผู้มาประชุม",
    "๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ",
    "๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ",
    "๓. นางสาวธิดารัตน์ คงยืนนาน | กรรมการและเลขานุการ",
    "ผู้ไม่มาประชุม",
    "๑. นายบัญชา ลือไกล | ติดราชการ",
    "",
)
OPENING = "เริ่มประชุมเวลา ๐๙.๓๐ น."
AGENDA = (
    "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
    "> ห้องสมุดเปิดให้บริการวันเสาร์แล้ว",
    "มติที่ประชุม รับทราบ",
)
CLOSING = "เลิกประชุมเวลา ๑๒.๐๐ น."
SIGNATURE = (
    "",
    "@0.45 (นางสาวธิดารัตน์ คงยืนนาน)",
    "@0.45 กรรมการและเลขานุการ",
    "@0.45 ผู้จดรายงานการประชุม",
)


def minutes(
    *,
    header: Rows = HEADER,
    lists: Rows = LISTS,
    opening: str = OPENING,
    agenda: Rows = AGENDA,
    closing: str = CLOSING,
    signature: Rows = SIGNATURE,
) -> list[str | Ruled]:
    """The rows of a small paper of minutes on one page, of which a test changes a part."""
    return [*header, *lists, opening, *agenda, closing, *signature]


def record_of(**parts: Rows | str) -> Record:
    """The record of small minutes with the given parts changed."""
    return parsed(minutes(**parts)).record  # type: ignore[arg-type]


def with_doubts(
    record: Record,
    text: DocumentText,
    readings: Mapping[str, Reading] | None = None,
    findings: Findings | None = None,
    reasons: Sequence[str] = (),
) -> Record:
    """`record` with the doubts of `check`, its pages laid out as a conversion has them."""
    return check(record, text, arrange(text), readings or {}, findings or Findings(), reasons)
