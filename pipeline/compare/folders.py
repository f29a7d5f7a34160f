"""Two folders of records, document by document.

Documents pair by their path in the folder. A JSON file that does not look like a
record (no `schema_version`: a ledger, a list of failures) is no document, nor is
a `*.truth.json` or anything whose name begins with a dot.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from pipeline.compare.page_text import compare_pages
from pipeline.compare.record import compare_records, count_fields
from pipeline.compare.result import (
    Comparison,
    Difference,
    DifferenceKind,
    DocumentComparison,
    PageMeasure,
    RecordComparison,
    State,
)
from pipeline.errors import UsageError
from pipeline.settings import Tolerances
from schemas import Record, load_record


def compare_folders(out: Path, golden: Path, tolerances: Tolerances, *, first_time: bool = False) -> Comparison:
    """Every document of `out` against the one of the same path in `golden`.

    Page text is compared where `golden` has `NAME.txt` beside `NAME.json`.

    Args:
        out: what was converted.
        golden: what it should be.
        first_time: `golden` may be missing or have no record, as before a first `bless`.

    Raises:
        UsageError: a folder does not exist, both are the same, `golden` has no record,
            or a golden file cannot be read or is not a valid record (the message names it).
    """
    if not out.is_dir():
        raise UsageError(f"{out} is not a folder", "Give the folder that `minutes convert` wrote to")
    if not golden.is_dir() and not first_time:
        raise UsageError(f"{golden} is not a folder", "Give the folder with the golden records")
    if golden.is_dir() and out.samefile(golden):
        raise UsageError(f"{out} and {golden} are the same folder", "Compare an output with golden records kept apart")
    records = {path.relative_to(golden): _golden_record(path) for path in _records(golden, unreadable=True)}
    if not records and not first_time:
        raise UsageError(
            f"{golden} has no golden record (NAME.json)",
            "Look at an output, then accept it with `minutes compare OUT GOLDEN --bless`",
        )
    documents = [_compare(path, out, golden, record, tolerances) for path, record in records.items()]
    documents += [
        _extra(path.relative_to(out))
        for path in _records(out, unreadable=False)
        if path.relative_to(out) not in records
    ]
    return Comparison(tolerances=tolerances, documents=sorted(documents, key=lambda document: document.name))


def _records(folder: Path, *, unreadable: bool) -> list[Path]:
    """The files in `folder` that are meant as records.

    Args:
        unreadable: does a file that is no JSON at all count? A golden one does: it must not go unnoticed.
    """
    return sorted(
        path
        for path in folder.rglob("*.json")
        if path.is_file()
        and not path.name.endswith(".truth.json")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and _looks_like_record(path, unreadable)
    )


def _looks_like_record(path: Path, unreadable: bool) -> bool:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return unreadable
    return isinstance(value, dict) and "schema_version" in value


def _golden_record(path: Path) -> Record:
    try:
        return load_record(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "Check its permissions") from error
    except ValidationError as error:
        raise UsageError(
            f"{path} is not a valid record: {_reason(error)}", "Mend it, or delete it and accept an output anew"
        ) from error


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    at = "".join(f"/{part}" for part in first["loc"])
    return f"{at}: {first['msg']}" if at else first["msg"]


def _compare(path: Path, out: Path, golden: Path, record: Record, tolerances: Tolerances) -> DocumentComparison:
    fields: RecordComparison
    state: State = "compared"
    try:
        fields = compare_records(record, load_record((out / path).read_bytes()), tolerances)
    except FileNotFoundError:
        state, fields = "missing", _nothing(record, "missing", "not in the output folder")
    except OSError as error:
        state, fields = "invalid", _nothing(record, "changed", f"cannot be read: {error.strerror}")
    except ValidationError as error:
        state, fields = "invalid", _nothing(record, "changed", f"not a valid record: {_reason(error)}")
    pages, differences = _page_text(path.with_suffix(".txt"), out, golden, tolerances.page_text, state)
    return DocumentComparison(
        name=_name(path),
        state=state,
        fields_total=fields.fields_total,
        fields_equal=fields.fields_equal,
        fields_within=fields.fields_within,
        differences=[*fields.differences, *differences],
        pages=pages,
    )


def _nothing(record: Record, kind: DifferenceKind, note: str) -> RecordComparison:
    """The comparison with an output that is not there: every field counts, none is equal."""
    whole = Difference(path="", got_path=None, kind=kind, field_class="document", note=note)
    return RecordComparison(fields_total=count_fields(record), differences=[whole])


def _page_text(
    path: Path, out: Path, golden: Path, bound: float, state: State
) -> tuple[list[PageMeasure], list[Difference]]:
    try:
        want = _read_text(golden / path)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise UsageError(f"{golden / path} cannot be read: {error.strerror}", "Check its permissions") from error
    try:
        return compare_pages(want, _read_text(out / path), bound)
    except OSError as error:
        # The pages count as read wrong, but one missing file is one difference, not one a page.
        pages, _ = compare_pages(want, "", bound)
        if state == "missing":
            return pages, []
        note = f"the page text {path.name} cannot be read: {error.strerror}"
        return pages, [Difference(path="", got_path=None, kind="missing", field_class="page_text", note=note)]


def _read_text(path: Path) -> str:
    # Bytes that are not UTF-8 become U+FFFD, and so count as wrong characters.
    return path.read_text(encoding="utf-8", errors="replace")


def _extra(path: Path) -> DocumentComparison:
    note = "not in the golden folder"
    difference = Difference(path="", got_path="", kind="extra", field_class="document", note=note)
    return DocumentComparison(name=_name(path), state="extra", differences=[difference])


def _name(path: Path) -> str:
    return path.with_suffix("").as_posix()
