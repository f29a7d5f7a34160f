"""Two records, field by field. How each field is compared stands in `fields.py`."""

from __future__ import annotations

from pydantic import JsonValue

from pipeline.compare.align import align
from pipeline.compare.fields import field_class, list_name, tolerance
from pipeline.compare.measure import cer, first_other_number, with_plain_signs
from pipeline.compare.result import Difference, RecordComparison
from pipeline.settings import Tolerances
from schemas import Issue, Record
from schemas.pointer import join, leaves, under


def compare_records(golden: Record, got: Record, tolerances: Tolerances) -> RecordComparison:
    """The fields of `got` against those of `golden`.

    Members of lists are aligned (`align.py`). A missing or an extra member is one
    difference; each of its values counts as one field that is not equal.
    """
    walk = _Walk(tolerances)
    walk.visit(golden.model_dump(mode="json"), got.model_dump(mode="json"), "", "")
    walk.issues(golden.issues, got.issues)
    return RecordComparison(
        fields_total=walk.total, fields_equal=walk.equal, fields_within=walk.within, differences=walk.differences
    )


def count_fields(record: Record) -> int:
    """The values and issues of a record that a comparison counts, when all of it is missing."""
    return _count(record.model_dump(mode="json"), "") + len(record.issues)


def _count(value: JsonValue, at: str) -> int:
    return sum(leaf not in (None, "") and not _ignored(pointer) for pointer, leaf in leaves(value, at))


def _ignored(pointer: str) -> bool:
    # What is ignored stands at the top of the record, and evidence has pointers as keys.
    return field_class("/" + pointer.split("/", 2)[1]) == "ignored"


class _Walk:
    """One walk through two records side by side."""

    def __init__(self, tolerances: Tolerances) -> None:
        self.tolerances = tolerances
        self.total = 0
        self.equal = 0
        self.within = 0
        self.differences: list[Difference] = []
        self.moved: dict[str, str] = {}
        self.missing: list[str] = []

    def visit(self, golden: JsonValue, got: JsonValue, at: str, got_at: str) -> None:
        if field_class(at) == "ignored":
            return
        if isinstance(golden, dict) and isinstance(got, dict):
            for key in golden:
                self.visit(golden[key], got[key], join(at, key), join(got_at, key))
        elif isinstance(golden, list) and isinstance(got, list):
            self._members(golden, got, at, got_at)
        elif isinstance(golden, dict | list):
            self._missing(golden, at)
        elif isinstance(got, dict | list):
            self._extra(got, at, got_at)
        else:
            self._leaf(golden, got, at, got_at)

    def issues(self, golden: list[Issue], got: list[Issue]) -> None:
        """Every golden issue must be in the output, at the place its target has there."""
        there = {(issue.code, issue.path) for issue in got}
        for index, issue in enumerate(golden):
            path = issue.path
            if path is not None and any(under(path, gone) for gone in self.missing):
                continue  # what the issue is about is missing, and that is reported already
            self.total += 1
            if (issue.code, None if path is None else self._moved(path)) in there:
                self.equal += 1
                continue
            self.differences.append(
                Difference(
                    path=f"/issues/{index}",
                    got_path=None,
                    kind="missing",
                    field_class="issue",
                    golden={"code": issue.code, "path": path, "message": issue.message},
                )
            )

    def _moved(self, path: str) -> str:
        """Where the golden place `path` is in the output."""
        parents = [parent for parent in self.moved if under(path, parent)]
        if not parents:
            return path
        parent = max(parents, key=len)
        return self.moved[parent] + path.removeprefix(parent)

    def _members(self, golden: list[JsonValue], got: list[JsonValue], at: str, got_at: str) -> None:
        for index, got_index in align(golden, got, list_name(at)):
            if got_index is None:
                assert index is not None
                self._missing(golden[index], join(at, index))
            elif index is None:
                self._extra(got[got_index], join(got_at, got_index), join(got_at, got_index))
            else:
                member, got_member = join(at, index), join(got_at, got_index)
                if member != got_member:
                    self.moved[member] = got_member
                self.visit(golden[index], got[got_index], member, got_member)

    def _missing(self, value: JsonValue, at: str) -> None:
        self.total += _count(value, at)
        self.missing.append(at)
        self.differences.append(Difference(path=at, got_path=None, kind="missing", field_class="member", golden=value))

    def _extra(self, value: JsonValue, at: str, got_at: str) -> None:
        self.total += _count(value, at)
        self.differences.append(Difference(path=at, got_path=got_at, kind="extra", field_class="member", got=value))

    def _leaf(self, golden: JsonValue, got: JsonValue, at: str, got_at: str) -> None:
        if golden == got:
            counts = golden not in (None, "")
            self.total += counts
            self.equal += counts
            return
        self.total += 1
        kind = field_class(at)
        if kind is None or kind == "ignored":
            kind = "exact"  # a field that is new in the schema and not yet in the table
        error: float | None = None
        note = ""
        if isinstance(golden, str) and isinstance(got, str):
            error = cer(with_plain_signs(golden), with_plain_signs(got))
            bound = tolerance(kind, self.tolerances)
            if bound is not None and error <= bound:
                numbers = first_other_number(golden, got)
                if numbers is None:
                    self.within += 1
                    return
                note = f"within the tolerance, but {numbers[0] or 'no number'} became {numbers[1] or 'no number'}"
        self.differences.append(
            Difference(
                path=at,
                got_path=None if got is None else got_at,
                kind="missing" if got is None else "extra" if golden is None else "changed",
                field_class=kind,
                golden=golden,
                got=got,
                cer=error,
                note=note,
            )
        )
