"""How a record is printed: everything the record itself does not say.

Lines are templates: `{name}` stands for a field, and a line that names a field which is
null is left out. `{n}` is a number in the digits of the style.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from training.synth.typeset import Align

Digits = Literal["thai", "arabic"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnStyle(_Model):
    """A column of an attendance list. `left` and `width` are points.

    Fields of the templates: label, name, given, family, position, represents, role, absence_reason.
    """

    lines: tuple[str, ...]
    left: float = 0.0
    width: float
    title: str = Field(default="", description="heading of the column in a ruled table")
    align: Align = "left"
    tabs: tuple[float, ...] = ()


class ListStyle(_Model):
    """How one attendance list is printed."""

    form: Literal["columns", "table", "inline", "dash"] = "columns"
    columns: tuple[ColumnStyle, ...] = ()
    label: str = "{n}."
    labels: dict[int, str] = Field(default_factory=dict, description="person (from 0) to a label unlike the others")
    tight: tuple[int, ...] = Field(default=(), description="people whose label runs into the name: 10.นางสาว")
    people: dict[int, tuple[tuple[str, ...], ...]] = Field(
        default_factory=dict, description="person (from 0) to the lines of every column, where they differ"
    )
    continued: str | None = Field(default=None, description="heading set again after a page break")
    repeat: bool = Field(default=False, description="a table's head is set again on every page")
    inline: str = Field(default="{label} {name} ({absence_reason})", description="a person on the heading's line")
    before: float = Field(default=1.0, description="line pitches above the heading")


class Numbers(_Model):
    """Page numbers."""

    form: str = "{n}"
    place: Literal["top", "bottom"] = "top"
    align: Align = "centre"
    first: int = Field(default=2, description="the first page that shows its number")


class Above(_Model):
    """A line before the title."""

    text: str
    align: Align = "right"
    boxed: bool = False


class LetterLine(_Model):
    """A paragraph of something that is no record. Lengths are points."""

    text: str
    align: Align = "left"
    first: float = 0.0
    left: float = 0.0
    space: float = Field(default=0.0, description="line pitches above")


class Signing(_Model):
    """The blocks of signatures at the end."""

    lines: tuple[str, ...] = ("({name})", "{position}", "{role}")
    each: dict[int, tuple[str, ...]] = Field(default_factory=dict, description="lines of a block unlike the others")
    side_by_side: bool = False
    width: float = 220.0
    left: float = Field(default=220.0, description="of a stacked block, in points")
    scrawl: tuple[int, ...] = Field(default=(), description="blocks that somebody signed")
    above: float = Field(default=2.5, description="line pitches over a block")


class Style(_Model):
    """One way to print minutes. Lengths are points, `pitch` is em."""

    family: str = "Laksaman"
    size: float = 13.0
    pitch: float = 1.55
    left: float = 78.0
    right: float = 62.0
    top: float = 84.0
    bottom: float = 76.0
    align: Align = "left"
    digits: Digits = "thai"

    crest: bool = False
    above: tuple[Above, ...] = ()
    head: tuple[str, ...] = ("{title}", "{body}", "{meeting}", "{date}", "ณ {venue}")
    head_bold: bool = True
    head_inset: float = 0.0
    head_end: Literal["none", "rule", "asterisks"] = "none"

    list_heading: Literal["bold", "underline", "both", "plain"] = "bold"
    lists: tuple[ListStyle, ...] = ()

    opening: str = ""
    closing: str = ""
    times: Literal["bold", "underline", "plain"] = "bold"

    markers: tuple[str, ...] = ("ระเบียบวาระที่ {n}", "วาระที่ {n}", "{n}")
    marker_at: dict[str, str] = Field(default_factory=dict, description="pointer of an item to its own marker")
    title_form: Literal["tab", "space", "next"] = "tab"
    title_tabs: tuple[float, ...] = (95.0, 120.0, 140.0)
    title_first: tuple[float, ...] = (0.0, 40.0, 60.0)
    title_hang: bool = Field(default=True, description="a long title hangs under its beginning, not at the margin")
    title_bold: tuple[bool, ...] = (True, True, False)
    item_space: float = Field(default=0.5, description="line pitches over an item")

    body_first: float = 70.0
    list_first: tuple[float, ...] = (70.0, 90.0, 110.0)
    speaker_width: float = Field(default=0.0, description="paragraphs `NAME - …` get a speaker column this wide")
    table_repeat: bool = False

    resolution: str = "มติที่ประชุม"
    resolution_at: dict[str, str] = Field(default_factory=dict, description="pointer of an item to its own marker")
    resolution_form: Literal["tab", "space", "next"] = "tab"
    resolution_first: float = 0.0
    resolution_tab: float = 90.0
    resolution_italic: bool = False

    numbers: Numbers | None = Numbers()
    footer: tuple[str, ...] = ()
    footer_size: float = 9.5
    footer_rule: Literal["none", "single", "double"] = "double"
    catchword: str = Field(default="", description="at the foot of a page, the next one's first words: /{words}...")
    catchword_letters: int = 14

    signing: Signing = Signing()
    letter: tuple[LetterLine, ...] = Field(default=(), description="printed instead of a record")
