"""`minutes review`, `minutes publish` and `minutes report`."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pipeline import show
from pipeline.errors import ExitCode, InputError, MissingDependencyError, UsageError
from pipeline.review.document import Archive
from pipeline.review.names_list import known_names, place_of_list
from pipeline.review.published import publish as publish_all
from pipeline.review.scans import find_source, folder_of_scans
from pipeline.settings import load_settings

SHOWN = 10  # names of documents that are listed

Out = Annotated[Path, typer.Argument(metavar="OUT", help="The folder that minutes convert wrote.")]
Source = Annotated[
    Path | None, typer.Option("--source", metavar="DIR", help="Folder of the scans (default: where they were read).")
]
Password = Annotated[str | None, typer.Option(help="Password of encrypted PDFs.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command()(review)
    app.command()(publish)
    app.command()(report)


def review(
    out: Out = Path("out"),
    source: Source = None,
    names: Annotated[
        Path | None,
        typer.Option("--names", metavar="LIST", help="Where confirmed names go (default: names/ beside the scans)."),
    ] = None,
    by: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who reviews, noted with decisions.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine (default: one that is free).")] = 0,
    browser: Annotated[bool, typer.Option("--open", help="Open the link in the browser.")] = False,
    password: Password = None,
) -> None:
    """Check records in the browser, beside the page. Only this machine, and who has the link, can open it."""
    try:
        from pipeline.review.application import Workplace
        from pipeline.review.server import Server
    except ImportError as error:
        raise MissingDependencyError(
            f"the package {error.name} is missing", "Type: pip install starlette uvicorn"
        ) from error
    from pipeline.review.index import Index

    archive = Archive(out)
    settings = load_settings(names=names, password=password)
    place = place_of_list(settings, source or folder_of_scans(archive.out))
    known_names(place)  # a damaged list is told now, not at the first suggestion
    workplace = Workplace(archive, Index(archive), find_source(archive.out, source), settings, place, by)
    server = Server(workplace, port)

    def ready() -> None:
        show.out.print(
            f"Open this link, and keep it to yourself: {escape(server.url)}", soft_wrap=True, highlight=False
        )
        show.err.print("Decisions are stored at once, in NAME.review.json. End with Ctrl-C.")
        if browser:
            webbrowser.open(server.url)

    with suppress(KeyboardInterrupt):  # how a review ends
        server.run(ready)


def publish(
    out: Out,
    to: Annotated[Path, typer.Argument(metavar="DEST", help="Folder for the published records.")],
    require_reviewed: Annotated[
        bool, typer.Option("--require-reviewed", help="Leave out what is not marked as reviewed.")
    ] = False,
) -> None:
    """Write the records with the decisions applied, each with its page text."""
    done = publish_all(Archive(out), to, require_reviewed)
    if not (done.written or done.left_out or done.broken):
        raise InputError(f"{out}: has no record", "Name the folder that minutes convert wrote")
    show.out.print(f"{to}: {len(done.written)} records")
    _listed("not reviewed, left out", done.left_out)
    _listed("read anew since it was decided on; look at it again: minutes review", done.flagged)
    _listed("not a record", done.broken)
    raise typer.Exit(ExitCode.SOME_FAILED if done.broken else ExitCode.OK)


def report(
    out: Out,
    to: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the report.")] = Path("report"),
    source: Source = None,
    language: Annotated[str, typer.Option(help="Language of the pages: th or en.")] = "th",
    password: Password = None,
) -> None:
    """Write the review as plain files to look at: index.html, a page a document, the page pictures."""
    from pipeline.review.report import write_report
    from pipeline.review.texts import LANGUAGES

    if language not in LANGUAGES:
        raise UsageError(f"--language {language}: is not known", f"Choose one of {', '.join(LANGUAGES)}")
    archive = Archive(out)
    done = write_report(archive, to, find_source(archive.out, source), load_settings(password=password), language)
    if not done.documents:
        raise InputError(f"{out}: has no record", "Name the folder that minutes convert wrote")
    show.out.print(f"{to / 'index.html'}: {done.documents} documents")
    for problem in done.problems[:SHOWN]:
        show.err.print(escape(problem))
    if len(done.problems) > SHOWN:
        show.err.print(f"… {len(done.problems)} problems in all")


def _listed(what: str, names: list[str]) -> None:
    if names:
        more = f", … ({len(names)} in all)" if len(names) > SHOWN else ""
        show.err.print(escape(f"{what}: {', '.join(names[:SHOWN])}{more}"))
