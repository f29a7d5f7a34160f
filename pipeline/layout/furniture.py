"""Page furniture: lines that belong to the page and not to the text."""

from __future__ import annotations

import re

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

RUNNING_SIMILARITY = 0.8
SAME_HEIGHT = 0.02  # of the page

_WORDS = vocabulary().grammar
_FIGURE = "[0-9๐-๙]{1,3}"
_PAGE_NUMBER = re.compile(
    rf"[-–—(\s]*(?:{loose(_WORDS['page_words'])}\s*)?{_FIGURE}(?:\s*{loose(_WORDS['page_of'])}\s*{_FIGURE})?[-–—)\s.]*"
)
# A reader without ๔๖๗๘๙ writes something else for them; alone at the page's edge it is still the number.
_MISREAD_NUMBER = re.compile(r"[-–—\s]*[^ก-ฮ\s]{1,3}[-–—\s]*")
_CATCH_TAIL = re.compile(r"(?:\.\s*){2,}$|…\s*\.*$")


def find_furniture(pages: list[PageText]) -> list[Furniture]:
    """The furniture of all pages, in page order."""
    found = []
    for page in pages:
        kinds = {id(line): kind for line, kind in _running(page, pages)}
        kinds |= {id(line): "page_number" for line in _edge_lines(page) if _is_page_number(line, page)}
        left = [line for line in page.lines if id(line) not in kinds]
        following = next((other for other in pages if other.number == page.number + 1), None)
        if left and following and _is_catch_word(left[-1], following):
            kinds[id(left[-1])] = "catch_word"
        found += [Furniture(kinds[id(line)], page.number, line) for line in page.lines if id(line) in kinds]
    return found


def _edge_lines(page: PageText) -> list[Line]:
    top = [line for line in page.lines[:DEPTH] if line.box[1] < TOP_STRIP]
    bottom = [line for line in page.lines[-DEPTH:] if line.box[3] > BOTTOM_STRIP]
    return top + [line for line in bottom if line not in top]


def _is_page_number(line: Line, page: PageText) -> bool:
    if len(line.cells) != 1:
        return False
    text = line.text.strip()
    if _PAGE_NUMBER.fullmatch(text):
        return True
    centre = (line.box[0] + line.box[2]) / 2
    outermost = line is page.lines[0] or line is page.lines[-1]
    return outermost and (0.4 < centre < 0.6 or centre > 0.8) and _MISREAD_NUMBER.fullmatch(text) is not None


def _running(page: PageText, pages: list[PageText]) -> list[tuple[Line, str]]:
    """Lines at the page's edge that stand on other pages too, at the same height."""
    found = []
    for line in _edge_lines(page):
        words = re.sub(r"[0-9]+", "", fold(line.text))
        if len(words) < 5 or _announces(line):
            continue
        elsewhere = sum(
            any(
                abs(other.box[1] - line.box[1]) < SAME_HEIGHT
                and abs(other.box[0] - line.box[0]) < SAME_HEIGHT
                and similarity(other.text, line.text) > RUNNING_SIMILARITY
                for other in _edge_lines(page_)
            )
            for page_ in pages
            if page_ is not page
        )
        if elsewhere and elsewhere >= (len(pages) - 1) / 3:
            found.append((line, "running"))
    return found


def _announces(line: Line) -> bool:
    """Does the line begin an item or a resolution? Several pages may well begin `มติที่ประชุม รับทราบ`."""
    words = vocabulary()
    phrases = (*words.agenda, *words.resolution, *words.resolution_sentence)
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
