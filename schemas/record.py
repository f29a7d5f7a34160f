"""The record of one document: the output contract as pydantic models.

Names are fixed: other programs read them. Fields may be added; none is renamed
or dropped without a new `schema_version`. Text is kept as printed, Thai digits
included; only numbers, years, ISO dates, `HH:MM` times and agenda numbers are
normalised. What was not printed is null, never guessed.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION: Literal["1.0"] = "1.0"

Clock = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
IsoDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
AgendaNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]
Pointer = Annotated[str, StringConstraints(pattern=r"^(/.*)?$")]
Fraction = Annotated[float, Field(ge=0, le=1)]

DocumentType = Literal["minutes", "other"]
Status = Literal["ok", "review", "partial"]
AttendanceKind = Literal["present", "absent", "in_attendance"]
Decision = Literal["acknowledged", "approved", "certified", "rejected", "deferred", "other"]
BlockKind = Literal["paragraph", "list_item", "table", "figure"]
Severity = Literal["info", "warning", "error"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Source(_Part):
    """The file the record was made from."""

    file: str = Field(description="file name, without its folder")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    pages: int = Field(ge=0, description="pages in the file")


class Producer(_Part):
    """What made the record; null in a record made by hand."""

    program: str
    version: str
    engine: str = Field(description="the OCR engine with its version and model")
    settings: str = Field(description="hash of the settings that decide what a record contains")


class Meeting(_Part):
    number: int | None = None
    year: int | None = Field(default=None, description="Buddhist Era")
    session: str | None = Field(default=None, description="a council's session as printed: สมัยสามัญ สมัยที่ ๓")
    text: str = Field(description="as printed")


class MeetingDate(_Part):
    iso: IsoDate | None = Field(default=None, description="Common Era")
    weekday: str | None = Field(default=None, description="as printed, without วัน")
    text: str = Field(description="as printed")


class Scheduled(_Part):
    start: Clock | None = None
    end: Clock | None = None


class Header(_Part):
    title: str | None = Field(default=None, description="document type as printed: รายงานการประชุม …")
    body: str | None = Field(default=None, description="committee or council as printed")
    meeting: Meeting | None = None
    date: MeetingDate | None = None
    scheduled: Scheduled | None = None
    venue: str | None = Field(default=None, description="without the leading ณ")


class Person(_Part):
    number: int | None = None
    name: str | None = Field(default=None, description="with title, single spaces; null when only a post is printed")
    position: str | None = Field(default=None, description="office or job")
    represents: str | None = Field(default=None, description="the office after แทน")
    role: str | None = Field(default=None, description="role in this meeting")
    absence_reason: str | None = None


class AttendanceList(_Part):
    kind: AttendanceKind
    heading: str = Field(description="as printed")
    people: list[Person] = Field(default_factory=list)


class Block(_Part):
    kind: BlockKind
    label: str | None = Field(default=None, description="a list item's label as printed: ๔.๑.๒")
    text: str = ""
    rows: list[list[str]] | None = Field(default=None, description="a table's cells, row by row")
    children: list[Block] = Field(default_factory=list)


class Resolution(_Part):
    text: str = Field(description="as printed")
    decision: Decision


class AgendaItem(_Part):
    number: AgendaNumber | None = Field(default=None, description="Arabic digits: 4.2")
    title: str
    body: list[Block] = Field(default_factory=list)
    resolutions: list[Resolution] = Field(default_factory=list)
    items: list[AgendaItem] = Field(default_factory=list)


class Signatory(_Part):
    name: str | None = None
    position: str | None = None
    role: str | None = None


class Correction(_Part):
    """One change made by the fuzzy correction. None is silent."""

    path: Pointer
    ocr: str = Field(description="what was read")
    value: str = Field(description="what it was changed to")
    score: float = Field(ge=0, le=100)
    source: str = Field(description="which list the value comes from")


class Issue(_Part):
    """Something a person should know about the record."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)+$")]
    severity: Severity
    path: Pointer | None = None
    page: int | None = Field(default=None, ge=1)
    message: str


class Evidence(_Part):
    """Where a value was read."""

    page: int = Field(ge=1)
    box: tuple[Fraction, Fraction, Fraction, Fraction] = Field(description="x0, y0, x1, y1 in fractions of the page")
    confidence: Fraction
    ocr: str = Field(description="the text before correction")


class Record(_Part):
    """One document of meeting minutes."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    source: Source
    producer: Producer | None = None
    document_type: DocumentType = "minutes"
    status: Status = "ok"
    header: Header = Field(default_factory=Header)
    attendance: list[AttendanceList] = Field(default_factory=list)
    opened_at: Clock | None = None
    closed_at: Clock | None = None
    preamble: list[Block] = Field(default_factory=list)
    agenda: list[AgendaItem] = Field(default_factory=list)
    signatories: list[Signatory] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)
    issues: list[Issue] = Field(default_factory=list)
    evidence: dict[Pointer, Evidence] = Field(default_factory=dict)
