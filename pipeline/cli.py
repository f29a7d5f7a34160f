"""The command line `minutes`: thin over `pipeline`."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pipeline import compare as comparing
from pipeline import export_cli, names_cli, show
from pipeline.batch import Where, convert_documents, cores, opened, plan_documents, status_of, watch_folder
from pipeline.convert import Converter
from pipeline.correct.beside import with_names_beside
from pipeline.doctor import diagnose
from pipeline.errors import ExitCode, InputError, MinutesError
from pipeline.export import write_atomically
from pipeline.ocr import DocumentText
from pipeline.review import commands as reviewing
from pipeline.review.scans import find_source
from pipeline.settings import load_settings
from pipeline.version import VERSION
from schemas.document import schema_text

app = typer.Typer(
    name="minutes",
    help="Turns scanned Thai meeting minutes into validated JSON that says where it doubts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(names_cli.app, name="names")

Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the records.", show_default=True)]
OutPlace = Annotated[str, typer.Option("--out", "-o", metavar="FOLDER", help="Folder for the records, or a URL.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes (default: one a core).")]
Explain = Annotated[bool, typer.Option("--explain", help="Show what each rule captured and which fields are missing.")]
Names = Annotated[
    Path | None,
    typer.Option(
        "--names", metavar="LIST", help="Known names: a CSV or YAML file, or a folder (default: names/ beside)."
    ),
]


@app.command()
def convert(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, or folders to search through.")],
    out: OutPlace = "out",
    jobs: Jobs = 0,
    pages: Annotated[str | None, typer.Option(metavar="RANGE", help="Only these pages: 3, 1-3, 2-.")] = None,
    dpi: Annotated[int | None, typer.Option(help="Resolution pages are read at (default 300).")] = None,
    engine: Annotated[str | None, typer.Option(help="OCR engine: recogniser (ours) or tesseract.")] = None,
    language: Annotated[str | None, typer.Option(help="Tesseract language data (default tha+eng).")] = None,
    psm: Annotated[int | None, typer.Option(help="Tesseract page segmentation mode, 4 or 6 (default 4).")] = None,
    names: Names = None,
    password: Annotated[str | None, typer.Option(help="Password of encrypted PDFs.")] = None,
    page_timeout: Annotated[float | None, typer.Option(metavar="SECONDS", help="Most time for one page.")] = None,
    correct: Annotated[
        bool | None, typer.Option("--correct/--no-correct", help="Correct known words and names.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Convert also what is up to date.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Convert only what failed or is partial.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and why; do nothing.")] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Work on a Dask cluster: tcp://HOST:8786.")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the ledger lies when OUT is a URL.")
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines/--no-lines", help="Write NAME.lines.json: the pages as read, for exports.")
    ] = True,
    explain: Explain = False,
    json: Annotated[bool, typer.Option("--json", help="A machine-readable summary on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only failures.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line a document, with seconds by stage.")] = False,
) -> None:
    """Convert scans (PDF, TIFF, JPEG, PNG) into OUT/NAME.json and OUT/NAME.txt."""
    settings = load_settings(
        pages=pages,
        dpi=dpi,
        engine=engine,
        language=language,
        psm=psm,
        names=names,
        password=password,
        page_timeout=page_timeout,
        correct=correct,
    )
    settings = with_names_beside(settings, [Path(given) for given in inputs])
    where = Where(jobs or cores(), scheduler, ledger)
    if dry_run:
        show.plan(
            plan_documents(
                inputs, out, settings, where=where, force=force or explain, retry_failed=retry_failed, lines=lines
            ),
            where.workers,
            json,
        )
        raise typer.Exit(ExitCode.OK)
    with _ended_by_signals(), show.RunView(quiet, verbose, explain, json) as view:
        # What has to be shown again must be converted again.
        run = convert_documents(
            *(inputs, out, settings),
            where=where,
            force=force or explain,
            retry_failed=retry_failed,
            lines=lines,
            keep=explain,
            watcher=view,
        )
    if json:
        sys.stdout.write(run.to_json())
    elif not quiet:
        show.summary(run, out)
    raise typer.Exit(run.exit_code)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A polite request to end is Ctrl-C: workers are stopped, what is done is kept."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(metavar="IN", help="Folder that documents arrive in.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the records.")],
    jobs: Jobs = 0,
    names: Names = None,
    settle: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="A file is taken when it was still so long.")
    ] = 3,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line a document, with seconds by stage.")] = False,
) -> None:
    """Convert what arrives in a folder, until stopped by Ctrl-C or SIGTERM."""
    settings = with_names_beside(load_settings(names=names), [folder])
    view = show.RunView(quiet=False, verbose=verbose, explain=False, json=False)
    try:
        with _ended_by_signals(), opened(out, settings, Where(jobs or cores()), lines=True, watcher=view) as held:
            show.err.print(f"watching {escape(str(folder))}; stop with Ctrl-C")
            watch_folder(folder, held.convert, settle)
    except KeyboardInterrupt:
        show.err.print("stopped; what was converted is kept")


@app.command()
def status(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that was converted into.")],
    json: Annotated[bool, typer.Option("--json", help="Machine-readable, on stdout.")] = False,
) -> None:
    """Show how far a run is, its speed, its failures by kind, and what is most worth a look."""
    found = status_of(out)
    if json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        show.status(found)


@app.command()
def parse(
    lines: Annotated[list[Path], typer.Argument(metavar="LINES.json...", help="Pages as read, by convert --lines.")],
    out: Out = Path("out"),
    names: Names = None,
    explain: Explain = False,
) -> None:
    """Make records from pages already read: no scan and no OCR needed."""
    converter = Converter(with_names_beside(load_settings(names=names), lines))
    for path in lines:
        try:
            document = DocumentText.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: not a file of read pages", "Make one with: minutes convert") from error
        conversion = converter.understand(document)
        written = conversion.write(out, path.name.removesuffix(".json").removesuffix(".lines"))
        if explain:
            show.explain(show.out, conversion)
        show.out.print(str(written.record))


@app.command()
def compare(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Records to check.")],
    golden: Annotated[Path, typer.Argument(metavar="GOLDEN", help="Records as they should be.")],
    json: Annotated[bool, typer.Option("--json", help="The comparison as JSON on stdout.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a report to look at.")] = None,
    source: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the scans: the report shows the page pictures.")
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Only the table, not each difference.")] = False,
    bless: Annotated[bool, typer.Option("--bless", help="Accept OUT as golden, after showing what changes.")] = False,
) -> None:
    """Compare records with golden ones, field by field. Exit code 0: equal within tolerance, 1: not."""
    tolerances = load_settings().tolerances
    comparison = comparing.compare_folders(out, golden, tolerances, first_time=bless)
    if html:
        crops = comparing.Crops(out, find_source(out, source), load_settings(), show.error) if source else None
        write_atomically(html, comparing.render_html(comparison, crops))
        show.err.print(f"report: {html}")
    if json:
        sys.stdout.write(comparing.to_json(comparison))
    else:
        comparing.render_table(comparison, show.out, details=not summary)
    if bless:
        for path in comparing.bless(out, golden, comparison):
            show.err.print(f"blessed: {path}")
        raise typer.Exit(ExitCode.OK)
    raise typer.Exit(ExitCode.OK if comparison.equal else ExitCode.SOME_FAILED)


app.command()(export_cli.export)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    sys.stdout.write(schema_text())


@app.command()
def doctor() -> None:
    """Check what the program needs from this machine, and say what each lack means."""
    findings = diagnose(load_settings())
    show.findings(findings)
    lacking = any(finding.needed and not finding.ok for finding in findings)
    raise typer.Exit(ExitCode.ENVIRONMENT if lacking else ExitCode.OK)


reviewing.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"minutes {VERSION}\n")
        raise typer.Exit


@app.callback()
def _main(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks and what the stages log.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    logging.basicConfig(level=logging.DEBUG if debug else logging.ERROR, stream=sys.stderr)


def main() -> None:
    """The entry point: every error a person can meet becomes one line and an exit code."""
    try:
        app()
    except MinutesError as problem:
        logging.getLogger(__name__).debug("", exc_info=True)
        show.error(problem)
        sys.exit(problem.code)
    except KeyboardInterrupt:
        show.err.print("interrupted; what was converted is kept, the same command goes on from there")
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.exit(ExitCode.OK)
    except Exception as mistake:
        if "--debug" in sys.argv:
            raise
        show.error(MinutesError(f"{type(mistake).__name__}: {mistake}", "This is our mistake: run again with --debug"))
        sys.exit(ExitCode.INTERNAL)


if __name__ == "__main__":
    main()
