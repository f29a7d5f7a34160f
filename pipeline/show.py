"""How runs, records and findings look on a terminal. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import json as jsons
import sys

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch import FAILURES, DocumentResult, Job, Plan, RunSummary, Status
from pipeline.convert import Conversion
from pipeline.doctor import Finding
from pipeline.errors import MinutesError
from schemas import Record

STATE_STYLE = {"ok": "green", "review": "yellow", "partial": "magenta", "failed": "red"}
SHOWN = 60  # characters of a captured text
LISTED = 50  # documents; of more only those are listed that failed or that a person should look at, so many at most

PIPE_WIDTH = 200  # columns where no terminal tells: tables in a log are not folded

out = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
err = Console(stderr=True, soft_wrap=True, highlight=False, width=None if sys.stderr.isatty() else PIPE_WIDTH)


def error(problem: MinutesError) -> None:
    """One line: what is wrong and what to do."""
    err.print(f"[red]error:[/] {escape(str(problem))}")


class RunView:
    """Follows a run: a progress bar on a terminal, one line a failure anywhere.

    Args:
        quiet: nothing but failures.
        verbose: a line a document with its seconds by stage.
        explain: what each rule captured, on stderr when stdout is for JSON.
        json: stdout is for JSON.
    """

    def __init__(self, quiet: bool, verbose: bool, explain: bool, json: bool) -> None:
        self._verbose = verbose
        self._explain = explain
        self._side = err if json else out
        self._bar: Progress | None = None
        self._all: TaskID | None = None
        self._tasks: dict[Job, TaskID] = {}
        if sys.stderr.isatty() and not quiet:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[unit]}"),
                TimeRemainingColumn(),
                console=err,
                transient=True,
            )

    def __enter__(self) -> RunView:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def start(self, documents: int) -> None:
        """So many documents are to be done."""
        if self._bar and documents > 1:
            self._all = self._bar.add_task("all documents", total=documents, unit="documents")

    def begin(self, job: Job) -> None:
        """A document is taken up."""

    def pages(self, job: Job, done: int, total: int) -> None:
        """So many of its pages are done."""
        if self._bar is None:
            return
        if job not in self._tasks:
            self._tasks[job] = self._bar.add_task(escape(job.shown), unit="pages")
        self._bar.update(self._tasks[job], completed=done, total=total)

    def end(self, job: Job, result: DocumentResult, conversion: Conversion | None) -> None:
        """It is finished."""
        if self._bar and self._all is not None:
            self._bar.advance(self._all)
        if self._bar and job in self._tasks:
            self._bar.remove_task(self._tasks.pop(job))
        if result.failure:
            hint = f". {result.failure.hint}" if result.failure.hint else ""
            err.print(f"[red]error:[/] {escape(result.failure.message + hint)}")
        if self._verbose and result.stages and not result.skipped:
            stages = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in result.stages.items())
            err.print(f"{escape(job.shown)}: {result.pages} pages, {stages}")
        if self._explain and conversion:
            explain(self._side, conversion)


def summary(run: RunSummary, where: str) -> None:
    """The table at the end of a run, and where to look next."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("file", "status", "meeting", "date"):
        table.add_column(heading, overflow="fold")
    for heading in ("people", "agenda", "doubts", "seconds"):
        table.add_column(heading, justify="right")
    for document in _listed(run.documents):
        state = "not minutes" if document.document_type == "other" else document.state
        known = document.failure is None
        table.add_row(
            escape(document.file),
            f"[{STATE_STYLE[document.state]}]{state}[/]" + (" (was done)" if document.skipped else ""),
            document.meeting or "–",
            document.date or "–",
            str(document.people) if known else "–",
            str(document.agenda_items) if known else "–",
            str(document.doubts) if known else "–",
            f"{document.seconds:.1f}" if known else "–",
        )
    if table.row_count:
        out.print(table, soft_wrap=False)
    if table.row_count < len(run.documents):
        out.print(f"… the first {table.row_count} of those that failed or a person should look at")
    out.print(f"{_counted(run)}. Records: {escape(where)}/NAME.json, page text: NAME.txt")
    if run.counts["failed"] or run.counts["partial"]:
        out.print(f"failed, partial: {FAILURES} beside the ledger says why; minutes status shows them by kind.")
    if run.counts["review"] or run.counts["partial"]:
        out.print('review: a person should look; each record\'s "issues" say where and why.')


def _listed(documents: list[DocumentResult]) -> list[DocumentResult]:
    if len(documents) <= LISTED:
        return documents
    order = ("failed", "partial", "review")
    chosen = [document for document in documents if document.state in order and not document.skipped]
    return sorted(chosen, key=lambda document: (order.index(document.state), -document.doubts))[:LISTED]


