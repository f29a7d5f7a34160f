"""What the pages show of a document: its fields and doubts, ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.compare.marks import visible
from pipeline.review.decisions import Box, Json
from pipeline.review.document import Document
from pipeline.review.doubts import Doubt, doubts_of
from pipeline.review.edited import now_at
from pipeline.review.fields import choices_of, kind_of
from pipeline.review.places import evidence_of, is_added, text_of, value_at
from pipeline.review.settle import NO_PLACE
from pipeline.review.texts import Texts
from schemas.pointer import join, leaves, split

LARGE = 30_000
"""Characters of paragraphs from which on they are fetched when they are opened: pages stay under 300 kB."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value on the page.

    Attributes:
        at: pointer of origin.
        value: to be edited; `shown` is the same with every character visible.
        state: "" as read, `open` doubtful, `done` decided, `changed` decided on another reading.
        place: page and box as the page's script takes it: `1 0.1 0.2 0.3 0.4`; empty where it was not read.
        note: what was read when that is something else.
    """

    at: str
    label: str
    kind: str
    value: str
    shown: str
    state: str
    place: str
    note: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A doubt on the page: the field it is about, or a summary of the part."""

    doubt: Doubt
    field: Field
    where: str
    says: list[tuple[str, str]]  # in the reader's language, and the record's own message


class DocumentView:
    """A document in one language."""

    def __init__(self, document: Document, texts: Texts) -> None:
        self.document = document
        self.texts = texts
        self.data = document.edited.data
        self._machine = document.machine
        self._places = document.edited.places()
        self._doubts = {doubt.pointer: doubt for doubt in doubts_of(self._machine, document.settled, document.edited)}
        self._corrections = {one["path"]: one for one in self._machine["corrections"]}

    @cached_property
    def doubts(self) -> list[DoubtView]:
        """The doubts, the most important first; what is only told for information last."""
        return [self._doubt(doubt) for doubt in self._doubts.values()]

    @property
    def open_doubts(self) -> int:
        return sum(one.doubt.counts and not one.doubt.settled for one in self.doubts)

    @property
    def all_doubts(self) -> int:
        return sum(one.doubt.counts for one in self.doubts)

    @property
    def lost(self) -> list[tuple[str, str]]:
        """Decisions without a place: (pointer, what was decided)."""
        return [(one.pointer, visible(text_of(one.value))) for one in self.document.settled.lost]

    @cached_property
    def large(self) -> bool:
        """Are there more paragraphs than should be sent at once?"""
        texts = (value for pointer, value in leaves(self.data) if {"body", "preamble"} & set(split(pointer)))
        return sum(len(value) for value in texts if isinstance(value, str)) > LARGE

    def origin(self, pointer: str) -> str:
        """Where the value at `pointer` was read or added."""
        return self.document.edited.origin(pointer)

    def field(self, pointer: str, label: str = "") -> Field:
        """The field at `pointer` of the edited record."""
        return self._field(self.origin(pointer), value_at(self.data, pointer), label)

    def place(self, pointer: str) -> str:
        """Page and box of a row at `pointer`."""
        origin = self.origin(pointer)
        return "" if is_added(origin) else _place(evidence_of(self._machine, origin))

    def _field(self, origin: str, value: Json, label: str = "") -> Field:
        part = isinstance(value, dict | list)
        kind = "part" if part or origin.startswith(NO_PLACE) or origin == "" else kind_of(origin)
        text = text_of(value)
        shown = visible(text)
        choices: list[tuple[str, str]] = []
        if kind == "choice":
            choices = [(choice, self.texts(f"choice.{choice}")) for choice in choices_of(origin)]
            shown = dict(choices).get(text, shown)
        evidence = None if is_added(origin) else evidence_of(self._machine, origin) if part else None
        leaf = self._machine["evidence"].get(origin)
        if leaf:
            evidence = leaf["page"], tuple(leaf["box"])
        return Field(
            at=origin,
            label=label or self._label(origin),
            kind=kind,
            value=text,
            shown=shown,
            state=self._state(origin),
            place=_place(evidence),
            note=self._note(origin, value),
            choices=choices,
        )

    def _state(self, origin: str) -> str:
        doubt = self._doubts.get(origin)
        if doubt and doubt.changed:
            return "changed"
        if origin in self.document.settled.decisions or (doubt and doubt.settled):
            return "done"
        return "open" if doubt and doubt.counts else ""

    def _note(self, origin: str, value: Json) -> str:
        decision = self.document.settled.decisions.get(origin)
        read = value_at(self._machine, origin)
        if decision and decision.action == "order":
            return self.texts("doc.changed_rows") if origin in self.document.settled.changed else ""
        if origin in self.document.settled.changed and decision:
            old, new = visible(text_of(decision.reading)), visible(text_of(read))
            return self.texts("doc.changed", old=old, new=new)
        if decision and decision.action == "set" and read != value:
            return self.texts("doc.read_as", reading=visible(text_of(read)))
        one = self._corrections.get(origin)
        if one:
            told = self.texts("doc.corrected", ocr=visible(one["ocr"]), value=visible(one["value"]))
            return f"{told} · {self.texts('doc.corrected_by', source=one['source'])}"
        return ""

    def _doubt(self, doubt: Doubt) -> DoubtView:
        now = now_at(self._places, doubt.pointer) or ""
        value = None if doubt.pointer.startswith(NO_PLACE) else value_at(self.data, now)
        says = [
            (self.texts.or_none(f"issue.{issue['code']}") or issue["code"], _message(issue)) for issue in doubt.issues
        ]
        field = self._field(doubt.pointer, value)
        if not field.place and doubt.page:
            field = replace(field, place=f"{doubt.page} 0 0 0 0")
        return DoubtView(doubt, field, self._where(now), says)

    def _where(self, pointer: str) -> str:
        """The part of the record a place is in: `Attendance › ผู้มาประชุม › 3`."""
        keys = split(pointer)
        parts = []
        if keys and (top := self.texts.or_none(f"doc.{keys[0]}")):
            parts.append(top)
        for length in range(2, len(keys) + 1):
            row = "".join(join("", key) for key in keys[:length])
            if keys[length - 1].isdigit() and keys[length - 2] in ("attendance", "people", "agenda", "items"):
                value = value_at(self.data, row)
                number = value.get("number")
                parts.append(str(number) if number else visible(text_of(value))[:40])
        return " › ".join(parts)

    def _label(self, origin: str) -> str:
        keys = split(origin)
        if not keys or origin.startswith(NO_PLACE):
            return ""
        special = {
            ("meeting", "number"): "meeting_number",
            ("meeting", "text"): "meeting_text",
            ("date", "text"): "date_text",
        }
        key = special.get((keys[-2] if len(keys) > 1 else "", keys[-1]), keys[-1])
        if keys[0] == "agenda" and key in ("number", "title"):
            key = f"item_{key}"
        if "resolutions" in keys and key == "text":
            key = "resolution_text"
        return self.texts.or_none(f"field.{key}") or ""


def _message(issue: Json) -> str:
    """What the record says about a doubt; value and confidence stand beside it anyway."""
    return "" if issue["code"] == "value.low_confidence" else visible(issue["message"])


def _place(found: tuple[int, Box] | None) -> str:
    if not found:
        return ""
    page, box = found
    return f"{page} " + " ".join(f"{edge:.4f}".rstrip("0").rstrip(".") for edge in box)
