"""Values as a person reads them: as text, shortened, with what differs marked."""

from __future__ import annotations

import json
from dataclasses import dataclass

import regex
from pydantic import JsonValue
from rapidfuzz.distance import Levenshtein

from pipeline.compare.measure import graphemes
from pipeline.compare.result import Difference
from schemas.pointer import leaves

_UNSEEN = regex.compile(r"[^\P{C}\n\t]|[^\P{Z} ]")
_BEFORE = 8  # grapheme clusters kept before the first difference


@dataclass(frozen=True)
class Segment:
    """A piece of a value, and whether the other value has it too."""

    text: str
    changed: bool


def as_text(value: JsonValue) -> str:
    """A value to be read: a text as it is, nothing for null, a member as its fields line by line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        filled = [(pointer[1:], leaf) for pointer, leaf in leaves(value) if leaf not in (None, "")]
        return "\n".join(f"{name}: {leaf}" for name, leaf in filled)
    return json.dumps(value)


def place_of(difference: Difference) -> str:
    """Where a difference is: its JSON Pointer, `page 3`, `page text` or `document`."""
    if difference.page is not None:
        return f"page {difference.page}"
    if difference.field_class in ("page_text", "document"):
        return difference.field_class.replace("_", " ")
    return difference.path


def visible(text: str) -> str:
    """`text` with its control, formatting and unassigned characters and odd spaces written as ⟨U+200B⟩.

    They would not be seen, or would steer the terminal or the direction of the text.
    """
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def mark(golden: str, got: str, *, spaces: bool) -> tuple[list[Segment], list[Segment]]:
    """Both texts in segments, cut at grapheme clusters, so that no vowel or tone mark is marked off its consonant.

    Args:
        spaces: does white space count? Where it does not, a change of it is not marked.
    """
    want, have = graphemes(golden), graphemes(got)
    left: list[Segment] = []
    right: list[Segment] = []
    for step in Levenshtein.opcodes(want, have):
        before = "".join(want[step.src_start : step.src_end])
        after = "".join(have[step.dest_start : step.dest_end])
        for side, text in ((left, before), (right, after)):
            changed = step.tag != "equal" and (spaces or not text.isspace())
            if side and side[-1].changed == changed:
                side[-1] = Segment(side[-1].text + visible(text), changed)
            elif text:
                side.append(Segment(visible(text), changed))
    return left, right


def shorten(golden: str, got: str, width: int) -> tuple[str, str]:
    """Both texts in one line, cut to about `width` grapheme clusters around their first difference."""
    want, have = graphemes(_one_line(golden)), graphemes(_one_line(got))
    same = 0
    while same < min(len(want), len(have)) and want[same] == have[same]:
        same += 1
    # A short text needs no cut; a long one keeps a little of what stands before the difference.
    start = 0 if max(len(want), len(have)) <= width else max(0, same - _BEFORE)
    return _cut(want, start, width), _cut(have, start, width)


def _one_line(text: str) -> str:
    return visible(text.replace("\n", " ↵ ").replace("\t", " "))


def _cut(clusters: list[str], start: int, width: int) -> str:
    piece = "".join(clusters[start : start + width])
    return f"{'…' if start else ''}{piece}{'…' if len(clusters) > start + width else ''}"
