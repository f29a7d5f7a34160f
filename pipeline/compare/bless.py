"""The output of now as the golden of tomorrow."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.compare.result import Comparison
from pipeline.errors import OutputError
from schemas import Record, dump_record, load_record


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
            content = {record: dump_record(as_golden(load_record((out / record).read_bytes()))).encode("utf-8")}
            if (out / text).is_file() and (document.state == "extra" or (golden / text).exists()):
                content[text] = (out / text).read_bytes()
            written += [golden / path for path, data in content.items() if _write(golden / path, data)]
        except (OSError, ValueError) as error:
            raise OutputError(
                f"{document.name} cannot be accepted: {error}", "Check the folder and its permissions, then try again"
            ) from error
    return written


def as_golden(record: Record) -> Record:
    """`record` with what a comparison needs.

    How the values came about (`evidence`, `corrections`, `producer`) is left out: it is not
    compared, and it would change the file with every version. Of the issues those remain
    that call a person (warnings and errors): they must come up again in a later output.
    """
    issues = [issue for issue in record.issues if issue.severity != "info"]
    return record.model_copy(update={"producer": None, "corrections": [], "evidence": {}, "issues": issues})


def _write(path: Path, data: bytes) -> bool:
    """Writes `data` through a temporary file in the same folder; False when `path` has it already."""
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True
