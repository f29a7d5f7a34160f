"""`minutes export`: records as the files people work with next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pipeline import show
from pipeline.errors import ExitCode, InputError, MinutesError, OutputError, UsageError
from pipeline.export import write_atomically
from pipeline.export.archive import Document, Failed, documents
from pipeline.export.registry import ArchiveExporter, Format, exporter
from pipeline.review.decisions import SUFFIX as DECISIONS
from pipeline.review.document import Archive
from pipeline.review.published import published
from pipeline.review.scans import find_source
from pipeline.settings import Settings, load_settings

LOG = logging.getLogger(__name__)


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that was converted into, or one record.")],
    to: Annotated[Format, typer.Option("--to", help="What to write.", show_default=False)],
    dest: Annotated[Path, typer.Option("--dest", "-o", metavar="DEST", help="Folder, or file for xlsx and sqlite.")],
    source: Annotated[
        Path | None, typer.Option("--source", metavar="DIR", help="Folder of the scans (default: where they were).")
    ] = None,
    password: Annotated[str | None, typer.Option(help="Password of encrypted PDFs (--to pdf).")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only failures.")] = False,
) -> None:
    """Write records as tables (csv, xlsx, sqlite), searchable PDFs, ALTO, hOCR or reading copies (md, docx)."""
    settings = load_settings(password=password)
    failures: list[MinutesError] = []

    def failed(error: MinutesError) -> None:
        failures.append(error)
        show.error(error)

    if source is not None and not source.exists():
        raise UsageError(f"{source} does not exist", "Give the folder of the scans with --source DIR")
    scans = find_source(out if out.is_dir() else out.parent, source)
    found = _reviewed(documents(out, scans, failed), failed)
    chosen = exporter(to)
    done = 0

    def counted() -> Iterator[Document]:
        nonlocal done
        for document in found:
            done += 1
            yield document

    if isinstance(chosen, ArchiveExporter):
        path = dest / chosen.file if chosen.file and (dest.is_dir() or not dest.suffix) else dest
        if chosen.file is None and dest.is_file():
            raise UsageError(f"{dest} is a file", f"--to {to} writes several: name a folder with -o")
        written = chosen.write(counted(), path, failed)
    else:
        if dest.is_file():
            raise UsageError(f"{dest} is a file", f"--to {to} writes one file a document: name a folder with -o")
        written = _write_each(found, dest, chosen.ending, chosen.render, settings, failed)
        done = len(written)
    if not quiet:
        for path in written:
            show.out.print(escape(str(path)), highlight=False, soft_wrap=True)
    if not done and not failures:
        raise InputError(f"{out} has no record (NAME.json)", "Name the folder that minutes convert wrote to")
    raise typer.Exit(_exit_code(done, failures))


def _reviewed(found: Iterable[Document], failed: Failed) -> Iterator[Document]:
    """The documents as people decided, where somebody did."""
    for document in found:
        archive = Archive(document.folder)
        if not archive.path(document.name, DECISIONS).is_file():
            yield document
            continue
        try:
            yield replace(document, record=published(archive.load(document.name)))
        except InputError as error:
            failed(error)


def _write_each(
    found: Iterable[Document],
    dest: Path,
    ending: str,
    render: Callable[[Document, Settings], bytes],
    settings: Settings,
    failed: Failed,
) -> list[Path]:
    written = []
    for document in found:
        path = dest / f"{document.name}{ending}"
        try:
            if document.is_scan(path):
                raise UsageError(f"{path} is the scan itself", "Choose another folder with -o")
            write_atomically(path, render(document, settings))
        except OutputError:
            raise
        except MinutesError as error:
            failed(error)
        except Exception as error:
            # One document must not take the others with it.
            LOG.debug("%s", document.name, exc_info=True)
            failed(MinutesError(f"{document.name}: {type(error).__name__}: {error}", "Type it again with --debug"))
        else:
            written.append(path)
    return written


def _exit_code(done: int, failures: list[MinutesError]) -> ExitCode:
    """0 when every document was written, 1 when some were, else what kept them from it."""
    if not failures:
        return ExitCode.OK
    if done:
        return ExitCode.SOME_FAILED
    codes = {failure.code for failure in failures}
    return codes.pop() if len(codes) == 1 else ExitCode.BAD_INPUT
