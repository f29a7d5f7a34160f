"""The command line `minutes`: thin over `pipeline`."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import compare as comparing
from pipeline import show
from pipeline.batch import convert_documents
from pipeline.convert import Converter
from pipeline.doctor import diagnose
from pipeline.errors import ExitCode, InputError, MinutesError
from pipeline.export import write_atomically
from pipeline.ocr import DocumentText
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

Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the records.", show_default=True)]
Explain = Annotated[bool, typer.Option("--explain", help="Show what each rule captured and which fields are missing.")]
Names = Annotated[Path | None, typer.Option("--names", metavar="FILE", help="Known names, CSV or YAML.")]


@app.command()
def convert(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files, or folders to search through.")],
    out: Out = Path("out"),
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
    lines: Annotated[bool, typer.Option("--lines", help="Write NAME.lines.json too: the pages as read.")] = False,
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
    with show.RunView(quiet, verbose, explain, json) as view:
        # What has to be shown again must be converted again.
        run = convert_documents(inputs, out, settings, force=force or explain or lines, lines=lines, watcher=view)
    if json:
        sys.stdout.write(run.to_json())
    elif not quiet:
        show.summary(run, str(out))
    raise typer.Exit(run.exit_code)


@app.command()
def parse(
    lines: Annotated[list[Path], typer.Argument(metavar="LINES.json...", help="Pages as read, by convert --lines.")],
    out: Out = Path("out"),
    names: Names = None,
    explain: Explain = False,
) -> None:
    """Make records from pages already read: no scan and no OCR needed."""
    converter = Converter(load_settings(names=names))
    for path in lines:
        try:
            document = DocumentText.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: not a file of read pages", "Make one with: minutes convert --lines") from error
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
    summary: Annotated[bool, typer.Option("--summary", help="Only the table, not each difference.")] = False,
    bless: Annotated[bool, typer.Option("--bless", help="Accept OUT as golden, after showing what changes.")] = False,
) -> None:
    """Compare records with golden ones, field by field. Exit code 0: equal within tolerance, 1: not."""
    tolerances = load_settings().tolerances
    comparison = comparing.compare_folders(out, golden, tolerances, first_time=bless)
    if html:
        write_atomically(html, comparing.render_html(comparison))
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
