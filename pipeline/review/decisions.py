"""What a person decided about a record: `NAME.review.json`, kept apart from what the machine read."""

from __future__ import annotations

import datetime
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from schemas.record import Fraction

Action = Literal["accept", "set", "add", "order"]
Box = tuple[Fraction, Fraction, Fraction, Fraction]
Json = Any  # a value of a record as JSON has it

SUFFIX = ".review.json"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Anchor(_Part):
    """A row of a list when it was put in order: its pointer, what it said, and where on the paper it stands."""

    pointer: str
    text: str
    page: int | None = None
    box: Box | None = None


class Decision(_Part):
    """One decision.

    `accept`: the reading is right (or the doubt is settled). `set`: it is `value`. `add`: a row that was not read;
    the last key of its pointer is `+1`, `+2`, … `order`: the rows of a list, as pointers to where each was read or
    added; a row that is in `rows` but not in `value` was removed, or moved to another list.

    Attributes:
        pointer: into the record as the machine made it (`/issues/CODE/PAGE` for a doubt that has no pointer).
        reading: the value the machine had when it was decided.
        page, box: where that value stands: the paper does not change when it is read anew.
        at: UTC, to the second.
    """

    action: Action
    pointer: str
    reading: JsonValue = None
    value: JsonValue = None
    page: int | None = None
    box: Box | None = None
    rows: list[Anchor] = Field(default_factory=list)
    at: str
    by: str | None = None


class Reviewed(_Part):
    """Somebody said that the whole document is right.

    Attributes:
        content: hash of the content it was said about; it no longer counts when the content is another.
    """

    at: str
    by: str | None = None
    content: str


class Review(_Part):
    """All decisions on one document."""

    review_version: Literal["1"] = "1"
    source_sha256: str = Field(description="of the scan the decisions were made on")
    reviewed: Reviewed | None = None
    decisions: list[Decision] = Field(default_factory=list)

    def dump(self) -> str:
        """As JSON: two-space indent, UTF-8, a final newline."""
        data = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps({"review_version": self.review_version, **data}, ensure_ascii=False, indent=2) + "\n"


def now() -> str:
    """The time a decision is made at."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
