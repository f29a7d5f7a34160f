"""What became of documents and of a run, and who is told while it goes on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, Field

from pipeline.batch.failures import Failure
from pipeline.batch.jobs import Job, printable
from pipeline.convert import Conversion
from pipeline.errors import ExitCode
from schemas import AgendaItem, Record

State = Literal["ok", "review", "partial", "failed"]


class DocumentResult(BaseModel):
    """What became of one document."""

    file: str = Field(description="the input, as it was named")
    output: str | None = Field(default=None, description="the record, relative to the output folder")
    state: State
    skipped: bool = Field(default=False, description="an up-to-date record was already there")
    document_type: str | None = None
    meeting: str | None = None
    date: str | None = None
    pages: int = 0
    people: int = 0
    agenda_items: int = 0
    doubts: int = Field(default=0, description="issues that are warnings or errors")
    seconds: float = Field(default=0.0, description="that workers spent on it, together")
    stages: dict[str, float] = Field(default_factory=dict, description="seconds by stage")
    failure: Failure | None = None


class RunSummary(BaseModel):
    """What became of a run."""

    documents: list[DocumentResult] = Field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """Documents by state."""
        return Counter(document.state for document in self.documents)

    @property
    def exit_code(self) -> ExitCode:
        """0 when every document has a record, 1 when some have, else what kept the documents from one."""
        failures = [document.failure for document in self.documents if document.failure]
        if not failures:
            return ExitCode.OK
        if len(failures) < len(self.documents):
            return ExitCode.SOME_FAILED
        codes = {failure.code for failure in failures}
        return ExitCode(codes.pop()) if len(codes) == 1 else ExitCode.BAD_INPUT

    def to_json(self) -> str:
        """The summary as JSON."""
        data = {"counts": dict(sorted(self.counts.items())), **self.model_dump(mode="json")}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


class Watcher(Protocol):
    """Is told how a run goes. Several documents can be begun at a time; each ends once."""

    def start(self, documents: int) -> None:
        """So many documents are to be done."""

    def begin(self, job: Job) -> None:
        """A document is taken up."""

    def pages(self, job: Job, done: int, total: int) -> None:
        """So many of its pages are done."""

    def end(self, job: Job, result: DocumentResult, conversion: Conversion | None) -> None:
        """It is finished; `conversion` is None when it failed, was skipped or was not asked for."""


def result_of(job: Job, record: Record, stages: dict[str, float]) -> DocumentResult:
    """The result of a document that has a record."""
    meeting, date = record.header.meeting, record.header.date
    number = f"{meeting.number}/{meeting.year}" if meeting and meeting.number and meeting.year else None
    return DocumentResult(
        file=job.shown,
        output=printable(Path(f"{job.name}.json")),
        state=record.status,
        document_type=record.document_type,
        meeting=number,
        date=date.iso if date else None,
        pages=record.source.pages,
        people=sum(len(roll.people) for roll in record.attendance),
        agenda_items=_count(record.agenda),
        doubts=sum(issue.severity != "info" for issue in record.issues),
        seconds=round(sum(stages.values()), 2),
        stages={stage: round(value, 3) for stage, value in stages.items()},
    )


def _count(items: list[AgendaItem]) -> int:
    return sum(1 + _count(item.items) for item in items)
