"""How far an output folder is, from its ledger; also while a run goes on."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pydantic import BaseModel, Field

from pipeline.batch.jobs import printable
from pipeline.batch.ledger import FOLDER, Ledger
from pipeline.batch.lock import is_held
from pipeline.errors import UsageError

LOOKED_AT = 10  # documents named


class FailureCount(BaseModel):
    """Failures of one kind, with one of them."""

    kind: str
    sort: str
    documents: int
    example: str


class WorthALook(BaseModel):
    """A document a person should see first."""

    name: str
    state: str
    doubts: int
    why: str | None = Field(description="of a partial document, what its first unread page failed of")


class Status(BaseModel):
    """What `minutes status` shows."""

    running: bool
    counts: dict[str, int] = Field(description="documents by state; `reading` are under way or were cut off")
    pages: int = Field(description="in the documents done")
    run_documents: int = Field(description="that the latest run ended")
    run_planned: int = Field(description="that it was to convert")
    run_pages: int
    run_seconds: float | None = Field(description="it took, or is taking; null where it was cut off")
    pages_a_minute: float | None
    seconds_left: float | None = Field(description="while a run goes on: at its speed so far")
    failures: list[FailureCount]
    worth_a_look: list[WorthALook] = Field(description="partial ones, then those with the most doubts")


def status_of(folder: Path) -> Status:
    """The status of an output folder.

    Raises:
        UsageError: nothing was converted into it.
        OutputError: its ledger cannot be read.
    """
    with Ledger.read_only(folder) as ledger:
        if ledger is None:
            raise UsageError(f"{folder} has no ledger", "Give the folder that `minutes convert -o` wrote to")
        return _status(ledger, is_held(folder / FOLDER))


def _status(ledger: Ledger, running: bool) -> Status:
    counts = {
        str(state): _int(number)
        for state, number in ledger.query("SELECT state, COUNT(*) FROM documents GROUP BY state ORDER BY state")
    }
    ((pages,),) = ledger.query("SELECT SUM(pages) FROM documents WHERE state NOT IN ('reading', 'failed')")
    runs = ledger.query("SELECT id, started, ended, planned FROM runs ORDER BY id DESC LIMIT 1")
    run, started, ended, planned = runs[0] if runs else (0, None, None, 0)
    ((documents, run_pages),) = ledger.query(
        "SELECT COUNT(*), SUM(pages) FROM documents WHERE run = ? AND state != 'reading'", run
    )
    ((under_way,),) = ledger.query(
        "SELECT COUNT(*) FROM pages JOIN documents USING (name) WHERE run = ? AND state = 'reading'", run
    )
    until = time.time() if running else ended
    seconds = until - started if isinstance(until, float) and isinstance(started, float) else None
    read = _int(run_pages) + _int(under_way)
    left = None
    if running and seconds and _int(documents):
        left = seconds / _int(documents) * max(_int(planned) - _int(documents), 0)
    return Status(
        running=running,
        counts=counts,
        pages=_int(pages),
        run_documents=_int(documents),
        run_planned=_int(planned),
        run_pages=read,
        run_seconds=seconds,
        pages_a_minute=read / seconds * 60 if seconds else None,
        seconds_left=left,
        failures=[
            FailureCount(kind=str(kind), sort=str(sort), documents=_int(number), example=str(example))
            for kind, sort, number, example in ledger.query(
                "SELECT kind, sort, COUNT(*), MIN(message) FROM documents WHERE kind IS NOT NULL"
                " GROUP BY kind, sort ORDER BY COUNT(*) DESC, kind"
            )
        ],
        worth_a_look=[
            WorthALook(name=_name(name), state=str(state), doubts=_int(doubts), why=str(why) if why else None)
            for name, state, doubts, why in ledger.query(
                "SELECT name, state, doubts, message FROM documents WHERE state IN ('partial', 'review')"
                " ORDER BY state = 'partial' DESC, doubts DESC, name LIMIT ?",
                LOOKED_AT,
            )
        ],
    )


def _int(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _name(key: object) -> str:
    return printable(Path(os.fsdecode(key))) if isinstance(key, bytes) else str(key)
