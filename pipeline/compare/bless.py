"""The output of now as the golden of tomorrow."""

from __future__ import annotations

from pathlib import Path

from pipeline.compare.result import Comparison
from pipeline.errors import OutputError
from pipeline.export import write_atomically
from schemas import Record, dump_record, load_record

READER_CODES = ("value.", "engine.", "page.")


def bless(out: Path, golden: Path, comparison: Comparison) -> list[Path]:
    """Accepts every document of `comparison` that differs, or is new, as golden.

    A document within the tolerances keeps its golden record: small changes must not
    add up unseen. Nothing is deleted, and an output that is missing or not a valid
    record is not accepted; `comparison` says which (`state`). Page text comes along
    where the golden record has it already, and for a new document.

    Each file is written whole or not at all.

    Args:
        out, golden: the folders that were compared.

    Returns:
        The golden files that were written; those with the same bytes already are not.

    Raises:
        OutputError: a file cannot be read or written.
    """
    written: list[Path] = []
    for document in comparison.documents:
        if document.equal or document.state not in ("compared", "extra"):
            continue
        record = Path(f"{document.name}.json")
        text = Path(f"{document.name}.txt")
        try:
            content = {golden / record: dump_record(as_golden(load_record((out / record).read_bytes())))}
            if (out / text).is_file() and (document.state == "extra" or (golden / text).exists()):
                content[golden / text] = (out / text).read_text("utf-8")
            for path, new in content.items():
                if _changes(path, new):
                    write_atomically(path, new)
                    written.append(path)
        except (OSError, ValueError) as error:
            raise OutputError(
                f"{document.name} cannot be accepted: {error}", "Check the folder and its permissions, then try again"
            ) from error
    return written


def as_golden(record: Record) -> Record:
    """`record` with what a comparison needs.

    How the values came about (`evidence`, `corrections`, `producer`) is left out: it is not
    compared, and it would change the file with every version. Of the issues those remain
    that call a person (warnings and errors) because of the paper: they must come up again in a
    later output. Doubts of the reader are not the paper's.
    """
    issues = [issue for issue in record.issues if issue.severity != "info" and not issue.code.startswith(READER_CODES)]
    return record.model_copy(update={"producer": None, "corrections": [], "evidence": {}, "issues": issues})


def _changes(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text("utf-8") != text