def _counted(run: RunSummary) -> str:
    counts = ", ".join(f"{count} {state}" for state, count in sorted(run.counts.items()))
    documents = "1 document" if len(run.documents) == 1 else f"{len(run.documents)} documents"
    done = sum(document.skipped for document in run.documents)
    return f"{documents}: {counts or 'nothing to do'}" + (f" ({done} of them done before)" if done else "")


def plan(planned: Plan, workers: int, json: bool) -> None:
    """What a run would do, document by document, and how long it may take."""
    if json:
        steps = [{"file": s.job.shown, "convert": s.convert, "reason": s.reason} for s in planned.steps]
        out.print(jsons.dumps({"seconds": planned.seconds, "documents": steps}, ensure_ascii=False, indent=2))
        return
    for step in planned.steps:
        out.print(f"{'convert' if step.convert else 'skip   '}  {escape(step.job.shown)}: {step.reason}")
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(planned.reasons.items()))
    todo = sum(step.convert for step in planned.steps)
    out.print(f"{todo} of {len(planned.steps)} documents would be converted ({reasons or 'none found'}).")
    if todo and planned.seconds is None:
        out.print("Nothing was converted into this folder yet: there is nothing to estimate the time from.")
    elif todo and planned.seconds is not None:
        out.print(f"From what was converted here: about {_span(planned.seconds / workers)} with -j {workers}.")


def status(found: Status) -> None:
    """How far a folder is."""
    counts = ", ".join(f"{count} {state}" for state, count in found.counts.items())
    out.print(f"{sum(found.counts.values())} documents: {counts or 'none yet'}; {found.pages} pages")
    doing = "running" if found.running else "ended" if found.run_seconds is not None else "was cut off"
    speed = f", {found.pages_a_minute:.0f} pages a minute" if found.pages_a_minute else ""
    left = f", about {_span(found.seconds_left)} left" if found.seconds_left is not None else ""
    took = f" after {_span(found.run_seconds)}" if found.run_seconds is not None and not found.running else ""
    out.print(f"latest run: {doing}{took}, {found.run_documents} of {found.run_planned} documents{speed}{left}")
    for failure in found.failures:
        out.print(f"[red]{escape(failure.kind)}[/] ({failure.sort}): {failure.documents}, as {escape(failure.example)}")
    if found.worth_a_look:
        out.print("most worth a look:")
    for document in found.worth_a_look:
        why = f"; {escape(document.why)}" if document.why else ""
        out.print(f"  {escape(document.name)}: {document.state}, {document.doubts} doubts{why}")


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{seconds / 3600:.1f} h"


def explain(console: Console, conversion: Conversion) -> None:
    """What each rule captured, from which line; which fields are missing; what is in doubt."""
    record = conversion.record
    console.print(f"\n[bold]{escape(record.source.file)}[/]")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("field", "rule", "page", "read"):
        table.add_column(heading, overflow="fold")
    for capture in conversion.captures:
        text = capture.text if len(capture.text) <= SHOWN else capture.text[:SHOWN] + " …"
        table.add_row(capture.path, capture.rule, str(capture.page), escape(text))
    console.print(table, soft_wrap=False)
    missing = missing_fields(record)
    console.print("missing: " + (", ".join(missing) if missing else "nothing"))
    for correction in record.corrections:
        console.print(
            f"corrected: {correction.path}  {escape(correction.ocr)} → {escape(correction.value)}"
            f"  ({correction.score:.0f}, {escape(correction.source)})"
        )
    for issue in record.issues:
        page = f" page {issue.page}" if issue.page else ""
        console.print(f"{issue.severity}: {issue.code}{page} {issue.path or ''}  {escape(issue.message)}")


def missing_fields(record: Record) -> list[str]:
    """Pointers of fields that most minutes print and this record lacks."""
    wanted = {
        "/header/title": record.header.title,
        "/header/body": record.header.body,
        "/header/meeting": record.header.meeting,
        "/header/date": record.header.date,
        "/header/venue": record.header.venue,
        "/attendance": record.attendance,
        "/opened_at": record.opened_at,
        "/closed_at": record.closed_at,
        "/agenda": record.agenda,
        "/signatories": record.signatories,
    }
    return [pointer for pointer, value in wanted.items() if not value]


def findings(found: list[Finding]) -> None:
    """What the doctor found, and what to type where something is missing."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "what", "found", "used for"):
        table.add_column(heading, overflow="fold")
    for finding in found:
        mark = "[green]ok[/]" if finding.ok else "[red]missing[/]" if finding.needed else "[yellow]lacking[/]"
        table.add_row(mark, escape(finding.name), escape(finding.detail), escape(finding.meaning))
    out.print(table, soft_wrap=False)
    for finding in found:
        if not finding.ok:
            out.print(f"{escape(finding.name)}: {escape(finding.remedy)}")
