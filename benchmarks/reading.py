"""What an engine read and what it cost: the form in which a reading process hands its pages over."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pipeline.ocr.text import Box, Line


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Framed(_Model):
    """A piece of a line as the line finding framed it.

    `box` as the page's other boxes; `letter` (height of ก) and `baseline` (in the middle of the piece) in
    fractions of the page's height.
    """

    box: Box
    letter: float
    baseline: float


class PageReading(_Model):
    """One page as read; `lines`, `pieces` and `skew` (degrees taken out before reading) only by our own reader."""

    number: int
    text: str
    lines: tuple[Line, ...] = ()
    pieces: tuple[Framed, ...] = ()
    skew: float = 0.0


class DocumentReading(_Model):
    name: str
    pages: tuple[PageReading, ...]
    seconds: dict[str, float] = Field(description="CPU seconds by stage, children included")


class EngineReading(_Model):
    """All documents of one set by one engine in one process of its own.

    `peak_mb` is the largest resident memory of that process or of one of its children.
    """

    engine: str
    documents: tuple[DocumentReading, ...]
    peak_mb: float
