"""Where an attendance list ends.

A heading, the first agenda item, the opening or a sentence that speaks of it ends a list (`pipeline.parse.sections`).
Here is told where that sentence began, and where the last list of a paper ends that has none of these.
"""

from __future__ import annotations

import re

from pipeline.layout import Element, Layout, Row, Table
from pipeline.parse.names import is_name

RUNNING_WIDTH = 0.5  # of the page: a line of running text
NEW_PARAGRAPH = 1.0  # in line heights: more white space than this parts a list from what follows

_NUMBERED = re.compile(r"\s*[0-9๐-๙]{1,3}\s*[.)]")


def begun_above(row: Row, elements: list[Element], layout: Layout) -> list[Element]:
    """Take the lines of the sentence that `row` goes on with off the end of a list's `elements`."""
    begun: list[Element] = []
    under = row
    while elements and isinstance(above := elements[-1], Row) and _runs_on(above):
        if layout.breaks_off(above, under):
            break
        begun.insert(0, elements.pop())
        under = above
    return begun


def _runs_on(row: Row) -> bool:
    """Is the row a line of running text, and nobody's of a list?"""
    text = row.text.text
    return len(row.cells) == 1 and row.right - row.left > RUNNING_WIDTH and not text[:1].isdigit() and not is_name(text)


def cut_running_text(elements: list[Element]) -> list[Element]:
    """Take the running text behind a paper's last list off it, with its heading: nothing else ends that list."""
    people = [n for n, element in enumerate(elements) if isinstance(element, Table) or _is_persons(element)]
    last = people[-1] if people else -1
    tail = [(n, row) for n, row in enumerate(elements) if n > last and isinstance(row, Row)]
    running = next((n for n, row in tail if _runs_on(row)), None)
    if running is None:
        return []
    start = next((n for n, row in tail if n <= running and row.gap > NEW_PARAGRAPH), running)
    cut = elements[start:]
    del elements[start:]
    return cut


def _is_persons(element: Element) -> bool:
    if not isinstance(element, Row):
        return False
    text = element.text.text
    return len(element.cells) > 1 or is_name(text.lstrip(" -–•*")) or _NUMBERED.match(text) is not None
