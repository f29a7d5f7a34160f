"""All exports: `minutes export --to NAME`. One exporter a file; a new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pipeline.export.archive import Document, Failed
from pipeline.settings import Settings

Format = Literal["csv", "xlsx", "pdf", "alto", "hocr", "sqlite", "md", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)

WriteArchive = Callable[[Iterable[Document], Path, Failed], list[Path]]
RenderDocument = Callable[[Document, Settings], bytes]


@dataclass(frozen=True, slots=True)
class ArchiveExporter:
    """Makes one result of all documents.

    Attributes:
        file: name of the result where the destination is a folder; None where the result is a folder.
        write: writes it, tells its files, and goes on after a document that failed.
    """

    file: str | None
    write: WriteArchive


@dataclass(frozen=True, slots=True)
class DocumentExporter:
    """Makes one file of each document.

    Attributes:
        ending: of the files, with its dot.
        render: the content of a document's file.
    """

    ending: str
    render: RenderDocument


Exporter = ArchiveExporter | DocumentExporter


def exporter(wanted: Format) -> Exporter:
    """The exporter of a format. Its module, and the library it writes with, is loaded only now."""
    match wanted:
        case "csv":
            from pipeline.export.csv_tables import write_csv

            return ArchiveExporter(None, lambda documents, path, _: write_csv(documents, path))
        case "xlsx":
            from pipeline.export.xlsx import write_xlsx

            return ArchiveExporter("minutes.xlsx", lambda documents, path, _: write_xlsx(documents, path))
        case "sqlite":
            from pipeline.export.sqlite import write_sqlite

            return ArchiveExporter("minutes.sqlite", write_sqlite)
        case "pdf":
            from pipeline.export.pdf import pdf

            return DocumentExporter(".pdf", pdf)
        case "alto":
            from pipeline.export.alto import alto

            return DocumentExporter(".alto.xml", lambda document, _: alto(document))
        case "hocr":
            from pipeline.export.hocr import hocr

            return DocumentExporter(".hocr", lambda document, _: hocr(document))
        case "md":
            from pipeline.export.markdown import markdown

            return DocumentExporter(".md", lambda document, _: markdown(document))
        case "docx":
            from pipeline.export.docx import docx

            return DocumentExporter(".docx", lambda document, _: docx(document))
