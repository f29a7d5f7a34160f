"""Page furniture: lines that belong to the page and not to the text."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.layout.flow import Furniture
from pipeline.ocr import Line, PageText
from pipeline.thai.fold import fold, match_prefix, similarity
from pipeline.thai.loose import loose
from pipeline.vocabulary import vocabulary

# In fractions of the page height: page numbers and running lines stand in these strips.
TOP_STRIP = 0.12
BOTTOM_STRIP = 0.86

# How many lines from the top and the bottom of a page may be furniture.
DEPTH = 3

RUNNING_DEPTH = 5  # running headers may have more lines
AROUND = 12  # pages before and after a page that its running lines are looked for on

RUNNING_SIMILARITY = 0.8
MISREAD_SIMILARITY = 0.4
UNSURE = 0.5  # least confidence of a line that is much misread, such as one a rule runs through
RUNNING_LENGTH = 5  # letters; of shorter words every page may have some
SAME_HEIGHT = 0.02  # of the page

_WORDS = vocabulary().grammar
_FIGURE = "[0-9๐-๙]{1,3}"
_PAGE_NUMBER = re.compile(
    rf"[-–—(\s]*(?:{loose(_WORDS['page_words'])}\s*)?{_FIGURE}(?:\s*{loose(_WORDS['page_of'])}\s*{_FIGURE})?[-–—)\s.]*"
)
# A reader without ๔๖๗๘๙ writes something else for them; alone at the page's edge it is still the number.
_MISREAD_NUMBER = re.compile(r"[-–—\s]*[^ก-ฮ\s]{1,3}[-–—\s]*")
_MARK = re.compile(rf"\W*{loose(_WORDS['page_marks'])}\W*")  # ลับ
_CATCH_TAIL = re.compile(r"(?:\.\s*){2,}$|…\s*\.*$")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at a page's edge with its words, figures left out."""

    line: Line
    words: str


def find_furniture(pages: list[PageText]) -> list[Furniture]:
    """The furniture of all pages, in page order."""
    found = []
    edges = [_edges(page) for page in pages]
    running = [
        [edge for edge in edges[place] if _is_running(edge, _around(edges, place))] for place in range(len(pages))
    ]
    for place, page in enumerate(pages):
        beside = [edge for others in _around(running, place) for edge in others]
        kinds = {id(edge.line): "running" for edge in running[place]}
        kinds |= {id(edge.line): "running" for edge in edges[place] if _is_misread(edge, beside)}
        kinds |= {id(line): "page_number" for line in _edge_lines(page, DEPTH) if _is_page_number(line, page)}
        kinds |= {id(line): "running" for line in _edge_lines(page, DEPTH) if _MARK.fullmatch(line.text)}
        left = [line for line in page.lines if id(line) not in kinds]
        following = next((other for other in pages[place + 1 :] if other.lines), None)
        if left and following and _is_catch_word(left[-1], following):
            kinds[id(left[-1])] = "catch_word"
        found += [Furniture(kinds[id(line)], page.number, line) for line in page.lines if id(line) in kinds]
    return found


def _edge_lines(page: PageText, depth: int) -> list[Line]:
    """The lines among the first and the last `depth` that stand in the strips of the page's edge."""
    last = max(len(page.lines) - depth, 0)
    return [
        line
        for n, line in enumerate(page.lines)
        if (n < depth and line.box[1] < TOP_STRIP) or (n >= last and line.box[3] > BOTTOM_STRIP)
    ]


def _edges(page: PageText) -> list[_Edge]:
    edges = [_Edge(line, re.sub(r"[0-9]+", "", fold(line.text))) for line in _edge_lines(page, RUNNING_DEPTH)]
    return [edge for edge in edges if len(edge.words) >= RUNNING_LENGTH and not _announces(edge.line)]


def _is_page_number(line: Line, page: PageText) -> bool:
    if len(line.cells) != 1:
        return False
    text = line.text.strip()
    if _PAGE_NUMBER.fullmatch(text):
        return True
    centre = (line.box[0] + line.box[2]) / 2
    outermost = line is page.lines[0] or line is page.lines[-1]
    return outermost and (0.4 < centre < 0.6 or centre > 0.8) and _MISREAD_NUMBER.fullmatch(text) is not None


def _is_running(edge: _Edge, around: list[list[_Edge]]) -> bool:
    """Does the line stand on a third of the pages around it too, at the same place?"""
    elsewhere = sum(any(_repeats(edge, other) for other in page) for page in around)
    return elsewhere > 0 and elsewhere >= len(around) / 3


def _around(edges: list[list[_Edge]], place: int) -> list[list[_Edge]]:
    """Those of the pages before and after a page."""
    return [*edges[max(place - AROUND, 0) : place], *edges[place + 1 : place + 1 + AROUND]]


def _is_misread(edge: _Edge, running: list[_Edge]) -> bool:
    """Does the line, read with doubt, stand just where a running line of other pages does and resemble it?"""
    sure = statistics.fmean([cell.confidence for cell in edge.line.cells])
    return sure < UNSURE and any(
        all(abs(a - b) < SAME_HEIGHT for a, b in zip(edge.line.box, other.line.box, strict=True))
        and Levenshtein.normalized_similarity(edge.words, other.words) > MISREAD_SIMILARITY
        for other in running
    )


def _repeats(edge: _Edge, other: _Edge) -> bool:
    return (
        abs(other.line.box[1] - edge.line.box[1]) < SAME_HEIGHT
        and abs(other.line.box[0] - edge.line.box[0]) < SAME_HEIGHT
        and Levenshtein.normalized_similarity(edge.words, other.words, score_cutoff=RUNNING_SIMILARITY) > 0
    )


def _announces(line: Line) -> bool:
    """Does the line begin a part of the text? Several pages may well begin `มติที่ประชุม รับทราบ`."""
    words = vocabulary()
    lists = [phrase for phrase, _ in words.attendance]
    phrases = (
        *words.agenda,
        *words.resolution,
        *words.resolution_bodies,
        *words.resolution_sentence,
        *words.opening,
        *words.closing,
        *lists,
    )
    return any(match_prefix(line.text, phrase) is not None for phrase in phrases)


def _is_catch_word(line: Line, following: PageText) -> bool:
    """The first words of the next page, printed at this page's foot: `/ผู้ไม่มาประชุม...`."""
    text = line.text.strip()
    slash = text.startswith("/")
    tail = _CATCH_TAIL.search(text)
    if not slash and not tail:
        return False
    words = fold(_CATCH_TAIL.sub("", text).lstrip("/ "))
    if len(words) < 2:
        return slash
    if slash and line.box[0] > 0.5:
        return True
    starts = [fold(other.text)[: len(words)] for other in following.lines[: DEPTH + 1]]
    return any(similarity(words, start) > RUNNING_SIMILARITY for start in starts)
