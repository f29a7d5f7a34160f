"""Miniature minutes as offices of many kinds write them: `papers/*.yaml`, each with its rows and the record they make.

A page is a list of blocks: text, one row a line as in `build.py` (and `~ ` before a paragraph that flows from the
indent, `~0.3 ` before one that flows from there), or a ruled table (`ruled`: its upright rules, `rows`). Of the
record only what the paper lists is compared, but lists are compared whole. All people and bodies are invented.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from build import Ruled, flowing, page, parsed
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import AgendaItem, Block, Record

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.yaml"))
_FLOWING = re.compile(r"~(?P<left>[0-9.]*) (?P<text>.*)")


@cache
def paper(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def rows(blocks: list[Any]) -> list[str | Ruled]:
    """The blocks of a page as rows for `build.page`."""
    made: list[str | Ruled] = []
    for block in blocks:
        if isinstance(block, dict):
            made.append(Ruled(tuple(block["ruled"]), tuple(tuple(str(text) for text in row) for row in block["rows"])))
            continue
        for row in block.splitlines():
            flows = _FLOWING.fullmatch(row)
            if flows and flows["left"]:
                left = float(flows["left"])
                made += flowing(flows["text"], left=left, first=left)
            else:
                made += flowing(flows["text"]) if flows else [row]
    return made


def record_of(path: Path) -> Record:
    pages = []
    for number, one in enumerate(paper(path)["pages"], start=1):
        blocks = one["rows"] if isinstance(one, dict) else one
        around = {key: one[key] for key in ("head", "foot") if isinstance(one, dict) and key in one}
        pages.append(page(rows(blocks), number, **around, top=0.09, pitch=0.022))
    return parsed(*pages).record


def plain(value: Any) -> Any:
    """Without fields that hold nothing."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if inner not in (None, [], "")}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def body(blocks: list[Block]) -> list[Any]:
    """Blocks as they are written in a paper: a text, [label, text, children], or the rows of a table."""
    written: list[Any] = []
    for block in blocks:
        if block.rows is not None:
            written.append({"rows": block.rows})
        elif block.label:
            written.append([block.label, block.text, *([body(block.children)] if block.children else [])])
        else:
            written.append(block.text)
    return written


def agenda(items: list[AgendaItem], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tree in a paper's form; the body only where the paper tells it."""
    found = []
    for n, item in enumerate(items):
        want = wanted[n] if n < len(wanted) else {}
        made: dict[str, Any] = {"number": item.number, "title": item.title}
        if "body" in want:
            made["body"] = body(item.body)
        if item.resolutions:
            made["resolutions"] = [[resolution.decision, resolution.text] for resolution in item.resolutions]
        if item.items:
            made["items"] = agenda(item.items, want.get("items", []))
        found.append(made)
    return found


def test_there_are_papers_of_many_offices() -> None:
    assert len(PAPERS) >= 25
    assert all(paper(path)["about"] for path in PAPERS)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_record_of_a_paper(path: Path) -> None:
    wanted, record = paper(path)["record"], record_of(path)
    data = plain(record.model_dump(mode="json"))
    found: dict[str, Any] = {key: data.get(key) for key in wanted if key not in ("agenda", "preamble", "header")}
    if "header" in wanted:
        found["header"] = {key: data["header"].get(key) for key in wanted["header"]}
    if "agenda" in wanted:
        found["agenda"] = agenda(record.agenda, wanted["agenda"])
    if "preamble" in wanted:
        found["preamble"] = body(record.preamble)
    assert found == wanted


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_disorder_of_a_paper_makes_the_parsers_raise(data: st.DataObject) -> None:
    """Lines lost, doubled, out of order and cut short: a record comes out, the same one every time."""
    blocks = paper(data.draw(st.sampled_from(PAPERS)))["pages"][0]
    lines = [row for row in rows(blocks["rows"] if isinstance(blocks, dict) else blocks) if row]
    order = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=30))
    cut = data.draw(st.integers(1, 60))
    some = [line if isinstance(line, Ruled) else line[: max(cut, 12)] for line in (lines[n] for n in order)]
    made = page(some, top=0.05, pitch=0.012)
    assert parsed(made).record == parsed(made).record
