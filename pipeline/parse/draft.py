"""The record while it is being parsed: nested dicts and lists whose leaves know where they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.layout import Traced
from pipeline.ocr import Doubt
from schemas import Evidence
from schemas.pointer import join

_THAI_SIDE = re.compile(r"[ก-๎]")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value, the text it was read from, and the rule that took it."""

    value: Any
    source: Traced
    rule: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One line of `--explain`: which rule filled which field from which text.

    `letters` is the confidence of each of its letters, white space left out, `doubts` what else they may be.
    """

    path: str
    rule: str
    page: int
    text: str
    letters: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def leaf(source: Traced, rule: str) -> Leaf | None:
    """The text itself as a value; None for no text."""
    return Leaf(source.value, source, rule) if source else None


def assemble(draft: Any) -> tuple[Any, dict[str, Evidence], list[Capture]]:
    """The draft as plain JSON, the evidence of every leaf that was read, and the captures."""
    evidence: dict[str, Evidence] = {}
    captures: list[Capture] = []

    def walk(value: Any, at: str) -> Any:
        if isinstance(value, dict):
            return {key: walk(child, join(at, key)) for key, child in value.items()}
        if isinstance(value, list):
            return [walk(child, join(at, index)) for index, child in enumerate(value)]
        if not isinstance(value, Leaf):
            return value
        page, box = value.source.page, value.source.box
        if page is not None and box is not None:
            text = value.source.value
            confidence = round(value.source.confidence, 3)
            evidence[at] = Evidence(page=page, box=box, confidence=confidence, ocr=text)
            captures.append(Capture(at, value.rule, page, text, value.source.letters, value.source.doubts))
        return value.value

    return walk(draft, ""), evidence, captures


def flow_together(parts: Iterable[Traced]) -> Traced:
    """Lines of one running text as one: Thai is joined without a space, other words with one."""
    joined: Traced | None = None
    for part in parts:
        part = part.strip()
        if not part:
            continue
        if joined is None:
            joined = part
            continue
        tight = _THAI_SIDE.match(joined.text[-1]) and _THAI_SIDE.match(part.text[0])
        joined = Traced.join([joined, part], "" if tight else " ")
    return joined or Traced("", ())
