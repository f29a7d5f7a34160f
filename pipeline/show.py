"""How runs, records and findings look on a terminal. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch import DocumentResult, Job, RunSummary
from pipeline.convert import Conversion
from pipeline.doctor import Finding
from pipeline.errors import MinutesError
from schemas import Record

STATE_STYLE = {"ok": "green", "review": "yellow", "partial": "magenta", "failed": "red"}
SHOWN = 60  # characters of a captured text

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
        self._task: TaskID | None = None
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
        if self._bar:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(escape(job.path.name), total=None, unit="pages")

    def pages(self, done: int, total: int) -> None:
        """So many of its pages are done."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def end(self, job: Job, result: DocumentResult, conversion: Conversion | None) -> None:
        """It is finished."""
        if self._bar and self._all is not None:
            self._bar.advance(self._all)
        if result.failure:
            hint = f". {result.failure.hint}" if result.failure.hint else ""
            err.print(f"[red]error:[/] {escape(result.failure.message + hint)}")
        if self._verbose and conversion:
            stages = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in conversion.seconds.items())
            err.print(f"{escape(job.name)}: {result.pages} pages, {stages}")
        if self._explain and conversion:
            explain(self._side, conversion)


def summary(run: RunSummary, where: str) -> None:
    """The table at the end of a run, and where to look next."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("file", "status", "meeting", "date"):
        table.add_column(heading, overflow="fold")
    for heading in ("people", "agenda", "doubts", "seconds"):
        table.add_column(heading, justify="right")
    for document in run.documents:
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
    out.print(table, soft_wrap=False)
    counts = ", ".join(f"{count} {state}" for state, count in sorted(run.counts.items()))
    documents = "1 document" if len(run.documents) == 1 else f"{len(run.documents)} documents"
    out.print(f"{documents}: {counts}. Records: {escape(where)}/NAME.json, page text: NAME.txt")
    if run.counts["review"] or run.counts["partial"]:
        out.print('review: a person should look; each record\'s "issues" say where and why.')


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
